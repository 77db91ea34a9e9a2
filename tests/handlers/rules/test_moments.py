"""The moment at which a person may be told."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.rules.moments import NO_QUIET, Quiet, is_spread_over, moment, next_allowed, spread
from handlers.rules.working_time import WorkingTime, parse_week
from storage.kinds import DayKind

OFFICE = parse_week("Mon-Fri 08:00-12:00 13:00-16:00")
PI_MAI = {date(2026, 4, each): DayKind.OFF for each in (14, 15, 16)}
VIENTIANE = WorkingTime(ZoneInfo("Asia/Vientiane"), OFFICE, (PI_MAI,))
KUNMING = WorkingTime(ZoneInfo("Asia/Shanghai"), OFFICE)
NIGHT_SHIFT = WorkingTime(ZoneInfo("Europe/Berlin"), parse_week("Sat-Sun 00:00-04:00 20:00-24:00"))
TWO_MINUTES = WorkingTime(ZoneInfo("Asia/Vientiane"), parse_week("Mon-Fri 08:00-08:01"))
NIGHT = Quiet(time(20), time(7))


def at(side: WorkingTime, text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=side.zone).astimezone(UTC)


def person_with_spread(minutes: int, on: date) -> int:
    """The first person whose spread on that day has that many minutes."""
    return next(each for each in range(1, 1000) if spread(each, on) == timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("side", "now", "then"),
    [
        pytest.param(VIENTIANE, "04-20 03:00", "04-20 08:03", id="at night: this morning"),
        pytest.param(VIENTIANE, "04-20 08:01", "04-20 08:03", id="the morning's moment is still ahead"),
        pytest.param(VIENTIANE, "04-20 08:03", "04-20 08:03", id="on the minute"),
        pytest.param(VIENTIANE, "04-20 10:30", "04-20 10:30", id="at work already: now"),
        pytest.param(VIENTIANE, "04-20 12:30", "04-20 13:00", id="at lunch: after it"),
        pytest.param(KUNMING, "04-20 03:00", "04-20 08:03", id="in Kunming an hour before Vientiane"),
    ],
)
def test_on_a_working_day(side: WorkingTime, now: str, then: str) -> None:
    assert moment(person_with_spread(3, date(2026, 4, 20)), side, at(side, now)) == at(side, then)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        pytest.param("04-13 16:00", "04-17 08:03", id="after work: over Pi Mai to Friday"),
        pytest.param("04-15 10:00", "04-17 08:03", id="in the middle of Pi Mai"),
        pytest.param("04-16 23:59", "04-17 08:03", id="in the last night of it"),
    ],
)
def test_on_a_day_off_the_next_working_day_counts(now: str, then: str) -> None:
    person = person_with_spread(3, date(2026, 4, 17))
    assert moment(person, VIENTIANE, at(VIENTIANE, now)) == at(VIENTIANE, then)


def test_somebody_on_leave_is_told_when_he_is_back() -> None:
    away = VIENTIANE.with_leave((date(2026, 4, 20), date(2026, 4, 24)))
    person = person_with_spread(0, date(2026, 4, 27))
    assert moment(person, away, at(VIENTIANE, "04-20 09:00")) == at(VIENTIANE, "04-27 08:00")


@pytest.mark.parametrize(
    ("quiet", "now", "then"),
    [
        pytest.param(Quiet(time(6), time(9)), "04-20 03:00", "04-20 09:02", id="the day's moment follows quiet hours"),
        pytest.param(Quiet(time(15), time(8)), "04-20 15:30", "04-21 08:00", id="the end of the day is quiet"),
        pytest.param(Quiet(time(10), time(11)), "04-20 10:30", "04-20 11:00", id="an hour in the day is quiet"),
        pytest.param(Quiet(time(11), time(14)), "04-20 11:30", "04-20 14:00", id="quiet over lunch"),
        pytest.param(NIGHT, "04-20 10:30", "04-20 10:30", id="a quiet night changes nothing by day"),
    ],
)
def test_quiet_hours(quiet: Quiet, now: str, then: str) -> None:
    person = next(
        each
        for each in range(1, 1000)
        if spread(each, date(2026, 4, 20)) == timedelta(minutes=2) and not spread(each, date(2026, 4, 21))
    )
    assert moment(person, VIENTIANE, at(VIENTIANE, now), quiet) == at(VIENTIANE, then)


def test_quiet_all_day_is_never() -> None:
    assert moment(1, VIENTIANE, at(VIENTIANE, "04-20 09:00"), Quiet(time(7), time(17))) is None


def test_never_at_work_is_never() -> None:
    assert moment(1, WorkingTime(VIENTIANE.zone, {}), at(VIENTIANE, "04-20 09:00")) is None


def test_a_day_too_short_for_a_spread() -> None:
    person = person_with_spread(5, date(2026, 4, 20))
    assert moment(person, TWO_MINUTES, at(VIENTIANE, "04-20 03:00")) == at(VIENTIANE, "04-20 08:00")


def test_the_spread_is_stable_and_uses_every_minute() -> None:
    on = date(2026, 4, 20)
    assert {spread(each, on) for each in range(200)} == {timedelta(minutes=n) for n in range(6)}
    assert spread(7, on) == spread(7, date(2026, 4, 20))
    assert len({spread(7, on + timedelta(days=n)) for n in range(30)}) > 1
    # Written down, so that a new version of the program does not tell anybody twice at another minute.
    assert [spread(each, on).seconds // 60 for each in (1, 2, 3)] == [2, 2, 2]


@pytest.mark.parametrize(
    ("text", "quiet"),
    [
        pytest.param("20:00-07:00", NIGHT, id="over midnight"),
        pytest.param(" 9:00 - 10:30 ", Quiet(time(9), time(10, 30)), id="loose spaces"),
        pytest.param("", NO_QUIET, id="none"),
    ],
)
def test_parse_quiet(text: str, quiet: Quiet) -> None:
    assert Quiet.parse(text) == quiet
    assert Quiet.parse(quiet.format()) == quiet


@pytest.mark.parametrize("text", ["20-7", "25:00-07:00", "20:00", "at night"])
def test_quiet_hours_nobody_can_read(text: str) -> None:
    with pytest.raises(ValueError, match="are not quiet hours"):
        Quiet.parse(text)


@pytest.mark.parametrize(
    ("quiet", "clock", "covered"),
    [
        pytest.param(NIGHT, time(20), True, id="from the first minute"),
        pytest.param(NIGHT, time(6, 59), True, id="to the last"),
        pytest.param(NIGHT, time(7), False, id="not on the end"),
        pytest.param(NIGHT, time(12), False, id="not at noon"),
        pytest.param(NO_QUIET, time(0), False, id="no quiet hours, midnight"),
    ],
)
def test_quiet_covers(quiet: Quiet, clock: time, covered: bool) -> None:
    assert (clock in quiet) is covered


def test_quiet_hours_in_an_hour_the_clock_repeats() -> None:
    quiet = Quiet(time(2), time(2, 30))
    second_pass = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)
    assert next_allowed(second_pass, NIGHT_SHIFT, quiet) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


MINUTES = st.integers(0, 60 * 24 * 365)
CLOCK = st.times().map(lambda each: each.replace(second=0, microsecond=0))


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([VIENTIANE, KUNMING, NIGHT_SHIFT, TWO_MINUTES]),
    MINUTES,
    st.builds(Quiet, CLOCK, CLOCK),
    st.integers(1, 10**9),
)
def test_nobody_is_told_outside_his_working_time(side: WorkingTime, minutes: int, quiet: Quiet, person: int) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    found = moment(person, side, now, quiet)
    if found is None:
        assert next_allowed(now, side, quiet) is None
        return
    assert found >= now
    assert side.is_working(found)
    assert side.local(found).time() not in quiet
    assert moment(person, side, found, quiet) == found


@pytest.mark.parametrize(
    ("side", "now", "over"),
    [
        pytest.param(VIENTIANE, "04-20 08:03", False, id="some are to be told in two minutes"),
        pytest.param(VIENTIANE, "04-20 08:06", True, id="the last of them was to be told a minute ago"),
        pytest.param(VIENTIANE, "04-20 12:30", False, id="at lunch nobody is told"),
        pytest.param(VIENTIANE, "04-15 10:00", False, id="on a day off nobody is told"),
        pytest.param(TWO_MINUTES, "04-20 08:06", False, id="nobody is at work any more"),
    ],
)
def test_after_the_spread_all_may_be_told_as_long_as_they_work(side: WorkingTime, now: str, over: bool) -> None:
    assert is_spread_over(side, at(side, now)) is over


@given(
    st.sampled_from([VIENTIANE, KUNMING, NIGHT_SHIFT, TWO_MINUTES]),
    MINUTES,
    st.builds(Quiet, CLOCK, CLOCK),
    st.integers(1, 10**9),
)
def test_once_the_spread_is_over_anybody_is_told_now(
    side: WorkingTime, minutes: int, quiet: Quiet, person: int
) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    assert moment(person, side, now, quiet) == now or not is_spread_over(side, now, quiet)
