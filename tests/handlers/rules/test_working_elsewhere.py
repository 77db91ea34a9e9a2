"""Working by other clocks for a while, and why a day is worked or not."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handlers.rules.day_layers import DayName, Layer, Reason
from handlers.rules.moments import Quiet, moment, next_allowed
from handlers.rules.working_time import Span, Stay, WorkingTime, parse_week
from storage.kinds import DayKind

OFFICE = parse_week("Mon-Fri 08:00-12:00 13:00-16:00")
VTE, KMG, BERLIN = ZoneInfo("Asia/Vientiane"), ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
ZONES = [VTE, KMG, BERLIN, ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Pacific/Pago_Pago"), ZoneInfo("Asia/Kathmandu")]
HOME = WorkingTime(VTE, OFFICE)
QUARTER = timedelta(minutes=15)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def day(text: str) -> date:
    return date.fromisoformat(text)


BERLIN_TRIP = HOME.with_stays(Stay(day("2026-04-20"), day("2026-04-22"), BERLIN, "Berlin"))


@pytest.mark.parametrize(
    ("at", "then"),
    [
        pytest.param("2026-04-17T09:30", "2026-04-20T06:00", id="after Friday comes Monday at eight in Berlin"),
        pytest.param("2026-04-20T01:00", "2026-04-20T06:00", id="eight at home is the middle of the night there"),
        pytest.param("2026-04-21T06:00", "2026-04-21T06:00", id="at work there, not after lunch at home"),
        pytest.param("2026-04-22T15:00", "2026-04-23T01:00", id="back home the day after the last day"),
    ],
)
def test_a_traveller_works_by_the_clocks_of_the_place(at: str, then: str) -> None:
    assert BERLIN_TRIP.next_moment(utc(at)) == utc(then)


def test_a_stay_does_not_change_which_days_are_worked() -> None:
    holiday = replace(BERLIN_TRIP, layers=({day("2026-04-21"): DayKind.OFF},))
    assert not holiday.works_on(day("2026-04-21"))
    assert holiday.next_moment(utc("2026-04-20T15:00")) == utc("2026-04-22T06:00")


def test_leave_beats_a_stay() -> None:
    assert not BERLIN_TRIP.with_leave((day("2026-04-21"), day("2026-04-21"))).works_on(day("2026-04-21"))


def test_of_two_stays_the_one_written_later_counts() -> None:
    changed = BERLIN_TRIP.with_stays(Stay(day("2026-04-21"), day("2026-04-21"), KMG, "Kunming"))
    assert changed.next_moment(utc("2026-04-20T22:00")) == utc("2026-04-21T00:00")


def test_nobody_who_travels_is_told_in_his_night() -> None:
    told = moment(1, BERLIN_TRIP, utc("2026-04-20T01:30"), Quiet(time(20), time(7)))
    assert told is not None
    assert utc("2026-04-20T06:00") <= told <= utc("2026-04-20T06:05")


def test_quiet_hours_end_where_a_journey_leads_out_of_them() -> None:
    nights = WorkingTime(BERLIN, parse_week("Mon-Sun 00:00-24:00"))
    away = nights.with_stays(Stay(day("2026-04-21"), day("2026-04-21"), ZoneInfo("Asia/Vladivostok")))
    # Midnight in Vladivostok is 16:00 in Berlin: no clock he lives by shows 20:00 on the twentieth.
    assert next_allowed(utc("2026-04-20T13:59"), away, Quiet(time(20), time(7))) == utc("2026-04-20T13:59")
    assert next_allowed(utc("2026-04-20T14:00"), away, Quiet(time(20), time(7))) == utc("2026-04-20T21:00")


@st.composite
def travellers(draw: st.DrawFn) -> WorkingTime:
    """Somebody somewhere with a week of his own, days off and on, leave, and journeys near the first of April."""
    near = st.dates(day("2026-03-25"), day("2026-04-10"))
    hours = st.sampled_from(["08:00-12:00 13:00-16:00", "00:00-04:00 20:00-24:00", "00:00-24:00", "23:00-24:00"])
    week = parse_week(f"{draw(st.sampled_from(['Mon-Fri', 'Sun-Thu', 'Wed', 'Mon-Sun']))} {draw(hours)}")
    layers = draw(st.lists(st.dictionaries(near, st.sampled_from(DayKind), max_size=6), max_size=2))
    working = WorkingTime(draw(st.sampled_from(ZONES)), week, tuple(layers))
    for first in draw(st.lists(near, max_size=2)):
        working = working.with_leave((first, first + timedelta(days=draw(st.integers(0, 4)))))
    for first in draw(st.lists(near, max_size=3)):
        last = first + timedelta(days=draw(st.integers(0, 4)))
        working = working.with_stays(Stay(first, last, draw(st.sampled_from(ZONES))))
    return working


INSTANTS = st.integers(0, 24 * 14 * 4).map(lambda n: utc("2026-03-26T00:00") + n * QUARTER)
FAR = WorkingTime(ZoneInfo("Pacific/Pago_Pago"), parse_week("Tue 23:00-24:00")).with_stays(
    Stay(day("2026-04-01"), day("2026-04-01"), ZoneInfo("Pacific/Kiritimati"))
)
BACK = WorkingTime(ZoneInfo("Europe/Berlin"), parse_week("Mon-Sun 11:00-16:00")).with_stays(
    Stay(day("2026-04-01"), day("2026-04-01"), ZoneInfo("Pacific/Kiritimati"))
)
"""A journey that ends, at midnight over there, in the middle of a working day at home."""


@settings(max_examples=300, deadline=None)
@example(BACK, utc("2026-04-01T09:45"))
@example(FAR, utc("2026-04-01T09:45"))
@given(travellers(), INSTANTS)
def test_the_next_moment_of_a_traveller_is_worked_and_none_earlier_is(working: WorkingTime, at: datetime) -> None:
    found = working.next_moment(at)
    assert found is not None
    assert found >= at
    assert working.is_working(found)
    # Every clock and every span here stands on a quarter of an hour, so nothing hides between two looks.
    looks = (at + n * QUARTER for n in range(int(min(found - at, timedelta(days=12)) / QUARTER) + 1))
    assert not any(working.is_working(look) for look in looks if look < found)


@settings(max_examples=150, deadline=None)
@given(travellers(), st.dates(day("2026-03-27"), day("2026-04-08")))
def test_a_day_begins_when_the_wall_first_shows_it(working: WorkingTime, on: date) -> None:
    begins = working.day_begins(on)
    start = utc("2026-03-24T00:00")
    shown = [at for n in range(24 * 18 * 4) if working.local_date(at := start + n * QUARTER) == on]
    assert not shown or shown[0] == begins


NAME = DayName("Lao New Year's Day", "ບຸນປີໃໝ່ລາວ", "老挝新年", "ບຸນປີໃໝ່ລາວ")
PI_MAI, MONDAY, SUNDAY = day("2026-04-14"), day("2026-04-13"), day("2026-04-12")
LAYERED = WorkingTime(
    VTE,
    OFFICE,
    layers=({PI_MAI: DayKind.OFF, MONDAY: DayKind.OBSERVANCE}, {MONDAY: DayKind.OFF, SUNDAY: DayKind.ON}),
    names=({PI_MAI: NAME}, {MONDAY: DayName("Staff day"), SUNDAY: DayName("Open day")}),
    leave=((day("2026-04-20"), day("2026-04-21")),),
)


@pytest.mark.parametrize(
    ("on", "reason"),
    [
        pytest.param("2026-04-10", Reason(True, Layer.WEEK), id="a plain working day"),
        pytest.param("2026-04-11", Reason(False, Layer.WEEK), id="a Saturday"),
        pytest.param("2026-04-14", Reason(False, Layer.COUNTRY, NAME), id="the country's day off, with its name"),
        pytest.param("2026-04-13", Reason(False, Layer.INSTITUTION, DayName("Staff day")), id="the institution's own"),
        pytest.param("2026-04-12", Reason(True, Layer.INSTITUTION, DayName("Open day")), id="the institution works"),
        pytest.param("2026-04-20", Reason(False, Layer.LEAVE), id="leave"),
    ],
)
def test_a_day_says_why(on: str, reason: Reason) -> None:
    assert LAYERED.why(day(on)) == reason


def test_joint_days_are_those_on_which_both_work() -> None:
    kunming = WorkingTime(KMG, OFFICE, ({day("2026-04-06"): DayKind.OFF, day("2026-04-11"): DayKind.ON},))
    joint = LAYERED.jointly_with(kunming)
    assert [on for n in range(4, 18) if joint.works_on(on := day(f"2026-04-{n:02}"))] == [
        day(f"2026-04-{n:02}") for n in (7, 8, 9, 10, 15, 16, 17)
    ]
    assert joint.add_working_days(day("2026-04-03"), 5) == day("2026-04-15")
    assert joint.first_moment(day("2026-04-07")) == utc("2026-04-07T01:00")


def test_layers_without_names_still_say_who_spoke() -> None:
    assert WorkingTime(VTE, OFFICE, ({PI_MAI: DayKind.OFF},)).why(PI_MAI) == Reason(False, Layer.COUNTRY)


def test_a_working_day_of_nobody_s_week_takes_the_first_hours_there_are() -> None:
    assert LAYERED.spans(SUNDAY) == (Span(time(8), time(12)), Span(time(13), time(16)))


@pytest.mark.parametrize(
    ("name", "language", "spoken"),
    [
        pytest.param(NAME, "zh_Hans", "老挝新年", id="Chinese"),
        pytest.param(NAME, "lo", "ບຸນປີໃໝ່ລາວ", id="Lao"),
        pytest.param(NAME, "en", "Lao New Year's Day", id="English"),
        pytest.param(DayName("", "元旦"), "en", "元旦", id="as it is written, where nothing else is known"),
        pytest.param(DayName("Semester break"), "lo", "Semester break", id="one name for everybody"),
    ],
)
def test_a_name_is_spoken_in_the_reader_s_language(name: DayName, language: str, spoken: str) -> None:
    assert name.spoken(language) == spoken
