"""What is changed on an activity: its period, sides, numbers, titles; and calling it off."""

from datetime import date

import pytest

from handlers import activities, activity_changes, activity_tasks, task_moves, tasks
from handlers.refusals import NotANumber, NothingWritten, NotNow, NotYours, StaleButton
from handlers.reply import Button, Edit, RefreshCard, ShowCard
from storage import activities as stored
from storage import founding, groups, journal
from storage import tasks as stored_tasks
from storage.founding import GroupDraft, MechanismDraft, PlaceDraft
from storage.kinds import Subject, TaskState

WEEK = "Mon-Fri 08:00-16:00"
OTHERS = GroupDraft(
    name="Others",
    sides=(
        PlaceDraft("North", "College, north", "LA", "Vientiane", "Asia/Vientiane", WEEK, "en"),
        PlaceDraft("South", "College, south", "CN", "Kunming", "Asia/Shanghai", WEEK, "en"),
    ),
    organisation=None,
    areas=(),
    mechanism=MechanismDraft("0 person", 5, 0, "09:00", "", 7),
)


@pytest.fixture
async def visit(stage):
    """A1, led by Vientiane."""
    await stage.says("vte_focal", "/plan add Exchange visit #tot", activities.plan)
    return await stored.by_number(stage.session, stage.group.id, 1)


async def shown(stage, who="observer"):
    said = await stage.says(who, "/a1", activities.show, args={"number": 1})
    return said.page(ShowCard).text


async def pressed(stage, row, handler, who="vte_focal", **args):
    button = Button("", "", {"activity": row.id, "group": row.group_id, **args})
    return await stage.presses(who, button, handler)


async def typed(stage, row, handler, words, who="vte_focal", **args):
    given = {"activity": row.id, "group": row.group_id, **args}
    return await stage.says(who, words, handler, args=given)


async def test_the_sheet_offers_what_can_be_changed(stage, visit):
    said = await pressed(stage, visit, activity_changes.change)
    labels = set(said.buttons(Edit))
    assert {
        "Period",
        "Area",
        "Lead side",
        "Supporting side",
        "Expected output",
        "Indicators",
        "Call the activity off",
    } <= labels
    assert {"Title in Lao", "Title in Chinese"} <= labels


async def test_the_period_is_pressed_day_by_day(stage, visit):
    await pressed(stage, visit, activity_changes.month)
    asked = await pressed(stage, visit, activity_changes.day, date="2026-05-04")
    assert "begins on Mon 4 May 2026" in asked.page(Edit).text
    said = await pressed(stage, visit, activity_changes.day, first="2026-05-04", date="2026-05-08")
    assert "When: Mon 4 May – Fri 8 May 2026" in said.page(Edit).text
    assert (visit.first_day, visit.last_day) == (date(2026, 5, 4), date(2026, 5, 8))
    with pytest.raises(StaleButton):
        await pressed(stage, visit, activity_changes.day, first="2026-05-04", date="2026-05-03")


async def test_the_sides_and_the_area(stage, visit):
    sides = await groups.sides(stage.session, stage.group.id)
    offered = await pressed(stage, visit, activity_changes.support)
    assert list(offered.buttons(Edit))[:4] == ["Vientiane", "Kunming", "Project", "None"]
    await stage.presses("vte_focal", offered.buttons(Edit)["Project"], activity_changes.support)
    offered = await pressed(stage, visit, activity_changes.lead)
    await stage.presses("vte_focal", offered.buttons(Edit)["Kunming"], activity_changes.lead)
    offered = await pressed(stage, visit, activity_changes.area)
    await stage.presses("vte_focal", offered.buttons(Edit)["None"], activity_changes.area)
    assert (visit.lead_id, visit.project_supports, visit.area_id) == (sides[1].id, True, None)
    assert "Leads: Kunming · supports: Project" in await shown(stage)


async def test_output_indicators_and_what_was_counted(stage, visit):
    await pressed(stage, visit, activity_changes.output)
    await typed(stage, visit, activity_changes.output, "A module plan both sides use")
    await typed(stage, visit, activity_changes.indicators, "Trainers trained: 20\nModules revised: 3")
    [first, _] = (await stored.indicators(stage.session, [visit.id]))[visit.id]
    asked = await pressed(stage, visit, activity_changes.count, indicator=first.id)
    assert "Trainers trained" in asked.text
    await typed(stage, visit, activity_changes.count, "12", indicator=first.id)
    text = await shown(stage)
    assert "Expected output: A module plan both sides use" in text
    assert "Indicator: Trainers trained: 12 of 20" in text
    assert "Indicator: Modules revised: – of 3" in text
    with pytest.raises(NotANumber):
        await typed(stage, visit, activity_changes.count, "many", indicator=first.id)


async def test_what_was_counted_stays_when_the_indicators_are_written_anew(stage, visit):
    await typed(stage, visit, activity_changes.indicators, "Trainers trained: 20")
    [first] = (await stored.indicators(stage.session, [visit.id]))[visit.id]
    await typed(stage, visit, activity_changes.count, "12", indicator=first.id)
    await typed(stage, visit, activity_changes.indicators, "Trainers trained: 25\nClasses: 2")
    assert "Trainers trained: 12 of 25" in await shown(stage)


async def test_participants_by_side_and_sex(stage, visit):
    offered = await pressed(stage, visit, activity_changes.participants)
    asked = await stage.presses("vte_focal", offered.buttons(Edit)["Kunming"], activity_changes.participants)
    assert "how many women and how many men of Kunming" in asked.text
    choice = offered.buttons(Edit)["Kunming"].args["choice"]
    await typed(stage, visit, activity_changes.participants, "5 women, 4 men", choice=choice)
    await typed(stage, visit, activity_changes.participants, "1 1", choice=activity_changes.PROJECT)
    await typed(stage, visit, activity_changes.participants, "6 4", choice=choice)
    assert "Took part: Project 1 women, 1 men; Kunming 6 women, 4 men" in await shown(stage)
    with pytest.raises(NotANumber):
        await typed(stage, visit, activity_changes.participants, "nine", choice=choice)


async def test_titles_in_other_languages_with_the_original_marked(stage, visit):
    await typed(stage, visit, activity_changes.title, "教师互访", who="kmg_trainer", language="zh_Hans")
    text = await shown(stage)
    assert "English: <b>Exchange visit</b>\n中文: <b>教师互访</b>" in text
    assert "Original: English" in text
    await typed(stage, visit, activity_changes.title, "培训教师互访", language="zh_Hans")
    assert "教师互访</b>" in await shown(stage)
    assert "互访" in visit.search_text


async def test_members_of_the_side_that_leads_report_but_do_not_change(stage, visit):
    await typed(stage, visit, activity_changes.delay, "Visas are late", who="vte_trainer")
    assert "Reason for delay: Visas are late" in await shown(stage)
    with pytest.raises(NotYours):
        await typed(stage, visit, activity_changes.delay, "Visas are late", who="kmg_trainer")
    with pytest.raises(NotYours):
        await typed(stage, visit, activity_changes.output, "A plan", who="vte_trainer")
    with pytest.raises(NothingWritten):
        await typed(stage, visit, activity_changes.output, " ")


async def test_calling_it_off_cancels_its_open_tasks(stage, visit):
    await stage.says("vte_focal", "/task Book the room A1", tasks.create)
    await stage.says("vte_focal", "/task Print A1", tasks.create)
    await stage.says("vte_focal", "/done T2", task_moves.done)
    with pytest.raises(NotYours):
        await typed(stage, visit, activity_changes.drop, "No funds", who="kmg_focal")
    said = await typed(stage, visit, activity_changes.drop, "No funds")
    assert said.of(RefreshCard)
    found = [(await stored_tasks.by_number(stage.session, stage.group.id, number))[0] for number in (1, 2)]
    assert [task.state for task in found] == [TaskState.CANCELLED, TaskState.DONE]
    assert "<b>A1</b> · called off" in await shown(stage)
    assert await stored.all_of(stage.session, stage.group.id) == []
    with pytest.raises(NotNow):
        await pressed(stage, visit, activity_changes.change)


@pytest.mark.usefixtures("visit")
async def test_its_card_follows_its_tasks(stage):
    await stage.says("vte_focal", "/task Book the room A1", tasks.create)
    said = await stage.says("vte_focal", "/done T1", task_moves.done)
    refreshed = [effect for effect in said.of(RefreshCard) if effect.subject is Subject.ACTIVITY]
    assert len(refreshed) == 1
    assert "<b>A1</b> · done" in await shown(stage)


async def test_every_change_stands_in_the_journal(stage, visit):
    await typed(stage, visit, activity_changes.output, "A module plan")
    await typed(stage, visit, activity_changes.delay, "Visas")
    entries = await journal.of(stage.session, Subject.ACTIVITY, visit.id)
    assert [entry.change for entry in entries] == [
        "activity planned",
        "output of an activity written",
        "reason for delay written",
    ]
    assert visit.version == 3


async def test_what_belongs_to_another_group_means_nothing_here(stage, visit):
    other = await founding.found(stage.session, OTHERS, stage.now)
    visit.group_id = other.id
    with pytest.raises(StaleButton):
        await stage.presses(
            "vte_focal", Button("", "", {"activity": visit.id, "group": stage.group.id}), activity_tasks.listed
        )


async def test_what_holds_already_changes_nothing(stage, visit):
    offered = await pressed(stage, visit, activity_changes.lead)
    said = await stage.presses("vte_focal", offered.buttons(Edit)["Vientiane"], activity_changes.lead)
    assert "<b>A1</b>" in said.page(Edit).text
    assert visit.version == 1
