"""When a side, or one of its people, is at work. Values in, values out: no clock, no database."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.rules.day_layers import Days, Layer, Names, Reason, Stay
from handlers.rules.week_patterns import (
    DAY_NAMES,
    LONG_DAY_NAMES,
    MIDNIGHT,
    Span,
    Week,
    format_week,
    parse_span,
    parse_week,
    weekday,
)
from storage.kinds import DayKind

__all__ = [
    "DAY_NAMES",
    "LONG_DAY_NAMES",
    "MIDNIGHT",
    "ONE_DAY",
    "SEARCH_DAYS",
    "Span",
    "Stay",
    "Week",
    "WorkingTime",
    "at_wall",
    "both_work",
    "first_joint_day",
    "format_week",
    "parse_span",
    "parse_week",
    "weekday",
]

# Longer than any leave or holiday; a search that passes it will not end by itself.
SEARCH_DAYS = 400

ONE_DAY = timedelta(days=1)
# Clocks on Earth differ by up to 26 hours: whoever flies that far lives a date twice.
FARTHEST = 2 * ONE_DAY
SPEAKERS = (Layer.COUNTRY, Layer.INSTITUTION)


@dataclass(frozen=True)
class WorkingTime:
    """A zone, a weekly pattern, and layers of days that change it.

    `layers` are the country's and the institution's days, `names` what they call them; the last layer that speaks
    of a day wins, an observance says nothing. `leave` holds (first day, last day), both included, and beats all.
    During a stay the person works the same days and hours by the clocks of the place he is at. With a partner only
    days count on which both work.
    """

    zone: ZoneInfo
    week: Week
    layers: tuple[Days, ...] = ()
    leave: tuple[tuple[date, date], ...] = ()
    names: tuple[Names, ...] = ()
    stays: tuple[Stay, ...] = ()
    partner: "WorkingTime | None" = None
    # A value never changes, so what was worked out of it stays true; thousands of tasks ask for the same few days.
    _spans: dict[date, tuple[Span, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _openings: dict[date, datetime | None] = field(default_factory=dict, init=False, repr=False, compare=False)
    _counted: dict[tuple[date, int], date | None] = field(default_factory=dict, init=False, repr=False, compare=False)
    _begun: dict[date, list[datetime]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def with_leave(self, *leave: tuple[date, date]) -> "WorkingTime":
        """The same working time for somebody who is away from the first to the last day of each pair."""
        return replace(self, leave=(*self.leave, *leave))

    def with_stays(self, *stays: Stay) -> "WorkingTime":
        """The same working time for somebody who works elsewhere for a while; of two stays the later one counts."""
        return replace(self, stays=(*self.stays, *stays))

    def jointly_with(self, partner: "WorkingTime") -> "WorkingTime":
        """The same hours, on the days on which the other side works too: for joint matters."""
        return replace(self, partner=partner)

    def zone_at(self, instant: datetime) -> ZoneInfo:
        """The zone whose clocks the person lives by at that instant."""
        if not self.stays:
            return self.zone
        here = (s.zone for s in reversed(self.stays) if s.first <= instant.astimezone(s.zone).date() <= s.last)
        return next(here, self.zone)

    def local_date(self, instant: datetime) -> date:
        """The date on the wall at that instant."""
        return self.local(instant).date()

    def local(self, instant: datetime) -> datetime:
        """The instant on the wall clock there. A naive datetime is refused with ValueError."""
        if instant.tzinfo is None:
            raise ValueError("An instant needs a time zone.")
        return instant.astimezone(self.zone_at(instant))

    def day_begins(self, day: date) -> datetime:
        """The first instant, in UTC, at which the wall shows that date; its midnight at home if a journey skips it."""
        midnights = {at_wall(day, MIDNIGHT, zone) for zone in self._zones()} | set(self._moves(day))
        seen = (each for each in sorted(midnights) if self.local_date(each) == day)
        return next(seen, at_wall(day, MIDNIGHT, self.zone))

    def next_move(self, instant: datetime) -> datetime | None:
        """The next instant, in UTC, at which a stay begins or ends; None when he stays where he is."""
        ends = (each for stay in self.stays for each in _ends(stay))
        return min((each for each in ends if each > instant), default=None)

    def why(self, day: date) -> Reason:
        """Why that day is worked or not, by the layer that has the last word."""
        if self._is_leave(day):
            return Reason(False, Layer.LEAVE)
        for number in reversed(range(len(self.layers))):
            if self.layers[number].get(day) in (DayKind.OFF, DayKind.ON):
                name = self.names[number].get(day) if number < len(self.names) else None
                return Reason(self.works_on(day), SPEAKERS[min(number, 1)], name)
        return Reason(self.works_on(day), Layer.WEEK)

    def spans(self, day: date) -> tuple[Span, ...]:
        """The hours worked on that day, after everything that speaks of it; empty on a day off."""
        found = self._spans.get(day)
        if found is None:
            found = self._spans[day] = self._hours(day)
        return found

    def _hours(self, day: date) -> tuple[Span, ...]:
        if self._is_leave(day) or (self.partner is not None and not self.partner.works_on(day)):
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

    def stops(self, instant: datetime) -> datetime:
        """The instant, in UTC, at which the hours that are worked at that instant end, or a journey begins or ends."""
        local, move = self.local(instant), self.next_move(instant)
        ends = [span.end for span in self.spans(local.date()) if local.time() in span]
        instants = [at_wall(local.date(), end, self.zone_at(instant), fold) for end in ends for fold in (0, 1)]
        return min(each for each in (*instants, *filter(None, [move])) if each > instant)

    def first_moment(self, day: date) -> datetime | None:
        """The first working instant of that local day, in UTC; None on a day off."""
        return next(iter(self._beginnings(day)), None)

    def next_moment(self, instant: datetime) -> datetime | None:
        """The first working instant that is not earlier, in UTC; None when there is none within 400 days."""
        if self.is_working(instant):
            return instant.astimezone(UTC)
        day = self.local_date(instant)
        for ahead in range(SEARCH_DAYS + 1):
            near = self._near(day + ahead * ONE_DAY)
            found = [each for one in near for each in self._beginnings(one) if each >= instant]
            if found:
                return min(found)
        return None

    def opening(self, day: date) -> datetime | None:
        """The first working moment on that day at home or after it, in UTC; None when there is none within 400 days."""
        if day not in self._openings:
            self._openings[day] = self.next_moment(at_wall(day, MIDNIGHT, self.zone))
        return self._openings[day]

    def working_days_between(self, a: date, b: date) -> int:
        """How many working days lie in (a, b]; the same number below zero when b is before a."""
        if b < a:
            return -self.working_days_between(b, a)
        return sum(self.works_on(a + n * ONE_DAY) for n in range(1, (b - a).days + 1))

    def add_working_days(self, day: date, n: int) -> date | None:
        """The n-th working day after that day (before it, for n below zero); the day itself for 0.

        None when 400 days pass without a working day.
        """
        if (day, n) not in self._counted:
            self._counted[day, n] = self._counted_from(day, n)
        return self._counted[day, n]

    def _counted_from(self, day: date, n: int) -> date | None:
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

    def _is_leave(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.leave)

    def _said_of(self, day: date) -> DayKind | None:
        said = (layer[day] for layer in reversed(self.layers) if day in layer)
        return next((kind for kind in said if kind is not DayKind.OBSERVANCE), None)

    def _first_working_weekday(self) -> tuple[Span, ...]:
        return next((self.week[day] for day in range(7) if self.week.get(day)), ())

    def _near(self, day: date) -> list[date]:
        """The dates that may be on the wall before the next day is: only journeys make them more than one."""
        if not self.stays:
            return [day]
        return [day + n * ONE_DAY for n in range(-FARTHEST.days, FARTHEST.days + 1)]

    def _zones(self) -> set[ZoneInfo]:
        return {self.zone, *(stay.zone for stay in self.stays)}

    def _moves(self, day: date) -> Iterator[datetime]:
        """When stays begin or end, near that day."""
        noon = at_wall(day, time(12), self.zone)
        ends = (each for stay in self.stays for each in _ends(stay))
        yield from (each for each in ends if abs(each - noon) <= FARTHEST)

    def _beginnings(self, day: date) -> list[datetime]:
        """Instants of that local day at which work begins, in UTC and in order; the first one of all is among them.

        A start that the clock jumps over begins at the jump; one that the clock repeats begins twice. Around a
        journey there may be instants among them at which work goes on.
        """
        found = self._begun.get(day)
        if found is None:
            found = self._begun[day] = self._worked_out(day)
        return found

    def _worked_out(self, day: date) -> list[datetime]:
        spans = self.spans(day)
        if not spans:
            return []
        zones = self._zones()
        starts = {at_wall(day, span.start, zone, fold) for span in spans for zone in zones for fold in (0, 1)}
        changes = {each for zone in zones for each in _clock_changes(day, zone)}
        candidates = starts | changes | set(self._moves(day))
        return sorted(each for each in candidates if self.local_date(each) == day and self.is_working(each))


def _ends(stay: Stay) -> tuple[datetime, datetime]:
    """The instants at which a stay begins and is over."""
    return at_wall(stay.first, MIDNIGHT, stay.zone), at_wall(stay.last + ONE_DAY, MIDNIGHT, stay.zone)


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
