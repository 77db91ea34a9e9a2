"""What a report recommends, and what falls into its period."""

from datetime import date

import pytest

from handlers.rules.activities import ActivityState
from handlers.rules.reports import Advice, Recommended, TaskLine, falls_into, recommended
from handlers.rules.spans import Span
from storage.kinds import TaskState

QUARTER = Span(date(2026, 4, 1), date(2026, 6, 30))
OPEN, BLOCKED, WAITING = TaskState.OPEN, TaskState.BLOCKED, TaskState.WAITING


@pytest.mark.parametrize(
    ("state", "tasks", "advice"),
    [
        pytest.param(ActivityState.ON_TRACK, [("T1", BLOCKED, True)], None, id="nothing is wrong"),
        pytest.param(ActivityState.DONE, [], None, id="done"),
        pytest.param(
            ActivityState.AT_RISK,
            [("T1", OPEN, True), ("T2", BLOCKED, False), ("T3", WAITING, False)],
            Recommended(Advice.UNBLOCK, ("T2",)),
            id="what is blocked comes first",
        ),
        pytest.param(
            ActivityState.LATE,
            [("T1", OPEN, True), ("T3", WAITING, False)],
            Recommended(Advice.ANSWER, ("T3",)),
            id="then what waits for the other side",
        ),
        pytest.param(
            ActivityState.LATE,
            [("T1", OPEN, True), ("T2", OPEN, False), ("T4a", OPEN, True)],
            Recommended(Advice.NEW_DATES, ("T1", "T4a")),
            id="then what is late",
        ),
        pytest.param(
            ActivityState.LATE, [("T1", OPEN, False)], Recommended(Advice.NEW_DATES), id="only its period is over"
        ),
        pytest.param(ActivityState.AT_RISK, [], Recommended(Advice.GIVE_TASKS), id="begun without any task"),
    ],
)
def test_the_first_thing_to_do(state, tasks, advice):
    assert recommended(state, [TaskLine(*each) for each in tasks]) == advice


@pytest.mark.parametrize(
    ("first", "last", "falls"),
    [
        (None, None, True),
        (date(2026, 6, 30), date(2026, 7, 5), True),
        (date(2026, 1, 1), date(2026, 4, 1), True),
        (date(2026, 7, 1), date(2026, 7, 5), False),
        (date(2026, 1, 1), date(2026, 3, 31), False),
    ],
)
def test_an_activity_falls_into_a_quarter(first, last, falls):
    assert falls_into(first, last, QUARTER) is falls
