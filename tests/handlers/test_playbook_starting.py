"""A playbook that is started: the event as it is put together, and all its tasks."""

from datetime import date

import pytest

from handlers import playbook_starting, playbooks
from handlers.refusals import NotYours, StaleButton
from handlers.reply import Answer, Button, Edit, Post, ShowCard
from storage import activities, groups, journal
from storage.kinds import Acceptance, Subject
from tests.handlers.playbooks import FIRST, LAST, begun, holiday, picked, steps_of


async def test_the_event_is_shown_before_it_is_begun(stage):
    said = await picked(stage, "coordinator")
    text = said.page(Edit).text
    assert "When: Mon 7 Sep – Wed 16 Sep 2026" in text
    assert "Host: Vientiane" in text
    assert "Sending side: Kunming" in text
    assert "22 tasks will be written." in text  # of 23 steps one is for a Chinese host alone
    assert "late already" not in text


@pytest.mark.parametrize(
    ("host", "written", "only"),
    [
        pytest.param(0, 22, "交回公务护照", id="the Chinese side is sent"),
        pytest.param(1, 22, "申请被授权单位邀请函", id="the Chinese side hosts"),
    ],
)
async def test_an_activity_with_all_its_tasks_is_written(stage, host, written, only):
    said, row = await begun(stage, host=host)
    found = await steps_of(stage, row)
    assert len({task.number for _, task in found}) == written
    assert any(only in task.text for _, task in found)
    assert (row.first_day, row.last_day, row.title) == (FIRST, LAST, "Exchange visit of trainers")
    assert set((await activities.texts(stage.session, [row.id]))[row.id]) == {"zh_Hans", "lo"}
    assert f"{written} tasks: T1–T{written}." in said.page(Edit).text
    assert said.of(ShowCard)[0].subject is Subject.ACTIVITY
    changes = [(await journal.of(stage.session, Subject.TASK, task.id))[0].change for _, task in found]
    assert set(changes) == {"task given"}


async def test_whose_the_steps_are_and_when(stage):
    _, row = await begun(stage)
    sides = await groups.sides(stage.session, stage.group.id)
    found = {step.position: [] for step, _ in await steps_of(stage, row)}
    for step, task in await steps_of(stage, row):
        found[step.position].append(task)
    both, project, sends = found[1], found[2], found[3]
    assert [task.side_id for task in both] == [side.id for side in sides]
    assert [task.part for task in both] == [1, 2]
    assert [task.assignee_id for task in both] == [None, None]
    assert {task.due for task in both} == {date(2026, 5, 29)}  # 100 days before is Saturday 30 May
    assert [(task.assignee_id, task.acceptance) for task in project] == [
        (stage.cast["coordinator"].id, Acceptance.ACCEPTED)
    ]
    assert sends[0].side_id == sides[1].id
    assert " / " in sends[0].text
    assert sends[0].text.startswith("确定参加人员")  # who has the step reads his own language first
    assert found[21][0].due == date(2026, 9, 30)  # 14 days after the end


async def test_a_step_of_the_project_is_offered_to_its_coordinator(stage):
    _, row = await begun(stage, "vte_focal")
    project = next(task for step, task in await steps_of(stage, row) if step.parties == "project")
    assert (project.assignee_id, project.acceptance) == (stage.cast["coordinator"].id, Acceptance.ASKED)


async def test_a_holiday_of_the_side_moves_its_steps_back_and_one_in_the_event_is_told(stage):
    stage.session.add_all(holiday("LA", date(2026, 8, 17), date(2026, 9, 8)))
    await stage.session.flush()
    said = await picked(stage, "coordinator")
    assert "The event meets days off:\nTue 8 Sep: A holiday (Vientiane)" in said.page(Edit).text
    said = await stage.presses("coordinator", said.buttons(Edit)["Begin"], playbook_starting.begin)
    row = (await activities.all_of(stage.session, stage.group.id))[-1]
    booked = next(task for step, task in await steps_of(stage, row) if step.position == 11)
    assert booked.due == date(2026, 8, 14)  # 21 days before is the holiday, then a weekend


async def test_a_second_press_begins_nothing(stage):
    said = await picked(stage, "coordinator")
    button = said.buttons(Edit)["Begin"]
    await stage.presses("coordinator", button, playbook_starting.begin)
    again = await stage.presses("coordinator", button, playbook_starting.begin)
    assert "is begun" in again.page(Edit).text
    assert len(await activities.all_of(stage.session, stage.group.id)) == 1
    assert stage.group.last_task == 22


async def test_in_private_the_group_hears_of_it(stage):
    said, row = await begun(stage, private=True)
    post = said.of(Post)[0]
    assert post.group_id == row.group_id
    assert said.page(Post).rows == ()


@pytest.mark.parametrize("who", ["vte_trainer", "observer"])
async def test_who_may_not_start_one(stage, who):
    said = await stage.says(who, "/playbook", playbooks.show)
    button = next(each for each in said.buttons().values() if each.args.get("key") == "exchange_visit")
    said = await stage.presses(who, button, playbooks.shown)
    assert "Start" not in said.buttons(Edit)
    with pytest.raises(NotYours):
        await stage.presses(who, button, playbook_starting.start)


async def test_the_last_day_is_not_before_the_first(stage):
    said = await stage.presses("coordinator", Button("", "", {"key": "tot_workshop"}), playbook_starting.start)
    args = said.buttons(Edit)["Leave it"].args
    await stage.presses("coordinator", Button("", "", {**args, "date": "2026-09-07"}), playbook_starting.day)
    with pytest.raises(StaleButton):
        await stage.presses("coordinator", Button("", "", {**args, "date": "2026-09-06"}), playbook_starting.day)


async def test_a_title_of_its_own(stage):
    said = await picked(stage, "coordinator")
    draft = said.buttons(Edit)["Begin"].args
    asked = await stage.presses("coordinator", Button("", "", draft), playbook_starting.ask_title)
    assert "title" in asked.text
    said = await stage.says("coordinator", "Visit to Kunming", playbook_starting.title, args=draft)
    assert "<b>Visit to Kunming</b>" in said.page(Answer).text
