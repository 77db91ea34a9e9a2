"""Binding chats and topics to working groups, and taking them apart."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Chat, Room


async def bind(session: AsyncSession, *, chat: Chat, thread_id: int, group_id: int, by: int, at: datetime) -> Room:
    """Make a chat (thread 0) or one topic of it a room of the group; the bot stays from here on."""
    room = Room(chat_id=chat.id, thread_id=thread_id, group_id=group_id, bound_by=by, bound_at=at)
    chat.leave_at = None
    session.add_all([room, chat])
    await session.flush()
    return room


async def unbind(session: AsyncSession, room: Room, *, leave_at: datetime) -> bool:
    """The chat or topic is no room any more; True when none of the chat is left and the bot goes at `leave_at`."""
    chat = await session.get_one(Chat, room.chat_id)
    await session.delete(room)
    await session.flush()
    if (await session.exec(select(Room.id).where(Room.chat_id == chat.id))).first() is not None:
        return False
    chat.leave_at = leave_at
    session.add(chat)
    return True


async def bound_exactly(session: AsyncSession, chat_id: int, thread_id: int) -> Room | None:
    """The room of exactly this chat or topic: what is bound around it does not count."""
    query = select(Room).where(Room.chat_id == chat_id, Room.thread_id == thread_id)
    return (await session.exec(query)).first()


async def has_room(session: AsyncSession, group_id: int) -> bool:
    """Whether the group has a room at the moment."""
    return (await session.exec(select(col(Room.id)).where(Room.group_id == group_id))).first() is not None
