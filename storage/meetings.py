"""Meetings of a group: written down, found, listed, and those the tick wants to see."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import groups
from storage.kinds import MeetingState
from storage.tables import Meeting, WorkingGroup

AHEAD = (MeetingState.ASKED, MeetingState.PROPOSED, MeetingState.FIXED, MeetingState.OPEN)
PAGE = 6
"""Meetings on one page of a list."""
_NEXT_FIRST = (col(Meeting.starts_at).is_(None), col(Meeting.starts_at), col(Meeting.number))


@dataclass(frozen=True)
class MeetingDraft:
    """What a meeting is before it has a row; the names are those of the columns."""

    title: str
    language: str
    search_text: str
    created_by: int
    bot_id: int
    update_id: int
    created_at: datetime
    minutes: int = 60
    place: str = ""
    link: str = ""
    languages: list[str] = field(default_factory=list)
    moderator_id: int | None = None
    minute_taker_id: int | None = None
    interpreter_id: int | None = None
    interpreter: str = ""
    follows_id: int | None = None


async def add(session: AsyncSession, *, group: WorkingGroup, draft: MeetingDraft) -> Meeting:
    """Write a meeting down under the group's next number; its time is yet to be chosen."""
    number = await groups.next_meeting(session, group)
    meeting = Meeting(group_id=group.id, number=number, **vars(draft))
    session.add(meeting)
    await session.flush()
    return meeting


async def get(session: AsyncSession, meeting_id: int) -> Meeting | None:
    """The meeting of that id, if there is one."""
    return await session.get(Meeting, meeting_id)


async def by_number(session: AsyncSession, group_id: int, number: int) -> Meeting | None:
    """The meeting of that number in a group, if there is one."""
    query = select(Meeting).where(Meeting.group_id == group_id, Meeting.number == number)
    return (await session.exec(query)).first()


async def running(session: AsyncSession, group_id: int) -> Meeting | None:
    """The meeting of a group that is going on, if one is."""
    query = select(Meeting).where(Meeting.group_id == group_id, Meeting.state == MeetingState.OPEN)
    return (await session.exec(query)).first()


async def following(session: AsyncSession, meeting_id: int) -> Meeting | None:
    """The meeting that follows this one in a series, if it was not called off."""
    query = select(Meeting).where(Meeting.follows_id == meeting_id, Meeting.state != MeetingState.CANCELLED)
    return (await session.exec(query.order_by(col(Meeting.id).desc()))).first()


async def coming(session: AsyncSession, group_id: int) -> list[Meeting]:
    """The meetings of a group that are not over: the next one first, those without a time last."""
    query = select(Meeting).where(Meeting.group_id == group_id, col(Meeting.state).in_(AHEAD))
    return list((await session.exec(query.order_by(*_NEXT_FIRST))).all())


async def listed(
    session: AsyncSession, group_id: int, *, states: Collection[MeetingState], page: int = 1
) -> list[Meeting]:
    """One page (from 1) of a group's meetings in these states: the newest first; those ahead alone as they come."""
    query = select(Meeting).where(Meeting.group_id == group_id, col(Meeting.state).in_(states))
    order = _NEXT_FIRST if set(states) <= set(AHEAD) else [col(Meeting.number).desc()]
    return list((await session.exec(query.order_by(*order).offset((page - 1) * PAGE).limit(PAGE))).all())


async def count(session: AsyncSession, group_id: int, *, states: Collection[MeetingState]) -> int:
    """How many meetings of a group are in these states."""
    query = select(func.count()).select_from(Meeting)
    query = query.where(col(Meeting.group_id) == group_id, col(Meeting.state).in_(states))
    return (await session.exec(query)).one()


async def held_between(session: AsyncSession, group_id: int, first: datetime, last: datetime) -> list[Meeting]:
    """The meetings of a group that were held and began in [first, last), oldest first: for reports."""
    query = select(Meeting).where(
        Meeting.group_id == group_id,
        Meeting.state == MeetingState.HELD,
        col(Meeting.starts_at) >= first,
        col(Meeting.starts_at) < last,
    )
    return list((await session.exec(query.order_by(col(Meeting.starts_at)))).all())


async def due_to_look_at(session: AsyncSession, now: datetime, limit: int) -> list[Meeting]:
    """Meetings whose moment to be looked at has come, the longest waiting first."""
    query = select(Meeting).where(col(Meeting.look_at).is_not(None), col(Meeting.look_at) <= now)
    return list((await session.exec(query.order_by(col(Meeting.look_at), col(Meeting.id)).limit(limit))).all())
