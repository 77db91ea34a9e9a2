"""What several parts say of the one task they are."""

import pytest

from handlers.rules.task_parts import together
from storage.kinds import TaskState

OPEN, DOING, WAITING, BLOCKED = TaskState.OPEN, TaskState.IN_PROGRESS, TaskState.WAITING, TaskState.BLOCKED
REPORTED, DONE, CANCELLED = TaskState.REPORTED, TaskState.DONE, TaskState.CANCELLED


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        pytest.param([OPEN, OPEN], OPEN, id="nobody has begun"),
        pytest.param([OPEN, DOING], DOING, id="one has begun"),
        pytest.param([OPEN, DONE], DOING, id="one is done, the other has not begun"),
        pytest.param([DONE, DONE], DONE, id="all are done"),
        pytest.param([DONE, CANCELLED], DONE, id="what was cancelled counts nowhere"),
        pytest.param([CANCELLED, CANCELLED], CANCELLED, id="all were cancelled"),
        pytest.param([DONE, REPORTED], REPORTED, id="the last one waits for its OK"),
        pytest.param([DOING, WAITING], WAITING, id="one waits for the other side"),
        pytest.param([WAITING, BLOCKED, DONE], BLOCKED, id="one is blocked"),
    ],
)
def test_one_state_for_all_parts(parts, whole):
    assert together(parts) is whole


def test_every_state_alone_is_itself():
    assert {state: together([state]) for state in TaskState} == {state: state for state in TaskState}
