"""Working times of sides, organisations and persons, put together from their rows."""

from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.rules.working_time import WorkingTime, parse_week
from storage import calendars, groups, people
from storage.tables import Membership, Organisation, Side


async def of_place(session: AsyncSession, place: Side | Organisation) -> WorkingTime:
    """When a side or an organisation works: its week, then its country's calendar."""
    days = await calendars.days(session, place.country)
    return WorkingTime(zone=ZoneInfo(place.zone), week=parse_week(place.week), layers=(days,))


async def of_member(session: AsyncSession, member: Membership, today: date) -> WorkingTime:
    """When a person works: as his side or organisation does, less his own leave from `today` on."""
    working = await of_place(session, await place_of(session, member))
    leaves = await people.leaves(session, member.person_id, today)
    return working.with_leave(*((leave.first_day, people.last_day(leave)) for leave in leaves))


async def place_of(session: AsyncSession, member: Membership) -> Side | Organisation:
    """The side a member belongs to, or the supporting organisation; the first side where there is none."""
    if member.side_id is not None:
        return await session.get_one(Side, member.side_id)
    organisation = await groups.organisation(session, member.group_id)
    return organisation or (await groups.sides(session, member.group_id))[0]


async def cities(session: AsyncSession, group_id: int) -> list[tuple[str, ZoneInfo]]:
    """The cities of both sides with their zones, in the order of the sides; one entry where they share the zone."""
    found: dict[str, str] = {}
    for side in await groups.sides(session, group_id):
        found.setdefault(side.zone, side.city)
    return [(city, ZoneInfo(zone)) for zone, city in found.items()]
