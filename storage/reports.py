"""What a report of a period reads: everything that stood, changed or was asked in it."""

from datetime import date, datetime

from sqlmodel import and_, col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.decisions import OPEN
from storage.kinds import MeetingState, TaskState
from storage.support import OPEN as OPEN_REQUESTS
from storage.tables import Decision, Meeting, SupportRequest, Task
from storage.tasks import LIVE


async def decisions_between(session: AsyncSession, group_id: int, first: datetime, last: datetime) -> list[Decision]:
    """Decisions proposed or closed in [first, last), and those that were still open then, by number."""
    touched = or_(
        and_(col(Decision.proposed_at) >= first, col(Decision.proposed_at) < last),
        and_(col(Decision.closed_at) >= first, col(Decision.closed_at) < last),
        and_(col(Decision.state).in_(OPEN), col(Decision.proposed_at) < last),
    )
    query = select(Decision).where(Decision.group_id == group_id, touched).order_by(col(Decision.number))
    return list((await session.exec(query)).all())


async def tasks_between(session: AsyncSession, group_id: int, first: datetime, last: datetime) -> list[Task]:
    """Tasks given before `last` that were not closed before `first`, part by part; cancelled ones are left out."""
    stood = or_(col(Task.state).in_(LIVE), and_(Task.state == TaskState.DONE, col(Task.state_since) >= first))
    query = select(Task).where(Task.group_id == group_id, col(Task.created_at) < last, stood)
    return list((await session.exec(query.order_by(col(Task.number), col(Task.part)))).all())


async def tasks_due(session: AsyncSession, group_id: int, first: date, last: date, limit: int) -> list[Task]:
    """The live tasks due from one day to another, both included, what is due first before the rest."""
    query = select(Task).where(
        Task.group_id == group_id, col(Task.state).in_(LIVE), col(Task.due) >= first, col(Task.due) <= last
    )
    return list((await session.exec(query.order_by(col(Task.due), col(Task.number)).limit(limit))).all())


async def support_between(
    session: AsyncSession, group_id: int, first: datetime, last: datetime
) -> list[SupportRequest]:
    """Requests for support asked before `last` that were not settled before `first`, by number."""
    stood = or_(col(SupportRequest.state).in_(OPEN_REQUESTS), col(SupportRequest.state_since) >= first)
    query = select(SupportRequest).where(
        SupportRequest.group_id == group_id, col(SupportRequest.asked_at) < last, stood
    )
    return list((await session.exec(query.order_by(col(SupportRequest.number)))).all())


async def meetings_fixed(session: AsyncSession, group_id: int, first: datetime, last: datetime) -> list[Meeting]:
    """The meetings that are to begin in [first, last), the next one first."""
    query = select(Meeting).where(
        Meeting.group_id == group_id,
        Meeting.state == MeetingState.FIXED,
        col(Meeting.starts_at) >= first,
        col(Meeting.starts_at) < last,
    )
    return list((await session.exec(query.order_by(col(Meeting.starts_at)))).all())
