"""The ladder as people write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.ladder import DEFAULT_LADDER, Ladder, Recipient, Rung, Stage


def test_the_default_ladder() -> None:
    assert Ladder.parse(DEFAULT_LADDER).rungs == (
        Rung(-5, Stage.EARLY, Recipient.PERSON),
        Rung(-1, Stage.SOON, Recipient.PERSON),
        Rung(0, Stage.TODAY, Recipient.PERSON),
        Rung(1, Stage.LATE, Recipient.PERSON),
        Rung(2, Stage.FOCAL_POINT, Recipient.FOCAL_POINT),
        Rung(5, Stage.COORDINATOR, Recipient.COORDINATOR),
    )
    assert Ladder.parse(DEFAULT_LADDER).catch_up_days == 7


@pytest.mark.parametrize(
    ("text", "stages"),
    [
        pytest.param("0 person", [Stage.TODAY], id="one rung is a ladder"),
        pytest.param("1 Person; 3 Focal", [Stage.LATE, Stage.FOCAL_POINT], id="no sign is after, in any case"),
        pytest.param("0 -1 person", [Stage.SOON, Stage.TODAY], id="sorted by day"),
        pytest.param("-9 -5 -1 person", [Stage.EARLIEST, Stage.EARLY, Stage.SOON], id="a rung added farther out"),
        pytest.param("-3 person", [Stage.SOON], id="the only rung before is the last one before"),
        pytest.param("+1 +2 person", [Stage.LATE, Stage.STILL_LATE], id="two after"),
        pytest.param("+5 coordinator; 0 person", [Stage.TODAY, Stage.COORDINATOR], id="parts in any order"),
    ],
)
def test_stages_are_named_from_the_due_date_outward(text: str, stages: list[Stage]) -> None:
    assert [rung.stage for rung in Ladder.parse(text).rungs] == stages


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param("", "has no rung", id="nothing"),
        pytest.param(" ; ", "has no rung", id="only a separator"),
        pytest.param("-5 -1", "does not say who hears", id="nobody hears"),
        pytest.param("+1 boss", "does not say who hears", id="somebody unknown"),
        pytest.param("person", "does not say when", id="no day"),
        pytest.param("x person", '"x" is not a number', id="not a number"),
        pytest.param("+1.5 person", "is not a number", id="half a day"),
        pytest.param("-90 person", "too far", id="too far"),
        pytest.param("+1 person; +1 focal", "same day", id="two on one day"),
        pytest.param("+2 person; +1 focal", "climbs", id="down again"),
        pytest.param("+1 coordinator; +2 focal", "climbs", id="the coordinator before the focal point"),
        pytest.param("+1 +2 focal", "one rung each", id="the focal point twice"),
        pytest.param("0 focal", "only after the due date", id="escalated before it is late"),
        pytest.param("-4 -3 -2 -1 person", "at most three rungs", id="four before"),
        pytest.param("+1 +2 +3 person", "two after", id="three after"),
    ],
)
def test_a_ladder_nobody_can_climb_is_refused_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence.replace("+", r"\+")) as refused:
        Ladder.parse(text)
    assert "\n" not in str(refused.value)
    assert str(refused.value).endswith(".")


def test_a_window_of_no_days_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        Ladder.parse(DEFAULT_LADDER, catch_up_days=0)


def test_the_default_is_written_as_it_was_read() -> None:
    assert Ladder.parse(DEFAULT_LADDER).format() == DEFAULT_LADDER


@given(
    st.sets(st.integers(-60, -1), max_size=3),
    st.booleans(),
    st.lists(st.integers(1, 60), unique=True, max_size=4).map(sorted),
)
def test_what_is_written_reads_the_same(before: set[int], today: bool, after: list[int]) -> None:
    escalations = after[-2:]
    own = [*before, *([0] if today else []), *after[:-2]]
    parts = [f"{' '.join(map(str, own))} person"] if own else []
    parts += [f"{day} {word}" for day, word in zip(escalations, ("focal", "coordinator"), strict=False)]
    if parts:
        ladder = Ladder.parse("; ".join(parts))
        assert Ladder.parse(ladder.format()) == ladder
