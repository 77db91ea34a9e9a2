"""Times for a meeting at which both sides are at work. Values in, values out: no clock, no database."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from handlers.rules.two_weeks import Stretch, overlaps, worked
from handlers.rules.working_time import ONE_DAY, WorkingTime

STEP = timedelta(minutes=30)
"""A meeting begins at a full or a half hour on the clocks of the first side."""
APART = timedelta(hours=1)
"""Between two times proposed on one and the same day that was asked for."""
NOTICE = timedelta(hours=24)
"""Nobody is asked for a time that is nearer."""
NEAR, FAR = 14, 60
"""Days looked at: first the near ones, then as far as that where there is too little."""
FEWEST, MOST = 3, 5
USUAL = 4


def slots(
    first: WorkingTime,
    second: WorkingTime,
    now: datetime,
    minutes: int,
    *,
    after: datetime | None = None,
    taken: Sequence[Stretch] = (),
) -> tuple[datetime, ...]:
    """Three to five beginnings in UTC, on different days where it can be, mornings and afternoons in turn.

    Both calendars count: lunch breaks, days off, the leave and journeys that the working times hold. `after` is the
    last time that was proposed before, `taken` are other meetings. Fewer, or none, where there is nothing in common.
    """
    earliest = max(now + NOTICE, after + STEP) if after else now + NOTICE
    near: list[list[datetime]] = []
    found: list[datetime] = []
    for ahead in range(FAR):
        if len(found) >= USUAL or (ahead >= NEAR and len(found) >= FEWEST):
            break
        day = first.local_date(earliest) + ahead * ONE_DAY
        parts = _ahead(_parts(first, second, day, minutes, taken), earliest)
        if parts:
            found.append(parts[len(found) % len(parts)][0])
            near.append([start for part in parts for start in (part[0], part[-1])])
        if ahead == NEAR - 1 and len(found) < FEWEST:
            found = _filled(found, near)
    return tuple(sorted(found))


def slots_on(
    first: WorkingTime, second: WorkingTime, day: date, now: datetime, minutes: int, taken: Sequence[Stretch] = ()
) -> tuple[datetime, ...]:
    """At most five beginnings in UTC on one day that was asked for, an hour apart, none of them past."""
    starts = [start for part in _parts(first, second, day, minutes, taken) for start in part if start > now]
    found: list[datetime] = []
    for start in starts:
        if not found or start - found[-1] >= APART:
            found.append(start)
    return tuple(found[:MOST])


def fits(working: WorkingTime, start: datetime, minutes: int) -> bool:
    """Whether a meeting lies within one stretch of somebody's working hours."""
    end = start + timedelta(minutes=minutes)
    day = working.local_date(start)
    return any(begins <= start and end <= ends for begins, ends in worked(working, day))


def _filled(found: list[datetime], near: Sequence[Sequence[datetime]]) -> list[datetime]:
    """More times on the days that were found, day by day in turn."""
    more = [start for turn in range(4) for day in near for start in day[turn : turn + 1] if start not in found]
    return [*found, *dict.fromkeys(more)][:FEWEST]


def _ahead(parts: list[list[datetime]], earliest: datetime) -> list[list[datetime]]:
    late_enough = ([start for start in part if start >= earliest] for part in parts)
    return [part for part in late_enough if part]


def _parts(
    first: WorkingTime, second: WorkingTime, day: date, minutes: int, taken: Sequence[Stretch]
) -> list[list[datetime]]:
    """The beginnings on a date of the first side, stretch by stretch: a meeting never runs over a break."""
    # Far across the world it is another date over there.
    there = [stretch for n in (-1, 0, 1) for stretch in worked(second, day + n * ONE_DAY)]
    shared = sorted(overlaps(worked(first, day), there))
    parts = [list(_starts(stretch, first, timedelta(minutes=minutes), taken)) for stretch in shared]
    return [part for part in parts if part]


def _starts(stretch: Stretch, first: WorkingTime, length: timedelta, taken: Sequence[Stretch]) -> Iterator[datetime]:
    start = _rounded_up(stretch[0], first)
    while start + length <= stretch[1]:
        if not any(start < ends and begins < start + length for begins, ends in taken):
            yield start
        start += STEP


def _rounded_up(start: datetime, first: WorkingTime) -> datetime:
    """The next full or half hour on the wall of the first side."""
    local = first.local(start)
    past = timedelta(minutes=local.minute % 30, seconds=local.second, microseconds=local.microsecond)
    return start if not past else start + STEP - past
