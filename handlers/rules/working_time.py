"""When a side, or one of its people, is at work. Values in, values out: no clock, no database."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby, pairwise
from zoneinfo import ZoneInfo

from storage.kinds import DayKind

DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LONG_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# Longer than any leave or holiday; a search that passes it will not end by itself.
SEARCH_DAYS = 400

ONE_DAY = timedelta(days=1)
MIDNIGHT = time(0)


@dataclass(frozen=True)
class Span:
    """One stretch of work on the wall clock, [start, end). An end of 00:00 is the end of the day."""

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.end != MIDNIGHT and self.start >= self.end:
            raise ValueError(f"The hours {self} end before they begin.")

    def __str__(self) -> str:
        end = "24:00" if self.end == MIDNIGHT else f"{self.end:%H:%M}"
        return f"{self.start:%H:%M}-{end}"

    def __contains__(self, moment: time) -> bool:
        return self.start <= moment and (self.end == MIDNIGHT or moment < self.end)


Week = Mapping[int, tuple[Span, ...]]
"""Weekday (0 is Monday) to the spans worked on it, in order."""


@dataclass(frozen=True)
class WorkingTime:
    """A zone, a weekly pattern, and layers of days that change it.

    `layers` goes from the general to the particular (country, institution, person); the last one that speaks
    of a day wins, an observance says nothing. `leave` holds (first day, last day), both included, and beats all.
    """

    zone: ZoneInfo
    week: Week
    layers: tuple[Mapping[date, DayKind], ...] = ()
    leave: tuple[tuple[date, date], ...] = ()

    def with_leave(self, *leave: tuple[date, date]) -> "WorkingTime":
        """The same working time for somebody who is away from the first to the last day of each pair."""
        return replace(self, leave=(*self.leave, *leave))

    def local_date(self, instant: datetime) -> date:
        """The date on the wall at that instant."""
        return self.local(instant).date()

    def local(self, instant: datetime) -> datetime:
        """The instant on this side's wall clock. A naive datetime is refused with ValueError."""
        if instant.tzinfo is None:
            raise ValueError("An instant needs a time zone.")
        return instant.astimezone(self.zone)

    def spans(self, day: date) -> tuple[Span, ...]:
        """The hours worked on that day, after everything that speaks of it; empty on a day off."""
        if any(first <= day <= last for first, last in self.leave):
            return ()
        kind = self._said_of(day)
        if kind is DayKind.OFF:
            return ()
        usual = self.week.get(day.weekday(), ())
        return self._first_working_weekday() if kind is DayKind.ON and not usual else usual

    def works_on(self, day: date) -> bool:
        """Whether any hour of that local day is worked."""
        return bool(self.spans(day))

    def is_working(self, instant: datetime) -> bool:
        """Whether the wall clock stands within working hours at that instant."""
        local = self.local(instant)
        return any(local.time() in span for span in self.spans(local.date()))

    def first_moment(self, day: date) -> datetime | None:
        """The first working instant of that local day, in UTC; None on a day off."""
        return next(iter(self._beginnings(day)), None)

    def next_moment(self, instant: datetime) -> datetime | None:
        """The first working instant that is not earlier, in UTC; None when there is none within 400 days."""
        if self.is_working(instant):
            return instant.astimezone(UTC)
        day = self.local_date(instant)
        for ahead in range(SEARCH_DAYS + 1):
            for beginning in self._beginnings(day + ahead * ONE_DAY):
                if beginning >= instant:
                    return beginning
        return None

    def working_days_between(self, a: date, b: date) -> int:
        """How many working days lie in (a, b]; the same number below zero when b is before a."""
        if b < a:
            return -self.working_days_between(b, a)
        return sum(self.works_on(a + n * ONE_DAY) for n in range(1, (b - a).days + 1))

    def add_working_days(self, day: date, n: int) -> date | None:
        """The n-th working day after that day (before it, for n below zero); the day itself for 0.

        None when 400 days pass without a working day.
        """
        step = ONE_DAY if n > 0 else -ONE_DAY
        for _ in range(abs(n)):
            found = self._working_day_from(day + step, step)
            if found is None:
                return None
            day = found
        return day

    def working_day_on_or_after(self, day: date) -> date | None:
        """That day if it is worked, else the next one that is; None when there is none within 400 days."""
        return self._working_day_from(day, ONE_DAY)

    def working_day_on_or_before(self, day: date) -> date | None:
        """That day if it is worked, else the last one before it; None when there is none within 400 days."""
        return self._working_day_from(day, -ONE_DAY)

    def _working_day_from(self, day: date, step: timedelta) -> date | None:
        days = (day + n * step for n in range(SEARCH_DAYS))
        return next((each for each in days if self.works_on(each)), None)

    def _said_of(self, day: date) -> DayKind | None:
        said = (layer[day] for layer in reversed(self.layers) if day in layer)
        return next((kind for kind in said if kind is not DayKind.OBSERVANCE), None)

    def _first_working_weekday(self) -> tuple[Span, ...]:
        return next((self.week[day] for day in range(7) if self.week.get(day)), ())

    def _beginnings(self, day: date) -> list[datetime]:
        """Every instant of that local day at which work begins, in UTC and in order.

        A start that the clock jumps over begins at the jump; one that the clock repeats begins twice.
        """
        spans = self.spans(day)
        if not spans:
            return []
        starts = {at_wall(day, span.start, self.zone, fold) for span in spans for fold in (0, 1)}
        candidates = starts | set(_clock_changes(day, self.zone))
        return sorted(each for each in candidates if self.local_date(each) == day and self.is_working(each))


def at_wall(day: date, moment: time, zone: ZoneInfo, fold: int = 0) -> datetime:
    """What the wall clock of a zone shows, as a UTC instant."""
    return datetime.combine(day, moment.replace(fold=fold), tzinfo=zone).astimezone(UTC)


def _clock_changes(day: date, zone: ZoneInfo) -> Iterator[datetime]:
    """The instant, if any, at which the clocks of that zone change on that day."""
    low, high = at_wall(day, MIDNIGHT, zone) - ONE_DAY / 24, at_wall(day + ONE_DAY, MIDNIGHT, zone)
    before, after = (each.astimezone(zone).utcoffset() for each in (low, high))
    if before == after:
        return
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    yield high


def both_work(a: WorkingTime, b: WorkingTime, day: date) -> bool:
    """Whether both sides work on that date, each on its own calendar."""
    return a.works_on(day) and b.works_on(day)


def first_joint_day(a: WorkingTime, b: WorkingTime, from_day: date) -> date | None:
    """The first date from that day on which both sides work; None when there is none within 400 days."""
    days = (from_day + n * ONE_DAY for n in range(SEARCH_DAYS))
    return next((day for day in days if both_work(a, b, day)), None)


def parse_week(text: str) -> dict[int, tuple[Span, ...]]:
    """A weekly pattern such as "Mon-Fri 08:00-12:00 13:00-16:00; Sat 08:00-12:00".

    Days are English, whole or three letters; ranges may pass Sunday ("Sun-Thu"), lists have commas.
    Raises ValueError with one plain sentence.
    """
    week: dict[int, tuple[Span, ...]] = {}
    for part in filter(None, (each.strip() for each in text.split(";"))):
        days, *hours = re.sub(r"\s*([-,])\s*", r"\1", part).split()
        spans = _spans(hours, part)
        for day in _days(days):
            if day in week:
                raise ValueError(f"{DAY_NAMES[day]} stands twice in the week.")
            week[day] = spans
    if not week:
        raise ValueError('The week has no working day. Write for example "Mon-Fri 08:00-12:00 13:00-16:00".')
    return dict(sorted(week.items()))


def format_week(week: Week) -> str:
    """A weekly pattern as `parse_week` reads it, days with the same hours drawn together."""
    worked = [day for day in range(7) if week.get(day)]
    # Neighbours with the same hours share what is left when the position is taken from the day.
    runs = groupby(enumerate(worked), key=lambda each: (each[1] - each[0], week[each[1]]))
    parts = []
    for (_, spans), run in runs:
        days = [DAY_NAMES[day] for _, day in run]
        label = days[0] if len(days) == 1 else f"{days[0]}-{days[-1]}"
        parts.append(" ".join([label, *map(str, spans)]))
    return "; ".join(parts)


def _days(text: str) -> Iterator[int]:
    for part in text.split(","):
        first, *rest = (weekday(name) for name in part.split("-"))
        if len(rest) > 1:
            raise ValueError(f'"{part}" is not a range of days. Write for example "Mon-Fri".')
        last = rest[0] if rest else first
        for ahead in range((last - first) % 7 + 1):
            yield (first + ahead) % 7


def weekday(name: str) -> int:
    """The number of an English day name, Monday 0; whole or its first three letters. Raises ValueError."""
    for names in (DAY_NAMES, LONG_DAY_NAMES):
        if name.strip().capitalize() in names:
            return names.index(name.strip().capitalize())
    raise ValueError(f'"{name}" is not a day of the week. Write Mon, Tue, Wed, Thu, Fri, Sat or Sun.')


def _spans(hours: list[str], part: str) -> tuple[Span, ...]:
    if not hours:
        raise ValueError(f'"{part}" has no hours. Write for example "{part} 08:00-12:00 13:00-16:00".')
    spans = tuple(parse_span(each) for each in hours)
    for one, two in pairwise(spans):
        if one.end == MIDNIGHT or two.start < one.end:
            raise ValueError(f"The hours {one} and {two} overlap or are not in order.")
    return spans


def parse_span(text: str) -> Span:
    """Hours such as "08:00-12:00" (or "-24:00" at the end). Raises ValueError with a plain sentence."""
    found = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)-(?:([01]?\d|2[0-3]):([0-5]\d)|24:00)", text, re.ASCII)
    if found is None or text.endswith(("-00:00", "-0:00")):
        raise ValueError(f'"{text}" are not hours. Write for example 08:00-12:00.')
    hour, minute, last_hour, last_minute = (int(each or 0) for each in found.groups())
    return Span(time(hour, minute), time(last_hour, last_minute))
