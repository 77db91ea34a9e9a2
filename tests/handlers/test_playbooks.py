"""Playbooks: started with all their tasks, ticked off, taken back, moved; and a group's own ones."""

from datetime import date

import pytest

from handlers import activity_changes, playbook_moves, playbook_starting, playbooks
from handlers.heard import Attachment, Quoted
from handlers.refusals import NotNow, NotYours, PlaybookFaulty, StaleButton, TableUnread
from handlers.reply import Answer, Button, Document, Edit, Post, ShowCard
from handlers.rules.playbooks import shipped_text
from handlers.views.playbook_moves import MovedStep, moved
from handlers.voice import Say
from storage import activities, groups, journal, tasks
from storage import playbooks as stored
from storage.kinds import Acceptance, DayKind, Subject, TaskState
from storage.tables import CountryDay

FIRST, LAST = date(2026, 9, 7), date(2026, 9, 16)
"""Monday to Wednesday of the week after; today is 1 April."""
SOON = date(2026, 5, 11), date(2026, 5, 12)
OWN = "row,side,offset,only,en\ntitle,,,,Study visit\nstep,host,D-3,,Draft\nstep,both,E+1,,Report\n"


async def picked(stage, who, key="exchange_visit", first=FIRST, last=LAST, host=0, private=False):
    """The playbook up to its preview."""
    sides = await groups.sides(stage.session, stage.group.id)
    said = await stage.says(who, "/playbook", playbooks.show, private=private)
    button = next(each for each in said.buttons().values() if each.args.get("key") == key)
    said = await stage.presses(who, button, playbooks.shown, private=private)
    said = await stage.presses(who, said.buttons(Edit)["Start"], playbook_starting.start, private=private)
    for day in (first, last):
        args = {**said.buttons(Edit)["Leave it"].args, "date": day.isoformat()}
        said = await stage.presses(who, Button("", "playbook.day", args), playbook_starting.day, private=private)
    said = await stage.presses(who, said.buttons(Edit)[sides[host].name], playbook_starting.host, private=private)
    said = await stage.presses(who, said.buttons(Edit)["Training of trainers"], playbook_starting.area, private=private)
    usual = next(each for each in said.buttons(Edit).values() if each.press == "playbook.usual")
    return await stage.presses(who, usual, playbook_starting.usual, private=private)


async def begun(stage, who="coordinator", **how):
    """The playbook, begun: what was said, and the activity."""
    said = await picked(stage, who, **how)
    private = {"private": how.get("private", False)}
    said = await stage.presses(who, said.buttons(Edit)["Begin"], playbook_starting.begin, **private)
    return said, (await activities.all_of(stage.session, stage.group.id))[-1]


async def steps_of(stage, row):
    return await stored.steps(stage.session, row.id)


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


def holiday(country, first, *more):
    for day in (first, *more):
        yield CountryDay(
            country=country, day=day, kind=DayKind.OFF, name_en="A holiday", name_local="", name_zh="", name_lo="",
            source="test", status="confirmed",
        )  # fmt: skip


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


def csv_file(content=OWN, name="Study visit.csv"):
    return (Attachment("document", file_id="f", name=name, content=content),)


async def test_a_group_sends_its_own(stage):
    said = await stage.says("kmg_focal", "/playbook", playbooks.show, attachments=csv_file())
    assert "<b>Study visit</b> · 2 steps" in said.text
    assert "D−3 · host: Draft" in said.text
    assert "E+1 · host and sending side: Report" in said.text
    kept = await stage.presses("kmg_focal", said.buttons()["Keep it"], playbooks.keep)
    assert "The group has this playbook" in kept.page(Edit).text
    listed = await stage.says("vte_trainer", "/playbook", playbooks.show)
    assert "Study visit" in listed.buttons()
    _, row = await begun(stage, key="study_visit")
    assert [task.due for _, task in await steps_of(stage, row)] == [date(2026, 9, 4)] + [date(2026, 9, 17)] * 2


async def test_as_a_reply_to_the_file_it_takes_the_place_of_the_older_one(stage):
    for content in (OWN, OWN.replace("Draft", "Plan")):
        quoted = Quoted(5, "", None, attachments=csv_file(content))
        said = await stage.says("coordinator", "/playbook", playbooks.show, reply_to=quoted)
        await stage.presses("coordinator", said.buttons()["Keep it"], playbooks.keep)
    assert "takes the place" in said.text
    [row] = await stored.of_group(stage.session, stage.group.id)
    assert (row.version, "Plan" in row.content) == (2, True)


async def test_what_is_wrong_in_a_file_is_said_line_by_line(stage):
    with pytest.raises(PlaybookFaulty) as refused:
        await stage.says("coordinator", "/playbook", playbooks.show, attachments=csv_file(OWN.replace("E+1", "after")))
    assert [(fault.line, fault.text) for fault in refused.value.values["faults"]] == [(4, "after")]


async def test_a_file_nobody_can_read(stage):
    with pytest.raises(TableUnread):
        await stage.says("coordinator", "/playbook", playbooks.show, attachments=csv_file(""))


async def test_a_trainer_keeps_none(stage):
    with pytest.raises(NotYours):
        await stage.says("vte_trainer", "/playbook", playbooks.show, attachments=csv_file())


async def test_the_file_is_given_out(stage):
    button = Button("", "playbook.file", {"key": "tot_workshop"})
    said = await stage.presses("vte_trainer", button, playbooks.file)
    [document] = said.of(Document)
    assert document.name == "tot_workshop.csv"
    assert document.content.removeprefix("\ufeff") == shipped_text("tot_workshop")


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
