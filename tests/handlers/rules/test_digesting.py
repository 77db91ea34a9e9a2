"""When the group's digest comes and what stands in it."""

from dataclasses import asdict
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from handlers.rules.digesting import DigestDecision, DigestTask, Sections, digest_moment, pick, week_key
from handlers.rules.nudging import TaskFacts
from handlers.rules.working_time import WorkingTime, parse_week
from storage.kinds import DayKind, TaskState

OFFICE = parse_week("Mon-Fri 08:00-12:00 13:00-16:00")
PI_MAI = {date(2026, 4, each): DayKind.OFF for each in (14, 15, 16)}
MAY = {date(2026, 5, each): DayKind.OFF for each in (1, 2, 4, 5)} | {date(2026, 5, 9): DayKind.ON}
VIENTIANE = WorkingTime(ZoneInfo("Asia/Vientiane"), OFFICE, (PI_MAI,))
KUNMING = WorkingTime(ZoneInfo("Asia/Shanghai"), OFFICE, (MAY,))
NEVER = WorkingTime(ZoneInfo("Asia/Shanghai"), {})


@pytest.mark.parametrize(
    ("week_of", "weekday", "moment"),
    [
        pytest.param("2026-04-22", 0, "2026-04-20T02:00", id="Monday at nine in Vientiane"),
        pytest.param("2026-04-19", 0, "2026-04-13T02:00", id="a Sunday belongs to the week before"),
        pytest.param("2026-04-13", 1, "2026-04-17T02:00", id="Tuesday is Pi Mai: Friday"),
        pytest.param("2026-05-04", 0, "2026-05-06T02:00", id="the first day both sides work after the holiday"),
        pytest.param("2026-05-04", 5, None, id="a make-up Saturday of one side is not joint"),
    ],
)
def test_digest_moment(week_of: str, weekday: int, moment: str | None) -> None:
    found = digest_moment(date.fromisoformat(week_of), weekday, time(9), VIENTIANE.zone, VIENTIANE, KUNMING)
    assert found == (None if moment is None else datetime.fromisoformat(moment).replace(tzinfo=UTC))


def test_a_week_in_which_one_side_never_works_has_no_digest() -> None:
    assert digest_moment(date(2026, 4, 20), 0, time(9), VIENTIANE.zone, VIENTIANE, NEVER) is None


@pytest.mark.parametrize(
    ("on", "key"),
    [
        pytest.param(date(2026, 4, 22), "2026-W17", id="an ordinary week"),
        pytest.param(date(2027, 1, 3), "2026-W53", id="the first days of January may belong to the old year"),
        pytest.param(date(2026, 1, 5), "2026-W02", id="two digits"),
    ],
)
def test_week_key(on: date, key: str) -> None:
    assert week_key(on) == key


MONDAY = datetime(2026, 4, 20, 2, tzinfo=UTC)  # 09:00 in Vientiane


@pytest.mark.parametrize(
    ("facts", "section"),
    [
        pytest.param(TaskFacts(TaskState.OPEN, VIENTIANE, due=date(2026, 4, 20)), "due_this_week", id="due today"),
        pytest.param(TaskFacts(TaskState.WAITING, KUNMING, due=date(2026, 4, 26)), "due_this_week", id="due on Sunday"),
        pytest.param(TaskFacts(TaskState.OPEN, VIENTIANE, due=date(2026, 4, 27)), None, id="due next Monday"),
        pytest.param(TaskFacts(TaskState.BLOCKED, VIENTIANE, due=date(2026, 4, 19)), "overdue", id="due yesterday"),
        pytest.param(
            TaskFacts(TaskState.OPEN, VIENTIANE, due=date(2026, 4, 20), due_at=datetime(2026, 4, 20, 1, tzinfo=UTC)),
            "overdue",
            id="due an hour ago",
        ),
        pytest.param(TaskFacts(TaskState.IN_PROGRESS, KUNMING), "undated", id="without a date"),
        pytest.param(TaskFacts(TaskState.DONE, VIENTIANE, due=date(2026, 4, 19)), None, id="done"),
        pytest.param(TaskFacts(TaskState.CANCELLED, VIENTIANE), None, id="cancelled"),
    ],
)
def test_each_task_stands_in_one_section(facts: TaskFacts, section: str | None) -> None:
    found = asdict(pick([DigestTask(7, facts)], [], MONDAY, VIENTIANE.zone))
    assert {name: ids for name, ids in found.items() if ids} == ({section: (7,)} if section else {})


def test_the_oldest_comes_first() -> None:
    dues = {1: date(2026, 4, 24), 2: date(2026, 4, 22), 3: date(2026, 4, 10), 4: date(2026, 4, 3), 5: None, 6: None}
    tasks = [DigestTask(id_, TaskFacts(TaskState.OPEN, VIENTIANE, due=due)) for id_, due in dues.items()]
    found = pick(reversed(tasks), [], MONDAY, VIENTIANE.zone)
    assert found == Sections(due_this_week=(2, 1), overdue=(4, 3), undated=(5, 6))


def test_decisions_that_wait_and_for_whom() -> None:
    new = DigestDecision(1, (10, 20), date(2026, 4, 17))
    old = DigestDecision(2, (20,), date(2026, 4, 2))
    answered = DigestDecision(3, (), date(2026, 4, 1))
    assert pick([], [new, answered, old], MONDAY, VIENTIANE.zone).waiting == (old, new)


def test_nothing_to_say_is_nothing() -> None:
    done = DigestTask(1, TaskFacts(TaskState.DONE, VIENTIANE))
    assert pick([done], [DigestDecision(1, (), date(2026, 4, 1))], MONDAY, VIENTIANE.zone).is_empty()
    assert not pick([], [DigestDecision(1, (2,), date(2026, 4, 1))], MONDAY, VIENTIANE.zone).is_empty()
