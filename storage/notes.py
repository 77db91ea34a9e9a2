"""What was said in a meeting."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Decision, Note, Task


async def add(
    session: AsyncSession,
    *,
    meeting_id: int,
    item_id: int | None,
    text: str,
    language: str,
    by: int,
    bot_id: int,
    update_id: int,
    at: datetime,
    person_id: int | None = None,
    guest_id: int | None = None,
) -> Note:
    """Write a note down; `person_id` or `guest_id` is who said it."""
    note = Note(
        bot_id=bot_id,
        update_id=update_id,
        meeting_id=meeting_id,
        item_id=item_id,
        text=text,
        language=language,
        person_id=person_id,
        guest_id=guest_id,
        written_by=by,
        written_at=at,
    )
    session.add(note)
    await session.flush()
    return note


async def of(session: AsyncSession, meeting_id: int) -> list[Note]:
    """The notes of a meeting, oldest first."""
    query = select(Note).where(Note.meeting_id == meeting_id).order_by(col(Note.id))
    return list((await session.exec(query)).all())


async def decisions(session: AsyncSession, meeting_id: int) -> list[Decision]:
    """The decisions recorded in a meeting, by number."""
    query = select(Decision).where(Decision.meeting_id == meeting_id).order_by(col(Decision.number))
    return list((await session.exec(query)).all())


async def tasks(session: AsyncSession, meeting_id: int) -> list[Task]:
    """The tasks given in a meeting, by number and part."""
    query = select(Task).where(Task.meeting_id == meeting_id).order_by(col(Task.number), col(Task.part))
    return list((await session.exec(query)).all())
