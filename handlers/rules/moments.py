"""The moment at which a person may be told: in his working time, outside quiet hours, a few minutes spread."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from handlers.rules.working_time import MIDNIGHT, ONE_DAY, SEARCH_DAYS, WorkingTime, at_wall

SPREAD_MINUTES = 5


@dataclass(frozen=True)
class Quiet:
    """Hours on the wall clock, [start, end), in which nobody is told anything; they may pass midnight.

    The same time twice means no quiet hours.
    """

    start: time = MIDNIGHT
    end: time = MIDNIGHT

    @classmethod
    def parse(cls, text: str) -> "Quiet":
        """Quiet hours such as "20:00-07:00"; an empty text for none. Raises ValueError with a plain sentence."""
        if not text.strip():
            return cls()
        found = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)\s*-\s*([01]?\d|2[0-3]):([0-5]\d)", text.strip(), re.ASCII)
        if found is None:
            raise ValueError(f'"{text.strip()}" are not quiet hours. Write for example "20:00-07:00".')
        hour, minute, last_hour, last_minute = map(int, found.groups())
        return cls(time(hour, minute), time(last_hour, last_minute))

    def format(self) -> str:
        """The hours as `parse` reads them."""
        return "" if self.start == self.end else f"{self.start:%H:%M}-{self.end:%H:%M}"

    def __contains__(self, moment: time) -> bool:
        if self.start <= self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end


NO_QUIET = Quiet()


def moment(person_id: int, working: WorkingTime, now: datetime, quiet: Quiet = NO_QUIET) -> datetime | None:
    """When this person may be told, in UTC: his day's moment if it is ahead, else now or when he is next at work.

    The day's moment is his first working moment outside quiet hours, plus his spread of that day.
    None when he is never at work within 400 days.
    """
    today = working.local_date(now)
    opening = next_allowed(working.day_begins(today), working, quiet)
    if opening is None:
        return None
    planned = _spread_out(person_id, opening, working, quiet)
    if now <= planned:
        return planned
    allowed = next_allowed(now, working, quiet)
    if allowed is None or working.local_date(allowed) == today:
        return allowed
    return _spread_out(person_id, allowed, working, quiet)


def is_spread_over(working: WorkingTime, now: datetime, quiet: Quiet = NO_QUIET) -> bool:
    """Whether everybody who works like that may be told now, whatever his spread: the moment of each has passed."""
    opening = next_allowed(working.day_begins(working.local_date(now)), working, quiet)
    passed = opening is not None and now > opening + timedelta(minutes=SPREAD_MINUTES)
    return passed and next_allowed(now, working, quiet) == now


def next_allowed(instant: datetime, working: WorkingTime, quiet: Quiet) -> datetime | None:
    """The first instant that is not earlier, is worked, and is not quiet; None when none is near."""
    for _ in range(SEARCH_DAYS):
        found = working.next_moment(instant)
        if found is None or working.local(found).time() not in quiet:
            return found
        instant = _quiet_over(found, working, quiet)
    return None


def spread(person_id: int, local_day: date) -> timedelta:
    """0 to 5 minutes, always the same for one person and day, so that not everybody is told at once."""
    digest = sha256(f"{person_id}:{local_day}".encode()).digest()
    return timedelta(minutes=int.from_bytes(digest[:4], "big") % (SPREAD_MINUTES + 1))


def _spread_out(person_id: int, opening: datetime, working: WorkingTime, quiet: Quiet) -> datetime:
    planned = opening + spread(person_id, working.local_date(opening))
    # A working day of two minutes leaves no room for a spread.
    return planned if next_allowed(planned, working, quiet) == planned else opening


def _quiet_over(instant: datetime, working: WorkingTime, quiet: Quiet) -> datetime:
    """When the quiet hours end, or the person moves to other clocks before."""
    local, zone = working.local(instant), working.zone_at(instant)
    day = local.date() if local.time() < quiet.end else local.date() + ONE_DAY
    first, again = (at_wall(day, quiet.end, zone, fold) for fold in (0, 1))
    # In a repeated hour the first end may already lie behind.
    over = first if first > instant else again
    return min(over, working.next_move(instant) or over)
