"""When somebody hears of a meeting ahead, and of minutes that are missing. Values in, values out.

Two kinds of message. A question (will you come? where are the minutes?) is a nudge: at a working moment, with what
else a person is told that day, and only while the answer is missing. A notice (the day before, 15 minutes before) asks
nothing and is about an appointment that its reader knows of, so it does not count as the one nudge of a day. The day
before comes in working time all the same; the quarter of an hour before comes whenever the meeting is, but to somebody
who has not answered only where that is in his working time.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, auto

from handlers.rules.moments import NO_QUIET, Quiet, moment, next_allowed
from handlers.rules.working_time import ONE_DAY, WorkingTime
from storage.kinds import Coming

ASK_AFTER = 2
"""Working days after the invitation on which somebody who has not answered is asked once more."""
SOON = timedelta(minutes=15)
CHASED = (timedelta(days=3), timedelta(days=7))
"""After a meeting without minutes, or minutes without an answer."""


class Reminder(StrEnum):
    """What somebody is told of a meeting ahead."""

    ANSWER = auto()
    DAY_BEFORE = auto()
    SOON = auto()


@dataclass(frozen=True)
class Invited:
    """Somebody who is invited: when he works, what he answered, and what he was told of this time already."""

    person_id: int
    working: WorkingTime
    invited_at: datetime
    coming: Coming | None = None
    told: frozenset[Reminder] = frozenset()


def due(invited: Invited, starts_at: datetime, now: datetime, quiet: Quiet = NO_QUIET) -> Reminder | None:
    """What he is to hear at this moment; None for nothing, and for whoever does not come."""
    return next((each for each in Reminder if _is_due(each, invited, starts_at, now, quiet)), None)


def next_look(invited: Invited, starts_at: datetime, now: datetime, quiet: Quiet = NO_QUIET) -> datetime | None:
    """The next instant after now at which there may be something to tell him."""
    if invited.coming is Coming.NO:
        return None
    moments = [_moment(each, invited, starts_at, quiet) for each in Reminder if each not in invited.told]
    return min((each for each in moments if each is not None and each > now), default=None)


def is_wanted(reminder: Reminder, coming: Coming | None, starts_at: datetime, now: datetime) -> bool:
    """Whether a reminder that waits to be sent still makes sense: not after the beginning, nor against an answer."""
    if now >= starts_at or coming is Coming.NO:
        return False
    return coming is None if reminder is Reminder.ANSWER else True


def _is_due(each: Reminder, invited: Invited, starts_at: datetime, now: datetime, quiet: Quiet) -> bool:
    if each in invited.told or not is_wanted(each, invited.coming, starts_at, now):
        return False
    reached = _moment(each, invited, starts_at, quiet)
    if reached is None or now < reached:
        return False
    if each is Reminder.SOON:
        return True
    return now < starts_at - SOON and next_allowed(now, invited.working, quiet) == now


def _moment(each: Reminder, invited: Invited, starts_at: datetime, quiet: Quiet) -> datetime | None:
    match each:
        case Reminder.ANSWER:
            return _ask_moment(invited, starts_at, quiet)
        case Reminder.DAY_BEFORE:
            return _day_before(invited, starts_at, quiet)
        case Reminder.SOON:
            works = invited.coming is not None or invited.working.is_working(starts_at)
            return starts_at - SOON if works else None


def _ask_moment(invited: Invited, starts_at: datetime, quiet: Quiet) -> datetime | None:
    """His moment on the second working day after the invitation; none if the day before says it anyway."""
    if invited.coming is not None:
        return None
    day = invited.working.add_working_days(invited.working.local_date(invited.invited_at), ASK_AFTER)
    begins = None if day is None else invited.working.opening(day)
    asked = None if begins is None else moment(invited.person_id, invited.working, begins, quiet)
    before = _day_before(invited, starts_at, quiet)
    return None if asked is None or before is None or asked >= before else asked


def _day_before(invited: Invited, starts_at: datetime, quiet: Quiet) -> datetime | None:
    """His moment on the last working day before the meeting; none if he was invited no earlier than that."""
    own = invited.working
    day = own.working_day_on_or_before(own.local_date(starts_at) - ONE_DAY)
    begins = None if day is None else own.opening(day)
    told_at = None if begins is None else moment(invited.person_id, own, begins, quiet)
    return None if told_at is None or told_at <= invited.invited_at else told_at


def chases_reached(since: datetime, now: datetime) -> int:
    """How many of the chases (0 to 2) are reached that long after something was to be there."""
    return sum(now >= since + after for after in CHASED)


def next_chase(since: datetime, now: datetime) -> datetime | None:
    """The next instant after now at which a chase is reached."""
    return min((since + after for after in CHASED if since + after > now), default=None)
