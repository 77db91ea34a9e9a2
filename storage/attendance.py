"""Who is invited to a meeting, who says that he comes, and who was there."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.kinds import Coming
from storage.tables import Attendance, Membership


async def invite(session: AsyncSession, meeting_id: int, members: Iterable[Membership]) -> list[Attendance]:
    """Invite those of the members who are not invited yet."""
    known = {row.person_id for row in await of(session, meeting_id)}
    rows = [
        Attendance(meeting_id=meeting_id, person_id=member.person_id, side_id=member.side_id, title=member.title)
        for member in members
        if member.person_id not in known
    ]
    session.add_all(rows)
    await session.flush()
    return rows


async def of(session: AsyncSession, meeting_id: int) -> list[Attendance]:
    """Everybody who is invited to a meeting, or was there, in the order of writing."""
    query = select(Attendance).where(Attendance.meeting_id == meeting_id).order_by(col(Attendance.id))
    return list((await session.exec(query)).all())


async def get(session: AsyncSession, attendance_id: int) -> Attendance | None:
    """One row, if there is one."""
    return await session.get(Attendance, attendance_id)


async def of_person(session: AsyncSession, meeting_id: int, person_id: int) -> Attendance | None:
    """A person's row of a meeting, if he is invited."""
    query = select(Attendance).where(Attendance.meeting_id == meeting_id, Attendance.person_id == person_id)
    return (await session.exec(query)).first()


async def answer(session: AsyncSession, row: Attendance, coming: Coming, at: datetime) -> None:
    """Write down whether he comes."""
    row.coming, row.answered_at = coming, at
    session.add(row)
    await session.flush()


async def ask_anew(session: AsyncSession, meeting_id: int) -> None:
    """The time changed: what was answered to the old one no longer counts."""
    for row in await of(session, meeting_id):
        row.coming, row.answered_at = None, None
        session.add(row)
    await session.flush()


async def be_there(session: AsyncSession, row: Attendance, at: datetime | None, by: int) -> None:
    """Somebody is there since then; None takes that back."""
    row.present, row.present_at, row.written_by = at is not None, at, by
    session.add(row)
    await session.flush()


async def add_guest(
    session: AsyncSession,
    *,
    meeting_id: int,
    name: str,
    title: str,
    institution: str,
    side_id: int | None,
    by: int,
    at: datetime,
) -> Attendance:
    """Somebody without Telegram is there; written twice, he is there once."""
    query = select(Attendance).where(
        Attendance.meeting_id == meeting_id, Attendance.name == name, Attendance.institution == institution
    )
    row = (await session.exec(query)).first()
    row = row or Attendance(meeting_id=meeting_id, name=name, institution=institution)
    row.title, row.side_id = title, side_id
    await be_there(session, row, at, by)
    return row


async def present_ids(session: AsyncSession, meeting_id: int) -> set[int]:
    """The persons who are there, without those who are written by name."""
    return {row.person_id for row in await of(session, meeting_id) if row.present and row.person_id is not None}
