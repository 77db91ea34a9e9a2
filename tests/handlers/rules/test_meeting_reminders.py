"""Who hears when of a meeting ahead: in working time, only what he does not know, nothing after the beginning."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.rules.meeting_reminders import Invited, Reminder, chases_reached, due, is_wanted, next_chase, next_look
from handlers.rules.moments import Quiet, spread
from handlers.rules.working_time import WorkingTime, parse_week
from storage.kinds import Coming

VTE = WorkingTime(zone=ZoneInfo("Asia/Vientiane"), week=parse_week("Mon-Fri 08:00-12:00 13:00-16:00"))
INVITED = datetime(2026, 5, 4, 3, 0, tzinfo=UTC)
"""Monday 4 May, 10:00."""
STARTS = datetime(2026, 5, 12, 3, 0, tzinfo=UTC)
"""Tuesday 12 May, 10:00."""
ASKED = datetime(2026, 5, 6, 1, 0, tzinfo=UTC)
BEFORE = datetime(2026, 5, 11, 1, 0, tzinfo=UTC)
SOON = datetime(2026, 5, 12, 2, 45, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def invited(coming=None, told=(), working=VTE, at=INVITED):
    return Invited(7, working, at, coming, frozenset(told))


def spread_on(moment):
    return moment + spread(7, VTE.local_date(moment))


@pytest.mark.parametrize(
    ("now", "who", "expected"),
    [
        pytest.param(ASKED - MINUTE, invited(), None, id="too early to ask again"),
        pytest.param(spread_on(ASKED), invited(), Reminder.ANSWER, id="two working days without an answer"),
        pytest.param(spread_on(ASKED), invited(Coming.MAYBE), None, id="perhaps is an answer"),
        pytest.param(spread_on(ASKED), invited(told=[Reminder.ANSWER]), None, id="asked again once"),
        pytest.param(ASKED + timedelta(hours=4), invited(), None, id="not over lunch"),
        pytest.param(ASKED + timedelta(hours=12), invited(), None, id="not in the evening"),
        pytest.param(spread_on(BEFORE), invited(Coming.YES), Reminder.DAY_BEFORE, id="the day before"),
        pytest.param(spread_on(BEFORE), invited(told=[Reminder.ANSWER]), Reminder.DAY_BEFORE, id="also unanswered"),
        pytest.param(spread_on(BEFORE), invited(Coming.NO), None, id="not who does not come"),
        pytest.param(BEFORE - MINUTE, invited(Coming.YES), None, id="not before the day before"),
        pytest.param(BEFORE - timedelta(days=2), invited(Coming.YES), None, id="not on the weekend"),
        pytest.param(SOON, invited(Coming.YES, [Reminder.DAY_BEFORE]), Reminder.SOON, id="a quarter before"),
        pytest.param(SOON + 14 * MINUTE, invited(Coming.YES, [Reminder.DAY_BEFORE]), Reminder.SOON, id="a little late"),
        pytest.param(SOON, invited(Coming.YES), Reminder.SOON, id="slept through the day before"),
        pytest.param(STARTS, invited(Coming.YES), None, id="nothing once it has begun"),
        pytest.param(SOON, invited(Coming.NO), None, id="nothing to who does not come"),
        pytest.param(SOON, invited(Coming.YES, [Reminder.SOON]), None, id="once"),
    ],
)
def test_what_is_told_when(now, who, expected):
    told = {Reminder.ANSWER, *who.told} if now >= BEFORE and expected is not Reminder.ANSWER else who.told
    assert due(invited(who.coming, told), STARTS, now) is expected


@pytest.mark.parametrize(("coming", "expected"), [(None, None), (Coming.YES, Reminder.SOON)])
def test_outside_working_hours_only_who_comes_hears_of_it(coming, expected):
    evening = datetime(2026, 5, 12, 12, 0, tzinfo=UTC)
    who = invited(coming, [Reminder.ANSWER, Reminder.DAY_BEFORE])
    assert due(who, evening, evening - timedelta(minutes=15)) is expected


def test_on_leave_the_day_before_is_the_last_day_at_work():
    away = VTE.with_leave((date(2026, 5, 8), date(2026, 5, 11)))
    thursday = datetime(2026, 5, 7, 1, 0, tzinfo=UTC)
    who = Invited(7, away, INVITED, Coming.YES)
    assert due(who, STARTS, thursday + spread(7, date(2026, 5, 7))) is Reminder.DAY_BEFORE
    assert due(who, STARTS, BEFORE) is None


def test_who_is_invited_the_day_before_is_not_told_again_that_day():
    who = invited(Coming.YES, at=BEFORE + timedelta(hours=2))
    assert due(who, STARTS, BEFORE + timedelta(hours=3)) is None
    assert next_look(who, STARTS, BEFORE + timedelta(hours=3)) == SOON


def test_quiet_hours_hold():
    quiet = Quiet.parse("08:00-09:00")
    who = invited(Coming.YES)
    assert due(who, STARTS, BEFORE + 10 * MINUTE, quiet) is None
    assert due(who, STARTS, BEFORE + 70 * MINUTE, quiet) is Reminder.DAY_BEFORE


def test_the_moments_are_looked_at_in_order():
    who, now, seen = invited(), INVITED, []
    while (following := next_look(who, STARTS, now)) is not None:
        now = following
        seen.append(due(who, STARTS, now))
        who = invited(told=[*who.told, seen[-1]])
    assert seen == list(Reminder)
    assert next_look(invited(Coming.NO), STARTS, INVITED) is None


@pytest.mark.parametrize(
    ("reminder", "coming", "now", "wanted"),
    [
        (Reminder.ANSWER, None, SOON, True),
        (Reminder.ANSWER, Coming.YES, SOON, False),
        (Reminder.SOON, Coming.YES, SOON, True),
        (Reminder.SOON, Coming.NO, SOON, False),
        (Reminder.SOON, Coming.YES, STARTS, False),
    ],
)
def test_what_waits_to_be_sent_is_looked_at_once_more(reminder, coming, now, wanted):
    assert is_wanted(reminder, coming, STARTS, now) is wanted


def test_minutes_are_chased_after_three_and_seven_days():
    reached = [chases_reached(STARTS, STARTS + timedelta(days=days)) for days in (0, 2, 3, 6, 7, 30)]
    assert reached == [0, 0, 1, 1, 2, 2]
    assert next_chase(STARTS, STARTS) == STARTS + timedelta(days=3)
    assert next_chase(STARTS, STARTS + timedelta(days=3)) == STARTS + timedelta(days=7)
    assert next_chase(STARTS, STARTS + timedelta(days=7)) is None
