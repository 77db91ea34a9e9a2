"""Tasks, what shows that they are done, and which of them are open, overdue or somebody's."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, false
from sqlmodel import and_, col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import adding, foreseen, groups
from storage.kinds import Acceptance, Subject, TaskState
from storage.tables import Card, Evidence, Task, WorkingGroup

LIVE = (TaskState.OPEN, TaskState.IN_PROGRESS, TaskState.WAITING, TaskState.BLOCKED, TaskState.REPORTED)
PAGE = 6
"""Tasks on one page of a list."""


@dataclass(frozen=True)
class TaskDraft:
    """What all parts of one task share, before it has rows. `due_at` only when somebody gave a time.

    `line` counts the tasks that one message makes.
    """

    text: str
    language: str
    search_text: str
    created_by: int
    bot_id: int
    update_id: int
    at: datetime
    area_id: int | None = None
    due: date | None = None
    due_at: datetime | None = None
    activity_id: int | None = None
    meeting_id: int | None = None
    agenda_item_id: int | None = None
    line: int = 0


@dataclass(frozen=True)
class Share:
    """One person's part of a task before it has a row; nobody's while `person_id` is None.

    `given_on` is the date of giving it, on the calendar of the side.
    """

    side_id: int
    person_id: int | None = None
    given_on: date | None = None
    acceptance: Acceptance = Acceptance.ACCEPTED


@dataclass(frozen=True)
class Past:
    """What is overdue: an instant before `now`, or a date before today on the calendar of the side responsible."""

    now: datetime
    days: Mapping[int, date]
    """Today by side id."""


@dataclass(frozen=True)
class Wanted:
    """Which tasks of a group a list shows; None does not narrow it down."""

    states: Collection[TaskState] = LIVE
    person_id: int | None = None
    area_id: int | None = None
    side_id: int | None = None
    past: Past | None = None


@dataclass(frozen=True)
class Count:
    """How many tasks, part by part, of one side and area (None: without) are in one state."""

    side_id: int
    area_id: int | None
    state: TaskState
    number: int


async def add(session: AsyncSession, *, group: WorkingGroup, draft: TaskDraft, shares: Sequence[Share]) -> list[Task]:
    """Write a task down under the group's next number, one row for each share; it wants to be looked at from now on.

    Parts are counted from 1, or 0 when there is only one.
    """
    return (await add_many(session, group=group, drafts=[(draft, shares)]))[0]


async def add_many(
    session: AsyncSession, *, group: WorkingGroup, drafts: Sequence[tuple[TaskDraft, Sequence[Share]]]
) -> list[list[Task]]:
    """Write many tasks down in their order, as few statements as for one."""
    first = await groups.next_task(session, group, len(drafts))
    found = [_parts(group, number, draft, shares) for number, (draft, shares) in enumerate(drafts, first)]
    await adding.add(session, [row for rows in found for row in rows])
    return found


def _parts(group: WorkingGroup, number: int, draft: TaskDraft, shares: Sequence[Share]) -> list[Task]:
    parts = [0] if len(shares) == 1 else range(1, len(shares) + 1)
    return [_row(group, number, part, draft, share) for part, share in zip(parts, shares, strict=True)]


def _row(group: WorkingGroup, number: int, part: int, draft: TaskDraft, share: Share) -> Task:
    return Task(
        group_id=group.id,
        number=number,
        part=part,
        text=draft.text,
        language=draft.language,
        search_text=draft.search_text,
        created_by=draft.created_by,
        created_at=draft.at,
        bot_id=draft.bot_id,
        update_id=draft.update_id,
        area_id=draft.area_id,
        activity_id=draft.activity_id,
        meeting_id=draft.meeting_id,
        agenda_item_id=draft.agenda_item_id,
        line=draft.line,
        due=draft.due,
        due_at=draft.due_at,
        side_id=share.side_id,
        assignee_id=share.person_id,
        given_on=share.given_on,
        acceptance=share.acceptance,
        state_since=draft.at,
        look_at=draft.at,
    )


async def get(session: AsyncSession, task_id: int) -> Task | None:
    """The task of that id, if there is one."""
    return await session.get(Task, task_id)


async def by_number(session: AsyncSession, group_id: int, number: int) -> list[Task]:
    """All parts of the task of that number in a group, in their order; empty when there is none."""
    query = select(Task).where(Task.group_id == group_id, Task.number == number)
    return list((await session.exec(query.order_by(col(Task.part)))).all())


async def parts_of(session: AsyncSession, task: Task) -> list[Task]:
    """All parts of the task this is a part of, in their order."""
    return [task] if task.part == 0 else await by_number(session, task.group_id, task.number)


async def of_card(session: AsyncSession, chat_id: int, message_id: int) -> Task | None:
    """The task whose living card is this message: its first part."""
    query = select(Card.subject_id).where(
        Card.subject == Subject.TASK, Card.chat_id == chat_id, Card.message_id == message_id
    )
    task_id = (await session.exec(query)).first()
    return await get(session, task_id) if task_id is not None else None


async def listed(session: AsyncSession, group_id: int, wanted: Wanted, *, page: int = 1) -> list[Task]:
    """One page (from 1) of a group's tasks: what is due first comes first, what has no date last."""
    # Put in order by what the index has; only those of the page are read.
    ids = select(col(Task.id)).where(*_conditions(group_id, wanted)).order_by(*_BY_DUE)
    query = select(Task).where(col(Task.id).in_(ids.offset((page - 1) * PAGE).limit(PAGE)))
    return list((await session.exec(query.order_by(*_BY_DUE))).all())


async def count(session: AsyncSession, group_id: int, wanted: Wanted) -> int:
    """How many tasks such a list has on all its pages."""
    query = select(func.count()).select_from(Task).where(*_conditions(group_id, wanted))
    return (await session.exec(query)).one()


async def counts(session: AsyncSession, group_id: int) -> list[Count]:
    """The tasks of a group counted by side, area and state, in one query."""
    kinds = (col(Task.side_id), col(Task.area_id), col(Task.state))
    query = select(*kinds, func.count()).where(Task.group_id == group_id).group_by(*kinds).order_by(*kinds)
    return [Count(*row) for row in (await session.exec(query)).all()]


async def overdue_counts(session: AsyncSession, group_id: int, past: Past) -> list[Count]:
    """The same of what is overdue alone."""
    # A sum is in no index: without it SQLite goes through all tasks of the group in the order of their sides.
    kinds = (col(Task.side_id) + 0, col(Task.area_id), col(Task.state))
    query = select(*kinds, func.count()).where(*_conditions(group_id, Wanted(past=past)))
    return [Count(*row) for row in (await session.exec(query.group_by(*kinds).order_by(*kinds))).all()]


async def add_evidence(
    session: AsyncSession,
    *,
    task_id: int,
    kind: str,
    by: int,
    at: datetime,
    file_id: str = "",
    link: str = "",
    name: str = "",
) -> Evidence:
    """Keep what shows that a task is done; `kind` is "link" or what Telegram calls the file."""
    found = Evidence(task_id=task_id, kind=kind, file_id=file_id, link=link, name=name, added_by=by, added_at=at)
    session.add(found)
    await session.flush()
    return found


async def evidence(session: AsyncSession, task_ids: Collection[int]) -> list[Evidence]:
    """What was added to these tasks, oldest first."""
    known = [foreseen.found(session, Evidence, task_id) for task_id in task_ids]
    if None not in known:
        return sorted((row for rows in known if rows for row in rows), key=lambda row: row.id)
    query = select(Evidence).where(col(Evidence.task_id).in_(task_ids)).order_by(col(Evidence.id))
    return list((await session.exec(query)).all())


_BY_DUE = (col(Task.due).is_(None), col(Task.due), col(Task.number), col(Task.part))


def _conditions(group_id: int, wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions = [col(Task.group_id) == group_id, col(Task.state).in_(wanted.states)]
    if wanted.person_id is not None:
        conditions.append(col(Task.assignee_id) == wanted.person_id)
    if wanted.area_id is not None:
        conditions.append(col(Task.area_id) == wanted.area_id)
    if wanted.side_id is not None:
        conditions.append(col(Task.side_id) == wanted.side_id)
    if wanted.past is not None:
        conditions.append(is_past(wanted.past))
    return conditions


def is_past(past: Past) -> ColumnElement[bool]:
    """The condition that a task is overdue, whatever its state."""
    # Nothing due later than tomorrow by any of these calendars is overdue: the index leaves it out.
    latest = max((*past.days.values(), past.now.date())) + timedelta(days=1)
    instant = and_(col(Task.due_at).is_not(None), col(Task.due_at) < past.now)
    days = [and_(col(Task.side_id) == side_id, col(Task.due) < day) for side_id, day in past.days.items()]
    return and_(col(Task.due) <= latest, or_(instant, and_(col(Task.due_at).is_(None), or_(false(), *days))))
