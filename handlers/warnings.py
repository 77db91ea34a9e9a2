"""Due dates and meetings on days off: looked over where a date is set, every night, and whenever a calendar changes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import meeting_warnings, working
from handlers.calendar_changes import changed_mark
from handlers.nudge_facts import GroupFacts, gather
from handlers.reply import Effect, Private
from handlers.rules import moments
from handlers.rules.names import task_name
from handlers.rules.warnings import DateWarning, Doer, Place, Weight, nearest, warnings
from handlers.rules.working_time import MIDNIGHT, ONE_DAY, WorkingTime, at_wall
from handlers.views import warnings as views
from handlers.views.tasks import DueFacts
from handlers.views.warnings import TaskWarning, WarningFacts
from storage import calendars, due_dates, groups, leases, notices, people
from storage.kinds import DayKind, Priority
from storage.remembering import known_from_now_on
from storage.tables import Side, Task

SOON = timedelta(hours=1)
"""How long to wait for somebody of whom nobody knows when he works next."""


async def about(
    session: AsyncSession, parts: Sequence[Task], due: DueFacts, now: datetime, *, sure: bool = False
) -> WarningFacts:
    """What speaks against a date for these parts of one task, said where it is set; a year is noted once a group.

    Nobody hears of the same again at night. `sure` is a date that was kept knowingly.
    """
    if due.day is None:
        return WarningFacts(due)
    places = await _places(session, parts[0].group_id, due, {task.side_id for task in parts})
    doers = await _doers(session, parts, now)
    found = warnings(due.day, due.at, places, doers)
    for task in parts:
        await _remember(session, task, due, found, now)
    if sure or not found:
        return WarningFacts(due)
    said = [each for each in found if each.weight is not Weight.NOTE or await _is_new(session, parts[0], each, now)]
    if not said:
        return WarningFacts(due)
    return WarningFacts(due, tuple(said), _choices(due, now, places, doers))


async def _doers(session: AsyncSession, parts: Sequence[Task], now: datetime) -> tuple[Doer, ...]:
    """Whoever is responsible for a part, with his leave and his journeys."""
    found = []
    for task in parts:
        member = task.assignee_id and await people.active(session, task.assignee_id, task.group_id)
        if member and member.side_id == task.side_id:
            person = await people.get(session, member.person_id)
            found.append(Doer(person.name, task.side_id, await working.of_member(session, member, now.date())))
    return tuple(found)


async def _places(
    session: AsyncSession, group_id: int, due: DueFacts, responsible: Collection[int]
) -> tuple[Place, ...]:
    return tuple(
        [
            await _place(session, side, await working.of_place(session, side), due, responsible)
            for side in await groups.sides(session, group_id)
        ]
    )


async def _place(
    session: AsyncSession, side: Side, own: WorkingTime, due: DueFacts, responsible: Collection[int]
) -> Place:
    assert due.day is not None, "no date is no day off"
    years = {due.day.year} if due.at is None else {own.local_date(due.at).year}
    unconfirmed = await calendars.unconfirmed(session, side.country, years)
    observed = {
        row.day: working.name_of(row)
        for row in await calendars.rows(session, side.country, due.day - ONE_DAY, due.day + ONE_DAY)
        if row.kind is DayKind.OBSERVANCE
    }
    return Place(side.id, side.name, side.country, own, side.id in responsible, unconfirmed, observed)


async def _is_new(session: AsyncSession, task: Task, warning: DateWarning, now: datetime) -> bool:
    """Whether the group has not heard yet that nobody confirmed this year; from now on it has."""
    name = f"unconfirmed_year:{task.group_id}:{warning.country}:{warning.day.year}"
    if await known_from_now_on(session, name, lambda: leases.marked(session, name)):
        return False
    await leases.mark(session, name, now)
    return True


async def _remember(
    session: AsyncSession, task: Task, due: DueFacts, found: Sequence[DateWarning], now: datetime
) -> None:
    for warning in found:
        if warning.weight is Weight.ASK and warning.side_id == task.side_id and task.assignee_id is not None:
            await notices.tell(session, task.assignee_id, _matter(task, due, warning), now)


def _matter(task: Task, due: DueFacts, warning: DateWarning) -> str:
    return f"warning:{task.id}:{due.day}:{warning.reason}"


def _choices(due: DueFacts, now: datetime, places: Sequence[Place], doers: Sequence[Doer] = ()) -> tuple[DueFacts, ...]:
    """The nearest days on which all work, at the same time of day where one was given."""
    assert due.day is not None, "no date is near to none"
    first = next((place for place in places if place.responsible), places[0])
    zone = first.working.zone if due.at is None else due.at.tzinfo
    days = nearest(due.day, now.astimezone(zone).date(), places, doers)
    return tuple(
        DueFacts(day, None if due.at is None else datetime.combine(day, due.at.time(), tzinfo=due.at.tzinfo))
        for day in days
    )


@dataclass(frozen=True)
class _Owed:
    """A task whose person has not heard yet that its date became a day off."""

    task: Task
    warned: WarningFacts
    matters: tuple[str, ...]


async def plan(session: AsyncSession, now: datetime) -> Sequence[Effect]:
    """Look over the due dates and meetings of every group once a night and after a change of its calendars."""
    effects: list[Effect] = []
    for group_id in await _to_look_at(session, now):
        await groups.hold(session, group_id)
        effects += await _look_over(session, await gather(session, group_id, now), now)
    return effects


async def _to_look_at(session: AsyncSession, now: datetime) -> list[int]:
    found = await due_dates.groups_with_dates(session)
    names = [name for each in found for name in (_next_look(each), _last_look(each), changed_mark(each))]
    marks = await due_dates.marks(session, names)
    return [each for each in found if _wants_a_look(marks, each, now)]


def _wants_a_look(marks: Mapping[str, datetime], group_id: int, now: datetime) -> bool:
    following, last = marks.get(_next_look(group_id)), marks.get(_last_look(group_id))
    changed = marks.get(changed_mark(group_id))
    if following is None or last is None or following <= now:
        return True
    return changed is not None and changed > last


def _next_look(group_id: int) -> str:
    return f"warnings_next:{group_id}"


def _last_look(group_id: int) -> str:
    return f"warnings_last:{group_id}"


async def _look_over(session: AsyncSession, group: GroupFacts, now: datetime) -> list[Effect]:
    """Tell everybody who is at work now; the others at the moment at which they are."""
    effects: list[Effect] = []
    following = [_next_night(own, now) for own in group.working.values()]
    for person_id, owed in (await _owed(session, group, now)).items():
        moment = moments.moment(person_id, group.own_time[person_id], now, group.quiet)
        if moment is None or moment > now:
            following.append(moment or now + SOON)
        else:
            effects.append(await _tell(session, group, person_id, owed, now))
    of_meetings, later = await meeting_warnings.look_over(session, group, now)
    effects += of_meetings
    following += later
    await leases.mark(session, _last_look(group.group.id), now)
    await leases.mark(session, _next_look(group.group.id), min(following))
    return effects


def _next_night(own: WorkingTime, now: datetime) -> datetime:
    return at_wall(own.local_date(now) + ONE_DAY, MIDNIGHT, own.zone)


async def _owed(session: AsyncSession, group: GroupFacts, now: datetime) -> dict[int, list[_Owed]]:
    """What each person has yet to hear of his tasks, by person."""
    found: dict[int, list[_Owed]] = {}
    today = min(own.local_date(now) for own in group.working.values())
    for task in await due_dates.ahead(session, group.group.id, today):
        person_id = _person(group, task)
        owed = None if person_id is None else await _owed_of(session, group, task, person_id, now)
        if person_id is not None and owed is not None:
            found.setdefault(person_id, []).append(owed)
    return found


def _person(group: GroupFacts, task: Task) -> int | None:
    """Who answers for a task: the person responsible; while it is nobody's, whoever speaks for its side."""
    side = group.side(task.side_id)
    spoken_for = (group.person(task.assignee_id), side.focal_point, side.alternate)
    return next((each.id for each in spoken_for if each is not None), None)


async def _owed_of(session: AsyncSession, group: GroupFacts, task: Task, person_id: int, now: datetime) -> _Owed | None:
    assert task.due is not None, "tasks without a date were left out"
    due = DueFacts(task.due, task.due_at and task.due_at.astimezone(group.working[task.side_id].zone))
    places = [
        Place(side.id, side.name, side.country, group.working[side.id], side.id == task.side_id) for side in group.sides
    ]
    found = [each for each in warnings(task.due, task.due_at, places) if each.weight is Weight.ASK]
    new = [each for each in found if not await notices.told(session, person_id, _matter(task, due, each))]
    if not new:
        return None
    warned = WarningFacts(due, tuple(found), _choices(due, now, places))
    return _Owed(task, warned, tuple(_matter(task, due, each) for each in new))


async def _tell(
    session: AsyncSession, group: GroupFacts, person_id: int, owed: Sequence[_Owed], now: datetime
) -> Effect:
    matters = [matter for each in owed for matter in each.matters]
    for matter in matters:
        await notices.tell(session, person_id, matter, now)
    named = [_named(each, alone=len(owed) == 1) for each in owed]
    cities = tuple((side.city, group.working[side.id].zone) for side in group.sides)
    return Private(
        person_id,
        partial(views.became_off, named, cities, group.group.name),
        group_id=group.group.id,
        key=f"warning:{person_id}:{sha256(' '.join(matters).encode()).hexdigest()[:16]}",
        otherwise=partial(views.in_group, [each.name for each in named]),
        priority=Priority.NUDGE,
    )


def _named(owed: _Owed, *, alone: bool) -> TaskWarning:
    """A task as the message shows it. With a single one the message itself becomes the receipt."""
    task = owed.task
    args = {"part": task.id, "group": task.group_id, **({"aside": 1} if alone else {})}
    return TaskWarning(task_name(task.number, task.part), task.text, owed.warned, args)
