"""Offsets from an event, and how they are rounded to working days of whoever has the step."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from handlers.rules.offsets import Anchor, Offset, days_of, parse, planned, rounded
from handlers.rules.working_time import WorkingTime, parse_week
from storage.kinds import DayKind

WEEK = parse_week("Mon-Fri 08:00-16:00")
NEW_YEAR = {date(2026, 4, day): DayKind.OFF for day in (13, 14, 15, 16)}
TOMB_DAY = {date(2026, 4, 6): DayKind.OFF, date(2026, 4, 4): DayKind.ON}
LAO = WorkingTime(ZoneInfo("Asia/Vientiane"), WEEK, (NEW_YEAR,))
CHINESE = WorkingTime(ZoneInfo("Asia/Shanghai"), WEEK, (TOMB_DAY,))
NEVER = WorkingTime(ZoneInfo("Asia/Shanghai"), {})
FIRST, LAST = date(2026, 4, 20), date(2026, 4, 30)
"""Monday to Thursday of the week after."""


@pytest.mark.parametrize(
    ("written", "read"),
    [
        pytest.param("D-100", Offset(Anchor.FIRST, -100), id="before"),
        pytest.param("D−100", Offset(Anchor.FIRST, -100), id="a real minus"),
        pytest.param("e + 5", Offset(Anchor.LAST, 5), id="small letter and spaces"),
        pytest.param("D", Offset(Anchor.FIRST), id="the first day"),
        pytest.param("E", Offset(Anchor.LAST), id="the last day"),
        pytest.param("middle", Offset(Anchor.MIDDLE), id="the middle"),
        pytest.param("Open", Offset(Anchor.OPEN), id="no date"),
        pytest.param("D+7 every 7", Offset(Anchor.FIRST, 7, 7), id="repeated"),
        pytest.param("D+7, every 7 days", Offset(Anchor.FIRST, 7, 7), id="repeated in words"),
        pytest.param("D-1001", None, id="too far"),
        pytest.param("D+7 every 0", None, id="every nothing"),
        pytest.param("F-3", None, id="no anchor"),
        pytest.param("D-", None, id="no number"),
        pytest.param("", None, id="nothing"),
        pytest.param("in May", None, id="words"),
    ],
)
def test_what_is_written(written, read):
    assert parse(written) == read
    assert read is None or parse(str(read)) == read


@pytest.mark.parametrize(
    ("written", "days"),
    [
        pytest.param("D-10", [date(2026, 4, 10)], id="calendar days before the first"),
        pytest.param("E+5", [date(2026, 5, 5)], id="calendar days after the last"),
        pytest.param("middle", [date(2026, 4, 25)], id="the middle, a Saturday"),
        pytest.param("open", [None], id="no date"),
        pytest.param("D+1 every 4", [date(2026, 4, 21), date(2026, 4, 25), date(2026, 4, 29)], id="until the last"),
        pytest.param("D every 10", [FIRST, LAST], id="the last day is included"),
        pytest.param("D-1 every 7", [date(2026, 4, 19), date(2026, 4, 26)], id="begins before the event"),
        pytest.param("D+14 every 7", [], id="the event is too short for it"),
    ],
)
def test_calendar_days(written, days):
    assert days_of(parse(written), FIRST, LAST) == days


@pytest.mark.parametrize(
    ("day", "parties", "due"),
    [
        pytest.param(date(2026, 4, 10), [LAO], date(2026, 4, 10), id="a working day stays"),
        pytest.param(date(2026, 4, 12), [LAO], date(2026, 4, 10), id="before the event: back over a weekend"),
        pytest.param(date(2026, 4, 16), [LAO], date(2026, 4, 10), id="back over the new year and a weekend"),
        pytest.param(date(2026, 4, 16), [CHINESE], date(2026, 4, 16), id="which the other side does not have"),
        pytest.param(date(2026, 4, 16), [LAO, CHINESE], date(2026, 4, 10), id="a day on which both work"),
        pytest.param(date(2026, 4, 6), [CHINESE], date(2026, 4, 4), id="back to a Saturday worked in exchange"),
        pytest.param(date(2026, 4, 6), [LAO, CHINESE], date(2026, 4, 3), id="which the other side does not work"),
        pytest.param(date(2026, 4, 25), [LAO], date(2026, 4, 25), id="during the event nothing is moved"),
        pytest.param(FIRST, [NEVER], FIRST, id="nor on its first day"),
        pytest.param(LAST, [NEVER], LAST, id="nor on its last"),
        pytest.param(date(2026, 5, 2), [LAO], date(2026, 5, 4), id="after the event: forward over a weekend"),
        pytest.param(date(2026, 5, 2), [NEVER], date(2026, 5, 2), id="nobody works: as it is"),
    ],
)
def test_rounding(day, parties, due):
    assert rounded(day, FIRST, LAST, parties) == due


@pytest.mark.parametrize(
    ("parties", "due"),
    [
        pytest.param([LAO], date(2026, 4, 24), id="the working day before a Saturday"),
        pytest.param([NEVER], date(2026, 4, 25), id="nobody works during the event: as it is"),
    ],
)
def test_the_middle_of_an_event_is_a_working_day_of_it(parties, due):
    assert planned(parse("middle"), FIRST, LAST, parties) == [due]


def test_every_turn_is_rounded_and_no_date_stays_none():
    assert planned(parse("D-1 every 7"), FIRST, LAST, [LAO]) == [date(2026, 4, 17), date(2026, 4, 26)]
    assert planned(parse("open"), FIRST, LAST, [LAO]) == [None]
