"""The digest: once a week, when both sides work, silent, by task and never by name."""

from datetime import date, timedelta

import pytest
from sqlmodel import delete, select

from handlers import digests
from handlers.reply import Post
from handlers.rules.text import visible_units
from handlers.voice import Say
from storage import calendars, groups, nudges, tasks
from storage import digests as stored
from storage.kinds import TaskState
from storage.tables import Digest, Mechanism
from storage.tasks import Share, TaskDraft

DAY = timedelta(days=1)
# The stage begins on Wednesday 1 April 2026 at 09:00 in Vientiane; the digest comes on Mondays at 09:00.
MONDAY = 5 * DAY


async def give(stage, text, *, due=None, side=0):
    sides = await groups.sides(stage.session, stage.group.id)
    trainer = stage.cast["vte_trainer" if side == 0 else "kmg_trainer"]
    draft = TaskDraft(
        text=text, language="en", search_text=text, created_by=trainer.id, bot_id=99, update_id=next(stage.ids),
        at=stage.now, due=due,
    )  # fmt: skip
    (task,) = await tasks.add(stage.session, group=stage.group, draft=draft, shares=[Share(sides[side].id, trainer.id)])
    return task


async def text_at(stage, moment) -> str:
    effects = await digests.plan(stage.session, moment)
    assert all(isinstance(effect, Post) and effect.silent for effect in effects)
    return "".join(str(effect.view(Say("en")).text) for effect in effects)


async def test_it_says_what_the_week_holds(stage):
    await give(stage, "Translate chapter 3", due=date(2026, 4, 9))
    await give(stage, "Send the timetable", due=date(2026, 4, 2), side=1)
    await give(stage, "Think about a logo")
    await give(stage, "Far away", due=date(2026, 6, 30))
    said = await text_at(stage, stage.now + MONDAY)
    assert "Due this week</b>\nT1 Translate chapter 3 · Vientiane, Thu 9 Apr" in said
    assert "Later than planned</b>\nT2 Send the timetable · Kunming, Thu 2 Apr" in said
    assert "Without a date</b>\nT3 Think about a logo · Vientiane" in said
    assert "Far away" not in said


async def test_what_waits_for_the_other_side_stands_there_and_says_so(stage):
    for due in (date(2026, 4, 9), None):
        task = await give(stage, "Translate chapter 3", due=due)
        task.state = TaskState.WAITING
    said = await text_at(stage, stage.now + MONDAY)
    assert "T1 Translate chapter 3 · waits for Kunming, Thu 9 Apr" in said
    assert "T2 Translate chapter 3 · waits for Kunming" in said


async def test_it_names_no_person(stage):
    await give(stage, "Translate chapter 3", due=date(2026, 4, 2))
    said = await text_at(stage, stage.now + MONDAY)
    assert [person.name for person in stage.cast.values() if person.name in said] == []


@pytest.mark.parametrize(
    ("later", "comes"),
    [
        pytest.param(MONDAY - timedelta(minutes=1), False, id="a minute early"),
        pytest.param(MONDAY, True, id="at the group's hour"),
        pytest.param(MONDAY + timedelta(hours=3), True, id="slept through the hour: later that day"),
        pytest.param(MONDAY + timedelta(hours=14), False, id="never at night"),
        pytest.param(MONDAY + 2 * DAY, True, id="slept through Monday: on Wednesday"),
        pytest.param(MONDAY + 5 * DAY, False, id="not on a Saturday"),
    ],
)
async def test_when_it_comes(stage, later, comes):
    await give(stage, "Translate chapter 3", due=date(2026, 4, 2))
    assert bool(await text_at(stage, stage.now + later)) is comes


async def test_it_waits_for_the_first_day_on_which_both_sides_work(stage):
    await calendars.load_shipped(stage.session)
    await give(stage, "Translate chapter 3", due=date(2026, 4, 2))
    # Monday 6 April is a day off in Kunming (Tomb-Sweeping observed).
    assert not await text_at(stage, stage.now + MONDAY)
    assert await text_at(stage, stage.now + MONDAY + DAY)


async def test_it_comes_once_a_week(stage):
    await give(stage, "Translate chapter 3", due=date(2026, 4, 2))
    assert await text_at(stage, stage.now + MONDAY)
    assert not await text_at(stage, stage.now + MONDAY + timedelta(hours=1))
    assert await text_at(stage, stage.now + MONDAY + 7 * DAY)


async def test_nothing_to_say_is_not_said(stage):
    assert not await text_at(stage, stage.now + MONDAY)
    (row,) = (await stage.session.exec(select(Digest))).all()
    assert row.said_nothing


async def test_done_tasks_are_left_out(stage):
    task = await give(stage, "Translate chapter 3", due=date(2026, 4, 2))
    task.state = TaskState.DONE
    assert not await text_at(stage, stage.now + MONDAY)


async def test_the_groups_own_day_and_hour_count(stage):
    await give(stage, "Translate chapter 3", due=date(2026, 4, 2))
    rules = await stage.session.get_one(Mechanism, stage.group.id)
    rules.digest_weekday, rules.digest_hour = 2, "14:00"
    assert not await text_at(stage, stage.now + MONDAY)
    assert await text_at(stage, stage.now + 7 * DAY + timedelta(hours=5))


async def test_a_long_week_fits_one_message_and_texts_stay_data(stage):
    for number in range(40):
        await give(stage, f"<b>Task & {number}</b> " + "long " * 60, due=date(2026, 4, 8))
    said = await text_at(stage, stage.now + MONDAY)
    assert visible_units(said) < 4096
    assert "and 28 more" in said
    assert "&lt;b&gt;Task &amp; 0" in said


async def test_a_waiting_decision_names_the_side_it_waits_for(stage):
    from handlers import decision_answers, decisions

    card = await stage.says("vte_trainer", "/decide Meet on Mondays", decisions.propose)
    await stage.presses("vte_focal", card.buttons()["Agree"], decision_answers.agree)
    said = await text_at(stage, stage.now + MONDAY)
    assert "D1 Meet on Mondays · waits for Kunming, since Wed 1 Apr" in said


async def moments(stage, hours, *, always):
    """When something is said, looked at every hour; `always` looks at every group however long it wanted to rest."""
    found = []
    for hour in range(hours):
        now = stage.now + timedelta(hours=hour)
        stage.group.digest_at = None if always else stage.group.digest_at
        await stage.session.flush()
        if await text_at(stage, now):
            found.append(now)
    return found


async def test_a_group_rests_till_its_hour_and_then_till_next_week(stage):
    await give(stage, "Think about a logo")
    assert await text_at(stage, stage.now)  # Monday's hour was slept through
    midnight = stage.now - timedelta(hours=9)
    await text_at(stage, stage.now)
    assert stage.group.digest_at == midnight + MONDAY
    assert not await stored.groups_to_look_at(stage.session, stage.now + MONDAY - timedelta(hours=10))
    await text_at(stage, midnight + MONDAY)
    assert stage.group.digest_at == stage.now + MONDAY
    assert await text_at(stage, stage.now + MONDAY)
    await text_at(stage, stage.now + MONDAY)
    assert stage.group.digest_at == midnight + MONDAY + 7 * DAY


async def test_a_clock_that_ran_ahead_silences_nobody_for_long(stage):
    stage.group.digest_at = stage.now + 300 * DAY
    await stage.session.flush()
    assert await stored.groups_to_look_at(stage.session, stage.now)


async def test_a_rule_that_changes_wakes_it(stage):
    await text_at(stage, stage.now)
    await nudges.look_at_all(stage.session, stage.group.id, stage.now)
    await stage.session.refresh(stage.group)
    assert stage.group.digest_at is None


async def test_who_rests_says_the_same_as_who_always_looks(stage):
    await calendars.load_shipped(stage.session)
    await give(stage, "Think about a logo")
    resting = await moments(stage, 16 * 24, always=False)
    await stage.session.exec(delete(Digest))
    stage.group.digest_at = None
    assert await moments(stage, 16 * 24, always=True) == resting
    assert len(resting) == 3
