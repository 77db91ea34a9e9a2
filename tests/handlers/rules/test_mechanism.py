"""Rules as people type them: read, or refused with a sentence."""

import pytest

from handlers.rules.mechanism import PRESETS, Rule, read


@pytest.mark.parametrize(("rule", "value"), [(rule, value) for rule, values in PRESETS.items() for value in values])
def test_what_is_offered_can_be_read_and_stays_as_it_is(rule, value):
    assert read(rule, value) == value


@pytest.mark.parametrize(
    ("rule", "typed", "kept"),
    [
        pytest.param(Rule.DIGEST, "fri 9:05", "Fri 09:05", id="a short hour"),
        pytest.param(Rule.QUIET, "", "", id="no quiet hours"),
        pytest.param(Rule.ANSWER_DAYS, "07", "7", id="a leading nought"),
        pytest.param(Rule.ON_BEHALF, "YES", "yes", id="loudly"),
    ],
)
def test_typed_values_are_put_in_order(rule, typed, kept):
    assert read(rule, typed) == kept


@pytest.mark.parametrize(
    ("rule", "typed"),
    [
        (Rule.DIGEST, "Monday"),
        (Rule.DIGEST, "Mon 25:00"),
        (Rule.DIGEST, "Someday 09:00"),
        (Rule.QUIET, "at night"),
        (Rule.ANSWER_DAYS, "0"),
        (Rule.ANSWER_DAYS, "61"),
        (Rule.ANSWER_DAYS, "٥"),
        (Rule.ON_BEHALF, "perhaps"),
        (Rule.LADDER, "often"),
        (Rule.WEEK, "always"),
    ],
)
def test_the_rest_is_refused(rule, typed):
    with pytest.raises(ValueError, match=r"\."):
        read(rule, typed)
