"""The buttons of a bundle: what they do to the task, and what becomes of the message they stand under."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from handlers import decision_answers, decisions, nudge_presses, nudges, task_moves
from handlers.refusals import NotAMember, NotNow, NotYours, StaleButton
from handlers.reply import Answer, Button, Edit, RefreshCard, ShowCard, Toast
from handlers.voice import Say
from storage import journal, people, tasks
from storage.kinds import Role, Standing, Subject, TaskState
from storage.tables import Leave, Task
from storage.tasks import Share, TaskDraft

VIENTIANE = ZoneInfo("Asia/Vientiane")
MORNING = datetime(2026, 4, 2, 8, 6, tzinfo=VIENTIANE).astimezone(UTC)
ANSWERS = ["Done", "In progress", "Blocked", "Later", "With the other side"]


async def give(stage, who, text="Translate chapter 3", due=date(2026, 4, 2)) -> Task:
    """A task of this person, given long before."""
    person = stage.cast[who]
    member = await people.active(stage.session, person.id, stage.group.id)
    draft = TaskDraft(
        text=text, language="en", search_text=text, created_by=person.id, bot_id=99, update_id=next(stage.ids),
        at=stage.now - timedelta(days=30), due=due,
    )  # fmt: skip
    (task,) = await tasks.add(stage.session, group=stage.group, draft=draft, shares=[Share(member.side_id, person.id)])
    return task


async def bundles_of(stage, moment=MORNING) -> dict:
    """The messages of a tick by the cast's keys, each as its page."""
    keys = {person.id: key for key, person in stage.cast.items()}
    effects = await nudges.plan(stage.session, moment)
    return {keys[effect.person_id]: effect.view(Say("en")) for effect in effects}


def labels(page) -> list[str]:
    return [button.label for row in page.rows for button in row]


def button(page, label) -> Button:
    return next(each for row in page.rows for each in row if each.label == label)


async def press(stage, who, pressed, **extra):
    """A private press a little later, answered by the handler of that name."""
    handler = getattr(nudge_presses, pressed.press.removeprefix("nudge."))
    extra = {"private": True, "now": MORNING + timedelta(minutes=5)} | extra
    return await stage.presses(who, pressed, handler, **extra)


async def away(stage, who) -> None:
    stage.session.add(
        Leave(
            person_id=stage.cast[who].id,
            first_day=date(2026, 4, 1),
            last_day=date(2026, 4, 3),
            written_at=stage.now,
        )
    )
    await stage.session.flush()


@pytest.mark.parametrize(
    ("label", "state", "toast"),
    [
        pytest.param("Done", TaskState.DONE, "T1 is done", id="done"),
        pytest.param("In progress", TaskState.IN_PROGRESS, "T1: in progress", id="in progress"),
        pytest.param("With the other side", TaskState.WAITING, "T1: with the other side", id="with the other side"),
    ],
)
async def test_a_button_says_how_the_task_stands(stage, label, state, toast):
    task = await give(stage, "vte_trainer")
    page = (await bundles_of(stage))["vte_trainer"]
    said = await press(stage, "vte_trainer", button(page, label))
    assert task.state is state
    assert toast in str(said.page(Toast).text)
    assert said.of(RefreshCard)
    after = said.page(Edit)
    assert "✓ <b>T1</b>" in after.text
    assert labels(after) == []
    assert (await journal.of(stage.session, Subject.TASK, task.id))[-1].actor_id == stage.cast["vte_trainer"].id


async def test_only_what_was_answered_is_ticked(stage):
    for number in range(3):
        await give(stage, "vte_trainer", f"Point {number}")
    page = (await bundles_of(stage))["vte_trainer"]
    after = (await press(stage, "vte_trainer", button(page, "T2 done"))).page(Edit)
    assert ("✓ <b>T2</b>" in after.text, "✓ <b>T1</b>" in after.text) == (True, False)
    assert [label for label in labels(after) if label.startswith("T")] == ["T1 done", "T3 done"]


async def test_more_shows_one_task_with_every_answer_and_the_way_back(stage):
    await give(stage, "vte_trainer")
    await give(stage, "vte_trainer", "Second <b>& last")
    page = (await bundles_of(stage))["vte_trainer"]
    second = [each for row in page.rows for each in row if each.label == "More"][1]
    single = (await press(stage, "vte_trainer", second)).page(Edit)
    assert "Second &lt;b&gt;&amp; last" in single.text
    assert labels(single) == [*ANSWERS, "Back"]
    whole = (await press(stage, "vte_trainer", button(single, "Back"))).page(Edit)
    assert labels(whole) == labels(page)


async def test_blocked_asks_for_the_reason_and_then_blocks(stage):
    task = await give(stage, "vte_trainer")
    page = (await bundles_of(stage))["vte_trainer"]
    said = await press(stage, "vte_trainer", button(page, "Blocked"))
    assert said.page(Answer).ask
    assert task.state is TaskState.OPEN
    args = {"part": task.id, "group": stage.group.id}
    await stage.says("vte_trainer", "The form is missing.", task_moves.blocked, private=True, args=args)
    assert (task.state, task.note) == (TaskState.BLOCKED, "The form is missing.")


@pytest.mark.parametrize(
    ("label", "day"),
    [
        pytest.param("Next working day", date(2026, 4, 3), id="Thursday to Friday"),
        pytest.param("In 3 working days", date(2026, 4, 7), id="over the weekend"),
        pytest.param("In 5 working days", date(2026, 4, 9), id="a week"),
    ],
)
async def test_later_counts_the_working_days_of_the_person(stage, label, day):
    task = await give(stage, "vte_trainer")
    version = task.version
    page = (await bundles_of(stage))["vte_trainer"]
    choices = (await press(stage, "vte_trainer", button(page, "Later"))).page(Edit)
    said = await press(stage, "vte_trainer", button(choices, label))
    assert (task.snoozed_until, task.snoozes, task.version) == (day, 1, version + 1)
    assert str(day.day) in said.page(Toast).text
    assert "✓ <b>T1</b>" in said.page(Edit).text
    entry = (await journal.of(stage.session, Subject.TASK, task.id))[-1]
    assert (entry.change, entry.after) == ("nudge put off", {"until": day.isoformat(), "times": 1})


async def test_what_was_put_off_comes_back_on_its_day(stage):
    await give(stage, "vte_trainer")
    page = (await bundles_of(stage))["vte_trainer"]
    choices = (await press(stage, "vte_trainer", button(page, "Later"))).page(Edit)
    await press(stage, "vte_trainer", button(choices, "In 3 working days"))
    told, moment = [], MORNING
    while moment < MORNING + timedelta(days=6):
        told += [(moment.astimezone(VIENTIANE).date(), who) for who in await bundles_of(stage, moment)]
        moment += timedelta(minutes=20)
    assert next(day for day, who in told if who == "vte_trainer") == date(2026, 4, 7)


async def test_three_times_is_enough(stage):
    task = await give(stage, "vte_trainer")
    page = (await bundles_of(stage))["vte_trainer"]
    later = button(page, "Later")
    choices = (await press(stage, "vte_trainer", later)).page(Edit)
    tomorrow = button(choices, "Next working day")
    for _ in range(3):
        await press(stage, "vte_trainer", tomorrow)
    for refused in (tomorrow, later):
        said = await press(stage, "vte_trainer", refused)
        assert "three times already" in said.page(Toast).text
    assert task.snoozes == 3


@pytest.mark.parametrize("days", [0, -1, 2, 10_000])
async def test_only_the_days_on_the_buttons_count(stage, days):
    task = await give(stage, "vte_trainer")
    page = (await bundles_of(stage))["vte_trainer"]
    args = button(page, "Later").args | {"days": days}
    with pytest.raises(StaleButton):
        await press(stage, "vte_trainer", Button("", "nudge.snooze", args))
    assert task.snoozed_until is None


@pytest.mark.parametrize("label", ["Done", "In progress", "Blocked", "With the other side", "Later"])
async def test_nothing_is_said_of_what_is_closed_already(stage, label):
    task = await give(stage, "vte_trainer")
    page = (await bundles_of(stage))["vte_trainer"]
    task.state = TaskState.DONE
    with pytest.raises(NotNow):
        await press(stage, "vte_trainer", button(page, label))


async def test_a_press_of_somebody_who_left_the_group_is_refused(stage):
    task = await give(stage, "vte_trainer")
    page = (await bundles_of(stage))["vte_trainer"]
    member = await people.active(stage.session, stage.cast["vte_trainer"].id, stage.group.id)
    member.standing = Standing.LEFT
    await stage.session.flush()
    for pressed in (each for row in page.rows for each in row):
        with pytest.raises(NotAMember):
            await press(stage, "vte_trainer", pressed)
    assert task.state is TaskState.OPEN


async def test_a_bundle_is_its_readers_alone(stage):
    await give(stage, "vte_trainer")
    page = (await bundles_of(stage))["vte_trainer"]
    with pytest.raises(StaleButton):
        await press(stage, "vte_focal", button(page, "Done"))


async def test_a_task_of_another_group_is_no_business_of_this_button(stage):
    await give(stage, "vte_trainer")
    page = (await bundles_of(stage))["vte_trainer"]
    args = button(page, "Done").args | {"task": 4711}
    with pytest.raises(StaleButton):
        await press(stage, "vte_trainer", Button("", "nudge.done", args))


async def test_the_focal_point_answers_for_the_side_but_puts_nothing_off(stage):
    task = await give(stage, "vte_trainer", due=date(2026, 3, 31))
    page = (await bundles_of(stage))["vte_focal"]
    assert labels(page) == [label for label in ANSWERS if label != "Later"]
    with pytest.raises(NotYours):
        await press(stage, "vte_focal", Button("", "nudge.later", button(page, "Done").args))
    await press(stage, "vte_focal", button(page, "Done"))
    assert task.state is TaskState.DONE


async def test_the_alternate_of_somebody_away_opens_the_card(stage):
    """The focal point is there, so the alternate has no right of his own to answer."""
    await away(stage, "vte_trainer")
    await give(stage, "vte_trainer")
    page = (await bundles_of(stage))["vte_alternate"]
    assert labels(page) == ["Open T1"]
    assert (await press(stage, "vte_alternate", button(page, "Open T1"))).of(ShowCard)


async def test_the_alternate_answers_while_the_focal_point_is_away(stage):
    await away(stage, "vte_trainer")
    await away(stage, "vte_focal")
    task = await give(stage, "vte_trainer")
    page = (await bundles_of(stage))["vte_alternate"]
    await press(stage, "vte_alternate", button(page, "Done"))
    assert task.state is TaskState.DONE


async def test_across_the_border_the_card_is_opened(stage):
    task = await give(stage, "vte_trainer", due=date(2026, 4, 20))
    task.state, task.state_since, task.look_at = TaskState.WAITING, stage.now, stage.now
    page = (await bundles_of(stage, stage.now + timedelta(minutes=6)))["kmg_focal"]
    assert labels(page) == ["T1: our part is done", "Open T1"]


async def test_a_decision_is_opened_with_its_own_buttons_and_ticked_once_answered(stage):
    card = await stage.says("vte_trainer", "/decide Meet on Mondays", decisions.propose)
    await stage.presses("vte_focal", card.buttons()["Agree"], decision_answers.agree)
    await give(stage, "kmg_focal", due=date(2026, 4, 8))
    late = datetime(2026, 4, 8, 8, 6, tzinfo=ZoneInfo("Asia/Shanghai")).astimezone(UTC)
    page = (await bundles_of(stage, late))["kmg_focal"]
    said = await press(stage, "kmg_focal", button(page, "Open D1"), now=late)
    agree = said.buttons(ShowCard)["Agree"]
    await stage.presses("kmg_focal", agree, decision_answers.agree, private=True, now=late)
    after = (await press(stage, "kmg_focal", button(page, "In progress"), now=late + timedelta(minutes=1))).page(Edit)
    assert ("✓ <b>D1</b>" in after.text, "✓ <b>T1</b>" in after.text) == (True, True)
    assert labels(after) == []


async def test_a_long_list_has_no_more_buttons_than_telegram_takes(stage):
    for number in range(45):
        await give(stage, "vte_trainer", f"Point {number}")
    page = (await bundles_of(stage))["vte_trainer"]
    assert len(labels(page)) <= 100
    after = (await press(stage, "vte_trainer", button(page, "T1 done"))).page(Edit)
    assert labels(after)[0] == "T2 done"
    assert len(labels(after)) == len(labels(page))


async def test_a_reopened_task_has_its_buttons_again(stage):
    task = await give(stage, "vte_trainer")
    other = await give(stage, "vte_trainer", "Another one")
    page = (await bundles_of(stage))["vte_trainer"]
    await press(stage, "vte_trainer", button(page, "T1 done"))
    args = {"part": task.id, "group": stage.group.id}
    await stage.says("vte_trainer", "", task_moves.reopen, args=args, now=MORNING + timedelta(hours=1))
    whole = (await press(stage, "vte_trainer", button(page, "T2 done"), now=MORNING + timedelta(hours=2))).page(Edit)
    assert other.state is TaskState.DONE
    assert labels(whole)[0] == "T1 done"


async def test_the_coordinator_answers_as_such(stage):
    task = await give(stage, "vte_trainer", due=date(2026, 3, 26))
    page = (await bundles_of(stage))["coordinator"]
    await press(stage, "coordinator", button(page, "In progress"))
    entry = (await journal.of(stage.session, Subject.TASK, task.id))[-1]
    assert entry.after["as"] == Role.COORDINATOR
    assert (await stage.session.exec(select(Task.state))).all() == [TaskState.IN_PROGRESS]
