"""Times for a meeting: in both sides' hours, never over lunch or a day off, on different days."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.rules.day_layers import Stay
from handlers.rules.slots import fits, slots, slots_on
from handlers.rules.working_time import WorkingTime, parse_week
from storage.kinds import DayKind

VTE, KMG, LIMA = ZoneInfo("Asia/Vientiane"), ZoneInfo("Asia/Shanghai"), ZoneInfo("America/Lima")
WEEK = parse_week("Mon-Fri 08:00-12:00 13:00-16:00")
LAO, CHINESE = WorkingTime(zone=VTE, week=WEEK), WorkingTime(zone=KMG, week=WEEK)
NOW = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
"""Wednesday 1 April, 09:00 in Vientiane, 10:00 in Kunming. In common, in Vientiane: 08:00-11:00 and 13:00-15:00."""


def seen(found, zone=VTE):
    return [each.astimezone(zone).strftime("%a %d %H:%M") for each in found]


def off(working, *days):
    return WorkingTime(zone=working.zone, week=working.week, layers=(dict.fromkeys(days, DayKind.OFF),))


@pytest.mark.parametrize(
    ("first", "second", "minutes", "expected"),
    [
        pytest.param(
            LAO,
            CHINESE,
            60,
            ["Thu 02 09:00", "Fri 03 13:00", "Mon 06 08:00", "Tue 07 13:00"],
            id="a day's notice, then mornings and afternoons in turn",
        ),
        pytest.param(
            LAO,
            CHINESE,
            150,
            ["Fri 03 08:00", "Mon 06 08:00", "Tue 07 08:00", "Wed 08 08:00"],
            id="too long for the afternoon in common",
        ),
        pytest.param(LAO, CHINESE, 240, [], id="longer than anything in common"),
        pytest.param(
            LAO.with_leave((date(2026, 4, 2), date(2026, 4, 6))),
            CHINESE,
            60,
            ["Tue 07 08:00", "Wed 08 13:00", "Thu 09 08:00", "Fri 10 13:00"],
            id="the focal point is on leave",
        ),
        pytest.param(
            LAO,
            off(CHINESE, *(date(2026, 4, day) for day in range(3, 17))),
            60,
            ["Thu 02 09:00", "Thu 02 10:00", "Thu 02 13:00"],
            id="one day in two weeks: more of it",
        ),
        pytest.param(
            LAO,
            off(CHINESE, *(date(2026, 4, day) for day in range(2, 17))),
            60,
            ["Fri 17 08:00", "Mon 20 13:00", "Tue 21 08:00"],
            id="nothing near: further ahead",
        ),
        pytest.param(
            LAO,
            WorkingTime(zone=LIMA, week=parse_week("Mon-Fri 18:00-23:00")),
            60,
            ["Thu 02 09:00", "Fri 03 08:00", "Tue 07 08:00", "Wed 08 08:00"],
            id="another date over there",
        ),
        pytest.param(LAO, WorkingTime(zone=LIMA, week=WEEK), 60, [], id="never at work together"),
    ],
)
def test_times_in_both_sides_hours(first, second, minutes, expected):
    found = slots(first, second, NOW, minutes)
    assert seen(found) == expected
    assert all(fits(side, each, minutes) for side in (first, second) for each in found)


def test_they_are_never_in_a_break():
    for minutes in (30, 60, 90, 120):
        for each in slots(LAO, CHINESE, NOW, minutes):
            for zone in (VTE, KMG):
                begins = each.astimezone(zone).time()
                ends = (each + timedelta(minutes=minutes)).astimezone(zone).time()
                assert ends <= time(12) or begins >= time(13)


def test_other_times_come_after_those_before():
    before = slots(LAO, CHINESE, NOW, 60)
    later = slots(LAO, CHINESE, NOW, 60, after=before[-1])
    assert min(later) > max(before)
    assert len(later) == 4


def test_other_meetings_are_left_alone():
    first = slots(LAO, CHINESE, NOW, 60)[0]
    taken = (first, first + timedelta(hours=1))
    assert first not in slots(LAO, CHINESE, NOW, 60, taken=[taken])
    assert first + timedelta(hours=1) in slots(LAO, CHINESE, NOW, 60, taken=[taken])


def test_one_day_that_was_asked_for():
    found = slots_on(LAO, CHINESE, date(2026, 4, 2), NOW, 60)
    assert seen(found) == ["Thu 02 08:00", "Thu 02 09:00", "Thu 02 10:00", "Thu 02 13:00", "Thu 02 14:00"]
    assert slots_on(LAO, CHINESE, date(2026, 4, 4), NOW, 60) == ()


def test_somebody_on_a_journey_works_by_the_clocks_there():
    away = CHINESE.with_stays(Stay(date(2026, 4, 2), date(2026, 4, 30), VTE, "Vientiane"))
    assert seen(slots(LAO, away, NOW, 60))[0] == "Thu 02 09:00"
    assert seen(slots(LAO, away, NOW, 180))[:2] == ["Thu 02 09:00", "Fri 03 13:00"]
    assert seen(slots(LAO, CHINESE, NOW, 180))[:2] == ["Fri 03 08:00", "Mon 06 08:00"]


@pytest.mark.parametrize("zone", ["Asia/Kathmandu", "Asia/Kolkata", "Asia/Tashkent"])
def test_it_begins_at_a_full_or_half_hour_of_the_first_side(zone):
    found = slots(LAO, WorkingTime(zone=ZoneInfo(zone), week=WEEK), NOW, 60)
    assert len(found) >= 3
    assert {each.astimezone(VTE).minute for each in found} <= {0, 30}
