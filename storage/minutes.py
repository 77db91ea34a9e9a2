"""The minutes of meetings, edition by edition, and what the sides answer to them."""

from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.kinds import MinutesState
from storage.tables import Minutes, MinutesAnswer


async def add(
    session: AsyncSession, *, meeting_id: int, content: dict[str, Any], at: datetime, answer_by: datetime | None
) -> Minutes:
    """Write the next edition of a meeting's minutes down; it is answered anew."""
    before = await latest(session, meeting_id)
    row = Minutes(
        meeting_id=meeting_id,
        edition=before.edition + 1 if before else 1,
        content=content,
        drafted_at=at,
        answer_by=answer_by,
    )
    session.add(row)
    await session.flush()
    return row


async def get(session: AsyncSession, minutes_id: int) -> Minutes | None:
    """The edition of that id, if there is one."""
    return await session.get(Minutes, minutes_id)


async def latest(session: AsyncSession, meeting_id: int) -> Minutes | None:
    """The edition that counts, if there is any."""
    query = select(Minutes).where(Minutes.meeting_id == meeting_id).order_by(col(Minutes.edition).desc())
    return (await session.exec(query)).first()


async def close(session: AsyncSession, row: Minutes, state: MinutesState, at: datetime | None) -> None:
    """Put an edition into a state; `at` is when it was settled, None while it still waits."""
    row.state, row.closed_at = state, at
    session.add(row)
    await session.flush()


async def get_answer(session: AsyncSession, answer_id: int) -> MinutesAnswer | None:
    """The answer of that id, if there is one."""
    return await session.get(MinutesAnswer, answer_id)


async def standing(session: AsyncSession, minutes_id: int) -> dict[int, MinutesAnswer]:
    """The answer of each side that counts, by the side's id: its latest that was not contested."""
    query = select(MinutesAnswer).where(MinutesAnswer.minutes_id == minutes_id).order_by(col(MinutesAnswer.id))
    return {row.side_id: row for row in (await session.exec(query)).all() if row.contested_at is None}


async def contest(session: AsyncSession, answer: MinutesAnswer, at: datetime) -> None:
    """Void an answer recorded for somebody, and what was recorded for him before in the same edition."""
    query = select(MinutesAnswer).where(
        MinutesAnswer.minutes_id == answer.minutes_id,
        MinutesAnswer.person_id == answer.person_id,
        col(MinutesAnswer.recorded_by).is_not(None),
        col(MinutesAnswer.contested_at).is_(None),
        MinutesAnswer.id <= answer.id,
    )
    for row in (await session.exec(query)).all():
        row.contested_at = at
        session.add(row)
    await session.flush()
