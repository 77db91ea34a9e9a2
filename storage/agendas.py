"""The points of a meeting's agenda, in their order."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.kinds import ItemState, Subject
from storage.tables import AgendaItem


async def add(
    session: AsyncSession,
    *,
    meeting_id: int,
    text: str,
    by: int,
    bot_id: int,
    update_id: int,
    at: datetime,
    part: int = 0,
    minutes: int | None = None,
    speaker_id: int | None = None,
    subject: Subject | None = None,
    subject_id: int | None = None,
    from_id: int | None = None,
) -> AgendaItem:
    """Write a point down behind the others."""
    query = select(func.max(AgendaItem.position)).where(AgendaItem.meeting_id == meeting_id)
    item = AgendaItem(
        bot_id=bot_id,
        update_id=update_id,
        part=part,
        meeting_id=meeting_id,
        position=((await session.exec(query)).one() or 0) + 1,
        text=text,
        minutes=minutes,
        speaker_id=speaker_id,
        subject=subject,
        subject_id=subject_id,
        from_id=from_id,
        added_by=by,
        added_at=at,
    )
    session.add(item)
    await session.flush()
    return item


async def get(session: AsyncSession, item_id: int) -> AgendaItem | None:
    """The point of that id, if there is one."""
    return await session.get(AgendaItem, item_id)


async def of(
    session: AsyncSession, meeting_id: int, states: Collection[ItemState] = frozenset(ItemState)
) -> list[AgendaItem]:
    """The points of a meeting in these states, in their order."""
    query = select(AgendaItem).where(AgendaItem.meeting_id == meeting_id, col(AgendaItem.state).in_(states))
    return list((await session.exec(query.order_by(col(AgendaItem.position), col(AgendaItem.id)))).all())


async def running(session: AsyncSession, meeting_id: int) -> AgendaItem | None:
    """The point that is spoken of now."""
    return next(iter(await of(session, meeting_id, {ItemState.RUNNING})), None)


async def swap(session: AsyncSession, one: AgendaItem, other: AgendaItem) -> None:
    """Two points change places."""
    one.position, other.position = other.position, one.position
    session.add_all([one, other])
    await session.flush()
