"""The nudging tick: who hears what, when, once a day, at work, and only while it is still true."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from handlers import bundles, delivering, nudges
from handlers.reply import Private
from handlers.voice import Say
from storage import calendars, groups, people, tasks
from storage.kinds import OutboxState, Priority, Standing, TaskState
from storage.tables import Bundle, Leave, Nudge, Outbox, Task
from storage.tasks import Share, TaskDraft

VIENTIANE, KUNMING = ZoneInfo("Asia/Vientiane"), ZoneInfo("Asia/Shanghai")
FAR = date(2026, 6, 30)


def vientiane(month, day, hour=12, minute=0) -> datetime:
    """A wall-clock time of 2026 in Vientiane, in UTC."""
    return datetime(2026, month, day, hour, minute, tzinfo=VIENTIANE).astimezone(UTC)


async def give(stage, who, *, due, text="Translate chapter 3", at=None):
    """A task of this person, given long before."""
    person = stage.cast[who]
    member = await people.active(stage.session, person.id, stage.group.id)
    draft = TaskDraft(
        text=text, language="en", search_text=text, created_by=person.id, bot_id=99, update_id=next(stage.ids),
        at=at or stage.now - timedelta(days=30), due=due,
    )  # fmt: skip
    (task,) = await tasks.add(stage.session, group=stage.group, draft=draft, shares=[Share(member.side_id, person.id)])
    return task


async def told_at(stage, moment) -> dict[str, str]:
    """Who is told what in a tick at that moment, by the cast's keys."""
    keys = {person.id: key for key, person in stage.cast.items()}
    effects = await nudges.plan(stage.session, moment)
    assert all(isinstance(effect, Private) and effect.priority is Priority.NUDGE for effect in effects)
    return {keys[effect.person_id]: str(effect.view(Say("en")).text) for effect in effects}


async def told_by(stage, last) -> list[tuple[str, str]]:
    """Everybody told from the stage's beginning to a day, by ticks every ten minutes: (local day and time, who)."""
    found, moment = [], stage.now
    while moment < last:
        for who in await told_at(stage, moment):
            zone = KUNMING if who.startswith("kmg") else VIENTIANE
            found.append((f"{moment.astimezone(zone):%d %b}", who))
        moment += timedelta(minutes=10)
    return found


async def test_the_default_ladder_climbs_inside_the_side_and_then_to_the_coordinator(stage):
    await give(stage, "vte_trainer", due=date(2026, 4, 10))
    assert await told_by(stage, vientiane(4, 30)) == [
        ("03 Apr", "vte_trainer"),
        ("09 Apr", "vte_trainer"),
        ("10 Apr", "vte_trainer"),
        ("13 Apr", "vte_trainer"),
        ("14 Apr", "vte_focal"),
        ("17 Apr", "coordinator"),
    ]


async def test_pi_mai_moves_the_ladder_of_vientiane_and_not_that_of_kunming(stage):
    await calendars.load_shipped(stage.session)
    await give(stage, "vte_trainer", due=date(2026, 4, 13))
    await give(stage, "kmg_trainer", due=date(2026, 4, 13))
    told = await told_by(stage, vientiane(4, 18))
    in_pi_mai = {who for day, who in told if day in ("14 Apr", "15 Apr", "16 Apr")}
    assert in_pi_mai == {"kmg_trainer", "kmg_focal"}
    assert ("17 Apr", "vte_trainer") in told


async def test_kunming_is_nudged_on_a_make_up_saturday(stage):
    await calendars.load_shipped(stage.session)
    await give(stage, "kmg_trainer", due=date(2026, 5, 9))
    await give(stage, "vte_trainer", due=date(2026, 5, 9))
    stage.now = vientiane(5, 6, 0)
    told = [(day, who) for day, who in await told_by(stage, vientiane(5, 10)) if day == "09 May"]
    assert told == [("09 May", "kmg_trainer")]


async def test_each_side_hears_in_its_own_morning(stage):
    await give(stage, "vte_trainer", due=date(2026, 4, 2))
    await give(stage, "kmg_trainer", due=date(2026, 4, 2))
    assert await told_at(stage, vientiane(4, 2, 6, 59)) == {}
    assert list(await told_at(stage, vientiane(4, 2, 7, 6))) == ["kmg_trainer"]  # 08:06 in Kunming
    assert list(await told_at(stage, vientiane(4, 2, 8, 6))) == ["vte_trainer"]


async def test_one_bundle_a_person_and_day_with_everything_in_it(stage):
    for number in range(4):
        await give(stage, "vte_trainer", due=date(2026, 4, 2), text=f"Point {number}")
    told = await told_at(stage, vientiane(4, 2, 8, 6))
    assert [f"Point {number}" in told["vte_trainer"] for number in range(4)] == [True] * 4
    await give(stage, "vte_trainer", due=date(2026, 4, 2), text="One more")
    assert await told_at(stage, vientiane(4, 2, 10)) == {}
    assert "One more" in (await told_at(stage, vientiane(4, 3, 8, 6)))["vte_trainer"]


async def test_after_an_outage_only_the_latest_stage_counts(stage):
    await give(stage, "vte_trainer", due=date(2026, 4, 2))
    await give(stage, "vte_trainer", due=date(2026, 4, 3), text="Another one")
    stage.now = vientiane(4, 10, 9)
    told = await told_by(stage, vientiane(4, 10, 16))
    assert sorted(who for _, who in told) == ["coordinator"]
    assert len((await stage.session.exec(select(Nudge))).all()) == 2


async def test_what_is_older_than_the_catch_up_window_is_listed_once(stage):
    await give(stage, "vte_trainer", due=date(2026, 3, 2))
    told = await told_by(stage, vientiane(4, 10))
    assert [who for _, who in told] == ["vte_trainer"]
    assert (await stage.session.exec(select(Nudge.stage))).all() == ["listed"]


async def test_an_answer_stops_what_was_answered(stage):
    task = await give(stage, "vte_trainer", due=date(2026, 4, 2))
    task.state, task.answered_on, task.look_at = TaskState.IN_PROGRESS, date(2026, 4, 2), vientiane(4, 2, 7)
    told = await told_by(stage, vientiane(4, 4))
    assert told == [("03 Apr", "vte_trainer")]


@pytest.mark.parametrize("state", [TaskState.DONE, TaskState.CANCELLED])
async def test_nobody_hears_of_what_is_closed(stage, state):
    task = await give(stage, "vte_trainer", due=date(2026, 4, 2))
    task.state = state
    assert await told_by(stage, vientiane(4, 20)) == []


async def test_waiting_moves_the_nudge_across_the_border(stage):
    task = await give(stage, "vte_trainer", due=date(2026, 4, 20))
    task.state, task.state_since, task.look_at = TaskState.WAITING, stage.now, stage.now
    told = await told_by(stage, vientiane(4, 3))
    assert told == [("01 Apr", "kmg_focal")]


async def test_a_blocked_task_asks_the_focal_point_for_help(stage):
    task = await give(stage, "vte_trainer", due=date(2026, 4, 20))
    task.state, task.state_since, task.look_at = TaskState.BLOCKED, stage.now, stage.now
    task.note = "The form is missing."
    told = await told_at(stage, vientiane(4, 2, 8, 6))
    assert "blocked" in told["vte_focal"]
    assert "The form is missing." in told["vte_focal"]


async def test_leave_goes_to_the_alternate(stage):
    task = await give(stage, "vte_trainer", due=date(2026, 4, 2))
    away = Leave(
        person_id=stage.cast["vte_trainer"].id,
        first_day=date(2026, 4, 1),
        last_day=date(2026, 4, 3),
        written_at=stage.now,
    )
    stage.session.add(away)
    await stage.session.flush()
    told = await told_at(stage, vientiane(4, 2, 8, 6))
    assert list(told) == ["vte_alternate"]
    assert stage.cast["vte_trainer"].name in told["vte_alternate"]
    assert task.look_at > vientiane(4, 2, 8, 6)


async def test_nobody_is_told_in_quiet_hours(stage):
    rules = await groups.mechanism(stage.session, stage.group.id)
    rules.quiet = "20:00-11:00"
    await give(stage, "vte_trainer", due=date(2026, 4, 2))
    assert await told_at(stage, vientiane(4, 2, 10, 59)) == {}
    assert list(await told_at(stage, vientiane(4, 2, 11, 6))) == ["vte_trainer"]


async def test_who_cannot_be_reached_is_mentioned_in_the_group_by_task_alone(stage):
    stage.cast["vte_trainer"].private_open = False
    await give(stage, "vte_trainer", due=date(2026, 4, 2))
    (effect,) = await nudges.plan(stage.session, vientiane(4, 2, 8, 6))
    said = str(effect.otherwise(Say("en")).text)
    assert "T1" in said
    assert "Translate" not in said


async def test_a_former_member_hears_nothing(stage):
    await give(stage, "vte_trainer", due=date(2026, 4, 2))
    member = await people.active(stage.session, stage.cast["vte_trainer"].id, stage.group.id)
    member.standing = Standing.LEFT
    assert list(await told_at(stage, vientiane(4, 2, 8, 6))) == ["vte_focal"]


async def call_of(stage, moment) -> Outbox:
    """The call of the one bundle planned at that moment."""
    (effect,) = await nudges.plan(stage.session, moment)
    call = Outbox(
        bot_id=99, key=f"99:{effect.key}", method="sendMessage", payload={"text": "-"}, chat_id=7002,
        group_id=effect.group_id, person_id=effect.person_id, priority=Priority.NUDGE, created_at=moment,
    )  # fmt: skip
    stage.session.add(call)
    await stage.session.flush()
    return call


MORNING = vientiane(4, 2, 8, 6)


async def test_a_bundle_that_is_still_true_leaves(stage):
    await give(stage, "vte_trainer", due=date(2026, 4, 2))
    call = await call_of(stage, MORNING)
    assert await delivering.still_wanted(stage.session, call, MORNING)


@pytest.mark.parametrize("hour", [pytest.param(12, id="in the lunch break"), pytest.param(17, id="after work")])
async def test_a_bundle_held_back_past_working_time_is_planned_anew(stage, hour):
    task = await give(stage, "vte_trainer", due=date(2026, 4, 2))
    call = await call_of(stage, MORNING)
    late = vientiane(4, 2, hour, 30)
    assert not await delivering.still_wanted(stage.session, call, late)
    assert call.state is OutboxState.WITHDRAWN
    assert task.look_at == late
    assert (await stage.session.exec(select(Bundle))).all() == []


async def test_a_bundle_is_taken_back_when_it_was_answered_before_it_left(stage):
    task = await give(stage, "vte_trainer", due=date(2026, 4, 2))
    other = await give(stage, "vte_trainer", due=date(2026, 4, 2), text="Another one")
    call = await call_of(stage, MORNING)
    task.state, task.version, task.look_at = TaskState.DONE, task.version + 1, None
    assert not await delivering.still_wanted(stage.session, call, MORNING)
    told = await told_at(stage, MORNING)
    assert "Another one" in told["vte_trainer"]
    assert "Translate" not in told["vte_trainer"]
    assert other.look_at is not None


async def test_a_closed_route_brings_the_nudge_to_the_group_on_the_same_day(stage):
    await give(stage, "vte_trainer", due=date(2026, 4, 2))
    call = await call_of(stage, MORNING)
    call.chat_id = stage.cast["vte_trainer"].telegram_id
    await delivering.route_closed(stage.session, call, MORNING)
    assert stage.cast["vte_trainer"].private_open is False
    (effect,) = await nudges.plan(stage.session, MORNING)
    assert effect.otherwise is not None
    assert effect.key != call.key.partition(":")[2]


async def test_a_decision_is_nudged_at_the_side_that_has_not_answered_and_only_there(stage):
    from handlers import decision_answers, decisions

    card = await stage.says("vte_trainer", "/decide Meet on Mondays", decisions.propose)
    await stage.presses("vte_focal", card.buttons()["Agree"], decision_answers.agree)
    told = await told_by(stage, vientiane(4, 30))
    assert told == [("08 Apr", "kmg_focal"), ("10 Apr", "kmg_alternate")]


async def test_a_row_is_not_looked_at_before_it_wants_to_be(stage):
    task = await give(stage, "vte_trainer", due=FAR)
    await told_at(stage, stage.now)
    wish = task.look_at
    assert wish is not None
    assert wish > stage.now + timedelta(days=60)
    assert (await stage.session.exec(select(Task).where(Task.look_at <= wish - timedelta(minutes=1)))).all() == []


async def test_a_bundle_carries_a_code_and_its_buttons(stage):
    await give(stage, "vte_trainer", due=date(2026, 4, 2))
    (effect,) = await nudges.plan(stage.session, MORNING)
    page = effect.view(Say("en"))
    (bundle,) = (await stage.session.exec(select(Bundle))).all()
    assert bundle.code in page.text
    labels = [button.label for row in page.rows for button in row]
    assert labels == ["Done", "In progress", "Blocked", "Later", "With the other side"]


async def test_calls_that_are_no_bundles_are_left_alone(stage):
    call = Outbox(bot_id=99, key="99:u1:1", method="sendMessage", priority=Priority.ANSWER, created_at=stage.now)
    assert await bundles.still_true(stage.session, call, stage.now)
