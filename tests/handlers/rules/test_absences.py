"""When somebody may be gone for long: at the end of a stretch of work, never in between."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.absences import may_be_gone
from handlers.rules.recipients import is_gone
from handlers.rules.working_time import Stay, WorkingTime, parse_week

VIENTIANE = ZoneInfo("Asia/Vientiane")
PLACE = WorkingTime(VIENTIANE, parse_week("Mon-Fri 08:00-12:00 13:00-16:00"))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 4, day, hour, minute, tzinfo=VIENTIANE)


@pytest.mark.parametrize(
    ("now", "leave", "moment"),
    [
        pytest.param(at(1, 9), (), at(1, 12), id="at work: at noon"),
        pytest.param(at(1, 12, 30), (), at(1, 16), id="over lunch: in the evening"),
        pytest.param(at(3, 16), (), at(6, 12), id="on Friday evening: on Monday at noon"),
        pytest.param(at(1, 20), ((date(2026, 4, 2), date(2026, 4, 3)),), at(6, 12), id="away for two days"),
        pytest.param(at(1, 20), ((date(2026, 4, 2), date(2026, 4, 30)),), at(1, 20), id="gone now"),
        pytest.param(at(1, 9), ((date(2026, 4, 2), date(2026, 4, 30)),), at(1, 12), id="gone tomorrow"),
    ],
)
def test_the_first_moment(now, leave, moment):
    assert may_be_gone(PLACE.with_leave(*leave), PLACE, now) == moment


@given(
    leaves=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 20)), max_size=3),
    travels=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 6)), max_size=2),
    minutes=st.integers(0, 20 * 24 * 60),
    later=st.integers(0, 10 * 24 * 60),
)
def test_nobody_is_gone_before_that_moment(leaves, travels, minutes, later):
    first = date(2026, 4, 1)
    days = [(first + timedelta(start), first + timedelta(start + length)) for start, length in leaves]
    zone = ZoneInfo("Asia/Shanghai")
    stays = [Stay(first + timedelta(start), first + timedelta(start + length), zone) for start, length in travels]
    own = PLACE.with_leave(*days).with_stays(*stays)
    now = at(1, 0) + timedelta(minutes=minutes)
    moment = may_be_gone(own, PLACE, now)
    between = now + timedelta(minutes=later)
    if moment is not None and between < moment:
        assert not is_gone(own, PLACE, between)
