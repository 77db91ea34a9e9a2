"""The nudging rule as tables: what is told about a task, and when the row wants to be looked at."""

import csv
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest

from handlers.rules.nudging import (
    DEFAULT_LADDER,
    Ladder,
    Stage,
    TaskFacts,
    Told,
    next_look,
    stage_due,
)
from handlers.rules.working_time import WorkingTime, parse_week
from storage.kinds import DayKind, TaskState

LADDER = Ladder.parse(DEFAULT_LADDER)
OFFICE = parse_week("Mon-Fri 08:00-12:00 13:00-16:00")


def calendar(country: str) -> dict[date, DayKind]:
    text = files("storage").joinpath("calendar_days.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.DictReader(text.splitlines()) if row["country"] == country]
    return {date.fromisoformat(r["date"]): DayKind(r["kind"]) for r in rows if r["kind"] != "observance"}


VIENTIANE = WorkingTime(ZoneInfo("Asia/Vientiane"), OFFICE, (calendar("LA"),))
KUNMING = WorkingTime(ZoneInfo("Asia/Shanghai"), OFFICE, (calendar("CN"),))
BERLIN = WorkingTime(ZoneInfo("Europe/Berlin"), OFFICE)


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


@pytest.mark.parametrize(
    ("now", "stage"),
    [
        pytest.param("06-01 09:00", None, id="too early to say"),
        pytest.param("06-09 16:00", None, id="six working days before is too early"),
        pytest.param("06-10 07:59", None, id="a minute before work on the first day of the ladder"),
        pytest.param("06-10 08:00", Stage.EARLY, id="five working days before"),
        pytest.param("06-13 10:00", Stage.EARLY, id="on Saturday the last stage is still Wednesday's"),
        pytest.param("06-16 08:00", Stage.SOON, id="one working day before"),
        pytest.param("06-17 00:30", Stage.SOON, id="after midnight the new day has not begun to work"),
        pytest.param("06-17 08:00", Stage.TODAY, id="on the day"),
        pytest.param("06-17 23:59", Stage.TODAY, id="still the day at a minute to midnight"),
        pytest.param("06-18 08:00", Stage.LATE, id="one working day after"),
        pytest.param("06-19 08:00", Stage.FOCAL_POINT, id="two working days after"),
        pytest.param("06-21 12:00", Stage.FOCAL_POINT, id="the weekend counts no working day"),
        pytest.param("06-24 08:00", Stage.COORDINATOR, id="five working days after"),
        pytest.param("06-26 08:00", Stage.COORDINATOR, id="slept through it all: one message"),
        pytest.param("07-01 16:00", Stage.COORDINATOR, id="the last day of the catch-up window"),
        pytest.param("07-02 07:59", Stage.COORDINATOR, id="the window closes when work begins"),
        pytest.param("07-02 08:00", Stage.LISTED, id="older than the window: listed, not nudged"),
        pytest.param("12-01 08:00", Stage.LISTED, id="slept for months: listed, not nudged"),
    ],
)
def test_the_ladder_of_an_untold_task(now: str, stage: Stage | None) -> None:
    assert stage_due(TASK, at(VIENTIANE, now), LADDER) is stage


@pytest.mark.parametrize(
    ("now", "rows", "stage"),
    [
        pytest.param("06-10 09:00", [(Stage.EARLY, "06-10")], None, id="told today is told"),
        pytest.param("06-15 09:00", [(Stage.EARLY, "06-10")], None, id="nothing between two rungs"),
        pytest.param("06-16 09:00", [(Stage.EARLY, "06-10")], Stage.SOON, id="the next rung comes"),
        pytest.param("06-17 09:00", [(Stage.EARLY, "06-10")], Stage.TODAY, id="a missed rung is skipped"),
        pytest.param("06-18 09:00", [(Stage.TODAY, "06-17")], Stage.LATE, id="told on the day, late next"),
        pytest.param("06-19 09:00", [(Stage.LATE, "06-18")], Stage.FOCAL_POINT, id="then the focal point"),
        pytest.param("06-23 09:00", [(Stage.FOCAL_POINT, "06-19")], None, id="then quiet for three days"),
        pytest.param("06-24 09:00", [(Stage.FOCAL_POINT, "06-19")], Stage.COORDINATOR, id="then the coordinator"),
        pytest.param("07-20 09:00", [(Stage.COORDINATOR, "06-24")], None, id="told everybody: never listed"),
        pytest.param(
            "07-20 09:00", [(Stage.FOCAL_POINT, "06-19")], Stage.LISTED, id="the end of the ladder missed: listed"
        ),
        pytest.param("07-20 09:00", [(Stage.LISTED, "07-02")], None, id="listed once"),
        pytest.param(
            "06-18 09:00", [(Stage.FOCAL_POINT, "06-18")], None, id="a changed ladder leads to nothing milder"
        ),
    ],
)
def test_what_was_told_is_not_told_again(now: str, rows: list[tuple[Stage, str]], stage: Stage | None) -> None:
    task = replace(TASK, told=told(*rows))
    assert stage_due(task, at(VIENTIANE, now), LADDER) is stage


@pytest.mark.parametrize(
    ("rows_due", "stage"),
    [
        pytest.param("06-17", None, id="told about this date"),
        pytest.param("06-10", Stage.TODAY, id="told about the date before it was moved"),
    ],
)
def test_a_moved_date_begins_anew(rows_due: str, stage: Stage | None) -> None:
    task = replace(TASK, told=told((Stage.TODAY, "06-10"), due=rows_due))
    assert stage_due(task, at(VIENTIANE, "06-17 09:00"), LADDER) is stage


@pytest.mark.parametrize(
    ("side", "due", "now", "stage"),
    [
        pytest.param(VIENTIANE, "04-17", "04-07 08:00", Stage.EARLY, id="five before, Pi Mai left out"),
        pytest.param(VIENTIANE, "04-17", "04-16 09:00", Stage.SOON, id="Pi Mai is no working day"),
        pytest.param(VIENTIANE, "04-17", "04-13 09:00", Stage.SOON, id="one before is before Pi Mai"),
        pytest.param(KUNMING, "04-17", "04-14 09:00", Stage.EARLY, id="Kunming counts through Pi Mai"),
        pytest.param(KUNMING, "04-17", "04-16 09:00", Stage.SOON, id="and hears the day before"),
        pytest.param(VIENTIANE, "04-15", "04-13 09:00", Stage.TODAY, id="due on Pi Mai: told on the last day before"),
        pytest.param(VIENTIANE, "04-15", "04-16 09:00", Stage.TODAY, id="late, but on Pi Mai nothing is reached"),
        pytest.param(VIENTIANE, "04-15", "04-17 09:00", Stage.LATE, id="late on the first day after Pi Mai"),
        pytest.param(KUNMING, "05-08", "05-09 09:00", Stage.LATE, id="make-up Saturday counts"),
        pytest.param(VIENTIANE, "05-08", "05-09 09:00", Stage.TODAY, id="the same Saturday is free in Vientiane"),
        pytest.param(KUNMING, "05-08", "05-11 09:00", Stage.FOCAL_POINT, id="Monday is two after, with the Saturday"),
        pytest.param(VIENTIANE, "05-08", "05-11 09:00", Stage.LATE, id="Monday is one after in Vientiane"),
        pytest.param(KUNMING, "05-06", "04-30 09:00", Stage.SOON, id="one before lies before the May holiday"),
        pytest.param(KUNMING, "05-06", "05-05 09:00", Stage.SOON, id="nothing new in the May holiday"),
        pytest.param(VIENTIANE, "06-14", "06-12 08:00", Stage.TODAY, id="due on Sunday: told on Friday"),
        pytest.param(VIENTIANE, "06-14", "06-11 08:00", Stage.SOON, id="and one before on Thursday"),
        pytest.param(BERLIN, "03-30", "03-27 08:00", Stage.SOON, id="over the night the clocks change"),
        pytest.param(BERLIN, "03-30", "03-30 08:00", Stage.TODAY, id="eight o'clock in summer time"),
        pytest.param(BERLIN, "03-30", "03-30 07:59", Stage.SOON, id="and not a minute earlier"),
    ],
)
def test_rungs_are_working_days_of_the_responsible_side(
    side: WorkingTime, due: str, now: str, stage: Stage | None
) -> None:
    task = TaskFacts(TaskState.OPEN, side, due=day(due))
    assert stage_due(task, at(side, now), LADDER) is stage


@pytest.mark.parametrize(
    "task",
    [
        pytest.param(replace(TASK, state=TaskState.DONE), id="done"),
        pytest.param(replace(TASK, state=TaskState.CANCELLED), id="cancelled"),
        pytest.param(TaskFacts(TaskState.OPEN, VIENTIANE), id="no date: it stands in the digest only"),
        pytest.param(
            TaskFacts(TaskState.BLOCKED, VIENTIANE, state_since=at(VIENTIANE, "06-01 09:00")),
            id="no date and blocked",
        ),
        pytest.param(
            replace(TASK, working=WorkingTime(VIENTIANE.zone, {})),
            id="a side that never works",
        ),
    ],
)
def test_nothing_to_tell_and_nothing_to_look_for(task: TaskFacts) -> None:
    for now in ("06-10 09:00", "06-17 09:00", "07-20 09:00"):
        assert stage_due(task, at(VIENTIANE, now), LADDER) is None
        assert next_look(task, at(VIENTIANE, now), LADDER) is None


@pytest.mark.parametrize(
    ("now", "then"),
    [
        pytest.param("06-01 09:00", "06-10 08:00", id="the first rung"),
        pytest.param("06-10 08:00", "06-16 08:00", id="the second"),
        pytest.param("06-17 07:00", "06-17 08:00", id="the morning of the day"),
        pytest.param("06-19 08:00", "06-24 08:00", id="the coordinator's rung"),
        pytest.param("06-24 08:00", "06-25 08:00", id="where an old rung leaves the catch-up window"),
    ],
)
def test_next_look(now: str, then: str) -> None:
    assert next_look(TASK, at(VIENTIANE, now), LADDER) == at(VIENTIANE, then)


def test_a_row_is_not_looked_at_for_ever() -> None:
    assert next_look(TASK, at(VIENTIANE, "07-20 09:00"), LADDER) is None
