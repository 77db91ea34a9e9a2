"""The plan: adding activities, finding one's way to them, and what their cards show."""

import pytest

from handlers import activities, activity_tasks, tasks
from handlers.refusals import NoSuchChoice, NothingWritten, NotYours
from handlers.reply import Answer, Edit, RefreshCard, ShowCard
from storage import activities as stored
from storage import journal
from storage import tasks as stored_tasks
from storage.kinds import Subject, TaskState


@pytest.fixture
async def visit(stage):
    """A1, an exchange visit in the area of training of trainers."""
    await stage.says("vte_focal", "/plan add Exchange visit #tot", activities.plan)
    return await stored.by_number(stage.session, stage.group.id, 1)


async def test_an_activity_is_written_down_with_its_area_and_the_side_that_leads(stage):
    said = await stage.says("vte_focal", "/plan add Exchange visit #tot", activities.plan)
    text = said.page(ShowCard).text
    assert "<b>A1</b> · planned" in text
    assert "<b>Exchange visit</b>" in text
    assert "Area: Training of trainers" in text
    assert "Leads: Vientiane" in text
    entry = (await journal.of(stage.session, Subject.ACTIVITY, 1))[-1]
    assert (entry.change, entry.after["title"]) == ("activity planned", "Exchange visit")


@pytest.mark.parametrize("who", ["vte_trainer", "vte_alternate", "observer"])
async def test_who_may_not_plan(stage, who):
    with pytest.raises(NotYours):
        await stage.says(who, "/plan add Exchange visit", activities.plan)


async def test_a_title_is_needed(stage):
    with pytest.raises(NothingWritten):
        await stage.says("vte_focal", "/plan add", activities.plan)


async def test_a_task_of_several_persons_counts_once(stage, visit):
    await stage.says("vte_focal", "/task Sign the letter @vte_trainer @vte_alternate A1", tasks.create)
    parts = await stored_tasks.by_number(stage.session, stage.group.id, 1)
    assert [part.activity_id for part in parts] == [visit.id] * 2
    parts[0].state = TaskState.DONE
    assert "Tasks: 0 of 1 done" in (await stage.says("observer", "/a1", activities.show, args={"number": 1})).text
    parts[1].state = TaskState.DONE
    assert "Tasks: 1 of 1 done" in (await stage.says("observer", "/a1", activities.show, args={"number": 1})).text


async def test_an_unknown_area_names_the_known_ones(stage):
    with pytest.raises(NoSuchChoice) as refused:
        await stage.says("vte_focal", "/plan #sports", activities.plan)
    assert refused.value.values["choices"] == ("#curriculum", "#tot", "add")


async def test_the_way_from_areas_to_activities_to_tasks(stage, visit):
    await stage.says("coordinator", "/plan add Revise module 3", activities.plan)
    await stage.says("vte_focal", "/task Book the room A1 by 2026-04-20", tasks.create)
    plan = await stage.says("observer", "/plan", activities.plan)
    assert "<b>Training of trainers</b>: 1 planned" in plan.text
    assert "<b>Curriculum development</b>: nothing planned" in plan.text
    assert "<b>Without an area</b>: 1 planned" in plan.text
    area = await stage.presses("observer", plan.buttons()["Training of trainers"], activities.area)
    assert "<b>A1</b> Exchange visit" in area.page(Edit).text
    card = await stage.presses("observer", area.buttons(Edit)["A1"], activities.shown)
    assert "Tasks: 0 of 1 done" in card.page(Edit).text
    listed = await stage.presses("observer", card.buttons(Edit)["Tasks"], activity_tasks.listed)
    assert "<b>T1</b> Book the room\nMon 20 Apr · Vientiane" in listed.page(Edit).text
    back = await stage.presses("observer", listed.buttons(Edit)["Back to the card"], activities.card)
    there = await stage.presses("observer", back.buttons(Edit)["Back to the plan"], activities.area)
    assert "Exchange visit" in there.page(Edit).text
    assert visit.version == 1


async def test_seven_activities_stand_on_two_pages(stage):
    for number in range(7):
        await stage.says("coordinator", f"/plan add Module {number} #curriculum", activities.plan)
    first = await stage.says("vte_focal", "/plan #curriculum", activities.plan)
    assert "7 · page 1 of 2" in first.page(Answer).text
    second = await stage.presses("vte_focal", first.buttons()["More ›"], activities.area)
    assert "A7" in second.buttons(Edit)
    assert "A6" not in second.buttons(Edit)


async def test_a_new_activity_by_button(stage):
    plan = await stage.says("coordinator", "/plan", activities.plan, private=True)
    asked = await stage.presses("coordinator", plan.buttons()["New activity"], activities.new, private=True)
    assert "#curriculum #tot" in asked.text
    said = await stage.says("coordinator", "Online workshop #tot", activities.typed, private=True)
    assert "Online workshop" in said.page(ShowCard).text


@pytest.mark.parametrize(
    ("words", "text", "attached"),
    [
        pytest.param("Book the room A1", "Book the room", True, id="behind the text"),
        pytest.param("a1 Book the room", "Book the room", True, id="before it, in a small letter"),
        pytest.param("Book the room A9", "Book the room A9", False, id="no such activity: it is text"),
    ],
)
async def test_a_task_joins_an_activity_by_its_name(stage, visit, words, text, attached):
    said = await stage.says("vte_focal", f"/task {words}", tasks.create)
    [task] = await stored_tasks.by_number(stage.session, stage.group.id, 1)
    assert (task.text, task.activity_id) == (text, visit.id if attached else None)
    assert ("Activity: A1 Exchange visit" in said.page(ShowCard).text) is attached
    assert (task.area_id == visit.area_id) is attached


async def test_a_task_is_moved_to_an_activity_and_away_by_button(stage, visit):
    said = await stage.says("vte_focal", "/task Book the room", tasks.create)
    more = await stage.presses("vte_focal", said.buttons(ShowCard)["More"], tasks.more)
    offered = await stage.presses("vte_focal", more.buttons(Edit)["Activity"], activity_tasks.choose)
    chosen = await stage.presses("vte_focal", offered.buttons(Edit)["A1 Exchange visit"], activity_tasks.choose)
    [task] = await stored_tasks.by_number(stage.session, stage.group.id, 1)
    assert task.activity_id == visit.id
    assert Subject.ACTIVITY in [effect.subject for effect in chosen.of(RefreshCard)]
    offered = await stage.presses("vte_focal", more.buttons(Edit)["Activity"], activity_tasks.choose)
    await stage.presses("vte_focal", offered.buttons(Edit)["No activity"], activity_tasks.choose)
    assert task.activity_id is None
    changes = [entry.change for entry in await journal.of(stage.session, Subject.TASK, task.id)]
    assert changes.count("activity of a task changed") == 2


async def test_a_task_is_given_from_the_card(stage, visit):
    said = await stage.says("kmg_focal", "/a1", activities.show, args={"number": 1})
    asked = await stage.presses("kmg_focal", said.buttons(ShowCard)["New task"], activity_tasks.new)
    assert "with @who and by DATE" in asked.text
    args = {"activity": visit.id, "group": stage.group.id}
    await stage.says("kmg_focal", "Translate the programme", activity_tasks.new, args=args)
    [task] = await stored_tasks.by_number(stage.session, stage.group.id, 1)
    assert task.activity_id == visit.id
