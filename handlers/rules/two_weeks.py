"""Two weeks as two sides work: who is at work on which day, and the hours both have in common."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from handlers.rules.day_layers import Layer, Reason
from handlers.rules.working_time import MIDNIGHT, ONE_DAY, WorkingTime, at_wall

DAYS = 14
NOON = time(12)
Stretch = tuple[datetime, datetime]
"""From when to when."""


@dataclass(frozen=True, slots=True)
class Common:
    """Hours both sides are at work, as each side's clocks show them: pairs of (start, end) on the wall."""

    first: tuple[tuple[time, time], ...] = ()
    second: tuple[tuple[time, time], ...] = ()
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class JointDay:
    """One date: whether each side works, why, and what they have in common."""

    day: date
    reasons: tuple[Reason, Reason]
    common: Common

    @property
    def off(self) -> tuple[tuple[int, Reason], ...]:
        """The sides (0, 1) that are off, or at work, for another reason than their week."""
        return tuple((side, reason) for side, reason in enumerate(self.reasons) if reason.layer is not Layer.WEEK)


def two_weeks(first: WorkingTime, second: WorkingTime, today: date, days: int = DAYS) -> list[JointDay]:
    """The days from today on, on the dates of the first side."""
    return [_joint(first, second, today + n * ONE_DAY) for n in range(days)]


def _joint(first: WorkingTime, second: WorkingTime, day: date) -> JointDay:
    shared = list(overlaps(worked(first, day), worked(second, day)))
    minutes = sum(int((end - start) / timedelta(minutes=1)) for start, end in shared)
    common = Common(_on_wall(shared, first), _on_wall(shared, second), minutes)
    return JointDay(day, (first.why(day), second.why(day)), common)


def worked(working: WorkingTime, day: date) -> list[Stretch]:
    """The stretches of that local date in UTC, by the clocks of where the person is at noon."""
    zone = working.zone_at(at_wall(day, NOON, working.zone))
    found = []
    for span in working.spans(day):
        ends_on = day + ONE_DAY if span.end == MIDNIGHT else day
        found.append((at_wall(day, span.start, zone), at_wall(ends_on, span.end, zone)))
    return found


def overlaps(one: Sequence[Stretch], other: Sequence[Stretch]) -> Iterator[Stretch]:
    """What the stretches of both have in common, in UTC."""
    for start, end in one:
        for begins, ends in other:
            if max(start, begins) < min(end, ends):
                yield max(start, begins).astimezone(UTC), min(end, ends).astimezone(UTC)


def _on_wall(stretches: Sequence[Stretch], working: WorkingTime) -> tuple[tuple[time, time], ...]:
    return tuple((working.local(start).time(), working.local(end).time()) for start, end in stretches)
