"""Who is gone for long: the coordinator hears of it once, at work, and nobody is looked at before his moment."""

from datetime import date, timedelta

import pytest
from sqlmodel import delete, select

from handlers import absences
from handlers.reply import Private
from handlers.voice import Say
from storage import groups, leave, nudges, tasks
from storage.kinds import TaskState
from storage.tables import Leave, Notice
from storage.tasks import Share, TaskDraft

# The stage begins on Wednesday 1 April 2026 at 09:00 in Vientiane, where coordinator and trainers work till 16:00.
DAY = timedelta(days=1)
EVENING = timedelta(hours=7)
"""16:00: work is over."""


async def give(stage, who="vte_trainer"):
    sides = {each.name: each.id for each in await _sides(stage)}
    draft = TaskDraft(
        text="Translate", language="en", search_text="translate", created_by=stage.cast[who].id, bot_id=99,
        update_id=next(stage.ids), at=stage.now, due=date(2026, 6, 1),
    )  # fmt: skip
    side = sides["Vientiane" if who.startswith("vte") else "Kunming"]
    (task,) = await tasks.add(stage.session, group=stage.group, draft=draft, shares=[Share(side, stage.cast[who].id)])
    return task


async def _sides(stage):
    return await groups.sides(stage.session, stage.group.id)


async def away(stage, first, last, who="vte_trainer"):
    return await leave.write(stage.session, person_id=stage.cast[who].id, first=first, last=last, at=stage.now)


async def heard(stage, moment):
    """Who is told of whom at that moment."""
    effects = await absences.plan(stage.session, moment)
    await stage.session.flush()
    names = {person.id: key for key, person in stage.cast.items()}
    assert all(isinstance(effect, Private) for effect in effects)
    return [(names[effect.person_id], effect.view(Say("en")).text) for effect in effects]


async def test_the_coordinator_hears_once_at_his_next_working_moment(stage):
    await give(stage)
    row = await away(stage, date(2026, 4, 2), date(2026, 4, 17))
    assert await heard(stage, stage.now) == []
    assert row.look_at == stage.now + timedelta(hours=3)  # 12:00, when the morning's work ends
    assert await heard(stage, stage.now + EVENING) == []
    assert row.look_at == stage.now + DAY - timedelta(hours=1)  # 08:00, when the coordinator is at work
    ((who, said),) = await heard(stage, row.look_at)
    assert who == "coordinator"
    assert "Trainer, Vientiane" in said
    assert await heard(stage, stage.now + 2 * DAY) == []
    assert await heard(stage, stage.now + 5 * DAY) == []


@pytest.mark.parametrize(
    ("days", "told"),
    [
        pytest.param((date(2026, 4, 2), date(2026, 4, 8)), False, id="five working days"),
        pytest.param((date(2026, 4, 2), date(2026, 4, 9)), True, id="six working days"),
        pytest.param((date(2026, 6, 1), date(2026, 7, 1)), False, id="not yet"),
    ],
)
async def test_who_is_gone_for_long(stage, days, told):
    await give(stage)
    await away(stage, *days)
    assert bool(await heard(stage, stage.now + DAY)) is told


async def test_a_focal_point_counts_without_tasks_a_member_with_them_only(stage):
    for who in ("kmg_focal", "kmg_trainer"):
        await away(stage, date(2026, 4, 2), date(2026, 4, 17), who)
    said = await heard(stage, stage.now + DAY)
    assert ["Focal point, Kunming" in text for _, text in said] == [True]


async def test_somebody_is_looked_at_as_soon_as_he_has_a_task(stage):
    await away(stage, date(2026, 4, 2), date(2026, 4, 17))
    assert await heard(stage, stage.now + DAY) == []
    await give(stage)
    assert await heard(stage, stage.now + DAY)


async def test_what_is_over_is_not_looked_at_any_more(stage):
    await give(stage)
    row = await away(stage, date(2026, 4, 2), date(2026, 4, 17))
    await heard(stage, stage.now + 30 * DAY)
    assert row.look_at is None


async def test_a_leave_that_is_not_due_costs_one_query(stage):
    await give(stage)
    row = await away(stage, date(2026, 6, 1), date(2026, 7, 1))
    await heard(stage, stage.now)
    assert row.look_at > stage.now
    assert await leave.to_look_at(stage.session, stage.now) == []


async def test_a_change_of_the_calendar_looks_at_everybody_again(stage):
    await give(stage)
    row = await away(stage, date(2026, 6, 1), date(2026, 7, 1))
    await heard(stage, stage.now)
    await nudges.look_at_all(stage.session, stage.group.id, stage.now)
    await stage.session.refresh(row)
    assert row.look_at == stage.now


async def test_who_remembers_says_the_same_as_who_always_looks(stage):
    """Every hour over twelve days: nothing is said later or earlier for being looked at less often."""
    task = await give(stage)
    await give(stage, "kmg_trainer")
    await away(stage, date(2026, 4, 3), date(2026, 4, 15))
    await away(stage, date(2026, 4, 8), date(2026, 4, 20), "kmg_trainer")
    remembering = await _story(stage, task, always=False)
    for row in (await stage.session.exec(_leaves())).all():
        row.look_at = stage.now
    await _forget_notices(stage)
    assert await _story(stage, task, always=True) == remembering
    assert len(remembering) == 2


async def _story(stage, task, *, always):
    said, task.state = [], TaskState.OPEN
    for step in range(12 * 24):
        now = stage.now + step * timedelta(hours=1)
        if always:
            for row in (await stage.session.exec(_leaves())).all():
                row.look_at = now
            await stage.session.flush()
        said += [(now, who) for who, _ in await heard(stage, now)]
    return said


def _leaves():
    return select(Leave)


async def _forget_notices(stage):
    await stage.session.exec(delete(Notice))
