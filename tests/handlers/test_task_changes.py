"""Whose task it is and in which area: by command, by picker, and by whose right."""

from datetime import date

import pytest

from handlers import task_changes, task_moves, tasks
from handlers.heard import Mention
from handlers.refusals import NotNow, NotYours, OneAtATime, OnlyReads, StaleButton, WhichPart
from handlers.reply import Answer, Button, Edit, Private, RefreshCard, Toast
from handlers.voice import Say
from storage import groups, journal, people
from storage import tasks as stored
from storage.kinds import Acceptance, Standing, Subject


@pytest.fixture
async def task(stage):
    """T1 of the trainer in Vientiane."""
    await stage.says("vte_focal", "/task Write unit 1 @vte_trainer", tasks.create)
    return (await stored.by_number(stage.session, stage.group.id, 1))[0]


@pytest.fixture
async def nobodys(stage):
    """T1 of Vientiane, which is nobody's."""
    await stage.says("vte_focal", "/task Write unit 1", tasks.create)
    return (await stored.by_number(stage.session, stage.group.id, 1))[0]


def button(stage, name, **args):
    return Button("", f"task.{name}", {"group": stage.group.id, **args})


async def text(stage, task):
    return str((await tasks.card_of(stage.session, task))(Say("en")).text)


@pytest.mark.parametrize(
    ("who", "taker", "acceptance", "side"),
    [
        pytest.param("vte_focal", "vte_alternate", Acceptance.ACCEPTED, 0, id="a focal point on his side"),
        pytest.param("vte_focal", "kmg_focal", Acceptance.ASKED, 1, id="a focal point to the other side"),
        pytest.param("coordinator", "vte_alternate", Acceptance.ASKED, 0, id="a coordinator asks any side"),
        pytest.param("vte_trainer", "vte_alternate", Acceptance.ASKED, 0, id="the person responsible passes it on"),
        pytest.param("coordinator", "coordinator", Acceptance.ACCEPTED, 0, id="a coordinator takes it, the side stays"),
    ],
)
async def test_giving_it_to_another(stage, task, who, taker, acceptance, side):
    task.answered_on, task.snoozed_until, task.snoozes = stage.now.date(), date(2026, 4, 5), 2
    person = stage.cast[taker]
    said = await stage.says(who, f"/assign T1 @{person.username}", task_changes.assign)
    sides = await groups.sides(stage.session, stage.group.id)
    assert (task.assignee_id, task.acceptance, task.side_id) == (person.id, acceptance, sides[side].id)
    assert (task.given_on, task.answered_on, task.snoozed_until, task.snoozes) == (date(2026, 4, 1), None, None, 0)
    assert [note.person_id for note in said.of(Private)] == ([] if who == taker else [person.id])
    assert len(said.of(RefreshCard)) == 1
    entry = (await journal.of(stage.session, Subject.TASK, task.id))[-1]
    assert (entry.before["assignee"], entry.after["assignee"]) == (stage.cast["vte_trainer"].id, person.id)


@pytest.mark.parametrize(
    ("who", "words", "refusal"),
    [
        pytest.param("kmg_trainer", "@kmg_focal", NotYours, id="the other side takes nothing away"),
        pytest.param("vte_alternate", "@vte_alternate", NotYours, id="nobody takes it to himself"),
        pytest.param("observer", "@vte_alternate", NotYours, id="an observer"),
        pytest.param("vte_focal", "@observer", OnlyReads, id="to an observer"),
        pytest.param("vte_focal", "@vte_alternate @kmg_focal", OneAtATime, id="to two"),
    ],
)
async def test_refusals(stage, task, who, words, refusal):
    with pytest.raises(refusal):
        await stage.says(who, f"/assign T1 {words}", task_changes.assign)
    assert task.assignee_id == stage.cast["vte_trainer"].id


async def test_a_member_takes_what_is_nobodys_on_his_side(stage, nobodys):
    await stage.says("vte_trainer", "/assign T1 @vte_trainer", task_changes.assign)
    assert nobodys.assignee_id == stage.cast["vte_trainer"].id


async def test_a_member_of_the_other_side_does_not(stage, nobodys):
    mention = Mention("Trainer", telegram_id=stage.cast["kmg_trainer"].telegram_id)
    with pytest.raises(NotYours):
        await stage.says("kmg_trainer", "/assign T1 Trainer", task_changes.assign, mentions=(mention,))
    assert nobodys.assignee_id is None


async def test_giving_it_to_whoever_has_it_changes_nothing(stage, task):
    said = await stage.says("vte_focal", "/assign T1 @vte_trainer", task_changes.assign)
    assert not said.of(Private)
    assert task.version == 1


async def test_a_closed_task_is_given_to_nobody(stage, task):
    await stage.says("vte_trainer", "/done T1", task_moves.done)
    with pytest.raises(NotNow):
        await stage.says("vte_focal", "/assign T1 @vte_alternate", task_changes.assign)
    assert task.assignee_id == stage.cast["vte_trainer"].id


@pytest.mark.parametrize(
    ("words", "question"),
    [
        pytest.param("", "T1: who does it?", id="nobody named"),
        pytest.param("@ministry", "T1: who is \u2068@ministry\u2069?", id="a handle nobody knows"),
    ],
)
async def test_the_members_are_offered(stage, task, words, question):
    said = await stage.says("vte_focal", f"/assign T1 {words}", task_changes.assign)
    assert said.page(Answer).text == question
    chosen = said.buttons(Answer)["Alternate, Vientiane · Vientiane"]
    await stage.presses("vte_focal", chosen, task_changes.give)
    assert task.assignee_id == stage.cast["vte_alternate"].id


async def test_the_picker_has_the_own_side_first_and_pages_of_six(stage, task):
    said = await stage.presses("vte_focal", button(stage, "who", id=task.id), task_changes.who)
    labels = [str(label) for label in said.buttons(Edit)]
    assert len(labels) == 8  # six members, more, back
    assert all("Vientiane" in label for label in labels[:3])
    assert all("Kunming" in label for label in labels[3:6])
    rest = await stage.presses("vte_focal", said.buttons(Edit)["More ›"], task_changes.who)
    labels = [str(label) for label in rest.buttons(Edit)]
    assert labels == ["Coordinator, project · Project", "‹ Back", "Back to the card"]  # observers have no tasks


async def test_a_chosen_person_is_a_toast_on_the_card(stage, task):
    said = await stage.presses("vte_focal", button(stage, "who", id=task.id), task_changes.who)
    done = await stage.presses("vte_focal", said.buttons(Edit)["Alternate, Vientiane · Vientiane"], task_changes.give)
    assert "T1 is given to" in done.page(Toast).text
    assert not done.of(Edit)
    assert "Alternate, Vientiane" in await text(stage, task)


async def test_somebody_who_left_is_a_stale_button(stage, task):
    left = await people.active(stage.session, stage.cast["vte_alternate"].id, stage.group.id)
    left.standing = Standing.LEFT
    with pytest.raises(StaleButton):
        await stage.presses("vte_focal", button(stage, "give", part=task.id, person=left.person_id), task_changes.give)


async def test_of_several_parts_the_one_that_is_nobodys_is_given(stage):
    await stage.says("coordinator", "/task Write @vte_trainer @ministry", tasks.create)
    one, two = await stored.by_number(stage.session, stage.group.id, 1)
    await stage.says("coordinator", "/assign T1 @vte_alternate", task_changes.assign)
    assert two.assignee_id == stage.cast["vte_alternate"].id
    with pytest.raises(WhichPart):
        await stage.says("coordinator", "/assign T1 @vte_focal", task_changes.assign)
    await stage.says("coordinator", "/assign T1a @vte_focal", task_changes.assign)
    assert one.assignee_id == stage.cast["vte_focal"].id


async def test_a_coordinator_chooses_the_side_of_what_is_nobodys(stage):
    said = await stage.says("coordinator", "/task Book the workshop", tasks.create)
    (task,) = await stored.by_number(stage.session, stage.group.id, 1)
    chosen = said.buttons(Answer)["Kunming"]
    done = await stage.presses("coordinator", chosen, task_changes.side)
    assert done.page(Edit).text == "T1 is a task of Kunming."
    assert "<b>Kunming</b>: nobody yet" in await text(stage, task)
    with pytest.raises(NotYours):
        await stage.presses("vte_trainer", chosen, task_changes.side)


async def test_the_side_of_somebodys_task_is_not_chosen(stage, task):
    with pytest.raises(StaleButton):
        await stage.presses("coordinator", button(stage, "side", id=task.id, side=task.side_id), task_changes.side)


async def test_an_area_is_picked_and_taken_back(stage, task):
    said = await stage.presses("vte_trainer", button(stage, "area", id=task.id), task_changes.area)
    done = await stage.presses("vte_trainer", said.buttons(Edit)["Training of trainers"], task_changes.set_area)
    assert done.page(Toast).text == "T1: Training of trainers."
    assert "Area: Training of trainers" in await text(stage, task)
    same = await stage.presses("vte_trainer", said.buttons(Edit)["Training of trainers"], task_changes.set_area)
    assert "Area: Training of trainers" in same.page(Edit).text  # nothing changed: the card comes back
    await stage.presses("vte_trainer", said.buttons(Edit)["No area"], task_changes.set_area)
    assert task.area_id is None
    changes = [entry.after.get("area") for entry in await journal.of(stage.session, Subject.TASK, task.id)]
    assert changes[1:] == [changes[1], None]


@pytest.mark.parametrize(
    ("who", "area", "refusal"),
    [
        pytest.param("kmg_focal", 1, NotYours, id="the other side"),
        pytest.param("observer", 1, NotYours, id="an observer"),
        pytest.param("vte_focal", 99, StaleButton, id="no such area"),
    ],
)
async def test_area_refusals(stage, task, who, area, refusal):
    with pytest.raises(refusal):
        await stage.presses(who, button(stage, "area_set", id=task.id, area=area), task_changes.set_area)
    assert task.area_id is None


@pytest.mark.parametrize("who", ["stranger", "observer"])
async def test_who_may_give_nothing_gets_no_list_of_members(stage, task, who):
    with pytest.raises(NotYours):
        await stage.presses(who, button(stage, "who", id=task.id), task_changes.who)
    with pytest.raises(NotYours):
        await stage.says(who, "/assign T1", task_changes.assign)
