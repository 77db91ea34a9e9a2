"""When coordinators are asked about a calendar, and about which year."""

from datetime import date

import pytest

from handlers.rules.calendar_asking import AskOn

CHINA, LAOS = AskOn(11, 15), AskOn(3, 25)


@pytest.mark.parametrize(
    ("ask", "today", "year"),
    [
        pytest.param(CHINA, "2026-11-14", None, id="a day too early"),
        pytest.param(CHINA, "2026-11-15", 2027, id="in autumn, about the next year"),
        pytest.param(CHINA, "2027-01-05", 2027, id="still worth asking in January"),
        pytest.param(CHINA, "2027-01-15", None, id="after two months no more"),
        pytest.param(LAOS, "2026-03-24", None, id="before the spring question"),
        pytest.param(LAOS, "2026-03-25", 2026, id="in spring, about the running year"),
        pytest.param(LAOS, "2026-06-01", None, id="in summer nobody asks"),
        pytest.param(AskOn(10, 1), "2026-10-01", 2027, id="from October on about the next year"),
        pytest.param(AskOn(9, 30), "2026-09-30", 2026, id="before October about the running one"),
    ],
)
def test_the_year_to_ask_about(ask: AskOn, today: str, year: int | None) -> None:
    assert ask.year_to_ask(date.fromisoformat(today)) == year


def test_a_day_is_read() -> None:
    assert AskOn.parse(" 11-15 ") == CHINA


@pytest.mark.parametrize("text", ["", "15 November", "13-01", "02-29", "11-31", "2026-11-15", "1-5"])
def test_what_is_no_day_of_every_year_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Write for example"):
        AskOn.parse(text)
