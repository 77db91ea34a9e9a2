"""Which group had the digest of which week."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import groups
from storage.crashing import point
from storage.tables import Digest, Task, WorkingGroup
from storage.tasks import LIVE


async def groups_to_look_at(session: AsyncSession, now: datetime) -> Sequence[WorkingGroup]:
    """The groups that can be written to and whose digest wants to be looked at by now."""
    due = or_(col(WorkingGroup.digest_at).is_(None), col(WorkingGroup.digest_at) <= now)
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
