"""How long things have waited, and what was given up: for telling whether the program is well."""

from datetime import datetime

from sqlalchemy import func, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.kinds import InboxState, OutboxState
from storage.tables import Chat, Inbox, Lease, Outbox


async def oldest_unanswered(session: AsyncSession, bot_id: int) -> datetime | None:
    """Since when the oldest update waits for its answer."""
    query = select(func.min(Inbox.received_at)).where(Inbox.bot_id == bot_id, Inbox.state == InboxState.NEW)
    return (await session.exec(query)).one()


async def oldest_owed(session: AsyncSession, bot_id: int, now: datetime) -> datetime | None:
    """Since when the oldest call that may leave has not left; a chat that Telegram holds back does not count."""
    since = func.coalesce(Outbox.not_before, Outbox.created_at)
    query = (
        select(func.min(since))
        .select_from(Outbox)
        .outerjoin(Chat, col(Chat.id) == Outbox.chat_id)
        .where(
            Outbox.bot_id == bot_id,
            col(Outbox.state).in_((OutboxState.PENDING, OutboxState.CLAIMED)),
            since <= now,
            or_(col(Chat.hold_until).is_(None), col(Chat.hold_until) <= now),
        )
    )
    return (await session.exec(query)).one()


async def set_aside(session: AsyncSession, bot_id: int) -> int:
    """How many updates could not be answered."""
    query = select(func.count()).select_from(Inbox).where(Inbox.bot_id == bot_id, Inbox.state == InboxState.DEAD)
    return (await session.exec(query)).one()


async def given_up(session: AsyncSession, bot_id: int) -> int:
    """How many calls Telegram will never take."""
    query = select(func.count()).select_from(Outbox).where(Outbox.bot_id == bot_id, Outbox.state == OutboxState.FAILED)
    return (await session.exec(query)).one()


async def lease_until(session: AsyncSession, name: str) -> datetime | None:
    """Until when somebody holds a lease."""
    lease = await session.get(Lease, name)
    return None if lease is None else lease.until
