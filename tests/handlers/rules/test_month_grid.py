"""A month of days: weeks, marks, what can be pressed, and the months beside it."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.day_layers import DayName
from handlers.rules.month_grid import DaysOff, Mark, month
from handlers.rules.working_time import Span, WorkingTime
from storage.kinds import DayKind

DAY = (Span(time(8), time(16)),)
WEEK = dict.fromkeys(range(5), DAY)
NEW_YEAR, LABOUR = DayName("Lao New Year's Day"), DayName("Labour Day")
TODAY = date(2026, 4, 3)


def side(named=None, on=()):
    named = named or {}
    kinds = dict.fromkeys(named, DayKind.OFF) | dict.fromkeys(on, DayKind.ON)
    return WorkingTime(ZoneInfo("Asia/Vientiane"), WEEK, layers=(kinds,), names=(named,))


VIENTIANE = side({date(2026, 4, day): NEW_YEAR for day in (14, 15, 16)} | {date(2026, 5, 1): LABOUR})
KUNMING = side({date(2026, 5, 1): LABOUR}, on=[date(2026, 4, 18)])
SIDES = (("Vientiane", VIENTIANE), ("Kunming", KUNMING))


def days(found):
    return {each.day: each for week in found.weeks for each in week if each is not None}


def test_weeks_begin_on_monday_and_hold_the_days_of_the_month_alone():
    found = month(date(2026, 4, 20), TODAY, SIDES)
    assert [len(week) for week in found.weeks] == [7] * 5
    assert found.weeks[0][:2] == (None, None)  # 1 April 2026 is a Wednesday
    assert found.weeks[0][2].day == date(2026, 4, 1)
    assert list(days(found)) == [date(2026, 4, day) for day in range(1, 31)]


@pytest.mark.parametrize(
    ("day", "mark"),
    [
        pytest.param(date(2026, 4, 13), Mark.ALL, id="a plain Monday"),
        pytest.param(date(2026, 4, 14), Mark.SOME, id="Lao New Year on one side"),
        pytest.param(date(2026, 4, 18), Mark.SOME, id="a make-up Saturday on one side"),
        pytest.param(date(2026, 4, 19), Mark.NOBODY, id="a Sunday"),
    ],
)
def test_who_is_off_is_marked(day, mark):
    assert days(month(day, TODAY, SIDES))[day].mark is mark


def test_a_holiday_of_both_sides_is_marked_as_such():
    assert days(month(date(2026, 5, 1), TODAY, SIDES))[date(2026, 5, 1)].mark is Mark.NOBODY


def test_days_that_are_past_cannot_be_pressed_and_today_stands_out():
    found = days(month(TODAY, TODAY, SIDES))
    assert [day.day for day in found if not found[day].open] == [1, 2]
    assert [day.day for day in found if found[day].today] == [3]


def test_named_days_off_are_listed_in_runs_with_their_sides():
    assert month(TODAY, TODAY, SIDES).off == (DaysOff(date(2026, 4, 14), date(2026, 4, 16), NEW_YEAR, ("Vientiane",)),)
    assert month(date(2026, 5, 9), TODAY, SIDES).off == (
        DaysOff(date(2026, 5, 1), date(2026, 5, 1), LABOUR, ("Vientiane", "Kunming")),
    )


def test_names_of_days_that_are_past_are_left_out():
    assert month(date(2026, 4, 1), date(2026, 4, 16), SIDES).off == (
        DaysOff(date(2026, 4, 16), date(2026, 4, 16), NEW_YEAR, ("Vientiane",)),
    )


@pytest.mark.parametrize(
    ("asked", "first", "before", "after"),
    [
        pytest.param(TODAY, date(2026, 4, 1), None, date(2026, 5, 1), id="this month has none before it"),
        pytest.param(date(2026, 5, 9), date(2026, 5, 1), date(2026, 4, 1), date(2026, 6, 1), id="a month amid"),
        pytest.param(date(2026, 12, 9), date(2026, 12, 1), date(2026, 11, 1), date(2027, 1, 1), id="over New Year"),
        pytest.param(date(2020, 1, 1), date(2026, 4, 1), None, date(2026, 5, 1), id="an old button"),
        pytest.param(date(2030, 1, 1), date(2027, 10, 1), date(2027, 9, 1), None, id="18 months ahead is the end"),
    ],
)
def test_the_leaves_that_can_be_turned(asked, first, before, after):
    found = month(asked, TODAY, SIDES)
    assert (found.first, found.before, found.after) == (first, before, after)


@given(asked=st.dates(date(2000, 1, 1), date(2090, 1, 1)), today=st.dates(date(2025, 1, 1), date(2080, 1, 1)))
def test_any_month_shows_each_of_its_days_once_and_in_its_column(asked, today):
    found = month(asked, today, SIDES)
    shown = list(days(found))
    last = (found.first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    assert shown == [found.first + timedelta(days=n) for n in range(last.day)]
    assert all(week[day.weekday()].day == day for week in found.weeks for day in [d.day for d in week if d])
