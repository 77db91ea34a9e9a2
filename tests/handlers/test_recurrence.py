"""Tasks that repeat: the rule is set by words or buttons, the next one is given once, and it ends."""

from datetime import UTC, date, datetime

import pytest

from handlers import recurrence, recurring, task_history, task_moves, tasks
from handlers.refusals import NotYours, RepeatUnread
from handlers.reply import Answer, Button, Edit, PostCard
from handlers.voice import Say
from storage import invariants
from storage import tasks as stored
from storage.kinds import TaskState


@pytest.fixture
async def task(stage):
    """T1 of two trainers, due on Wednesday 8 April."""
    await stage.says("vte_focal", "/task Write the report @vte_trainer @vte_alternate by 8 April", tasks.create)
    return (await stored.by_number(stage.session, stage.group.id, 1))[0]


async def parts(stage, number):
    return await stored.by_number(stage.session, stage.group.id, number)


def at(month, day):
    return datetime(2026, month, day, 3, 0, tzinfo=UTC)


async def test_the_next_one_is_given_when_the_last_is_due_and_only_once(stage, task):
    await stage.says("vte_focal", "/repeat T1 every month on the 8th", recurrence.repeat)
    page = (await tasks.card_of(stage.session, task))(Say("en"))
    assert "Comes again every month, day 8" in page.text
    assert await recurring.plan(stage.session, at(4, 7)) == []
    (shown,) = await recurring.plan(stage.session, at(4, 8))
    assert isinstance(shown, PostCard)
    assert "T2" in shown.view(Say("en")).text
    assert await recurring.plan(stage.session, at(4, 8)) == []
    given = await parts(stage, 2)
    assert [(part.due, part.state, part.part) for part in given] == [(date(2026, 5, 8), TaskState.OPEN, 1),
                                                                     (date(2026, 5, 8), TaskState.OPEN, 2)]  # fmt: skip
    assert [part.assignee_id for part in given] == [part.assignee_id for part in await parts(stage, 1)]
    assert await invariants.violations(stage.session) == []
    args = {"id": given[0].id, "group": stage.group.id}
    history = (await stage.presses("vte_focal", Button("", "x", args), task_history.history)).text
    assert "It was given again, by its rule." in history


async def test_the_next_one_is_given_when_the_last_is_closed(stage, task):
    await stage.says("vte_focal", "/repeat T1 每月8日", recurrence.repeat)
    await stage.says("vte_trainer", "/done T1a", task_moves.done)
    assert await recurring.plan(stage.session, at(4, 2)) == []
    await stage.says("vte_alternate", "/done T1b", task_moves.done)
    assert len(await recurring.plan(stage.session, at(4, 2))) == 1
    assert task.state is TaskState.DONE


async def test_after_an_outage_one_is_given_not_many(stage, task):
    await stage.says("vte_focal", "/repeat T1 every week", recurrence.repeat)
    assert len(await recurring.plan(stage.session, at(6, 1))) == 1
    assert (await parts(stage, 2))[0].due == date(2026, 6, 3)
    assert task.occurrence == date(2026, 4, 8)


async def test_it_is_chosen_by_button_and_ends(stage, task):
    shown = await stage.says("vte_focal", "/repeat T1", recurrence.repeat)
    rule = shown.buttons(Answer)["on the first working day of every month"]
    said = await stage.presses("vte_focal", rule, recurrence.chosen)
    assert "T1 comes again on the first working day of every month." in said.text
    card = Button("", "task.repeat", {"id": task.id, "group": stage.group.id})
    shown = await stage.presses("vte_focal", card, recurrence.repeat)
    await stage.presses("vte_focal", shown.buttons(Edit)["No longer"], recurrence.chosen)
    assert task.recurrence_id is None
    assert await recurring.plan(stage.session, at(6, 1)) == []
    await stage.says("vte_focal", "/repeat T1 quarterly", recurrence.repeat)
    await stage.says("vte_focal", "/repeat T1 off", recurrence.repeat)
    assert await recurring.plan(stage.session, at(9, 1)) == []


@pytest.mark.usefixtures("task")
async def test_what_is_refused(stage):
    with pytest.raises(RepeatUnread):
        await stage.says("vte_focal", "/repeat T1 now and then", recurrence.repeat)
    with pytest.raises(NotYours):
        await stage.says("kmg_focal", "/repeat T1 weekly", recurrence.repeat)
