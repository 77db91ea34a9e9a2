"""What the parts of one task say of it as a whole: a task of several persons counts as one. Values in, values out."""

from collections.abc import Collection

from storage.kinds import TaskState

FIRST = (TaskState.BLOCKED, TaskState.WAITING, TaskState.REPORTED, TaskState.IN_PROGRESS)
"""States of a single part that are those of the whole task, whatever the others do; the first of them counts."""


def together(states: Collection[TaskState]) -> TaskState:
    """The state of a task whose parts are in these: done when all are, begun when some are; cancelled parts count
    only where there are no others."""
    left = {state for state in states if state is not TaskState.CANCELLED}
    if not left:
        return TaskState.CANCELLED
    if left == {TaskState.DONE}:
        return TaskState.DONE
    begun = TaskState.IN_PROGRESS if TaskState.DONE in left else TaskState.OPEN
    return next((state for state in FIRST if state in left), begun)
