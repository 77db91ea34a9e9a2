"""The dates offered for a task: working days alone, each once."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from handlers.rules.due_picks import PickKind, due_picks
from handlers.rules.working_time import Span, WorkingTime
from storage.kinds import DayKind

DAY = (Span(time(8), time(16)),)
WEEK = dict.fromkeys(range(5), DAY)


def picks(today, days=None):
    working = WorkingTime(ZoneInfo("Asia/Vientiane"), WEEK, layers=(days or {},))
    return {pick.kind: pick.day for pick in due_picks(today, working)}


def test_a_working_day_in_the_middle_of_a_month():
    assert picks(date(2026, 4, 1)) == {
        PickKind.TODAY: date(2026, 4, 1),
        PickKind.NEXT: date(2026, 4, 2),
        PickKind.AFTER_NEXT: date(2026, 4, 3),
        PickKind.WEEK: date(2026, 4, 8),
        PickKind.MONTH: date(2026, 4, 30),
    }


@pytest.mark.parametrize(
    ("today", "missing"),
    [
        pytest.param(date(2026, 4, 4), PickKind.TODAY, id="a Saturday is not offered"),
        pytest.param(date(2026, 4, 30), PickKind.MONTH, id="the end of the month is today"),
        pytest.param(date(2026, 4, 28), PickKind.MONTH, id="the end of the month is the day after next"),
    ],
)
def test_what_is_not_offered(today, missing):
    found = picks(today)
    assert missing not in found
    assert len(set(found.values())) == len(found)


def test_days_off_are_passed_over():
    off = {date(2026, 4, day): DayKind.OFF for day in (14, 15, 16)}
    assert picks(date(2026, 4, 13), off)[PickKind.NEXT] == date(2026, 4, 17)
    assert picks(date(2026, 4, 8), off)[PickKind.WEEK] == date(2026, 4, 17)


def test_a_side_that_never_works_is_offered_nothing():
    assert due_picks(date(2026, 4, 1), WorkingTime(ZoneInfo("UTC"), {})) == []
