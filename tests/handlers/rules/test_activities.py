"""How an activity stands follows from its tasks, by one written rule."""

from datetime import date, timedelta

import pytest

from handlers.rules.activities import ActivityState, TaskFacts, state_of
from storage.kinds import TaskState

TODAY = date(2026, 4, 15)
PERIOD = {"first_day": date(2026, 4, 13), "last_day": date(2026, 4, 24)}
AHEAD = {"first_day": date(2026, 5, 4), "last_day": date(2026, 5, 8)}
OVER = {"first_day": date(2026, 4, 1), "last_day": date(2026, 4, 14)}


def task(state=TaskState.OPEN, due=None):
    """A task due so many days from today."""
    return TaskFacts(state, TODAY, None if due is None else TODAY + timedelta(due))


DONE, CANCELLED = task(TaskState.DONE, -3), task(TaskState.CANCELLED, -30)


@pytest.mark.parametrize(
    ("tasks", "period", "state"),
    [
        pytest.param([], {}, ActivityState.PLANNED, id="nothing known: planned"),
        pytest.param([task()], {}, ActivityState.PLANNED, id="an open task without dates: planned"),
        pytest.param([task(due=3)], AHEAD, ActivityState.PLANNED, id="before its first day, nothing begun"),
        pytest.param([task(TaskState.IN_PROGRESS, 3)], AHEAD, ActivityState.ON_TRACK, id="begun before its first day"),
        pytest.param([DONE, task(due=3)], AHEAD, ActivityState.ON_TRACK, id="one done, one ahead"),
        pytest.param([task(due=0)], PERIOD, ActivityState.ON_TRACK, id="due today is not overdue"),
        pytest.param([task(due=-1)], PERIOD, ActivityState.AT_RISK, id="a day overdue"),
        pytest.param([task(due=-1)], AHEAD, ActivityState.AT_RISK, id="overdue before it begins"),
        pytest.param([task(due=-14)], PERIOD, ActivityState.AT_RISK, id="two weeks overdue"),
        pytest.param([task(due=-15)], PERIOD, ActivityState.LATE, id="more than two weeks overdue"),
        pytest.param([task(TaskState.BLOCKED, 9)], PERIOD, ActivityState.AT_RISK, id="blocked"),
        pytest.param([task(TaskState.WAITING, 9)], PERIOD, ActivityState.ON_TRACK, id="with the other side"),
        pytest.param([], PERIOD, ActivityState.AT_RISK, id="begun, and nobody does anything"),
        pytest.param([CANCELLED], PERIOD, ActivityState.AT_RISK, id="cancelled tasks count nowhere"),
        pytest.param([], AHEAD, ActivityState.PLANNED, id="ahead without tasks"),
        pytest.param([], OVER, ActivityState.LATE, id="over, and nothing was done"),
        pytest.param([DONE, task(due=-2)], OVER, ActivityState.LATE, id="over with something left"),
        pytest.param([DONE, task()], OVER, ActivityState.LATE, id="over with something left that has no date"),
        pytest.param([DONE, task(due=20)], OVER, ActivityState.ON_TRACK, id="over, only the report is to follow"),
        pytest.param([DONE, DONE], OVER, ActivityState.DONE, id="all done"),
        pytest.param([DONE, CANCELLED], PERIOD, ActivityState.DONE, id="all that counts is done"),
    ],
)
def test_how_it_stands(tasks, period, state):
    assert state_of(tasks, today=TODAY, **period) is state


def test_what_was_called_off_is_called_off():
    assert state_of([DONE], today=TODAY, dropped=True, **OVER) is ActivityState.DROPPED
