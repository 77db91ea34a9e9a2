"""People, what they are in a group, and when they are away."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.kinds import Role, Standing
from storage.portions import portions
from storage.remembering import is_remembered, learn, once, remembered
from storage.sessions import run
from storage.tables import Leave, Membership, Person

Member = tuple[Membership, Person]


async def get(session: AsyncSession, person_id: int) -> Person:
    """The person of that id, who has to exist."""
    return await once(session, ("person", person_id), lambda: session.get_one(Person, person_id))


class Reader(NamedTuple):
    """As much of a person as it takes to write to him; the names are those of the columns."""

    id: int
    telegram_id: int | None
    name: str
    language: str | None
    chosen_language: str | None
    private_open: bool


async def readers(session: AsyncSession, person_ids: Iterable[int]) -> dict[int, Reader]:
    """These persons at once, by their ids."""
    columns = [getattr(Person, name) for name in Reader._fields]
    found: dict[int, Reader] = {}
    for ids in portions(person_ids):
        rows = await run(session, select(*columns).where(col(Person.id).in_(ids)))
        found |= {row.id: Reader._make(row) for row in rows}
    return found


async def by_telegram(session: AsyncSession, telegram_id: int) -> Person | None:
    """The person Telegram knows by this id."""
    return next(iter(await _of_account(session, telegram_id)), None)


@remembered
async def _of_account(session: AsyncSession, telegram_id: int) -> list[Person]:
    return list((await session.exec(select(Person).where(Person.telegram_id == telegram_id))).all())


async def expect(session: AsyncSession, telegram_ids: Iterable[int]) -> None:
    """These accounts are about to be asked for: read at once whom they belong to, if it is not remembered."""
    unknown = [each for each in sorted(set(telegram_ids)) if not is_remembered(session, _of_account, each)]
    if unknown:
        found = (await session.exec(select(Person).where(col(Person.telegram_id).in_(unknown)))).all()
        by_account = {person.telegram_id: person for person in found}
        for each in unknown:
            learn(session, _of_account, each, answer=[by_account[each]] if each in by_account else [])


async def meet(
    session: AsyncSession, *, telegram_id: int, name: str, username: str | None, language: str | None, at: datetime
) -> Person:
    """The person behind a Telegram account, with the name he goes by and the language Telegram tells today."""
    person = await by_telegram(session, telegram_id)
    if person is None:
        person = Person(telegram_id=telegram_id, name=name, username=username, language=language, created_at=at)
        session.add(person)
        await session.flush()
    elif (person.name, person.username, person.language) != (name, username, language or person.language):
        person.name, person.username, person.language = name, username, language or person.language
        session.add(person)
    return person


async def membership(session: AsyncSession, person_id: int, group_id: int) -> Membership | None:
    """What a person is, was, or asked to be in a group; look at its standing."""
    return next(iter(await _memberships_in(session, person_id, group_id)), None)


@remembered
async def _memberships_in(session: AsyncSession, person_id: int, group_id: int) -> list[Membership]:
    query = select(Membership).where(Membership.person_id == person_id, Membership.group_id == group_id)
    return list((await session.exec(query)).all())


async def active(session: AsyncSession, person_id: int, group_id: int) -> Membership | None:
    """A person's membership of a group while it is in force."""
    mine = (member for member, person in await _members(session, group_id) if person.id == person_id)
    return next(mine, None)


@remembered
async def memberships(session: AsyncSession, person_id: int) -> list[Membership]:
    """All memberships of a person that are in force."""
    query = select(Membership).where(Membership.person_id == person_id, Membership.standing == Standing.ACTIVE)
    return list((await session.exec(query.order_by(col(Membership.group_id)))).all())


async def waits(session: AsyncSession, person_id: int) -> bool:
    """Whether a person asked to join some group and nobody has answered yet."""
    query = select(Membership.id).where(Membership.person_id == person_id, Membership.standing == Standing.ASKED)
    return (await session.exec(query)).first() is not None


async def groups_of(session: AsyncSession, person_id: int) -> set[int]:
    """The ids of the groups a person is in."""
    return {member.group_id for member in await memberships(session, person_id)}


async def members(
    session: AsyncSession, group_id: int, *, side_id: int | None = None, role: Role | None = None
) -> list[Member]:
    """The members of a group in force, with their persons, oldest first; of one side or role if named."""
    return [
        (member, person)
        for member, person in await _members(session, group_id)
        if side_id in (None, member.side_id) and role in (None, member.role)
    ]


@remembered
async def _members(session: AsyncSession, group_id: int) -> list[Member]:
    query = select(Membership, Person).join(Person, col(Person.id) == Membership.person_id)
    query = query.where(Membership.group_id == group_id, Membership.standing == Standing.ACTIVE)
    return [(row[0], row[1]) for row in (await session.exec(query.order_by(col(Membership.id)))).all()]


async def holder(session: AsyncSession, group_id: int, side_id: int, role: Role) -> Member | None:
    """The focal point or alternate of a side, if there is one."""
    found = await members(session, group_id, side_id=side_id, role=role)
    return found[0] if found else None


async def coordinators(session: AsyncSession, group_id: int) -> list[Member]:
    """The coordinators of a group."""
    return await members(session, group_id, role=Role.COORDINATOR)


async def leaves(session: AsyncSession, person_id: int, since: date) -> list[Leave]:
    """A person's leave that is not over before `since`."""
    return [leave for leave in await _leaves(session, person_id, since) if last_day(leave) >= since]


async def leaves_of(session: AsyncSession, member: Membership, since: date) -> list[Leave]:
    """The same of a member, read once for all of his group."""
    found = await _leaves_in(session, member.group_id, since)
    return [leave for leave in found if leave.person_id == member.person_id and last_day(leave) >= since]


@remembered
async def _leaves_in(session: AsyncSession, group_id: int, since: date) -> list[Leave]:
    query = select(Leave).join(Membership, col(Membership.person_id) == Leave.person_id)
    query = query.where(Membership.group_id == group_id, col(Leave.last_day) >= since)
    return list((await session.exec(query.order_by(col(Leave.id)))).all())


@remembered
async def _leaves(session: AsyncSession, person_id: int, since: date) -> list[Leave]:
    query = select(Leave).where(Leave.person_id == person_id, col(Leave.last_day) >= since)
    return list((await session.exec(query)).all())


def last_day(leave: Leave) -> date:
    """The last day of a leave as it was really taken; before its first day when it was called off."""
    return leave.last_day if leave.ended_on is None else min(leave.last_day, leave.ended_on)


async def is_away(session: AsyncSession, person_id: int, day: date) -> bool:
    """Whether a person is on leave on a day."""
    return any(leave.first_day <= day <= last_day(leave) for leave in await leaves(session, person_id, day))
