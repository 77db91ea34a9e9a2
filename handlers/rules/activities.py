"""How an activity stands, derived from its tasks. Values in, values out.

The rule, in the order in which it is asked: what was called off is called off; with all its tasks done it is done; with
its last day past while something meant for before is left, or with a task more than two weeks overdue, it is late; with
a task overdue or blocked, or begun without any task, it is at risk; before its first day with nothing begun it is
planned; else it is on track.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto

from storage.kinds import TaskState

GRACE = timedelta(days=14)
"""How long a task may be overdue before it makes its whole activity late."""
BEGUN = frozenset({TaskState.IN_PROGRESS, TaskState.WAITING, TaskState.BLOCKED, TaskState.REPORTED, TaskState.DONE})


class ActivityState(StrEnum):
    """How an activity stands."""

    PLANNED = auto()
    ON_TRACK = auto()
    AT_RISK = auto()
    LATE = auto()
    DONE = auto()
    DROPPED = auto()


@dataclass(frozen=True)
class TaskFacts:
    """A task as the rule wants it; `today` is the date at the side responsible."""

    state: TaskState
    today: date
    due: date | None = None

    @property
    def live(self) -> bool:
        """Whether something is left to do."""
        return self.state not in (TaskState.DONE, TaskState.CANCELLED)

    @property
    def overdue(self) -> timedelta:
        """For how long its date has passed; nothing while it has not, or there is nothing left to do."""
        return max(self.today - self.due, timedelta()) if self.due is not None and self.live else timedelta()


def state_of(
    tasks: Collection[TaskFacts],
    *,
    today: date,
    first_day: date | None = None,
    last_day: date | None = None,
    dropped: bool = False,
) -> ActivityState:
    """How an activity with these tasks and this period stands; cancelled tasks count nowhere."""
    if dropped:
        return ActivityState.DROPPED
    counted = [task for task in tasks if task.state is not TaskState.CANCELLED]
    if counted and not any(task.live for task in counted):
        return ActivityState.DONE
    if _is_late(counted, today, last_day):
        return ActivityState.LATE
    if _is_at_risk(counted, today, first_day, last_day):
        return ActivityState.AT_RISK
    ahead = first_day is None or today < first_day
    if ahead and not any(task.state in BEGUN for task in counted):
        return ActivityState.PLANNED
    return ActivityState.ON_TRACK


def _is_late(tasks: Collection[TaskFacts], today: date, last_day: date | None) -> bool:
    over = last_day is not None and last_day < today and not _only_follow_up(tasks, last_day)
    return over or any(task.overdue > GRACE for task in tasks)


def _only_follow_up(tasks: Collection[TaskFacts], last_day: date) -> bool:
    """Whether all that is left was meant for after the last day, such as a report of the event."""
    left = [task for task in tasks if task.live]
    return bool(left) and all(task.due is not None and task.due > last_day for task in left)


def _is_at_risk(tasks: Collection[TaskFacts], today: date, first_day: date | None, last_day: date | None) -> bool:
    if any(task.overdue or task.state is TaskState.BLOCKED for task in tasks):
        return True
    began = first_day is not None and first_day <= today
    return began and last_day is not None and not tasks
