"""Tasks are kept by number and part, listed by due date, and overdue by the calendar of their own side."""

from datetime import date, timedelta

import pytest

from storage import founding, groups, people, tasks
from storage.founding import GroupDraft, MechanismDraft, PlaceDraft
from storage.kinds import ChatKind, Subject, TaskState
from storage.tables import Card
from storage.tasks import Count, Past, Share, TaskDraft, Wanted

WEEK = "Mon-Fri 08:00-16:00"
MECHANISM = MechanismDraft("0 person", 5, 0, "09:00", "", 7)
DRAFT = GroupDraft(
    name="Two sides",
    sides=(
        PlaceDraft("East", "Institute East", "CN", "Kunming", "Asia/Shanghai", WEEK, "en"),
        PlaceDraft("West", "Institute West", "LA", "Vientiane", "Asia/Vientiane", WEEK, "en"),
    ),
    organisation=None,
    areas=(("Curriculum", "curriculum"),),
    mechanism=MECHANISM,
)
TODAY = date(2026, 4, 1)


class Shelf:
    """A group whose tasks are written with one call each."""

    def __init__(self, session, group, sides, person, now):
        self.session, self.group, self.sides, self.person, self.now = session, group, sides, person, now
        self.updates = 0

    async def put(self, text, *shares, due=None, due_at=None, state=TaskState.OPEN, area_id=None):
        self.updates += 1
        draft = TaskDraft(
            text, "en", text.casefold(), self.person.id, 99, self.updates, self.now, area_id, due=due, due_at=due_at
        )
        found = await tasks.add(
            self.session, group=self.group, draft=draft, shares=shares or (Share(self.sides[0].id),)
        )
        for task in found:
            task.state = state
        await self.session.flush()
        return found

    async def texts(self, wanted=None, page=1):
        found = await tasks.listed(self.session, self.group.id, wanted or Wanted(), page=page)
        return [task.text for task in found]


@pytest.fixture
async def shelf(database, now):
    async with database.writing() as session:
        group = await founding.found(session, DRAFT, now)
        person = await people.meet(session, telegram_id=7, name="Trainer", username=None, language=None, at=now)
        yield Shelf(session, group, await groups.sides(session, group.id), person, now)


async def test_one_person_makes_one_row_without_a_part(shelf):
    (task,) = await shelf.put("alone")
    assert (task.number, task.part) == (1, 0)
    assert task.look_at == shelf.now


async def test_several_persons_share_a_number(shelf):
    one, two = shelf.sides
    found = await shelf.put("together", Share(one.id), Share(two.id, shelf.person.id))
    assert [(task.number, task.part) for task in found] == [(1, 1), (1, 2)]
    assert await tasks.by_number(shelf.session, shelf.group.id, 1) == found
    assert await tasks.by_number(shelf.session, shelf.group.id, 2) == []


async def test_what_is_due_first_comes_first_and_no_date_last(shelf):
    await shelf.put("undated")
    await shelf.put("late", due=date(2026, 5, 1))
    await shelf.put("soon", due=date(2026, 4, 2))
    assert await shelf.texts() == ["soon", "late", "undated"]


async def test_pages_follow_each_other_without_gap(shelf):
    for number in range(tasks.PAGE + 2):
        await shelf.put(f"task {number}")
    assert len(await shelf.texts(page=1)) == tasks.PAGE
    assert await shelf.texts(page=2) == [f"task {tasks.PAGE}", f"task {tasks.PAGE + 1}"]
    assert await tasks.count(shelf.session, shelf.group.id, Wanted()) == tasks.PAGE + 2


async def test_a_list_is_narrowed_by_person_side_area_and_state(shelf):
    east, west = shelf.sides
    (area,) = await groups.areas(shelf.session, shelf.group.id)
    await shelf.put("of the person", Share(west.id, shelf.person.id))
    await shelf.put("in the area", area_id=area.id)
    await shelf.put("closed", state=TaskState.DONE)
    assert await shelf.texts(Wanted(person_id=shelf.person.id)) == ["of the person"]
    assert await shelf.texts(Wanted(side_id=east.id)) == ["in the area"]
    assert await shelf.texts(Wanted(area_id=area.id)) == ["in the area"]
    assert await shelf.texts(Wanted(states=(TaskState.DONE,))) == ["closed"]


@pytest.mark.parametrize(
    ("due", "hours", "state", "late"),
    [
        pytest.param(date(2026, 3, 31), None, TaskState.OPEN, True, id="yesterday is over"),
        pytest.param(TODAY, None, TaskState.OPEN, False, id="today is not over"),
        pytest.param(None, None, TaskState.OPEN, False, id="no date is never overdue"),
        pytest.param(date(2026, 3, 31), None, TaskState.DONE, False, id="done is not overdue"),
        pytest.param(date(2026, 3, 31), None, TaskState.BLOCKED, True, id="blocked is still overdue"),
        pytest.param(TODAY, -1, TaskState.OPEN, True, id="the hour has passed"),
        pytest.param(TODAY, 1, TaskState.OPEN, False, id="the hour is ahead"),
    ],
)
async def test_overdue(shelf, due, hours, state, late):
    due_at = None if hours is None else shelf.now + timedelta(hours=hours)
    await shelf.put("the task", due=due, due_at=due_at, state=state)
    past = Past(shelf.now, {side.id: TODAY for side in shelf.sides})
    assert bool(await tasks.count(shelf.session, shelf.group.id, Wanted(past=past))) is late


async def test_each_side_has_its_own_today(shelf):
    east, west = shelf.sides
    await shelf.put("east", Share(east.id), due=TODAY)
    await shelf.put("west", Share(west.id), due=TODAY)
    past = Past(shelf.now, {east.id: TODAY + timedelta(days=1), west.id: TODAY})
    assert await shelf.texts(Wanted(past=past)) == ["east"]


async def test_tasks_are_counted_by_side_area_and_state(shelf):
    east, west = shelf.sides
    (area,) = await groups.areas(shelf.session, shelf.group.id)
    await shelf.put("one", area_id=area.id)
    await shelf.put("two", area_id=area.id)
    await shelf.put("three", Share(west.id), state=TaskState.DONE)
    assert await tasks.counts(shelf.session, shelf.group.id) == [
        Count(east.id, area.id, TaskState.OPEN, 2),
        Count(west.id, None, TaskState.DONE, 1),
    ]


async def test_evidence_is_kept_in_the_order_it_came(shelf):
    (task,) = await shelf.put("shown")
    for kind, name in (("document", "report.pdf"), ("link", "")):
        await tasks.add_evidence(shelf.session, task_id=task.id, kind=kind, name=name, by=shelf.person.id, at=shelf.now)
    assert [each.kind for each in await tasks.evidence(shelf.session, [task.id])] == ["document", "link"]
    assert await tasks.evidence(shelf.session, [task.id + 1]) == []


async def test_a_card_leads_to_its_task(shelf):
    (task,) = await shelf.put("on a card")
    await groups.chat(shelf.session, chat_id=-1, bot_id=99, kind=ChatKind.GROUP, title="Group", at=shelf.now)
    shelf.session.add(
        Card(subject=Subject.TASK, subject_id=task.id, group_id=shelf.group.id, chat_id=-1, message_id=55)
    )
    await shelf.session.flush()
    assert await tasks.of_card(shelf.session, -1, 55) == task
    assert await tasks.of_card(shelf.session, -1, 56) is None
