"""The activities of a group: what they are called, how they are measured, and which tasks belong to them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Bundle
from sqlmodel import col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import groups
from storage.kinds import Subject, TaskState
from storage.portions import portions
from storage.tables import Activity, ActivityText, Card, Indicator, Participants, Task, WorkingGroup

PAGE = 6
"""Activities on one page of the plan."""


@dataclass(frozen=True)
class ActivityDraft:
    """An activity before it has a row. `line` counts those that one message makes."""

    title: str
    language: str
    search_text: str
    created_by: int
    bot_id: int
    update_id: int
    at: datetime
    line: int = 0
    area_id: int | None = None
    first_day: date | None = None
    last_day: date | None = None
    lead_id: int | None = None
    support_id: int | None = None
    project_supports: bool = False
    playbook: str = ""
    host_id: int | None = None
    send_id: int | None = None
    import_id: int | None = None


async def add(session: AsyncSession, group: WorkingGroup, draft: ActivityDraft) -> Activity:
    """Write an activity down under the group's next number."""
    return (await add_many(session, group, [draft]))[0]


async def add_many(session: AsyncSession, group: WorkingGroup, drafts: Sequence[ActivityDraft]) -> list[Activity]:
    """Write many activities down in their order."""
    first = await groups.next_activity(session, group, len(drafts))
    rows = [_row(group, number, draft) for number, draft in enumerate(drafts, first)]
    session.add_all(rows)
    await session.flush()
    return rows


def _row(group: WorkingGroup, number: int, draft: ActivityDraft) -> Activity:
    values: dict[str, Any] = {name: value for name, value in vars(draft).items() if name != "at"}
    return Activity(group_id=group.id, number=number, created_at=draft.at, **values)


async def get(session: AsyncSession, activity_id: int) -> Activity | None:
    """The activity of that id, if there is one."""
    return await session.get(Activity, activity_id)


async def by_number(session: AsyncSession, group_id: int, number: int) -> Activity | None:
    """The activity of that number in a group."""
    query = select(Activity).where(Activity.group_id == group_id, Activity.number == number)
    return (await session.exec(query)).first()


async def of_card(session: AsyncSession, chat_id: int, message_id: int) -> Activity | None:
    """The activity whose living card is this message."""
    query = select(Card.subject_id).where(
        Card.subject == Subject.ACTIVITY, Card.chat_id == chat_id, Card.message_id == message_id
    )
    activity_id = (await session.exec(query)).first()
    return await get(session, activity_id) if activity_id is not None else None


async def all_of(session: AsyncSession, group_id: int) -> list[Activity]:
    """Every activity of a group that was not called off: what begins first comes first, what has no days last."""
    query = select(Activity).where(Activity.group_id == group_id, col(Activity.dropped_at).is_(None))
    return list((await session.exec(query.order_by(*_BY_TIME))).all())


async def listed(session: AsyncSession, group_id: int, area_id: int | None, *, page: int) -> list[Activity]:
    """One page (from 1) of the activities of an area (None: of no area), in the same order."""
    query = select(Activity).where(*_standing(group_id, area_id)).order_by(*_BY_TIME)
    return list((await session.exec(query.offset((page - 1) * PAGE).limit(PAGE))).all())


async def count(session: AsyncSession, group_id: int, area_id: int | None) -> int:
    """How many activities of an area (None: of no area) stand in the plan."""
    query = select(func.count()).select_from(Activity).where(*_standing(group_id, area_id))
    return (await session.exec(query)).one()


_BY_TIME = (col(Activity.first_day).is_(None), col(Activity.first_day), col(Activity.number))


def _standing(group_id: int, area_id: int | None) -> Sequence[ColumnElement[bool]]:
    area = col(Activity.area_id).is_not_distinct_from(area_id)
    return col(Activity.group_id) == group_id, area, col(Activity.dropped_at).is_(None)


async def tasks_of(session: AsyncSession, activity_ids: Collection[int]) -> dict[int, list[Task]]:
    """The tasks of these activities, part by part, by the activity's id: what is due first comes first."""
    found: dict[int, list[Task]] = {activity_id: [] for activity_id in activity_ids}
    query = select(Task).where(col(Task.activity_id).in_(activity_ids))
    order = (col(Task.due).is_(None), col(Task.due), col(Task.number), col(Task.part))
    for task in (await session.exec(query.order_by(*order))).all():
        if task.activity_id is not None:
            found[task.activity_id].append(task)
    return found


@dataclass(frozen=True)
class Outline:
    """What the state of an activity is derived from: one part of a task."""

    activity_id: int
    number: int
    side_id: int
    state: TaskState
    due: date | None


async def outlines(session: AsyncSession, activity_ids: Collection[int]) -> dict[int, list[Outline]]:
    """The tasks of these activities in outline, by the activity's id; cheaper than the tasks themselves."""
    found: dict[int, list[Outline]] = {activity_id: [] for activity_id in activity_ids}
    columns = map(col, (Task.activity_id, Task.number, Task.side_id, Task.state, Task.due))
    part: Bundle[Any] = Bundle("part", *columns)
    for ids in portions(activity_ids):
        for row in (await session.exec(select(part).where(col(Task.activity_id).in_(ids)))).all():
            found[row.activity_id].append(Outline(*row))
    return found


async def texts(session: AsyncSession, activity_ids: Collection[int]) -> dict[int, dict[str, str]]:
    """The titles beside the original, by the activity's id and language."""
    found: dict[int, dict[str, str]] = {activity_id: {} for activity_id in activity_ids}
    query = select(ActivityText).where(col(ActivityText.activity_id).in_(activity_ids))
    for row in (await session.exec(query.order_by(col(ActivityText.id)))).all():
        found[row.activity_id][row.language] = row.text
    return found


async def set_text(
    session: AsyncSession, *, activity_id: int, language: str, text: str, by: int, at: datetime
) -> ActivityText:
    """Write the title in one more language, or anew."""
    query = select(ActivityText).where(ActivityText.activity_id == activity_id, ActivityText.language == language)
    row = (await session.exec(query)).first()
    row = row or ActivityText(activity_id=activity_id, language=language, text=text, written_by=by, written_at=at)
    row.text, row.written_by, row.written_at = text, by, at
    session.add(row)
    await session.flush()
    return row


async def indicators(session: AsyncSession, activity_ids: Collection[int]) -> dict[int, list[Indicator]]:
    """How these activities are measured, by the activity's id, in their order."""
    found: dict[int, list[Indicator]] = {activity_id: [] for activity_id in activity_ids}
    query = select(Indicator).where(col(Indicator.activity_id).in_(activity_ids))
    for row in (await session.exec(query.order_by(col(Indicator.position)))).all():
        found[row.activity_id].append(row)
    return found


async def put_indicators(session: AsyncSession, activity_id: int, rows: Sequence[tuple[str, float | None]]) -> None:
    """These are the indicators from now on (text and target); what was counted for an equal text is kept."""
    before = {row.text: row.actual for row in (await indicators(session, [activity_id]))[activity_id]}
    await session.exec(delete(Indicator).where(col(Indicator.activity_id) == activity_id))
    session.add_all(
        Indicator(activity_id=activity_id, position=position, text=text, target=target, actual=before.get(text))
        for position, (text, target) in enumerate(rows)
    )
    await session.flush()


async def participants(session: AsyncSession, activity_ids: Collection[int]) -> dict[int, dict[int, Participants]]:
    """Who took part, by the activity's id and the side's (0: the supporting organisation)."""
    found: dict[int, dict[int, Participants]] = {activity_id: {} for activity_id in activity_ids}
    query = select(Participants).where(col(Participants.activity_id).in_(activity_ids))
    for row in (await session.exec(query.order_by(col(Participants.side_id)))).all():
        found[row.activity_id][row.side_id] = row
    return found


async def set_participants(session: AsyncSession, activity_id: int, side_id: int, *, women: int, men: int) -> None:
    """How many of a side took part; the newer count replaces the older one."""
    row = (await participants(session, [activity_id]))[activity_id].get(side_id)
    row = row or Participants(activity_id=activity_id, side_id=side_id, women=women, men=men)
    row.women, row.men = women, men
    session.add(row)
    await session.flush()


async def by_ids(session: AsyncSession, ids: Collection[int]) -> Mapping[int, Activity]:
    """The activities of these ids."""
    return {row.id: row for row in (await session.exec(select(Activity).where(col(Activity.id).in_(ids)))).all()}
