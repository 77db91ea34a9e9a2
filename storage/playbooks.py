"""The playbooks a group sent itself, and which step each task of an activity is."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import ActivityStep, GroupPlaybook, Task


async def of_group(session: AsyncSession, group_id: int) -> list[GroupPlaybook]:
    """The group's own playbooks, oldest first."""
    query = select(GroupPlaybook).where(GroupPlaybook.group_id == group_id)
    return list((await session.exec(query.order_by(col(GroupPlaybook.id)))).all())


async def put(session: AsyncSession, *, group_id: int, key: str, content: str, by: int, at: datetime) -> GroupPlaybook:
    """Keep a playbook; a newer one of the same key takes the older one's place."""
    query = select(GroupPlaybook).where(GroupPlaybook.group_id == group_id, GroupPlaybook.key == key)
    row = (await session.exec(query)).first()
    if row is None:
        row = GroupPlaybook(group_id=group_id, key=key, content=content, added_by=by, added_at=at)
    else:
        row.content, row.added_by, row.added_at, row.version = content, by, at, row.version + 1
    session.add(row)
    await session.flush()
    return row


async def add_steps(session: AsyncSession, rows: Sequence[ActivityStep]) -> None:
    """Write down which steps the tasks of an activity are."""
    session.add_all(rows)
    await session.flush()


async def steps(session: AsyncSession, activity_id: int) -> list[tuple[ActivityStep, Task]]:
    """The steps of an activity with their tasks, part by part, in the order of the playbook."""
    query = select(ActivityStep, Task).join(Task, col(Task.id) == ActivityStep.task_id)
    query = query.where(ActivityStep.activity_id == activity_id)
    order = (col(ActivityStep.position), col(ActivityStep.turn), col(Task.number), col(Task.part))
    return [(row[0], row[1]) for row in (await session.exec(query.order_by(*order))).all()]
