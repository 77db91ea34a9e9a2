"""What holds for every task, ladder and moment."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

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

OFFICE = parse_week("Mon-Fri 08:00-12:00 13:00-16:00")
VIENTIANE = WorkingTime(ZoneInfo("Asia/Vientiane"), OFFICE, ({date(2026, 4, d): DayKind.OFF for d in (14, 15, 16)},))
KUNMING = WorkingTime(
    ZoneInfo("Asia/Shanghai"), OFFICE, ({date(2026, 6, 19): DayKind.OFF, date(2026, 5, 9): DayKind.ON},)
)
BERLIN = WorkingTime(ZoneInfo("Europe/Berlin"), OFFICE)
MADRID_NIGHTS = WorkingTime(ZoneInfo("Europe/Madrid"), parse_week("Sun 02:15-02:45; Mon-Thu 22:00-24:00"))


START = datetime(2026, 2, 1, tzinfo=UTC)
OFFSETS = st.integers(0, 60 * 24 * 120)
LADDERS = st.sampled_from([DEFAULT_LADDER, "0 person", "-10 -5 -1 0 +1 +2 person; +3 focal; +4 coordinator"])


@st.composite
def tasks(draw: st.DrawFn) -> TaskFacts:
    """Any open task with a date, in any state, begun somewhere in the first four months."""
    since = START + timedelta(minutes=draw(OFFSETS))
    side = draw(st.sampled_from([VIENTIANE, KUNMING, BERLIN, MADRID_NIGHTS]))
    days = st.none() | st.dates(date(2026, 2, 1), date(2026, 6, 30))
    return TaskFacts(
        draw(st.sampled_from([TaskState.OPEN, TaskState.IN_PROGRESS, TaskState.BLOCKED, TaskState.WAITING])),
        side,
        due=draw(st.dates(date(2026, 2, 1), date(2026, 6, 30))),
        due_at=draw(st.none() | st.just(since + timedelta(days=9))),
        answered_on=draw(days),
        snoozed_until=draw(days),
        state_since=since,
    )


@settings(max_examples=120, deadline=None)
@given(tasks(), LADDERS, OFFSETS, st.lists(st.floats(0, 1), max_size=8))
def test_nothing_changes_before_the_next_look(task: TaskFacts, text: str, minutes: int, parts: list[float]) -> None:
    ladder, now = Ladder.parse(text), START + timedelta(minutes=minutes)
    stage, look = stage_due(task, now, ladder), next_look(task, now, ladder)
    assert look is None or look > now
    end = look or now + timedelta(days=200)
    for part in parts:
        between = now + part * (end - now)
        if between < end:
            assert stage_due(task, between, ladder) is stage
    assert stage_due(task, end - timedelta(microseconds=1), ladder) is stage


@settings(max_examples=60, deadline=None)
@given(tasks(), LADDERS, st.integers(1, 7 * 24))
def test_told_when_looked_at_no_stage_comes_twice_and_none_shares_a_day(
    task: TaskFacts, text: str, late_hours: int
) -> None:
    ladder, stages, days = Ladder.parse(text), list[Stage](), list[date]()
    now = task.working.next_moment(task.state_since or START)
    while now is not None:
        stage, on = stage_due(task, now, ladder), task.working.local_date(now)
        if stage is not None:
            stages.append(stage)
            days.append(on)
            task = replace(task, told=task.told | {Told(stage, on, task.due)})
        look = next_look(task, now, ladder)
        now = look and task.working.next_moment(max(look, now + timedelta(hours=late_hours)))
    assert len(stages) == len(set(stages))
    assert len(days) == len(set(days))


@settings(max_examples=60, deadline=None)
@given(tasks(), LADDERS, OFFSETS)
def test_after_an_outage_one_telling_is_enough(task: TaskFacts, text: str, minutes: int) -> None:
    ladder, now = Ladder.parse(text), START + timedelta(minutes=minutes)
    stage = stage_due(task, now, ladder)
    if stage is not None:
        row = Told(stage, task.working.local_date(now), task.due)
        assert stage_due(replace(task, told=frozenset({row})), now, ladder) is None
