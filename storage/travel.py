"""Who works in another city for a while, by the clocks of that place."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import leave
from storage.remembering import remembered
from storage.tables import Membership, Travel


async def write(
    session: AsyncSession, *, person_id: int, first: date, last: date, city: str, zone: str, at: datetime
) -> Travel:
    """A person works there on these days, both ends included."""
    row = Travel(person_id=person_id, first_day=first, last_day=last, city=city, zone=zone, written_at=at)
    session.add(row)
    await leave.look_again(session, person_id, at)
    await session.flush()
    return row


async def end(session: AsyncSession, row: Travel, *, today: date, at: datetime) -> None:
    """He is at home again from `today` on; a journey that has not begun is called off as a whole."""
    row.ended_on = max(today, row.first_day) - timedelta(days=1)
    session.add(row)
    await leave.look_again(session, row.person_id, at)
    await session.flush()


async def get(session: AsyncSession, travel_id: int) -> Travel | None:
    """The journey of that id."""
    return await session.get(Travel, travel_id)


async def of_many(session: AsyncSession, person_ids: Collection[int], since: date) -> dict[int, list[Travel]]:
    """The journeys of several persons that are not over before `since`, by person, written first first."""
    query = select(Travel).where(col(Travel.person_id).in_(person_ids), col(Travel.last_day) >= since)
    found: dict[int, list[Travel]] = {}
    for row in (await session.exec(query.order_by(col(Travel.id)))).all():
        if last_day(row) >= max(since, row.first_day):
            found.setdefault(row.person_id, []).append(row)
    return found


async def of(session: AsyncSession, person_id: int, since: date) -> list[Travel]:
    """The journeys of one person that are not over before `since`."""
    return (await of_many(session, [person_id], since)).get(person_id, [])


async def of_member(session: AsyncSession, member: Membership, since: date) -> list[Travel]:
    """The journeys of one member that are not over before `since`, read once for all of his group."""
    return [row for row in await _of_group(session, member.group_id, since) if row.person_id == member.person_id]


@remembered
async def _of_group(session: AsyncSession, group_id: int, since: date) -> list[Travel]:
    persons = await session.exec(select(Membership.person_id).where(Membership.group_id == group_id))
    return [row for rows in (await of_many(session, persons.all(), since)).values() for row in rows]


def last_day(row: Travel) -> date:
    """The last day of a journey as it was really made; before its first day when it was called off."""
    return row.last_day if row.ended_on is None else min(row.last_day, row.ended_on)
