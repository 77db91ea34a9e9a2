"""What speaks against a date, on which side, and which days near it suit both."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from handlers.rules.day_layers import DayName, Layer, Stay
from handlers.rules.warnings import Doer, Place, Weight, nearest, warnings
from handlers.rules.working_time import ONE_DAY, Span, WorkingTime
from storage.kinds import DayKind, YearState

DAY = (Span(time(8), time(16)),)
WEEK = dict.fromkeys(range(5), DAY)
SIX_DAYS = dict.fromkeys(range(6), DAY)
NEW_YEAR, BREAK, QINGMING = DayName("Lao New Year's Day"), DayName("Semester break"), DayName("Tomb-Sweeping Day")
OFF, ON = DayKind.OFF, DayKind.ON


def place(number, name, zone, *, responsible, country=None, own=None, week=WEEK, unconfirmed=None, on=()):
    country, own = country or {}, own or {}
    layers = (dict.fromkeys(country, OFF) | dict.fromkeys(on, ON), dict.fromkeys(own, OFF))
    working = WorkingTime(ZoneInfo(zone), week, layers=layers, names=(country, own))
    return Place(number, name, name[:2].upper(), working, responsible, unconfirmed or {})


def vientiane(responsible=True, **more):
    new_year = {date(2026, 4, day): NEW_YEAR for day in (14, 15, 16)}
    return place(1, "Vientiane", "Asia/Vientiane", responsible=responsible, country=new_year, **more)


def kunming(responsible=False, **more):
    return place(2, "Kunming", "Asia/Shanghai", responsible=responsible, country={date(2026, 4, 6): QINGMING}, **more)


def found(day, *places, at=None):
    return [(each.weight, each.side, each.layer, each.name) for each in warnings(day, at, places)]


ASK, MENTION, NOTE = Weight.ASK, Weight.MENTION, Weight.NOTE


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(date(2026, 4, 20), [], id="a day on which both work"),
        pytest.param(date(2026, 4, 15), [(ASK, "Vientiane", Layer.COUNTRY, NEW_YEAR)], id="Lao New Year, by its name"),
        pytest.param(date(2026, 4, 6), [(MENTION, "Kunming", Layer.COUNTRY, QINGMING)], id="the other side's holiday"),
        pytest.param(date(2026, 4, 19), [(ASK, "Vientiane", Layer.WEEK, None)], id="a Sunday everywhere: said once"),
    ],
)
def test_days_off(day, expected):
    assert found(day, kunming(), vientiane()) == expected


def test_a_semester_break_speaks_after_the_country():
    side = vientiane(own={date(2026, 4, 15): BREAK})
    assert found(date(2026, 4, 15), side) == [(ASK, "Vientiane", Layer.INSTITUTION, BREAK)]


def test_a_make_up_saturday_is_a_working_day_of_the_side_that_makes_up():
    saturday = date(2026, 5, 9)
    assert found(saturday, kunming(responsible=True, on=[saturday]), vientiane(responsible=False)) == [
        (MENTION, "Vientiane", Layer.WEEK, None)
    ]


def test_a_weekend_of_the_other_side_alone_is_mentioned():
    saturday = date(2026, 4, 18)
    assert found(saturday, vientiane(week=SIX_DAYS), kunming()) == [(MENTION, "Kunming", Layer.WEEK, None)]


def test_a_holiday_of_the_other_side_is_mentioned_on_a_sunday_too():
    named = kunming(own={date(2026, 4, 19): BREAK})
    assert (MENTION, "Kunming", Layer.INSTITUTION, BREAK) in found(date(2026, 4, 19), vientiane(), named)


def test_a_task_of_both_sides_asks_for_either():
    places = vientiane(), kunming(responsible=True)
    assert [weight for weight, *_ in found(date(2026, 4, 6), *places)] == [ASK]
    assert [weight for weight, *_ in found(date(2026, 4, 15), *places)] == [ASK]


def test_the_side_responsible_comes_first():
    named = kunming(own={date(2026, 4, 15): BREAK})
    assert [side for _, side, *_ in found(date(2026, 4, 15), named, vientiane())] == ["Vientiane", "Kunming"]


def test_a_time_falls_on_the_date_it_has_at_each_side():
    # 23:30 in Vientiane on Sunday 5 April is already Monday in Kunming, where it is a holiday.
    late = datetime(2026, 4, 5, 16, 30, tzinfo=UTC)
    assert (MENTION, "Kunming", Layer.COUNTRY, QINGMING) in found(date(2026, 4, 5), vientiane(), kunming(), at=late)


@pytest.mark.parametrize(
    ("years", "day", "expected"),
    [
        pytest.param({2027: YearState.PROVISIONAL}, date(2027, 4, 20), [(NOTE, 2027)], id="the year of the date"),
        pytest.param({2027: YearState.MISSING}, date(2027, 4, 20), [(NOTE, 2027)], id="no calendar at all"),
        pytest.param({2027: YearState.PROVISIONAL}, date(2026, 4, 20), [], id="another year"),
    ],
)
def test_a_year_nobody_confirmed_is_noted(years, day, expected):
    shown = warnings(day, None, (vientiane(unconfirmed=years), kunming()))
    assert [(each.weight, each.day.year) for each in shown] == expected


def test_two_sides_in_one_country_are_noted_once():
    here = vientiane(unconfirmed={2027: YearState.PROVISIONAL})
    there = place(3, "Vientiane", "Asia/Vientiane", responsible=False, unconfirmed=here.unconfirmed)
    assert len(warnings(date(2027, 4, 20), None, (here, there))) == 1


@pytest.mark.parametrize(
    ("day", "today", "expected"),
    [
        pytest.param(date(2026, 4, 15), date(2026, 4, 1), [13, 17], id="around Lao New Year"),
        pytest.param(date(2026, 4, 5), date(2026, 4, 1), [3, 7], id="the other side's holiday is passed over too"),
        pytest.param(date(2026, 4, 5), date(2026, 4, 4), [7], id="nothing before that is not past"),
        pytest.param(date(2026, 4, 15), date(2026, 4, 13), [13, 17], id="today is near enough"),
    ],
)
def test_the_nearest_days_on_which_both_work(day, today, expected):
    assert [each.day for each in nearest(day, today, (vientiane(), kunming()))] == expected


def test_where_nobody_ever_works_no_day_is_near():
    assert nearest(date(2026, 4, 5), date(2026, 4, 1), (vientiane(week={}), kunming())) == ()


TEACHERS = DayName("National Teacher Day")
TEACHER_DAY = date(2026, 10, 7)


def observing(side):
    return replace(side, observed={TEACHER_DAY: TEACHERS})


@pytest.mark.parametrize(
    ("places", "sides"),
    [
        pytest.param((observing(vientiane()), kunming()), ["Vientiane"], id="of the side responsible"),
        pytest.param((vientiane(), observing(kunming())), ["Kunming"], id="of the other side"),
        pytest.param((observing(vientiane()), observing(kunming())), ["Vientiane", "Kunming"], id="of both"),
        pytest.param(
            (observing(vientiane()), observing(place(3, "Vientiane", "Asia/Vientiane", responsible=False))),
            ["Vientiane"],
            id="two sides in one country: said once",
        ),
        pytest.param((vientiane(), kunming()), [], id="of nobody"),
    ],
)
def test_a_feast_on_which_people_work_is_mentioned(places, sides):
    found = warnings(TEACHER_DAY, None, places)
    assert [each.side for each in found] == sides
    assert all(each.observed and each.weight is MENTION and each.name is TEACHERS for each in found)
    assert warnings(TEACHER_DAY + ONE_DAY, None, places) == ()


AWAY = (date(2026, 4, 20), date(2026, 4, 24))
JOURNEY = Stay(*AWAY, ZoneInfo("Asia/Shanghai"), "Kunming")


def doer(*, leave=(), stays=()):
    return Doer("Trainer", 1, vientiane().working.with_leave(*leave).with_stays(*stays))


@pytest.mark.parametrize(
    ("who", "day", "expected"),
    [
        pytest.param(doer(leave=[AWAY]), AWAY[0], [(ASK, Layer.LEAVE, "")], id="the first day of his leave"),
        pytest.param(doer(leave=[AWAY]), AWAY[1], [(ASK, Layer.LEAVE, "")], id="the last day of his leave"),
        pytest.param(doer(leave=[AWAY]), date(2026, 4, 27), [], id="he is back"),
        pytest.param(
            doer(leave=[(date(2026, 4, 13), date(2026, 4, 17))]),
            date(2026, 4, 15),
            [(ASK, Layer.COUNTRY, "")],
            id="his side is off anyway: said once",
        ),
        pytest.param(doer(stays=[JOURNEY]), AWAY[0], [(MENTION, None, "Kunming")], id="on a journey he works"),
        pytest.param(doer(stays=[JOURNEY]), date(2026, 4, 27), [], id="back from it"),
        pytest.param(doer(leave=[AWAY], stays=[JOURNEY]), AWAY[0], [(ASK, Layer.LEAVE, "")], id="leave on a journey"),
    ],
)
def test_leave_of_the_person_responsible_asks_and_a_journey_is_mentioned(who, day, expected):
    found = warnings(day, None, (vientiane(), kunming()), (who,))
    assert [(each.weight, each.layer, each.city) for each in found] == expected


def test_the_days_offered_are_those_on_which_the_person_works_too():
    sides = vientiane(), kunming()
    assert nearest(date(2026, 4, 22), date(2026, 4, 1), sides, (doer(leave=[AWAY]),)) == (
        date(2026, 4, 17),
        date(2026, 4, 27),
    )
