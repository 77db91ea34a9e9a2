"""Groups in numbers: what is done, overdue and open, for many groups at once, and what is held up."""

from datetime import date, datetime, timedelta

import pytest

from storage import decisions, founding, groups, people, status, tasks
from storage.founding import GroupDraft, MechanismDraft, PlaceDraft
from storage.kinds import Acceptance, DecisionState, Role, Standing, TaskState
from storage.status import GroupCount
from storage.tables import Membership, Person
from storage.tasks import Past, Share, TaskDraft

WEEK = "Mon-Fri 08:00-16:00"
TODAY = date(2026, 4, 1)
YESTERDAY = TODAY - timedelta(days=1)


def draft(name):
    return GroupDraft(
        name=name,
        sides=(
            PlaceDraft("East", "Institute East", "CN", "Kunming", "Asia/Shanghai", WEEK, "en"),
            PlaceDraft("West", "Institute West", "LA", "Vientiane", "Asia/Vientiane", WEEK, "en"),
        ),
        organisation=None,
        areas=(),
        mechanism=MechanismDraft("0 person", 5, 0, "09:00", "", 7),
    )


class Shelf:
    """Two groups whose tasks and decisions are written with one call each."""

    def __init__(self, session, found, person, now):
        self.session, self.groups, self.person, self.now = session, found, person, now
        self.updates = 0

    async def task(self, group=0, side=0, state=TaskState.OPEN, acceptance=Acceptance.ACCEPTED, **due):
        self.updates += 1
        given = TaskDraft("Text", "en", "text", self.person.id, 99, self.updates, self.now, **due)
        place = (await groups.sides(self.session, self.groups[group].id))[side]
        row = (
            await tasks.add(
                self.session, group=self.groups[group], draft=given, shares=[Share(place.id, acceptance=acceptance)]
            )
        )[0]
        row.state = state
        await self.session.flush()
        return row

    async def parted(self, states, **due):
        self.updates += 1
        given = TaskDraft("Text", "en", "text", self.person.id, 99, self.updates, self.now, **due)
        sides = await groups.sides(self.session, self.groups[0].id)
        shares = [Share(sides[number % 2].id) for number in range(len(states))]
        rows = await tasks.add(self.session, group=self.groups[0], draft=given, shares=shares)
        for row, state in zip(rows, states, strict=True):
            row.state = state
        await self.session.flush()

    async def decision(self, group=0, state=DecisionState.PROPOSED):
        self.updates += 1
        row = await decisions.add(
            self.session,
            group=self.groups[group],
            text="Text",
            language="en",
            search_text="text",
            by=self.person,
            bot_id=99,
            update_id=self.updates,
            at=self.now,
        )
        row.state = state
        await self.session.flush()

    async def numbers(self, group=0):
        ids = [each.id for each in self.groups]
        sides = await status.sides_of(self.session, ids)
        past = Past(self.now, {side.id: TODAY for side in sides})
        return (await status.overview(self.session, ids, past))[self.groups[group].id]


@pytest.fixture
async def shelf(database, now):
    async with database.writing() as session:
        found = [await founding.found(session, draft(name), now) for name in ("One", "Two")]
        person = await people.meet(session, telegram_id=7, name="Trainer", username=None, language=None, at=now)
        yield Shelf(session, found, person, now)


async def test_a_group_without_anything_is_all_noughts(shelf):
    assert await shelf.numbers() == GroupCount()


async def test_tasks_count_by_state_and_cancelled_ones_not_at_all(shelf):
    for state in (TaskState.DONE, TaskState.DONE, TaskState.BLOCKED, TaskState.CANCELLED):
        await shelf.task(state=state)
    assert await shelf.numbers() == GroupCount(total=3, done=2)


@pytest.mark.parametrize(
    ("states", "numbers"),
    [
        pytest.param([TaskState.OPEN, TaskState.DONE], GroupCount(total=1, overdue=1), id="a part is left"),
        pytest.param([TaskState.OPEN, TaskState.BLOCKED], GroupCount(total=1, overdue=1), id="both parts are late"),
        pytest.param([TaskState.DONE, TaskState.DONE], GroupCount(total=1, done=1), id="both are done"),
        pytest.param([TaskState.DONE, TaskState.CANCELLED], GroupCount(total=1, done=1), id="the other was dropped"),
        pytest.param([TaskState.CANCELLED, TaskState.CANCELLED], GroupCount(), id="all of it was dropped"),
    ],
)
async def test_a_task_of_several_persons_counts_once(shelf, states, numbers):
    await shelf.parted(states, due=YESTERDAY)
    await shelf.task(group=1, state=TaskState.DONE)
    assert await shelf.numbers() == numbers
    assert await shelf.numbers(1) == GroupCount(total=1, done=1)


@pytest.mark.parametrize(
    ("due", "state", "overdue"),
    [
        pytest.param({"due": YESTERDAY}, TaskState.OPEN, 1, id="a date that has passed"),
        pytest.param({"due": TODAY}, TaskState.OPEN, 0, id="a date that is today"),
        pytest.param({"due": YESTERDAY}, TaskState.DONE, 0, id="late once, and done"),
        pytest.param({"due": YESTERDAY}, TaskState.CANCELLED, 0, id="late once, and dropped"),
        pytest.param({}, TaskState.OPEN, 0, id="no date at all"),
        pytest.param(
            {"due": TODAY, "due_at": datetime.fromisoformat("2026-04-01T01:59:00+00:00")},
            TaskState.WAITING,
            1,
            id="an instant a minute ago",
        ),
        pytest.param(
            {"due": TODAY, "due_at": datetime.fromisoformat("2026-04-01T02:01:00+00:00")},
            TaskState.WAITING,
            0,
            id="an instant a minute ahead",
        ),
    ],
)
async def test_overdue_is_counted_among_what_is_live(shelf, due, state, overdue):
    await shelf.task(state=state, **due)
    assert (await shelf.numbers()).overdue == overdue


async def test_only_open_decisions_count(shelf):
    for state in DecisionState:
        await shelf.decision(state=state)
    assert (await shelf.numbers()).open_decisions == 2


async def test_groups_are_counted_apart(shelf):
    await shelf.task(group=0, due=YESTERDAY)
    await shelf.task(group=1, state=TaskState.DONE)
    await shelf.decision(group=1)
    assert await shelf.numbers(0) == GroupCount(total=1, overdue=1)
    assert await shelf.numbers(1) == GroupCount(total=1, done=1, open_decisions=1)


@pytest.mark.parametrize(
    ("state", "acceptance", "held"),
    [
        pytest.param(TaskState.WAITING, Acceptance.ACCEPTED, True, id="with the other side"),
        pytest.param(TaskState.OPEN, Acceptance.ASKED, True, id="not accepted yet"),
        pytest.param(TaskState.OPEN, Acceptance.ACCEPTED, False, id="just open"),
        pytest.param(TaskState.BLOCKED, Acceptance.ACCEPTED, False, id="blocked on its own side"),
        pytest.param(TaskState.DONE, Acceptance.ASKED, False, id="done before anybody accepted it"),
    ],
)
async def test_held_up_is_what_a_side_is_waited_for(shelf, state, acceptance, held):
    row = await shelf.task(state=state, acceptance=acceptance)
    await shelf.task(group=1, state=TaskState.WAITING)
    assert [task.id for task in await status.held_up(shelf.session, shelf.groups[0].id)] == ([row.id] if held else [])


@pytest.mark.parametrize(
    ("standing", "is_open", "listed"),
    [
        pytest.param(Standing.ACTIVE, False, ["Somebody"], id="a member without a private chat"),
        pytest.param(Standing.ACTIVE, True, [], id="a member who is reached"),
        pytest.param(Standing.LEFT, False, [], id="somebody who left"),
    ],
)
async def test_unreached_are_members_without_a_private_chat(shelf, now, standing, is_open, listed):
    person = Person(telegram_id=8, name="Somebody", created_at=now, private_open=is_open)
    shelf.session.add(person)
    await shelf.session.flush()
    member = Membership(
        person_id=person.id, group_id=shelf.groups[0].id, role=Role.MEMBER, standing=standing, asked_at=now
    )
    shelf.session.add(member)
    await shelf.session.flush()
    assert await status.unreached(shelf.session, shelf.groups[0].id) == listed
    assert await status.names(shelf.session, {person.id}) == {person.id: "Somebody"}
