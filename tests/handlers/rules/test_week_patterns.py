"""Weekly patterns as people write them."""

import pytest

from handlers.rules.working_time import format_week, parse_span, parse_week, weekday


@pytest.mark.parametrize(
    ("text", "days", "spans"),
    [
        pytest.param("Mon-Fri 08:00-16:00", [0, 1, 2, 3, 4], "08:00-16:00", id="a range"),
        pytest.param("Sun-Thu 8:00-14:00", [0, 1, 2, 3, 6], "08:00-14:00", id="a range over Sunday"),
        pytest.param("mon,WED , Friday 08:00-12:00", [0, 2, 4], "08:00-12:00", id="a list in any case"),
        pytest.param("Sat 22:00-24:00", [5], "22:00-24:00", id="until midnight"),
        pytest.param(" Tue - Wed 08:00-12:00 ; ", [1, 2], "08:00-12:00", id="loose spaces"),
    ],
)
def test_parse_week(text: str, days: list[int], spans: str) -> None:
    assert parse_week(text) == dict.fromkeys(days, (parse_span(spans),))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param("", "no working day", id="nothing"),
        pytest.param("Mon-Fri", '"Mon-Fri" has no hours', id="no hours"),
        pytest.param("Mon-Fry 08:00-12:00", '"Fry" is not a day', id="no such day"),
        pytest.param("M 08:00-12:00", '"M" is not a day', id="one letter is a guess"),
        pytest.param("Mon-Wed-Fri 08:00-12:00", "is not a range", id="a range of three"),
        pytest.param("Mon 8-12", '"8-12" are not hours', id="hours without minutes"),
        pytest.param("Mon 08:00-25:00", "are not hours", id="no such hour"),
        pytest.param("Mon 20:00-00:00", "are not hours", id="midnight at the end is 24:00"),
        pytest.param("Mon 12:00-08:00", "end before they begin", id="backwards"),
        pytest.param("Mon 08:00-12:00 11:00-16:00", "overlap", id="overlapping"),
        pytest.param("Mon 20:00-24:00 08:00-12:00", "overlap or are not in order", id="out of order"),
        pytest.param("Mon-Fri 08:00-12:00; Wed 08:00-10:00", "Wed stands twice", id="a day twice"),
    ],
)
def test_a_week_nobody_can_read_is_refused_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence) as refused:
        parse_week(text)
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "Mon-Fri 08:00-12:00 13:00-16:00",
        "Mon-Fri 08:00-12:00 13:00-16:00; Sat 08:00-12:00",
        "Mon 08:00-12:00; Wed 08:00-12:00; Sun 22:00-24:00",
    ],
)
def test_format_week_writes_what_was_read(text: str) -> None:
    assert format_week(parse_week(text)) == text


def test_weekdays_by_name() -> None:
    assert (weekday("Mon"), weekday("sunday")) == (0, 6)
