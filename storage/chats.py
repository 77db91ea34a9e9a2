"""What Telegram does to chats: groups that get another id, chats the bot is put out of."""

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.kinds import ChatKind, OutboxState
from storage.tables import ButtonToken, Card, Chat, Dialogue, Outbox, Room


async def migrate(session: AsyncSession, old_id: int, new_id: int) -> bool:
    """Move everything from a group's old id to its new one, in this transaction; False when that was done already.

    Message ids do not carry over, so living cards are posted anew when they next change.
    """
    old = await session.get(Chat, old_id)
    if old is None:
        return False
    await _take_over(session, old, new_id)
    for table in (Room, Dialogue, ButtonToken):
        chat_id: Any = col(table.chat_id)
        await session.exec(update(table).where(chat_id == old_id).values(chat_id=new_id))
    await session.exec(update(Card).where(col(Card.chat_id) == old_id).values(chat_id=new_id, message_id=None, face=""))
    await _readdress(session, old_id, new_id)
    await session.delete(old)
    await session.flush()
    return True


async def _take_over(session: AsyncSession, old: Chat, new_id: int) -> None:
    new = await session.get(Chat, new_id)
    if new is None:
        new = Chat(id=new_id, bot_id=old.bot_id, kind=ChatKind.SUPERGROUP, first_seen=old.first_seen)
    new.title, new.leave_at = old.title, old.leave_at
    session.add(new)
    await session.flush()


async def _readdress(session: AsyncSession, old_id: int, new_id: int) -> None:
    """Calls that still wait go to the new id, and so do the calls they fall back on."""
    query = select(Outbox).where(col(Outbox.state).in_((OutboxState.PENDING, OutboxState.CLAIMED, OutboxState.HELD)))
    for call in (await session.exec(query)).all():
        if call.chat_id == old_id:
            call.chat_id = new_id
        call.payload = _moved(call.payload, old_id, new_id)
        if call.fallback is not None:
            call.fallback = call.fallback | {"payload": _moved(call.fallback["payload"], old_id, new_id)}


def _moved(payload: dict[str, Any], old_id: int, new_id: int) -> dict[str, Any]:
    if payload.get("chat_id") != old_id:
        return payload
    kept = {name: value for name, value in payload.items() if name != "reply_parameters"}
    return kept | {"chat_id": new_id}


async def gone(session: AsyncSession, chat_id: int, at: datetime | None) -> list[int]:
    """Note that the bot was put out of a chat, or (None) is back; the ids of the groups whose room it is."""
    chat = await session.get(Chat, chat_id)
    if chat is not None:
        chat.gone_at = at
        session.add(chat)
    query = select(col(Room.group_id)).where(Room.chat_id == chat_id).distinct()
    return list((await session.exec(query)).all())
