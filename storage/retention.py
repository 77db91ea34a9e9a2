"""What the road of messages leaves behind goes after a while: records, answers and the journal stay."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.kinds import InboxState, OutboxState, Priority
from storage.tables import ButtonToken, Chat, Inbox, Outbox

PORTION = 500
"""Rows one transaction takes away: nobody waits for it."""
SETTLED = (InboxState.DONE, InboxState.DEAD)
ENDED = (OutboxState.SENT, OutboxState.FAILED, OutboxState.WITHDRAWN, OutboxState.HELD)


async def drop_updates(session: AsyncSession, before: datetime) -> int:
    """Take away a portion of the updates that were settled before then; how many went. Zero: none is left."""
    found: list[int] = []
    for state in SETTLED:
        # Rows stand in the order in which they came, so the first ones tell whether there is anything to do.
        query = select(Inbox.id, Inbox.done_at).where(Inbox.state == state).order_by(col(Inbox.id)).limit(PORTION)
        found += [row for row, at in (await session.exec(query)).all() if at is not None and at < before]
    return await _delete(session, Inbox, col(Inbox.id), found)


async def drop_calls(session: AsyncSession, before: datetime) -> int:
    """Take away a portion of the calls that ended, or were held back, and are older than that; how many went."""
    found: list[int] = []
    for state in ENDED:
        for priority in Priority:
            of_kind = (Outbox.state == state, Outbox.priority == priority)
            query = select(Outbox.id, Outbox.created_at).where(*of_kind).order_by(col(Outbox.id)).limit(PORTION)
            found += [row for row, at in (await session.exec(query)).all() if at < before]
    return await _delete(session, Outbox, col(Outbox.id), found)


async def drop_buttons(session: AsyncSession, before: datetime) -> int:
    """Take away a portion of the buttons of chats that the bot left before then; how many went.

    Those of other chats stay: a button answers however old its message is, and it names records by number only.
    """
    left = select(Chat.id).where(col(Chat.gone_at) < before)
    query = select(ButtonToken.token).where(col(ButtonToken.chat_id).in_(left)).limit(PORTION)
    return await _delete(session, ButtonToken, col(ButtonToken.token), (await session.exec(query)).all())


async def _delete(session: AsyncSession, table: Any, key: Any, found: Sequence[object]) -> int:
    if found:
        await session.exec(delete(table).where(key.in_(found)))
    return len(found)
