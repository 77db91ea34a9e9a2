"""Calendars that somebody sent and nobody has put in force yet."""

from datetime import datetime, timedelta

from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import CalendarDraft

PATIENCE = timedelta(hours=24)


async def keep(session: AsyncSession, *, group_id: int, person_id: int, text: str, at: datetime) -> CalendarDraft:
    """Keep a calendar until its sender has seen what it would change."""
    draft = CalendarDraft(group_id=group_id, person_id=person_id, text=text, made_at=at)
    session.add(draft)
    await session.flush()
    return draft


async def get(session: AsyncSession, draft_id: int) -> CalendarDraft | None:
    """The calendar of that id, unless it was settled or is too old."""
    return await session.get(CalendarDraft, draft_id)


async def forget(session: AsyncSession, draft: CalendarDraft) -> None:
    """The calendar was put in force, or is not wanted."""
    await session.delete(draft)
    await session.flush()


async def forget_old(session: AsyncSession, now: datetime) -> None:
    """Drop what nobody decided on in time."""
    await session.exec(delete(CalendarDraft).where(col(CalendarDraft.made_at) <= now - PATIENCE))
