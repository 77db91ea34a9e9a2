"""The times proposed for a meeting, and who can come when."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import MeetingSlot, SlotVote


async def propose(session: AsyncSession, meeting_id: int, moments: Iterable[datetime]) -> list[MeetingSlot]:
    """Propose times for a meeting in a new round; one that was proposed before moves into it with its votes."""
    query = select(func.max(MeetingSlot.round)).where(MeetingSlot.meeting_id == meeting_id)
    number = ((await session.exec(query)).one() or 0) + 1
    before = {row.starts_at: row for row in await _all_of(session, meeting_id)}
    rows = []
    for moment in moments:
        row = before.get(moment) or MeetingSlot(meeting_id=meeting_id, starts_at=moment)
        row.round = number
        rows.append(row)
    session.add_all(rows)
    await session.flush()
    return rows


async def of(session: AsyncSession, meeting_id: int) -> list[MeetingSlot]:
    """The times of the last round, in their order."""
    rows = await _all_of(session, meeting_id)
    last = max((row.round for row in rows), default=0)
    return [row for row in rows if row.round == last]


async def _all_of(session: AsyncSession, meeting_id: int) -> list[MeetingSlot]:
    query = select(MeetingSlot).where(MeetingSlot.meeting_id == meeting_id).order_by(col(MeetingSlot.starts_at))
    return list((await session.exec(query)).all())


async def vote(session: AsyncSession, *, slot_id: int, side_id: int, person_id: int, at: datetime) -> SlotVote:
    """Somebody can come then; said again, he no longer can."""
    query = select(SlotVote).where(SlotVote.slot_id == slot_id, SlotVote.person_id == person_id)
    row = (await session.exec(query)).first()
    if row is None:
        row = SlotVote(slot_id=slot_id, side_id=side_id, person_id=person_id, voted_at=at)
    else:
        row.can, row.side_id, row.voted_at = not row.can, side_id, at
    session.add(row)
    await session.flush()
    return row


async def sides_that_can(session: AsyncSession, slot_ids: Iterable[int]) -> dict[int, set[int]]:
    """The sides that can come, by the id of the proposed time."""
    found: dict[int, set[int]] = {slot_id: set() for slot_id in slot_ids}
    query = select(SlotVote).where(col(SlotVote.slot_id).in_(found), col(SlotVote.can).is_(True))
    for row in (await session.exec(query)).all():
        found[row.slot_id].add(row.side_id)
    return found
