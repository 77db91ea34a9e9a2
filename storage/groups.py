"""Working groups, their sides and areas, the rooms they are bound to, the chats Telegram knows."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import event, update
from sqlalchemy.orm import Session
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from storage import adding, locks, waiting
from storage.crashing import point
from storage.kinds import ChatKind
from storage.portions import portions
from storage.remembering import forget, once, remembered, still_holds
from storage.sessions import run
from storage.tables import Area, Chat, Mechanism, Organisation, Room, Side, WorkingGroup

HELD = "groups held"
"""Under this name a transaction notes which groups it holds."""


async def get(session: AsyncSession, group_id: int) -> WorkingGroup:
    """The group of that id, which has to exist."""
    return await session.get_one(WorkingGroup, group_id)


async def get_all(session: AsyncSession, group_ids: Collection[int]) -> dict[int, WorkingGroup]:
    """These groups at once, by their ids."""
    found: dict[int, WorkingGroup] = {}
    for ids in portions(group_ids):
        query = select(WorkingGroup).where(col(WorkingGroup.id).in_(ids))
        found |= {group.id: group for group in (await session.exec(query)).all()}
    return found


async def hold(session: AsyncSession, group_id: int) -> WorkingGroup:
    """The same, held for this transaction alone: two workers never change one group side by side."""
    if locks.one_writer(session) or group_id in session.info.get(HELD, ()):
        return await session.get_one(WorkingGroup, group_id)
    # Without key_share every row that refers to the group would have to wait too.
    held = await session.get_one(WorkingGroup, group_id, populate_existing=True, with_for_update={"key_share": True})
    await _got_hold(session, [held])
    return held


async def hold_all(session: AsyncSession, group_ids: Collection[int]) -> None:
    """Hold many groups for this transaction alone, in the order of their ids."""
    forget(session)
    if locks.one_writer(session):
        return
    for ids in portions(group_ids):
        query = select(WorkingGroup.id).where(col(WorkingGroup.id).in_(ids)).order_by(col(WorkingGroup.id))
        (await session.exec(query.with_for_update(key_share=True))).all()


async def hold_of_chats(session: AsyncSession, chat_ids: Collection[int]) -> list[WorkingGroup]:
    """Hold the groups whose rooms these chats are, at once and in the order of their ids."""
    rooms = select(col(Room.group_id)).where(col(Room.chat_id).in_(chat_ids))
    query = select(WorkingGroup).where(col(WorkingGroup.id).in_(rooms)).order_by(col(WorkingGroup.id))
    found = list((await session.exec(query.with_for_update(key_share=True))).all())
    if found:
        await _got_hold(session, found)
    return found


def ours(session: AsyncSession) -> Collection[int] | None:
    """The groups about which nobody else writes until this transaction ends; None where nobody else writes at all."""
    held: Collection[int] = session.info.get(HELD, ())
    return None if locks.one_writer(session) else held


async def _got_hold(session: AsyncSession, held: Collection[WorkingGroup]) -> None:
    """Whoever held these groups before may have changed what belongs to them, and have taken numbers after ours."""
    await still_holds(session)
    adding.others_may_have_added(session)
    session.info.setdefault(HELD, set()).update(group.id for group in held)


@event.listens_for(Session, "after_soft_rollback")
@event.listens_for(Session, "after_commit")
def _let_go(session: Session, *_: object) -> None:
    session.info.pop(HELD, None)


async def all_of(session: AsyncSession) -> list[WorkingGroup]:
    """Every working group, by name."""
    return list((await session.exec(select(WorkingGroup).order_by(WorkingGroup.name))).all())


async def named(session: AsyncSession, name: str) -> WorkingGroup | None:
    """The group of that name or, for the operator's convenience, of that id."""
    group = (await session.exec(select(WorkingGroup).where(WorkingGroup.name == name))).first()
    return group or (await session.get(WorkingGroup, int(name)) if name.isdecimal() else None)


@remembered
async def sides(session: AsyncSession, group_id: int) -> list[Side]:
    """The sides of a group in their order."""
    query = select(Side).where(Side.group_id == group_id).order_by(col(Side.position))
    return list((await session.exec(query)).all())


async def organisation(session: AsyncSession, group_id: int) -> Organisation | None:
    """The supporting organisation of a group, if it has one."""
    return next(iter(await _organisations(session, group_id)), None)


@remembered
async def _organisations(session: AsyncSession, group_id: int) -> list[Organisation]:
    return list((await session.exec(select(Organisation).where(Organisation.group_id == group_id))).all())


@remembered
async def areas(session: AsyncSession, group_id: int) -> list[Area]:
    """The areas of a group in their order."""
    query = select(Area).where(Area.group_id == group_id).order_by(col(Area.position))
    return list((await session.exec(query)).all())


async def mechanism(session: AsyncSession, group_id: int) -> Mechanism:
    """The group's rules."""
    return await once(session, ("mechanism", group_id), lambda: session.get_one(Mechanism, group_id))


async def next_decision(session: AsyncSession, group: WorkingGroup) -> int:
    """Take the next decision number; a rollback gives it back."""
    return _next(session, group, "last_decision")


async def next_task(session: AsyncSession, group: WorkingGroup, count: int = 1) -> int:
    """Take the next task number, the first of several where `count` says so; a rollback gives them back."""
    return _next(session, group, "last_task", count)


async def next_activity(session: AsyncSession, group: WorkingGroup, count: int = 1) -> int:
    """Take the next activity number, the first of several where `count` says so; a rollback gives them back."""
    return _next(session, group, "last_activity", count)


async def next_meeting(session: AsyncSession, group: WorkingGroup) -> int:
    """Take the next meeting number; a rollback gives it back."""
    return _next(session, group, "last_meeting")


async def next_file(session: AsyncSession, group: WorkingGroup) -> int:
    """Take the next number of a shared file; a rollback gives it back."""
    return _next(session, group, "last_file")


async def next_support(session: AsyncSession, group: WorkingGroup) -> int:
    """Take the next number of a request for support; a rollback gives it back."""
    return _next(session, group, "last_support")


def _next(session: AsyncSession, group: WorkingGroup, name: str, count: int = 1) -> int:
    last: int = getattr(group, name)
    waiting.change(session.sync_session, group, name, last + count)
    point("record.numbered")
    return last + 1


async def chat(session: AsyncSession, *, chat_id: int, bot_id: int, kind: ChatKind, title: str, at: datetime) -> Chat:
    """The chat, noted down when it is seen for the first time."""
    found = await session.get(Chat, chat_id)
    if found is None:
        found = Chat(id=chat_id, bot_id=bot_id, kind=kind, title=title, first_seen=at)
        session.add(found)
        await session.flush()
    return found


async def chat_known(session: AsyncSession, chat_id: int) -> Chat | None:
    """The chat of that id, if it was ever seen."""
    return await session.get(Chat, chat_id)


def with_a_room() -> SelectOfScalar[int]:
    """The ids of the groups that can be written to."""
    return select(Room.group_id).join(Chat, col(Chat.id) == Room.chat_id).where(col(Chat.gone_at).is_(None))


async def room_of(session: AsyncSession, chat_id: int, thread_id: int) -> Room | None:
    """The room a message was written in: its topic if that is bound by itself, else the chat as a whole."""
    by_thread = {room.thread_id: room for room in await _rooms_in(session, chat_id)}
    return by_thread.get(thread_id) or by_thread.get(0)


@remembered
async def _rooms_in(session: AsyncSession, chat_id: int) -> list[Room]:
    return list((await session.exec(select(Room).where(Room.chat_id == chat_id))).all())


@remembered
async def rooms(session: AsyncSession, group_id: int) -> list[Room]:
    """The rooms of a group; the first one is where it is written to."""
    return list((await session.exec(select(Room).where(Room.group_id == group_id).order_by(col(Room.id)))).all())


async def post(session: AsyncSession, room: Room) -> int:
    """Count one more post in a room; how many there were before it."""
    counted = update(Room).where(col(Room.id) == room.id).values(posts=col(Room.posts) + 1)
    # Past the session: who remembers which rooms there are need not ask again because something was posted.
    return int((await run(session, counted.returning(col(Room.posts)))).scalar_one()) - 1


async def main_room(session: AsyncSession, group_id: int) -> Room | None:
    """The room a group is written to unasked."""
    found = await rooms(session, group_id)
    return found[0] if found else None


async def overdue_strangers(session: AsyncSession, now: datetime) -> list[Chat]:
    """Chats nobody bound whose time is over."""
    query = select(Chat).where(col(Chat.leave_at).is_not(None), col(Chat.leave_at) <= now)
    return list((await session.exec(query)).all())
