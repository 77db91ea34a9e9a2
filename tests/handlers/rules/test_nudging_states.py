"""What answers, snoozing, blocking and waiting do to the nudging of a task, and who is meant."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.rules.nudging import (
    DEFAULT_LADDER,
    Ladder,
    Recipient,
    Stage,
    TaskFacts,
    Told,
    due_day,
    is_overdue,
    recipient_of,
    stage_due,
)
from handlers.rules.working_time import WorkingTime, parse_week
from storage.kinds import DayKind, TaskState

LADDER = Ladder.parse(DEFAULT_LADDER)
OFFICE = parse_week("Mon-Fri 08:00-12:00 13:00-16:00")
VIENTIANE = WorkingTime(ZoneInfo("Asia/Vientiane"), OFFICE, ({date(2026, 4, d): DayKind.OFF for d in (14, 15, 16)},))
KUNMING = WorkingTime(
    ZoneInfo("Asia/Shanghai"), OFFICE, ({date(2026, 6, 19): DayKind.OFF, date(2026, 5, 9): DayKind.ON},)
)


def day(text: str) -> date:
    """A day of 2026, written 04-20."""
    return date.fromisoformat(f"2026-{text}")


def at(side: WorkingTime, text: str) -> datetime:
    """A moment of 2026 on the wall clock of a side, written 04-20 08:00."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=side.zone).astimezone(UTC)


def told(*rows: tuple[Stage, str], due: str = "06-17") -> frozenset[Told]:
    return frozenset(Told(stage, day(on), day(due)) for stage, on in rows)


# Wednesday 17 June 2026: no holiday of Vientiane within ten days on either side.
TASK = TaskFacts(TaskState.OPEN, VIENTIANE, due=day("06-17"))


ANSWERS = [
    pytest.param("06-10", "06-10 15:00", None, id="answered on the day of the rung"),
    pytest.param("06-12", "06-15 09:00", None, id="answered after the rung"),
    pytest.param("06-09", "06-10 09:00", Stage.EARLY, id="answered before the rung"),
    pytest.param("06-10", "06-16 09:00", Stage.SOON, id="an answer does not stop the next rung"),
    pytest.param("06-18", "06-18 15:00", None, id="answered when it was late"),
    pytest.param("06-18", "06-19 09:00", Stage.FOCAL_POINT, id="still late a day after the answer"),
    pytest.param("06-24", "07-20 09:00", None, id="answered at the end of the ladder: never listed"),
]


@pytest.mark.parametrize(("answered_on", "now", "stage"), ANSWERS)
def test_an_answer_stops_what_was_answered(answered_on: str, now: str, stage: Stage | None) -> None:
    task = replace(TASK, state=TaskState.IN_PROGRESS, answered_on=day(answered_on))
    assert stage_due(task, at(VIENTIANE, now), LADDER) is stage


@pytest.mark.parametrize(("given_on", "now", "stage"), ANSWERS)
def test_a_task_just_given_needs_no_nudge(given_on: str, now: str, stage: Stage | None) -> None:
    task = replace(TASK, given_on=day(given_on))
    assert stage_due(task, at(VIENTIANE, now), LADDER) is stage


@pytest.mark.parametrize(
    ("until", "now", "rows", "stage"),
    [
        pytest.param("06-12", "06-10 09:00", [], None, id="quiet while snoozed"),
        pytest.param("06-12", "06-12 07:59", [], None, id="quiet until work begins on that day"),
        pytest.param("06-12", "06-12 08:00", [], Stage.LATER, id="told again on the day he chose"),
        pytest.param("06-12", "06-15 09:00", [(Stage.LATER, "06-12")], None, id="told again once"),
        pytest.param("06-13", "06-13 09:00", [], None, id="a Saturday chosen waits"),
        pytest.param("06-13", "06-15 08:00", [], Stage.LATER, id="until Monday"),
        pytest.param("06-16", "06-16 09:00", [], Stage.SOON, id="a rung of that day says more"),
        pytest.param("06-15", "06-15 09:00", [(Stage.LATER, "06-12")], Stage.LATER, id="put off a second time"),
        pytest.param("06-26", "06-18 09:00", [], None, id="late and snoozed: the person is left alone"),
        pytest.param("06-26", "06-19 09:00", [], Stage.FOCAL_POINT, id="escalations do not sleep"),
        pytest.param("06-26", "06-24 09:00", [], Stage.COORDINATOR, id="nor does the coordinator's"),
        pytest.param("08-03", "07-20 09:00", [], None, id="nothing old is listed while snoozed"),
    ],
)
def test_later_means_later(until: str, now: str, rows: list[tuple[Stage, str]], stage: Stage | None) -> None:
    task = replace(TASK, snoozed_until=day(until), told=told(*rows))
    assert stage_due(task, at(VIENTIANE, now), LADDER) is stage


@pytest.mark.parametrize(
    ("since", "now", "rows", "stage"),
    [
        pytest.param("06-10 10:00", "06-10 15:00", [], None, id="not on the same day"),
        pytest.param("06-10 10:00", "06-11 08:00", [], Stage.BLOCKED, id="the focal point hears the next day"),
        pytest.param("06-12 10:00", "06-14 09:00", [], None, id="not at the weekend"),
        pytest.param("06-12 10:00", "06-15 08:00", [], Stage.BLOCKED, id="but on Monday"),
        pytest.param("06-10 10:00", "06-12 08:00", [(Stage.BLOCKED, "06-11")], None, id="and once"),
        pytest.param("06-10 10:00", "06-17 09:00", [(Stage.BLOCKED, "06-11")], None, id="the person is not nudged"),
        pytest.param("06-10 10:00", "06-18 09:00", [(Stage.BLOCKED, "06-11")], None, id="not when late either"),
        pytest.param(
            "06-10 10:00",
            "06-19 09:00",
            [(Stage.BLOCKED, "06-11")],
            Stage.FOCAL_POINT,
            id="late is told above all the same",
        ),
        pytest.param("06-10 10:00", "06-24 09:00", [], Stage.COORDINATOR, id="and to the coordinator"),
        pytest.param(
            "06-18 10:00", "06-19 09:00", [], Stage.FOCAL_POINT, id="late and blocked on one day: one message"
        ),
        pytest.param(
            "06-22 10:00",
            "06-23 09:00",
            [(Stage.FOCAL_POINT, "06-19")],
            Stage.BLOCKED,
            id="blocked after the escalation is news",
        ),
        pytest.param(
            "06-15 10:00", "06-16 09:00", [(Stage.BLOCKED, "06-03")], Stage.BLOCKED, id="blocked a second time"
        ),
    ],
)
def test_blocked(since: str, now: str, rows: list[tuple[Stage, str]], stage: Stage | None) -> None:
    task = replace(
        TASK, state=TaskState.BLOCKED, state_since=at(VIENTIANE, since), answered_on=day(since[:5]), told=told(*rows)
    )
    assert stage_due(task, at(VIENTIANE, now), LADDER) is stage


@pytest.mark.parametrize(
    ("since", "now", "rows", "stage"),
    [
        pytest.param("06-10 10:00", "06-10 10:00", [], Stage.WAITING, id="the other side is at work: at once"),
        pytest.param("06-10 12:30", "06-10 12:59", [], None, id="the other side is at lunch"),
        pytest.param("06-10 12:30", "06-10 13:00", [], Stage.WAITING, id="and hears after it"),
        pytest.param("06-10 18:00", "06-10 23:00", [], None, id="not in the evening"),
        pytest.param("06-10 18:00", "06-11 08:00", [], Stage.WAITING, id="but the next morning"),
        pytest.param("06-18 18:00", "06-19 08:00", [], None, id="not on the other side's holiday"),
        pytest.param("06-10 10:00", "06-11 09:00", [(Stage.WAITING, "06-10")], None, id="once"),
        pytest.param("06-10 10:00", "06-16 09:00", [(Stage.WAITING, "06-10")], Stage.SOON, id="then the ladder"),
        pytest.param("06-15 18:00", "06-16 08:00", [], Stage.WAITING, id="first that it waits, then the ladder"),
        pytest.param("06-23 18:00", "06-26 08:00", [], Stage.COORDINATOR, id="the coordinator's rung stands above it"),
    ],
)
def test_waiting_for_the_other_side(since: str, now: str, rows: list[tuple[Stage, str]], stage: Stage | None) -> None:
    task = replace(
        TASK,
        working=KUNMING,
        state=TaskState.WAITING,
        state_since=at(KUNMING, since),
        answered_on=day(since[:5]),
        told=told(*rows),
    )
    assert stage_due(task, at(KUNMING, now), LADDER) is stage


@pytest.mark.parametrize(
    ("side", "now", "overdue"),
    [
        pytest.param(VIENTIANE, "2026-06-17T16:59", False, id="23:59 in Vientiane is still the day"),
        pytest.param(KUNMING, "2026-06-17T16:59", True, id="23:59 in Vientiane is tomorrow in Kunming"),
        pytest.param(KUNMING, "2026-06-17T15:59", False, id="23:59 in Kunming is still the day"),
        pytest.param(VIENTIANE, "2026-06-17T17:00", True, id="midnight in Vientiane"),
    ],
)
def test_a_date_passes_with_the_local_day(side: WorkingTime, now: str, overdue: bool) -> None:
    task = replace(TASK, working=side)
    assert is_overdue(task, datetime.fromisoformat(now).replace(tzinfo=UTC)) is overdue


@pytest.mark.parametrize(
    ("state", "now", "overdue"),
    [
        pytest.param(TaskState.OPEN, "06-17 14:00", False, id="on the minute it is due"),
        pytest.param(TaskState.OPEN, "06-17 14:01", True, id="a minute later it is overdue"),
        pytest.param(TaskState.WAITING, "06-17 14:01", True, id="waiting does not stop the clock"),
        pytest.param(TaskState.DONE, "06-17 14:01", False, id="done is never overdue"),
    ],
)
def test_a_given_time_is_an_instant(state: TaskState, now: str, overdue: bool) -> None:
    task = replace(TASK, state=state, due_at=at(VIENTIANE, "06-17 14:00"))
    assert is_overdue(task, at(VIENTIANE, now)) is overdue


def test_a_given_time_falls_on_the_date_of_the_side_that_acts() -> None:
    late_evening = at(VIENTIANE, "06-17 23:30")
    assert due_day(replace(TASK, due_at=late_evening)) == day("06-17")
    assert due_day(replace(TASK, due_at=late_evening, working=KUNMING)) == day("06-18")
    task = replace(TASK, due_at=late_evening, working=KUNMING)
    assert stage_due(task, at(KUNMING, "06-17 09:00"), LADDER) is Stage.SOON


def test_a_task_without_a_date_is_not_overdue() -> None:
    assert not is_overdue(TaskFacts(TaskState.OPEN, VIENTIANE), at(VIENTIANE, "12-01 09:00"))


@pytest.mark.parametrize(
    ("stage", "state", "recipient"),
    [
        pytest.param(Stage.EARLY, TaskState.OPEN, Recipient.PERSON, id="a reminder goes to the person"),
        pytest.param(Stage.LATE, TaskState.IN_PROGRESS, Recipient.PERSON, id="late goes to the person"),
        pytest.param(Stage.TODAY, TaskState.WAITING, Recipient.OTHER_FOCAL, id="waiting moves the nudge"),
        pytest.param(Stage.WAITING, TaskState.WAITING, Recipient.OTHER_FOCAL, id="the other side hears it"),
        pytest.param(Stage.FOCAL_POINT, TaskState.OPEN, Recipient.FOCAL_POINT, id="two after"),
        pytest.param(Stage.FOCAL_POINT, TaskState.WAITING, Recipient.FOCAL_POINT, id="two after, waiting"),
        pytest.param(Stage.BLOCKED, TaskState.BLOCKED, Recipient.FOCAL_POINT, id="blocked goes up"),
        pytest.param(Stage.COORDINATOR, TaskState.BLOCKED, Recipient.COORDINATOR, id="five after"),
        pytest.param(Stage.LISTED, TaskState.OPEN, Recipient.PERSON, id="listed to the person"),
        pytest.param(Stage.LISTED, TaskState.BLOCKED, Recipient.FOCAL_POINT, id="blocked: listed above him"),
    ],
)
def test_who_is_meant(stage: Stage, state: TaskState, recipient: Recipient) -> None:
    assert recipient_of(stage, state) is recipient
