"""The rows of many groups at once, for ticks that look at all of them: one query a table, however many groups."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, TypeVar

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import calendars, travel
from storage.kinds import DayKind, Role, Standing
from storage.people import last_day
from storage.portions import portions
from storage.sessions import run
from storage.tables import (
    CountryDay,
    InstitutionDay,
    Leave,
    Mechanism,
    Membership,
    Organisation,
    Person,
    Side,
    Travel,
    WorkingGroup,
)

Row = TypeVar("Row")


class InGroup(NamedTuple):
    """Somebody as a member of one group: as much of his person and his membership as ticks look at."""

    person_id: int
    group_id: int
    side_id: int | None
    role: Role
    name: str
    private_open: bool


@dataclass(frozen=True)
class Rows:
    """Everything of some groups that says who is who in them and when they work, by the ids they belong to."""

    groups: dict[int, WorkingGroup]
    mechanisms: dict[int, Mechanism]
    sides: dict[int, list[Side]]
    organisations: dict[int, Organisation]
    members: dict[int, list[InGroup]]
    leaves: dict[int, list[Leave]]
    journeys: dict[int, list[Travel]]
    own_days: dict[int, list[InstitutionDay]]
    country_days: dict[str, list[CountryDay]]


async def read(session: AsyncSession, group_ids: Collection[int], since: date) -> Rows:
    """The rows of these groups; leave and journeys that are over before `since` are left out."""
    sides = await _all(session, Side, col(Side.group_id), group_ids)
    sides.sort(key=lambda side: (side.group_id, side.position))
    organisations = await _all(session, Organisation, col(Organisation.group_id), group_ids)
    members = await _members(session, group_ids)
    persons = {member.person_id for member in members}
    own_days = await _all(session, InstitutionDay, col(InstitutionDay.side_id), [side.id for side in sides])
    return Rows(
        groups={row.id: row for row in await _all(session, WorkingGroup, col(WorkingGroup.id), group_ids)},
        mechanisms={row.group_id: row for row in await _all(session, Mechanism, col(Mechanism.group_id), group_ids)},
        sides=_by(sides, lambda side: side.group_id),
        organisations={row.group_id: row for row in organisations},
        members=_by(members, lambda member: member.group_id),
        leaves=_by(await _leaves(session, persons, since), lambda leave: leave.person_id),
        journeys=await _journeys(session, persons, since),
        own_days=_by(sorted(own_days, key=lambda row: row.id), lambda row: row.side_id),
        country_days={
            country: [row for row in await calendars.rows(session, country) if row.kind is not DayKind.OBSERVANCE]
            for country in {side.country for side in sides} | {each.country for each in organisations}
        },
    )


async def _members(session: AsyncSession, group_ids: Collection[int]) -> list[InGroup]:
    found: list[InGroup] = []
    of_person = {"name", "private_open"}
    columns = [getattr(Person if name in of_person else Membership, name) for name in InGroup._fields]
    for ids in portions(group_ids):
        query = select(*columns).join(Person, col(Person.id) == Membership.person_id)
        query = query.where(col(Membership.group_id).in_(ids), Membership.standing == Standing.ACTIVE)
        found += map(InGroup._make, await run(session, query.order_by(col(Membership.id))))
    return found


async def _leaves(session: AsyncSession, person_ids: Collection[int], since: date) -> list[Leave]:
    found: list[Leave] = []
    for ids in portions(person_ids):
        query = select(Leave).where(col(Leave.person_id).in_(ids), col(Leave.last_day) >= since)
        found += (await session.exec(query.order_by(col(Leave.id)))).all()
    return [leave for leave in found if last_day(leave) >= since]


async def _journeys(session: AsyncSession, person_ids: Collection[int], since: date) -> dict[int, list[Travel]]:
    found: dict[int, list[Travel]] = {}
    for ids in portions(person_ids):
        found |= await travel.of_many(session, ids, since)
    return found


async def _all(session: AsyncSession, table: type[Row], column: Any, ids: Collection[int]) -> list[Row]:
    found: list[Row] = []
    for some in portions(ids):
        found += (await session.exec(select(table).where(column.in_(some)))).all()
    return found


def _by(rows: Iterable[Row], key: Callable[[Row], int]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found
