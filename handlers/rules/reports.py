"""What a report says of an activity: whether it falls into the period, and what to do about one that is late.

The recommendation follows from the tasks: what is blocked wants to be unblocked, what waits wants an answer of the
other side, what is only late wants new dates, and what has no tasks yet wants some.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from handlers.rules.activities import ActivityState
from handlers.rules.spans import Span
from storage.kinds import TaskState

TROUBLED = (ActivityState.LATE, ActivityState.AT_RISK)


class Advice(StrEnum):
    """What is recommended for an activity that is late or at risk."""

    UNBLOCK = auto()
    ANSWER = auto()
    NEW_DATES = auto()
    GIVE_TASKS = auto()


@dataclass(frozen=True)
class TaskLine:
    """One task of an activity as the advice wants it."""

    name: str
    state: TaskState
    late: bool


@dataclass(frozen=True)
class Recommended:
    """A piece of advice and the tasks it is about."""

    advice: Advice
    tasks: tuple[str, ...] = ()


def falls_into(first: date | None, last: date | None, period: Span) -> bool:
    """Whether an activity has a day in the period; one without days belongs to every period."""
    return first is None or last is None or (first <= period.last and last >= period.first)


def recommended(state: ActivityState, tasks: Collection[TaskLine]) -> Recommended | None:
    """The one thing to do first about an activity; None where nothing is wrong."""
    if state not in TROUBLED:
        return None
    for advice, wanted in (
        (Advice.UNBLOCK, [task.name for task in tasks if task.state is TaskState.BLOCKED]),
        (Advice.ANSWER, [task.name for task in tasks if task.state is TaskState.WAITING]),
        (Advice.NEW_DATES, [task.name for task in tasks if task.late]),
    ):
        if wanted:
            return Recommended(advice, tuple(wanted))
    return Recommended(Advice.NEW_DATES if tasks else Advice.GIVE_TASKS)
