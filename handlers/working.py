"""Working times of sides, organisations and persons, put together from their rows."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.rules.calendar_words import read_names
from handlers.rules.day_layers import DayName, Stay
from handlers.rules.moments import Quiet
from handlers.rules.working_time import ONE_DAY, WorkingTime, parse_week
from storage import calendars, groups, own_days, people, travel
from storage.kinds import DayKind
from storage.people import Member
from storage.remembering import once
from storage.tables import CountryDay, InstitutionDay, Leave, Membership, Organisation, Side, Task, Travel


async def of_place(session: AsyncSession, place: Side | Organisation) -> WorkingTime:
    """When a side or an organisation works: its week, its country's calendar, then its own days; each with names."""
    return await once(session, ("working time", type(place), place.id), lambda: _of_rows(session, place))


async def _of_rows(session: AsyncSession, place: Side | Organisation) -> WorkingTime:
    listed = [row for row in await calendars.rows(session, place.country) if row.kind is not DayKind.OBSERVANCE]
    own = await own_days.of_side(session, place.id) if isinstance(place, Side) else []
    return put_together(place, listed, own)


def put_together(
    place: Side | Organisation, listed: Sequence[CountryDay], own: Sequence[InstitutionDay]
) -> WorkingTime:
    """The same out of rows that are known: the country's days without observances, the institution's own days."""
    ranges = [(day, row, own_name_of(row)) for row in own for day in _each_day(row)]
    return WorkingTime(
        zone=ZoneInfo(place.zone),
        week=parse_week(place.week),
        layers=({row.day: row.kind for row in listed}, {day: row.kind for day, row, _ in ranges}),
        names=({row.day: name_of(row) for row in listed}, {day: name for day, _, name in ranges}),
    )


async def of_member(session: AsyncSession, member: Membership, today: date) -> WorkingTime:
    """When a person works: as his side or organisation does, less his own leave from `today` on, where he is then."""
    working = await of_place(session, await place_of(session, member))
    leaves = await people.leaves_of(session, member, today)
    journeys = await travel.of_member(session, member, today - ONE_DAY)
    return of_person(working, leaves, journeys)


def of_person(working: WorkingTime, leaves: Iterable[Leave], journeys: Iterable[Travel]) -> WorkingTime:
    """The working time of a place as one of its people has it, with his leave and his journeys."""
    away = [(leave.first_day, people.last_day(leave)) for leave in leaves]
    stays = [stay_of(row) for row in journeys]
    return working.with_leave(*away).with_stays(*stays) if away or stays else working


async def of_task(session: AsyncSession, task: Task) -> WorkingTime:
    """When the side works that has to do it."""
    return await of_place(session, await session.get_one(Side, task.side_id))


def stay_of(row: Travel) -> Stay:
    """A journey as the rules want it."""
    return Stay(row.first_day, travel.last_day(row), ZoneInfo(row.zone), row.city)


def own_name_of(row: InstitutionDay) -> DayName:
    """What an institution calls its own days; their name may be in several languages, one a line."""
    return read_names(row.name) or DayName(row.name)


def name_of(row: CountryDay) -> DayName:
    """What a country's day is called in each language."""
    return DayName(row.name_en, row.name_local, row.name_zh, row.name_lo)


def _each_day(row: InstitutionDay) -> list[date]:
    return [row.first_day + timedelta(days=n) for n in range((row.last_day - row.first_day).days + 1)]


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


async def is_there(session: AsyncSession, member: Member, now: datetime) -> bool:
    """Whether a member is at work at this moment and his group's quiet hours are over."""
    own = await of_member(session, member[0], now.date())
    quiet = Quiet.parse((await groups.mechanism(session, member[0].group_id)).quiet)
    return own.is_working(now) and own.local(now).time() not in quiet
