"""Days and names as people write them into a calendar."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.rules.calendar_words import Run, drawn_together, read_days, read_names
from handlers.rules.day_layers import DayName
from handlers.rules.spans import BackwardsSpan, Span, UnreadableSpan
from storage.kinds import DayKind

NOW = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Vientiane")


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2028-02-13", "2028-02-13", "2028-02-13"),
        ("2026-01-05", "2026-01-05", "2026-01-05"),
        ("2026-07-06 – 2026-08-28", "2026-07-06", "2026-08-28"),
        ("2026-07-06..2026-08-28", "2026-07-06", "2026-08-28"),
        ("2026-07-06至2026-08-28", "2026-07-06", "2026-08-28"),
        ("2026-07-06 2026-08-28", "2026-07-06", "2026-08-28"),
        ("6 July to 28 August", "2026-07-06", "2026-08-28"),
    ],
)
def test_days_are_read(text: str, first: str, last: str) -> None:
    assert read_days(text, NOW, ZONE) == Span(day(first), day(last))


def test_what_cannot_be_days_is_refused() -> None:
    with pytest.raises(BackwardsSpan):
        read_days("2026-08-28 2026-07-06", NOW, ZONE)
    with pytest.raises(UnreadableSpan):
        read_days("2027-02-30", NOW, ZONE)
    with pytest.raises(UnreadableSpan):
        read_days("some day", NOW, ZONE)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Semester break", DayName("Semester break")),
        ("寒假", DayName("", zh="寒假")),
        ("ພັກແລ້ງ", DayName("", lo="ພັກແລ້ງ")),
        ("Semester break\n寒假\nພັກແລ້ງ", DayName("Semester break", zh="寒假", lo="ພັກແລ້ງ")),
        ("zh: Staff day\nEN： Staff  day", DayName("Staff day", zh="Staff day")),
        ("  \n ", None),
        ("x" * 101, None),
    ],
)
def test_names_are_read_by_language(text: str, name: DayName | None) -> None:
    assert read_names(text) == name


def test_neighbours_of_one_name_are_drawn_together() -> None:
    pi_mai, other = DayName("Lao New Year"), DayName("Labour Day")
    runs = [
        Run(day("2026-04-15"), day("2026-04-15"), DayKind.OFF, pi_mai, ids=(2,)),
        Run(day("2026-04-14"), day("2026-04-14"), DayKind.OFF, pi_mai, ids=(1,)),
        Run(day("2026-04-17"), day("2026-04-17"), DayKind.OFF, pi_mai, ids=(4,)),
        Run(day("2026-04-16"), day("2026-04-16"), DayKind.OFF, other, ids=(3,)),
    ]
    found = [(run.first.day, run.last.day, run.ids) for run in drawn_together(runs)]
    assert found == [(14, 15, (1, 2)), (16, 16, (3,)), (17, 17, (4,))]
