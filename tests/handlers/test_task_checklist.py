"""The checklist of a task, and tasks that come after others."""

from datetime import UTC, datetime

import pytest

from handlers import nudges, task_after, task_checklist, task_history, task_moves, tasks
from handlers.refusals import InACircle, NoSuchRecord, NothingWritten, NotYours, TooManySteps
from handlers.reply import Answer, Button, Edit, PostCard, RefreshCard
from handlers.voice import Say
from storage import tasks as stored


@pytest.fixture
async def task(stage):
    """T1 of a trainer of Vientiane, due on 20 April."""
    await stage.says("vte_focal", "/task Write unit 1 @vte_trainer by 20 April", tasks.create)
    return (await stored.by_number(stage.session, stage.group.id, 1))[0]


def button(stage, **args):
    return Button("", "task.any", {"group": stage.group.id, **args})


async def test_steps_are_added_ticked_and_counted_on_the_card(stage, task):
    await stage.says("vte_trainer", "/step T1 Ask for <two> offers", task_checklist.step)
    said = await stage.says("vte_focal", "/step T1 Compare them", task_checklist.step)
    assert "Steps: 0/2" in said.page(RefreshCard).text
    shown = await stage.presses("kmg_trainer", button(stage, id=task.id), task_checklist.listed)
    assert "☐ Ask for &lt;two&gt; offers\n☐ Compare them" in shown.text
    ticked = await stage.presses("vte_trainer", shown.buttons(Answer)["☐ Compare them"], task_checklist.tick)
    assert "1 of 2 steps done" in ticked.page(Edit).text
    assert "Steps: 1/2" in ticked.page(RefreshCard).text
    again = await stage.presses("vte_trainer", ticked.buttons(Edit)["☑ Compare them"], task_checklist.tick)
    assert "0 of 2 steps done" in again.page(Edit).text
    history = (await stage.presses("vte_focal", button(stage, id=task.id), task_history.history)).text
    assert "ticked a step." in history
    assert "opened a step again." in history


@pytest.mark.usefixtures("task")
async def test_what_a_checklist_refuses(stage):
    with pytest.raises(NotYours):
        await stage.says("kmg_trainer", "/step T1 Something", task_checklist.step)
    with pytest.raises(NothingWritten):
        await stage.says("vte_trainer", "/step T1", task_checklist.step)
    for number in range(task_checklist.STEPS):
        await stage.says("vte_trainer", f"/step T1 Step {number}", task_checklist.step)
    with pytest.raises(TooManySteps):
        await stage.says("vte_trainer", "/step T1 One more", task_checklist.step)


async def test_a_step_asked_for_by_button(stage, task):
    asked = await stage.presses("vte_trainer", button(stage, id=task.id), task_checklist.step)
    assert asked.page().ask
    said = await stage.says("vte_trainer", "Send it", task_checklist.step, args={"part": task.id})
    assert "Steps: 0/1" in said.page(RefreshCard).text


@pytest.fixture
async def follower(stage, task):
    """T2 of a trainer of Kunming, due on 24 April, after T1."""
    assert task.number == 1
    await stage.says("kmg_focal", "/task Translate unit 1 @kmg_focal by 24 April", tasks.create)
    await stage.says("kmg_focal", "/after T2 T1", task_after.after)
    return (await stored.by_number(stage.session, stage.group.id, 2))[0]


async def test_the_card_says_what_comes_first(stage, task, follower):
    assert follower.after_id == task.id
    page = (await tasks.card_of(stage.session, follower))(Say("en"))
    assert "Comes after T1, which is not done yet" in page.text
    await stage.says("vte_trainer", "/done T1", task_moves.done)
    page = (await tasks.card_of(stage.session, follower))(Say("en"))
    assert "Comes after T1, which is closed" in page.text
    await stage.says("kmg_focal", "/after T2 off", task_after.after)
    assert follower.after_id is None


@pytest.mark.usefixtures("follower")
async def test_circles_and_unknown_tasks_are_refused(stage):
    for words in ("/after T1 T2", "/after T1 T1"):
        with pytest.raises(InACircle):
            await stage.says("vte_focal", words, task_after.after)
    with pytest.raises(NoSuchRecord):
        await stage.says("vte_focal", "/after T1 T9", task_after.after)
    with pytest.raises(NotYours):
        await stage.says("vte_focal", "/after T2 T1", task_after.after)


async def told_at(stage, day):
    keys = {person.id: key for key, person in stage.cast.items()}
    effects = await nudges.plan(stage.session, datetime(2026, 4, day, 3, 0, tzinfo=UTC))
    return {keys[each.person_id]: str(each.view(Say("en")).text) for each in effects}


async def test_a_task_behind_a_late_one_is_asked_about_at_the_late_one(stage, task, follower):
    told = await told_at(stage, 23)  # T1 was due on the 20th; T2 is due tomorrow
    assert "kmg_focal" not in told
    assert "T2</b> Translate unit 1" in told["vte_trainer"]
    assert "T1 has to be done first." in told["vte_trainer"]
    await stage.says("vte_trainer", "/done T1", task_moves.done)
    assert task.look_at is None
    assert follower.look_at is not None
    told = await told_at(stage, 24)
    assert list(told) == ["kmg_focal"]
    assert "has to be done first" not in told["kmg_focal"]


async def test_what_is_given_in_private_the_group_sees_too(stage):
    said = await stage.says("vte_trainer", "/task Write it myself", tasks.create, private=True)
    (posted,) = said.of(PostCard)
    assert "Write it myself" in posted.view(Say("en")).text
    said = await stage.says("vte_trainer", "/task Another", tasks.create)
    assert said.of(PostCard) == []
