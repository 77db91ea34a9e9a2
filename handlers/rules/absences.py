"""When to look again whether somebody is gone for long. Values in, values out."""

from datetime import datetime

from handlers.rules.recipients import is_gone
from handlers.rules.working_time import WorkingTime


def may_be_gone(own: WorkingTime, place: WorkingTime, now: datetime) -> datetime | None:
    """The first moment from now on at which somebody may be gone for long, in UTC; `place` is when his side works.

    That is now, or the next end of his work: until he has worked again, nobody's absence gets longer.
    """
    if is_gone(own, place, now):
        return now
    begins = own.next_moment(now)
    return None if begins is None else own.stops(begins)
