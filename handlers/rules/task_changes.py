"""The changes of a task, in the words in which the journal keeps them."""

from enum import StrEnum


class TaskChange(StrEnum):
    """What can happen to a task. The words are stored: a new one may be added, none may be changed."""

    GIVEN = "task given"
    PROGRESS = "task in progress"
    WAITING = "task waits for the other side"
    BLOCKED = "task blocked"
    DONE = "task done"
    DROPPED = "task dropped"
    REOPENED = "task reopened"
    ACCEPTED = "task accepted"
    DECLINED = "task declined"
    ASSIGNED = "task assigned"
    MOVED = "task moved to a side"
    ACTIVITY = "activity of a task changed"
    AREA = "area of a task changed"
    TEXT = "text of a task changed"
    DUE = "due date changed"
    DUE_ASKED = "due date asked for"
    DUE_KEPT = "due date kept"
    EVIDENCE = "evidence added"
    SUBMITTED = "task reported as done"
    CONFIRMED = "task confirmed as done"
    SENT_BACK = "task sent back"
    HANDED_BACK = "other side did its part"
    STEP = "step added"
    TICKED = "step ticked"
    UNTICKED = "step open again"
    AFTER = "task comes after another"
    REPEATS = "task repeats"
    REPEATED = "task given again"


REPORTS = frozenset(
    {
        TaskChange.PROGRESS,
        TaskChange.WAITING,
        TaskChange.BLOCKED,
        TaskChange.DONE,
        TaskChange.DROPPED,
        TaskChange.REOPENED,
        TaskChange.SUBMITTED,
        TaskChange.CONFIRMED,
        TaskChange.SENT_BACK,
        TaskChange.HANDED_BACK,
    }
)
ACROSS = frozenset({TaskChange.CONFIRMED, TaskChange.SENT_BACK, TaskChange.HANDED_BACK})
"""What the other side says about a task."""
DATES = frozenset({TaskChange.DUE, TaskChange.DUE_ASKED, TaskChange.DUE_KEPT})
