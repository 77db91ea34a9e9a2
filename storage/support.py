"""Requests to the supporting project: written down, found, listed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import groups
from storage.kinds import SupportState
from storage.tables import SupportRequest, WorkingGroup

OPEN = (SupportState.ASKED, SupportState.QUESTION)
PAGE = 6
"""Requests on one page of a list."""


@dataclass(frozen=True)
class SupportDraft:
    """A request before it has a row."""

    text: str
    language: str
    search_text: str
    asked_by: int
    bot_id: int
    update_id: int
    at: datetime
    side_id: int | None = None
    needed_by: date | None = None


async def add(session: AsyncSession, *, group: WorkingGroup, draft: SupportDraft) -> SupportRequest:
    """Write a request down under the group's next number; it wants to be looked at from now on."""
    row = SupportRequest(
        group_id=group.id,
        number=await groups.next_support(session, group),
        text=draft.text,
        language=draft.language,
        search_text=draft.search_text,
        asked_by=draft.asked_by,
        bot_id=draft.bot_id,
        update_id=draft.update_id,
        side_id=draft.side_id,
        needed_by=draft.needed_by,
        asked_at=draft.at,
        state_since=draft.at,
        look_at=draft.at,
    )
    session.add(row)
    await session.flush()
    return row


async def get(session: AsyncSession, request_id: int) -> SupportRequest | None:
    """The request of that id, if there is one."""
    return await session.get(SupportRequest, request_id)


async def by_number(session: AsyncSession, group_id: int, number: int) -> SupportRequest | None:
    """The request of that number in a group, if there is one."""
    query = select(SupportRequest).where(SupportRequest.group_id == group_id, SupportRequest.number == number)
    return (await session.exec(query)).first()


async def listed(
    session: AsyncSession, group_id: int, *, states: Collection[SupportState], page: int = 1
) -> list[SupportRequest]:
    """One page (from 1) of a group's requests in these states, newest first."""
    query = select(SupportRequest).where(SupportRequest.group_id == group_id, col(SupportRequest.state).in_(states))
    query = query.order_by(col(SupportRequest.number).desc()).offset((page - 1) * PAGE).limit(PAGE)
    return list((await session.exec(query)).all())


async def count(session: AsyncSession, group_id: int, *, states: Collection[SupportState]) -> int:
    """How many requests of a group are in these states."""
    query = select(func.count()).select_from(SupportRequest)
    query = query.where(col(SupportRequest.group_id) == group_id, col(SupportRequest.state).in_(states))
    return (await session.exec(query)).one()


async def open_ones(session: AsyncSession, group_id: int) -> list[SupportRequest]:
    """The requests of a group that wait for an answer, oldest first."""
    query = select(SupportRequest).where(SupportRequest.group_id == group_id, col(SupportRequest.state).in_(OPEN))
    return list((await session.exec(query.order_by(col(SupportRequest.number)))).all())
