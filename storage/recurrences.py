"""Tasks that repeat: the rules in force, and the newest task of each."""

from datetime import date, datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import adding, groups
from storage.tables import Recurrence, Task, WorkingGroup


async def add(
    session: AsyncSession, *, group_id: int, rule: str, by: int, bot_id: int, update_id: int, at: datetime
) -> Recurrence:
    """Write a rule down."""
    row = Recurrence(group_id=group_id, rule=rule, made_by=by, bot_id=bot_id, update_id=update_id, made_at=at)
    session.add(row)
    await session.flush()
    return row


async def get(session: AsyncSession, recurrence_id: int | None) -> Recurrence | None:
    """The rule of that id while it is in force."""
    found = None if recurrence_id is None else await session.get(Recurrence, recurrence_id)
    return found if found is not None and found.ended_at is None else None


async def newest(session: AsyncSession) -> list[tuple[Recurrence, list[Task]]]:
    """Every rule in force with all parts of its newest task."""
    last = (
        select(col(Task.recurrence_id).label("of"), func.max(Task.occurrence).label("day"))
        .join(Recurrence, col(Recurrence.id) == Task.recurrence_id)
        .where(col(Recurrence.ended_at).is_(None))
        .group_by(col(Task.recurrence_id))
        .subquery()
    )
    query = select(Recurrence, Task).join(Task, col(Task.recurrence_id) == Recurrence.id)
    query = query.join(last, (last.c.of == Recurrence.id) & (last.c.day == Task.occurrence))
    found: dict[int, tuple[Recurrence, list[Task]]] = {}
    for row, task in (await session.exec(query.order_by(col(Recurrence.id), col(Task.part)))).all():
        found.setdefault(row.id, (row, []))[1].append(task)
    return list(found.values())


async def repeat(
    session: AsyncSession, group: WorkingGroup, rule: Recurrence, parts: list[Task], day: date, due: date, at: datetime
) -> list[Task]:
    """Write the next task down, like the last one, under the group's next number."""
    number = await groups.next_task(session, group)
    rows = [
        Task(
            bot_id=rule.bot_id, update_id=rule.update_id, line=day.toordinal(), group_id=group.id, number=number,
            part=part.part, text=part.text, language=part.language, search_text=part.search_text,
            area_id=part.area_id, activity_id=part.activity_id, side_id=part.side_id, assignee_id=part.assignee_id,
            created_by=part.created_by, created_at=at, due=due, state_since=at, look_at=at,
            recurrence_id=rule.id, occurrence=day,
        )
        for part in parts
    ]  # fmt: skip
    await adding.add(session, rows)
    return rows
