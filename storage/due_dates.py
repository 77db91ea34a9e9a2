"""Due dates that are still ahead, and when somebody last looked them over."""

from collections.abc import Collection
from datetime import date, datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.kinds import MeetingState, TaskState
from storage.tables import Mark, Meeting, Task

CLOSED = (TaskState.DONE, TaskState.CANCELLED)


async def groups_with_dates(session: AsyncSession) -> list[int]:
    """The groups that have open tasks with a due date, or a meeting whose time is fixed."""
    due = select(Task.group_id).where(col(Task.due).is_not(None), col(Task.state).not_in(CLOSED)).distinct()
    fixed = select(Meeting.group_id).where(Meeting.state == MeetingState.FIXED).distinct()
    return sorted({*(await session.exec(due)).all(), *(await session.exec(fixed)).all()})


async def ahead(session: AsyncSession, group_id: int, since: date) -> list[Task]:
    """The open tasks of a group that are due on that day or later, in the order of their dates."""
    query = select(Task).where(Task.group_id == group_id, col(Task.due) >= since, col(Task.state).not_in(CLOSED))
    return list((await session.exec(query.order_by(col(Task.due), col(Task.id)))).all())


async def marks(session: AsyncSession, names: Collection[str]) -> dict[str, datetime]:
    """The moments that are remembered under these names."""
    query = select(Mark).where(col(Mark.name).in_(names))
    return {row.name: row.at for row in (await session.exec(query)).all()}
