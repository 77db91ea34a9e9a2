"""Which group had the digest of which week."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import groups
from storage.crashing import point
from storage.tables import Digest, Task, WorkingGroup
from storage.tasks import LIVE

LONGEST_REST = timedelta(days=8)
"""No digest is further away than that; a week and the hours by which zones differ."""


async def groups_to_look_at(session: AsyncSession, now: datetime) -> Sequence[WorkingGroup]:
    """The groups that can be written to and whose digest wants to be looked at by now."""
    at = col(WorkingGroup.digest_at)
    due = or_(at.is_(None), at <= now, at > now + LONGEST_REST)  # a clock that ran ahead silences nobody for long
    query = (
        select(WorkingGroup).where(col(WorkingGroup.id).in_(groups.with_a_room()), due).order_by(col(WorkingGroup.id))
    )
    return (await session.exec(query.order_by(col(WorkingGroup.id)))).all()


async def live_tasks(session: AsyncSession, group_id: int) -> Sequence[Task]:
    """Every task of a group that is still to be done."""
    query = select(Task).where(Task.group_id == group_id, col(Task.state).in_(LIVE)).order_by(col(Task.id))
    return (await session.exec(query)).all()


async def had(session: AsyncSession, group_id: int, week: str) -> bool:
    """Whether the digest of that week was said, or there was nothing to say."""
    query = select(Digest.id).where(Digest.group_id == group_id, Digest.week == week)
    return (await session.exec(query)).first() is not None


async def write(
    session: AsyncSession, *, group_id: int, week: str, outbox_key: str, said_nothing: bool, at: datetime
) -> None:
    """Note that the week's digest is done with (`one_digest_per_group_and_week`)."""
    row = Digest(group_id=group_id, week=week, outbox_key=outbox_key, said_nothing=said_nothing, planned_at=at)
    session.add(row)
    await session.flush()
    point("planning.digested")
