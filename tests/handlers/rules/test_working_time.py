"""Working time: the week, the calendars of two countries, leave, and clocks that change."""

import csv
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.rules.working_time import (
    Span,
    WorkingTime,
    both_work,
    first_joint_day,
    parse_week,
)
from storage.kinds import DayKind

OFFICE = parse_week("Mon-Fri 08:00-12:00 13:00-16:00")
SHIFT = parse_week("Sun 02:15-02:45; Mon 09:00-17:00")
BERLIN = ZoneInfo("Europe/Berlin")


def calendar(country: str) -> dict[date, DayKind]:
    """The reviewed rows of one country; on a shared date the day off beats the observance."""
    text = files("storage").joinpath("calendar_days.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.DictReader(text.splitlines()) if row["country"] == country]
    rows.sort(key=lambda row: row["kind"] != "observance")
    return {date.fromisoformat(row["date"]): DayKind(row["kind"]) for row in rows}


VIENTIANE = WorkingTime(ZoneInfo("Asia/Vientiane"), OFFICE, (calendar("LA"),))
KUNMING = WorkingTime(ZoneInfo("Asia/Shanghai"), OFFICE, (calendar("CN"),))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("side", "on", "works"),
    [
        pytest.param(VIENTIANE, "2026-04-13", True, id="the Monday before Pi Mai is worked"),
        pytest.param(VIENTIANE, "2026-04-14", False, id="Pi Mai is no working day"),
        pytest.param(VIENTIANE, "2026-04-16", False, id="the third day of Pi Mai neither"),
        pytest.param(VIENTIANE, "2026-04-17", True, id="the Friday after Pi Mai is worked"),
        pytest.param(KUNMING, "2026-04-14", True, id="Kunming works through Pi Mai"),
        pytest.param(VIENTIANE, "2026-03-09", False, id="a day off in lieu"),
        pytest.param(VIENTIANE, "2026-07-29", True, id="an observance changes nothing"),
        pytest.param(VIENTIANE, "2026-05-01", False, id="an observance on a day off leaves it off"),
        pytest.param(KUNMING, "2026-04-06", False, id="Tomb-Sweeping Day observed on Monday"),
        pytest.param(KUNMING, "2026-05-05", False, id="the Tuesday swapped for a Saturday"),
        pytest.param(VIENTIANE, "2026-05-05", True, id="Vientiane works on that Tuesday"),
        pytest.param(KUNMING, "2026-05-09", True, id="the make-up Saturday is worked"),
        pytest.param(VIENTIANE, "2026-05-09", False, id="in Vientiane it is a Saturday"),
        pytest.param(KUNMING, "2026-09-20", True, id="a make-up Sunday"),
    ],
)
def test_works_on(side: WorkingTime, on: str, works: bool) -> None:
    assert side.works_on(day(on)) is works


@pytest.mark.parametrize(
    ("layers", "leave", "works"),
    [
        pytest.param((), (), True, id="the week speaks when nobody else does"),
        pytest.param(({day("2026-06-01"): DayKind.OFF},), (), False, id="the country takes the day off"),
        pytest.param(
            ({day("2026-06-01"): DayKind.OFF}, {day("2026-06-01"): DayKind.ON}),
            (),
            True,
            id="the institution works on a public holiday",
        ),
        pytest.param(
            ({day("2026-06-01"): DayKind.OFF}, {day("2026-06-01"): DayKind.OBSERVANCE}),
            (),
            False,
            id="an observance of the institution does not open a holiday",
        ),
        pytest.param(
            ({day("2026-06-01"): DayKind.ON},),
            ((day("2026-06-01"), day("2026-06-01")),),
            False,
            id="leave beats a make-up day",
        ),
        pytest.param((), ((day("2026-05-25"), day("2026-06-01")),), False, id="the last day of leave is still leave"),
        pytest.param((), ((day("2026-05-25"), day("2026-05-31")),), True, id="back the day after leave"),
    ],
)
def test_the_last_layer_that_speaks_wins(
    layers: tuple[dict[date, DayKind], ...], leave: tuple[tuple[date, date], ...], works: bool
) -> None:
    side = WorkingTime(ZoneInfo("Asia/Vientiane"), OFFICE, layers).with_leave(*leave)
    assert side.works_on(day("2026-06-01")) is works


def test_a_make_up_day_takes_the_hours_of_its_own_weekday_first() -> None:
    week = parse_week("Mon-Fri 08:00-16:00; Sat 09:00-11:00")
    on = {day("2026-05-09"): DayKind.ON, day("2026-05-10"): DayKind.ON}
    side = WorkingTime(ZoneInfo("Asia/Shanghai"), week, (on,))
    assert side.spans(day("2026-05-09")) == (Span(time(9), time(11)),)
    assert side.spans(day("2026-05-10")) == (Span(time(8), time(16)),)


@pytest.mark.parametrize(
    ("side", "at", "working"),
    [
        pytest.param(VIENTIANE, "2026-04-20T01:00", True, id="eight in Vientiane"),
        pytest.param(VIENTIANE, "2026-04-20T00:59", False, id="a minute to eight in Vientiane"),
        pytest.param(KUNMING, "2026-04-20T00:00", True, id="eight in Kunming is an hour earlier"),
        pytest.param(VIENTIANE, "2026-04-20T05:30", False, id="the lunch break"),
        pytest.param(VIENTIANE, "2026-04-20T06:00", True, id="back from lunch"),
        pytest.param(VIENTIANE, "2026-04-20T09:00", False, id="four o'clock is the end"),
        pytest.param(VIENTIANE, "2026-04-15T02:00", False, id="nine on Pi Mai"),
    ],
)
def test_is_working(side: WorkingTime, at: str, working: bool) -> None:
    assert side.is_working(utc(at)) is working


@pytest.mark.parametrize(
    ("side", "at", "then"),
    [
        pytest.param(VIENTIANE, "2026-04-20T02:00", "2026-04-20T02:00", id="at work already"),
        pytest.param(VIENTIANE, "2026-04-20T05:30", "2026-04-20T06:00", id="after lunch"),
        pytest.param(VIENTIANE, "2026-04-13T10:00", "2026-04-17T01:00", id="over Pi Mai to Friday"),
        pytest.param(KUNMING, "2026-04-13T10:00", "2026-04-14T00:00", id="Kunming goes on the next day"),
        pytest.param(KUNMING, "2026-05-08T12:00", "2026-05-09T00:00", id="on to the make-up Saturday"),
        pytest.param(VIENTIANE, "2026-05-08T12:00", "2026-05-11T01:00", id="over the weekend"),
        pytest.param(KUNMING, "2026-04-30T12:00", "2026-05-06T00:00", id="over the Labour Day holiday"),
    ],
)
def test_next_moment(side: WorkingTime, at: str, then: str) -> None:
    assert side.next_moment(utc(at)) == utc(then)


@pytest.mark.parametrize(
    ("at", "then"),
    [
        pytest.param("2026-03-28T12:00", "2026-03-30T07:00", id="a span the clock jumps over is not worked"),
        pytest.param("2026-10-24T12:00", "2026-10-25T00:15", id="in the repeated hour the first pass counts"),
        pytest.param("2026-10-25T00:45", "2026-10-25T01:15", id="then the second pass"),
        pytest.param("2026-10-25T01:45", "2026-10-26T08:00", id="then Monday in winter time"),
    ],
)
def test_clock_changes_in_berlin(at: str, then: str) -> None:
    assert WorkingTime(BERLIN, SHIFT).next_moment(utc(at)) == utc(then)


@pytest.mark.parametrize(
    ("zone", "week", "on", "then"),
    [
        pytest.param(
            "Europe/Berlin", "Sun 02:30-12:00", "2026-03-29", "2026-03-29T01:00", id="work begins at the jump"
        ),
        pytest.param("Africa/Cairo", "Fri 00:00-06:00", "2026-04-24", "2026-04-23T22:00", id="midnight is jumped over"),
        pytest.param("Europe/Berlin", "Sun 01:00-02:30", "2026-10-25", "2026-10-24T23:00", id="before the fold"),
    ],
)
def test_first_moment_over_clock_changes(zone: str, week: str, on: str, then: str) -> None:
    assert WorkingTime(ZoneInfo(zone), parse_week(week)).first_moment(day(on)) == utc(then)


def test_work_goes_on_when_the_clock_falls_back_into_it() -> None:
    side = WorkingTime(BERLIN, parse_week("Sun 01:00-02:30"))
    assert side.next_moment(utc("2026-10-25T00:40")) == utc("2026-10-25T01:00")


def test_a_date_the_zone_never_had_is_not_worked() -> None:
    samoa = WorkingTime(ZoneInfo("Pacific/Apia"), parse_week("Mon-Sun 08:00-12:00"))
    assert samoa.first_moment(day("2011-12-30")) is None


def test_nothing_to_find_ends_the_search() -> None:
    side = VIENTIANE.with_leave((day("2026-01-01"), day("2030-01-01")))
    assert side.first_moment(day("2026-04-20")) is None
    assert side.next_moment(utc("2026-04-20T02:00")) is None
    assert side.add_working_days(day("2026-04-20"), 1) is None
    assert first_joint_day(side, KUNMING, day("2026-04-20")) is None


def test_naive_instants_are_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        VIENTIANE.is_working(datetime(2026, 4, 20, 9))  # noqa: DTZ001 the refusal is what is tested


@pytest.mark.parametrize(
    ("side", "start", "n", "end"),
    [
        pytest.param(VIENTIANE, "2026-04-13", 0, "2026-04-13", id="no days is the day itself"),
        pytest.param(VIENTIANE, "2026-04-13", 1, "2026-04-17", id="one day over Pi Mai"),
        pytest.param(VIENTIANE, "2026-04-17", -1, "2026-04-13", id="one day back over Pi Mai"),
        pytest.param(KUNMING, "2026-04-13", 1, "2026-04-14", id="one day in Kunming"),
        pytest.param(KUNMING, "2026-05-08", 1, "2026-05-09", id="the make-up Saturday counts"),
        pytest.param(VIENTIANE, "2026-05-08", 1, "2026-05-11", id="the same Saturday does not in Vientiane"),
        pytest.param(KUNMING, "2026-05-11", -5, "2026-04-30", id="five days back over a long holiday"),
        pytest.param(VIENTIANE, "2026-05-10", 1, "2026-05-11", id="one after a Sunday is Monday"),
        pytest.param(VIENTIANE, "2026-05-10", -1, "2026-05-08", id="one before a Sunday is Friday"),
    ],
)
def test_add_working_days(side: WorkingTime, start: str, n: int, end: str) -> None:
    assert side.add_working_days(day(start), n) == day(end)


@pytest.mark.parametrize(
    ("side", "a", "b", "count"),
    [
        pytest.param(VIENTIANE, "2026-04-13", "2026-04-13", 0, id="the same day"),
        pytest.param(VIENTIANE, "2026-04-13", "2026-04-17", 1, id="Pi Mai between"),
        pytest.param(KUNMING, "2026-04-13", "2026-04-17", 4, id="the same week in Kunming"),
        pytest.param(KUNMING, "2026-05-08", "2026-05-10", 1, id="a weekend with a make-up Saturday"),
        pytest.param(VIENTIANE, "2026-04-17", "2026-04-13", -1, id="backwards is below zero"),
    ],
)
def test_working_days_between(side: WorkingTime, a: str, b: str, count: int) -> None:
    assert side.working_days_between(day(a), day(b)) == count


@pytest.mark.parametrize(
    ("at", "side", "on"),
    [
        pytest.param("2026-04-20T16:59", VIENTIANE, "2026-04-20", id="23:59 in Vientiane is still today"),
        pytest.param("2026-04-20T16:59", KUNMING, "2026-04-21", id="and tomorrow in Kunming"),
    ],
)
def test_local_date(at: str, side: WorkingTime, on: str) -> None:
    assert side.local_date(utc(at)) == day(on)


@pytest.mark.parametrize(
    ("start", "joint"),
    [
        pytest.param("2026-04-13", "2026-04-13", id="an ordinary Monday"),
        pytest.param("2026-04-14", "2026-04-17", id="after Pi Mai"),
        pytest.param("2026-05-01", "2026-05-06", id="after both Labour Days"),
        pytest.param("2026-05-09", "2026-05-11", id="a make-up Saturday of one side is not joint"),
    ],
)
def test_first_joint_day(start: str, joint: str) -> None:
    assert first_joint_day(VIENTIANE, KUNMING, day(start)) == day(joint)
    assert both_work(VIENTIANE, KUNMING, day(joint))


SIDES = st.sampled_from(
    [VIENTIANE, KUNMING, WorkingTime(BERLIN, SHIFT), WorkingTime(BERLIN, parse_week("Sun-Tue 01:00-02:30"))]
)
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001 the strategy adds the zone


@settings(max_examples=150, deadline=None)
@given(SIDES, INSTANTS, st.lists(st.floats(0, 1), max_size=20))
def test_the_next_moment_is_worked_and_none_earlier_is(side: WorkingTime, at: datetime, parts: list[float]) -> None:
    found = side.next_moment(at)
    assert found is not None
    assert found >= at
    assert side.is_working(found)
    if found > at:
        between = [at + part * (found - at) for part in parts] + [found - timedelta(microseconds=1)]
        assert not any(side.is_working(each) for each in between if each < found)


@settings(max_examples=100, deadline=None)
@given(SIDES, st.dates(date(2026, 1, 1), date(2027, 6, 1)), st.integers(-30, 30))
def test_adding_working_days_and_counting_them_agree(side: WorkingTime, start: date, n: int) -> None:
    start = side.working_day_on_or_after(start) or start
    end = side.add_working_days(start, n)
    assert end is not None
    assert side.works_on(end)
    assert side.working_days_between(start, end) == n
