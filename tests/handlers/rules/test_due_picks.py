"""The dates offered for a task: working days alone, each once."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from handlers.rules.due_picks import PickKind, due_picks
from handlers.rules.working_time import Span, WorkingTime
from storage.kinds import DayKind

DAY = (Span(time(8), time(16)),)
WEEK = dict.fromkeys(range(5), DAY)


def at_work(days=None, week=WEEK):
    return WorkingTime(ZoneInfo("Asia/Vientiane"), week, layers=(days or {},))


def picks(today, *sides):
    return {pick.kind: pick.day for pick in due_picks(today, sides or (at_work(),))}


def test_a_working_day_in_the_middle_of_a_month():
    assert picks(date(2026, 4, 1)) == {
        PickKind.TODAY: date(2026, 4, 1),
        PickKind.NEXT: date(2026, 4, 2),
        PickKind.WEEK_END: date(2026, 4, 3),
        PickKind.MONDAY: date(2026, 4, 6),
        PickKind.WEEK: date(2026, 4, 8),
        PickKind.TWO_WEEKS: date(2026, 4, 15),
        PickKind.MONTH: date(2026, 4, 30),
    }


@pytest.mark.parametrize(
    ("today", "missing"),
    [
        pytest.param(date(2026, 4, 4), PickKind.TODAY, id="a Saturday is not offered"),
        pytest.param(date(2026, 4, 4), PickKind.WEEK_END, id="on a Saturday the week is over"),
        pytest.param(date(2026, 4, 3), PickKind.WEEK_END, id="the end of the week is today"),
        pytest.param(date(2026, 4, 2), PickKind.WEEK_END, id="the end of the week is the next day"),
        pytest.param(date(2026, 4, 30), PickKind.MONTH, id="the end of the month is today"),
        pytest.param(date(2026, 4, 29), PickKind.MONTH, id="the end of the month is the next day"),
        pytest.param(date(2026, 4, 6), PickKind.WEEK, id="a week from a Monday is the next Monday"),
    ],
)
def test_what_is_not_offered(today, missing):
    found = picks(today)
    assert missing not in found
    assert len(set(found.values())) == len(found)


def test_days_off_of_either_side_are_passed_over():
    vientiane = at_work({date(2026, 4, day): DayKind.OFF for day in (14, 15, 16)})
    kunming = at_work({date(2026, 4, 17): DayKind.OFF})
    assert picks(date(2026, 4, 13), vientiane)[PickKind.NEXT] == date(2026, 4, 17)
    assert picks(date(2026, 4, 13), vientiane, kunming)[PickKind.NEXT] == date(2026, 4, 20)
    assert picks(date(2026, 4, 8), vientiane, kunming)[PickKind.WEEK] == date(2026, 4, 20)


def test_a_make_up_saturday_ends_the_week():
    both = at_work({date(2026, 5, 9): DayKind.ON})
    assert picks(date(2026, 5, 6), both)[PickKind.WEEK_END] == date(2026, 5, 9)


def test_a_side_that_never_works_is_offered_nothing():
    assert due_picks(date(2026, 4, 1), [at_work(), at_work(week={})]) == []
