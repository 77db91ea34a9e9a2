"""The history of a task in words, from the journal, newest page first."""

import pytest

from handlers import task_acceptance, task_changes, task_dates, task_history, task_moves, tasks
from handlers.reply import Button, Edit
from handlers.rules.task_changes import TaskChange
from handlers.views.task_history import LineFacts, sentence
from handlers.voice import Say
from storage import tasks as stored


def button(stage, name, **args):
    return Button("", f"task.{name}", {"group": stage.group.id, **args})


async def read(stage, task, **args):
    return await stage.presses("observer", button(stage, "history", id=task.id, **args), task_history.history)


async def test_a_life_in_words(stage):
    await stage.says("vte_focal", "/task Write @kmg_focal by 2026-04-20", tasks.create)
    (task,) = await stored.by_number(stage.session, stage.group.id, 1)
    await stage.presses("kmg_focal", button(stage, "accept", id=task.id), task_acceptance.accept)
    await stage.says("coordinator", "/due T1 24 April", task_dates.due)
    await stage.says("kmg_focal", "/blocked T1 No <paper>", task_moves.blocked)
    said = await read(stage, task)
    words = str(said.page(Edit).text)
    assert "offered it to \u2068Focal point, Kunming\u2069." in words
    assert "Coordinator, project\u2069 (coordinator) set the date: Fri 24 Apr." in words
    assert "<i>No &lt;paper&gt;</i>" in words
    assert "Wed 1 Apr, 09:00 Vientiane / Wed 1 Apr, 10:00 Kunming" in words
    card = await stage.presses("observer", said.buttons(Edit)["Back to the card"], tasks.card)
    assert "<b>T1</b> · blocked" in card.page(Edit).text


async def test_parts_are_told_apart(stage):
    await stage.says("coordinator", "/task Write @vte_trainer @kmg_focal", tasks.create)
    one, _ = await stored.by_number(stage.session, stage.group.id, 1)
    words = str((await read(stage, one)).page(Edit).text)
    assert "T1a: \u2068Coordinator, project\u2069 (coordinator) offered it to \u2068Trainer, Vientiane\u2069." in words
    assert "T1b: \u2068Coordinator, project\u2069 (coordinator) offered it to" in words


async def test_the_newest_five_stand_first(stage):
    await stage.says("vte_focal", "/task Write @vte_trainer", tasks.create)
    (task,) = await stored.by_number(stage.session, stage.group.id, 1)
    for number in range(6):
        await stage.says("vte_trainer", f"/progress T1 Step {number}", task_moves.progress)
    newest = await read(stage, task)
    assert "Step 5" in newest.page(Edit).text
    assert "Step 0" not in newest.page(Edit).text
    older = await stage.presses("observer", newest.buttons(Edit)["‹ Older"], task_history.history)
    assert "Step 0" in older.page(Edit).text
    assert "Newer ›" in older.buttons(Edit)


async def test_areas_are_named(stage):
    await stage.says("vte_focal", "/task Write @vte_trainer", tasks.create)
    (task,) = await stored.by_number(stage.session, stage.group.id, 1)
    picker = await stage.presses("vte_focal", button(stage, "area", id=task.id), task_changes.area)
    await stage.presses("vte_focal", picker.buttons(Edit)["Training of trainers"], task_changes.set_area)
    words = str((await read(stage, task)).page(Edit).text)
    assert "put it into the area Training of trainers." in words


@pytest.mark.parametrize("change", [pytest.param(change, id=change.value) for change in TaskChange])
def test_every_change_has_its_own_sentence(change, now):
    def said(each):
        return sentence(Say("en"), LineFacts(now, each, "Somebody", person="Another"), ())

    assert "Somebody" in said(change) or change is TaskChange.REPEATED  # a rule has no name
    same = {other for other in TaskChange if said(other) == said(change)}
    assert same <= {change, TaskChange.GIVEN, TaskChange.ASSIGNED}
