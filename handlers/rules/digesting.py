"""When a group hears how its week stands, and what belongs into that message. Values in, values out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from handlers.rules.nudging import CLOSED, TaskFacts, due_day, is_overdue
from handlers.rules.working_time import ONE_DAY, WorkingTime, at_wall, both_work

SUNDAY = 6


@dataclass(frozen=True)
class DigestTask:
    """A task by its id, with what the rules need to know of it."""

    id: int
    facts: TaskFacts


@dataclass(frozen=True)
class DigestDecision:
    """A proposal by its id, the sides that have not answered it, and the day it was asked."""

    id: int
    waits_for: tuple[int, ...]
    asked_on: date


@dataclass(frozen=True)
class Sections:
    """The ids in each part of a digest, in the order they are read. Tasks are named, persons never."""

    due_this_week: tuple[int, ...] = ()
    overdue: tuple[int, ...] = ()
    waiting: tuple[DigestDecision, ...] = ()
    undated: tuple[int, ...] = ()

    def is_empty(self) -> bool:
        """Whether there is nothing to say, so that nothing is sent."""
        return not (self.due_this_week or self.overdue or self.waiting or self.undated)


def digest_moment(
    week_of: date, weekday: int, hour: time, zone: ZoneInfo, a: WorkingTime, b: WorkingTime
) -> datetime | None:
    """The group's hour, in UTC, on the first day from `weekday` (0 is Monday) on which both sides work.

    Only days of the ISO week of `week_of` count; None when both work on none of them. `hour` is read in `zone`.
    """
    monday = week_of - week_of.weekday() * ONE_DAY
    days = (monday + n * ONE_DAY for n in range(weekday, SUNDAY + 1))
    found = next((day for day in days if both_work(a, b, day)), None)
    return None if found is None else at_wall(found, hour, zone)


def week_key(day: date) -> str:
    """The ISO week of a day, such as 2026-W17."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def next_week(day: date) -> date:
    """The Monday after that day."""
    return day + (SUNDAY + 1 - day.weekday()) * ONE_DAY


def pick(tasks: Iterable[DigestTask], decisions: Iterable[DigestDecision], now: datetime, zone: ZoneInfo) -> Sections:
    """What belongs into the digest at that moment; "this week" ends on the Sunday of the group's zone."""
    today = now.astimezone(zone).date()
    sunday = today + (SUNDAY - today.weekday()) * ONE_DAY
    still = [task for task in tasks if task.facts.state not in CLOSED]
    dated = sorted((due, task.id, task) for task in still if (due := due_day(task.facts)) is not None)
    return Sections(
        due_this_week=tuple(id_ for due, id_, task in dated if due <= sunday and not is_overdue(task.facts, now)),
        overdue=tuple(id_ for _, id_, task in dated if is_overdue(task.facts, now)),
        waiting=tuple(sorted((each for each in decisions if each.waits_for), key=lambda d: (d.asked_on, d.id))),
        undated=tuple(sorted(task.id for task in still if due_day(task.facts) is None)),
    )
