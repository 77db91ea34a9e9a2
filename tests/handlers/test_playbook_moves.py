"""What was started from a playbook: ticked off, taken back, moved."""

from datetime import date

import pytest

from handlers import activity_changes, playbook_moves
from handlers.refusals import NotNow, StaleButton
from handlers.reply import Button, Edit, Post
from handlers.views.playbook_moves import MovedStep, moved
from handlers.voice import Say
from storage import activities, groups, journal, tasks
from storage.kinds import Subject, TaskState
from tests.handlers.playbooks import SOON, begun, holiday, steps_of


async def test_steps_that_are_late_are_ticked_off(stage):
    said, row = await begun(stage, first=SOON[0], last=SOON[1], key="online_workshop")
    assert "Which of them are done?" not in said.page(Edit).text  # 30 days before is still ahead
    said, row = await begun(stage, first=SOON[0], last=SOON[1])
    assert "Which of them are done?" in said.page(Edit).text
    late = [button for button in said.buttons(Edit).values() if button.press == "playbook.tick"]
    assert late
    task = await tasks.get(stage.session, late[0].args["part"])
    await stage.presses("coordinator", late[0], playbook_moves.tick)
    assert task.state is TaskState.DONE
    await stage.presses("coordinator", late[0], playbook_moves.tick)
    assert [e.change for e in await journal.of(stage.session, Subject.TASK, task.id)].count("task done") == 1
    said = await stage.presses("coordinator", said.buttons(Edit)["All of them are done"], playbook_moves.tick_all)
    assert "Which of them are done?" not in said.page(Edit).text
    assert row.dropped_at is None


async def test_who_ticks_all_ticks_what_is_his(stage):
    said, row = await begun(stage, "vte_focal", first=SOON[0], last=SOON[1])
    sides = await groups.sides(stage.session, stage.group.id)
    await stage.presses("vte_focal", said.buttons(Edit)["All of them are done"], playbook_moves.tick_all)
    done = [task for _, task in await steps_of(stage, row) if task.state is TaskState.DONE]
    assert {task.side_id for task in done} == {sides[0].id}


async def test_it_is_taken_back_while_nothing_was_done(stage):
    said, row = await begun(stage)
    button = said.buttons(Edit)["Take it back"]
    back = await stage.presses("coordinator", button, playbook_moves.undo)
    assert "is taken back, with its 22 tasks." in back.page(Edit).text
    assert {task.state for _, task in await steps_of(stage, row)} == {TaskState.CANCELLED}
    assert await activities.all_of(stage.session, stage.group.id) == []
    with pytest.raises(StaleButton):
        await stage.presses("coordinator", button, playbook_moves.undo)


async def test_it_is_not_taken_back_once_something_was_done(stage):
    said, row = await begun(stage, first=SOON[0], last=SOON[1])
    late = next(button for button in said.buttons(Edit).values() if button.press == "playbook.tick")
    await stage.presses("coordinator", late, playbook_moves.tick)
    with pytest.raises(NotNow):
        await stage.presses("coordinator", said.buttons(Edit)["Take it back"], playbook_moves.undo)
    assert row.dropped_at is None


async def test_open_steps_move_with_the_event_but_neither_done_nor_dated_ones(stage):
    _, row = await begun(stage)
    found = {step.position: task for step, task in await steps_of(stage, row)}
    found[4].state, found[5].due = TaskState.DONE, date(2026, 7, 1)
    kept, by_hand, draft = found[4].due, found[5].due, found[8].due
    args = {"activity": row.id, "group": stage.group.id, "first": "2026-09-14", "date": "2026-09-23"}
    said = await stage.presses("coordinator", Button("", "activity.day", args), activity_changes.day)
    assert (row.first_day, row.last_day) == (date(2026, 9, 14), date(2026, 9, 23))
    assert (found[4].due, found[5].due) == (kept, by_hand)
    assert (draft, found[8].due) == (date(2026, 7, 24), date(2026, 7, 31))
    text = said.page(Post).text
    assert f"<b>T{found[8].number}</b>" not in text
    assert f"T{found[8].number}: Fri 24 Jul → Fri 31 Jul" in text
    assert f"Dated by hand, so left as they are: T{found[5].number}." in text
    change = (await journal.of(stage.session, Subject.TASK, found[8].id))[-1]
    assert (change.change, change.after["due"]) == ("due date changed", "2026-07-31")


async def test_days_off_of_either_side_that_the_new_days_meet_are_told_again(stage):
    _, row = await begun(stage)
    stage.session.add_all([*holiday("CN", date(2026, 9, 15), date(2026, 9, 16)), *holiday("LA", date(2026, 9, 17))])
    await stage.session.flush()
    args = {"activity": row.id, "group": stage.group.id, "first": "2026-09-14", "date": "2026-09-23"}
    said = await stage.presses("coordinator", Button("", "activity.day", args), activity_changes.day)
    text = said.page(Post).text
    assert "steps moved." in text
    assert text.endswith(
        "The event meets days off:\nTue 15 Sep – Wed 16 Sep: A holiday (Kunming)\nThu 17 Sep: A holiday (Vientiane)"
    )
    args |= {"first": "2026-09-21", "date": "2026-09-30"}
    said = await stage.presses("coordinator", Button("", "activity.day", args), activity_changes.day)
    assert "days off" not in said.page(Post).text


async def test_days_off_are_told_also_where_no_step_is_left_to_move(stage):
    _, row = await begun(stage)
    for _, task in await steps_of(stage, row):
        task.state = TaskState.DONE
    stage.session.add_all(holiday("CN", date(2026, 9, 15)))
    await stage.session.flush()
    args = {"activity": row.id, "group": stage.group.id, "first": "2026-09-14", "date": "2026-09-23"}
    said = await stage.presses("coordinator", Button("", "activity.day", args), activity_changes.day)
    assert said.page(Post).text == (
        f"<b>A{row.number}</b> has other days now.\n\nThe event meets days off:\nTue 15 Sep: A holiday (Kunming)"
    )
    args |= {"first": "2026-09-21", "date": "2026-09-30"}
    said = await stage.presses("coordinator", Button("", "activity.day", args), activity_changes.day)
    assert said.of(Post) == []


async def test_a_shorter_event_names_the_steps_it_is_too_short_for(stage):
    _, row = await begun(stage, key="trainee_exchange", last=date(2026, 10, 2))
    weekly = [task for step, task in await steps_of(stage, row) if step.offset == "D+7 every 7"]
    assert [task.due for task in weekly] == [date(2026, 9, 14), date(2026, 9, 21), date(2026, 9, 28)]
    assert weekly[0].text.endswith("(1/3)")
    args = {"activity": row.id, "group": stage.group.id, "first": "2026-09-07", "date": "2026-09-22"}
    said = await stage.presses("coordinator", Button("", "activity.day", args), activity_changes.day)
    assert f"too short for these by now: T{weekly[2].number}." in said.page(Post).text


def test_a_step_that_moves_into_another_year_names_it():
    steps = [
        MovedStep(1, date(2026, 12, 21), date(2026, 12, 28)),
        MovedStep(2, date(2026, 12, 28), date(2027, 1, 4)),
    ]
    said = str(moved("A1", steps, (), ())(Say("en")).text)
    assert "T1: Mon 21 Dec → Mon 28 Dec" in said
    assert "T2: Mon 28 Dec → Mon 4 Jan 2027" in said


def test_a_step_that_comes_out_of_another_year_names_that_one():
    steps = [
        MovedStep(1, date(2025, 12, 31), date(2026, 1, 14)),
        MovedStep(2, date(2026, 1, 1), date(2026, 1, 15)),
    ]
    said = str(moved("A1", steps, (), ())(Say("en")).text)
    assert "T1: Wed 31 Dec 2025 → Wed 14 Jan" in said
    assert "T2: Thu 1 Jan → Thu 15 Jan" in said
