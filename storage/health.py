"""How long things have waited, and what was given up: for telling whether the program is well."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.kinds import InboxState, OutboxState, Priority
from storage.tables import Chat, Inbox, Lease, Mark, Outbox

URGENT = (Priority.TOAST, Priority.ANSWER, Priority.CARD)
PATIENT = (Priority.NUDGE, Priority.DIGEST)


async def oldest_unanswered(session: AsyncSession, bot_id: int) -> datetime | None:
    """Since when the oldest update waits for its answer."""
    query = select(func.min(Inbox.received_at)).where(Inbox.bot_id == bot_id, Inbox.state == InboxState.NEW)
    return (await session.exec(query)).one()


async def oldest_owed(
    session: AsyncSession, bot_id: int, now: datetime, of: Collection[Priority] = URGENT + PATIENT
) -> datetime | None:
    """Since when the oldest call that may leave has not left; a chat that Telegram holds back does not count."""
    since = func.coalesce(Outbox.not_before, Outbox.created_at)
    query = (
        select(func.min(since))
        .select_from(Outbox)
        .outerjoin(Chat, col(Chat.id) == Outbox.chat_id)
        .where(
            Outbox.bot_id == bot_id,
            col(Outbox.state).in_((OutboxState.PENDING, OutboxState.CLAIMED)),
            col(Outbox.priority).in_(of),
            since <= now,
            or_(col(Chat.hold_until).is_(None), col(Chat.hold_until) <= now),
        )
    )
    return (await session.exec(query)).one()


async def updates(session: AsyncSession, bot_id: int, state: InboxState) -> int:
    """How many updates are in a state; meant for those that few are in."""
    query = select(func.count()).select_from(Inbox).where(Inbox.bot_id == bot_id, Inbox.state == state)
    return (await session.exec(query)).one()


async def set_aside_since(session: AsyncSession, bot_id: int, since: datetime) -> int:
    """How many updates were set aside since then."""
    query = select(func.count()).where(
        Inbox.bot_id == bot_id, Inbox.state == InboxState.DEAD, col(Inbox.done_at) >= since
    )
    return (await session.exec(query)).one()


async def calls(session: AsyncSession, bot_id: int, state: OutboxState) -> int:
    """How many calls are in a state; meant for those that few are in."""
    query = select(func.count()).select_from(Outbox).where(Outbox.bot_id == bot_id, Outbox.state == state)
    return (await session.exec(query)).one()


async def perhaps_twice(session: AsyncSession, bot_id: int, since: datetime) -> int:
    """How many calls that were made since then may have arrived twice."""
    query = select(func.count()).where(Outbox.bot_id == bot_id, col(Outbox.sent_at) >= since, col(Outbox.ambiguous) > 0)
    return (await session.exec(query)).one()


async def lease_until(session: AsyncSession, name: str) -> datetime | None:
    """Until when somebody holds a lease."""
    lease = await session.get(Lease, name)
    return None if lease is None else lease.until


async def marks(session: AsyncSession, prefix: str) -> dict[str, datetime]:
    """The moments whose names begin like this, by the rest of their names."""
    query = select(Mark).where(col(Mark.name).startswith(prefix, autoescape=True)).order_by(col(Mark.name))
    return {mark.name.removeprefix(prefix): mark.at for mark in (await session.exec(query)).all()}
