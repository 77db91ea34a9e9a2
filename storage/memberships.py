"""How people come into a group, and what they become there."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import people
from storage.kinds import Role, Standing
from storage.people import Member
from storage.tables import Membership, Person


async def get(session: AsyncSession, membership_id: int) -> Membership | None:
    """The membership of that id."""
    return await session.get(Membership, membership_id)


async def ask(
    session: AsyncSession, *, person_id: int, group_id: int, side_id: int | None, role: Role, at: datetime
) -> Membership:
    """A person asks to belong to a side (None: the supporting organisation); a newer wish takes the older's place."""
    return await _write(session, person_id, group_id, side_id, role, Standing.ASKED, at)


async def admit(
    session: AsyncSession, *, person_id: int, group_id: int, side_id: int | None, role: Role, at: datetime
) -> Membership:
    """A person belongs to the group from now on."""
    found = await _write(session, person_id, group_id, side_id, role, Standing.ACTIVE, at)
    found.since = at
    return found


async def _write(
    session: AsyncSession,
    person_id: int,
    group_id: int,
    side_id: int | None,
    role: Role,
    standing: Standing,
    at: datetime,
) -> Membership:
    found = await people.membership(session, person_id, group_id)
    if found is None:
        found = Membership(
            person_id=person_id, group_id=group_id, side_id=side_id, role=role, standing=standing, asked_at=at
        )
    else:
        found.version += 1
    found.side_id, found.role, found.standing, found.asked_at = side_id, role, standing, at
    found.asked_role, found.asked_by, found.until = None, None, None
    session.add(found)
    await session.flush()
    return found


def become(member: Membership, role: Role) -> None:
    """A member holds another role from now on; what was asked of him is settled."""
    member.role, member.asked_role, member.asked_by = role, None, None
    member.version += 1


def settle(member: Membership, standing: Standing, at: datetime) -> None:
    """What was asked for is granted or refused."""
    member.standing, member.since = standing, at if standing is Standing.ACTIVE else None
    member.version += 1


def leave(member: Membership, at: datetime) -> None:
    """The membership is over; its row stays for the history."""
    member.standing, member.until = Standing.LEFT, at
    member.version += 1


async def asking(session: AsyncSession, group_id: int) -> list[Member]:
    """Those who wait for their confirmation, with their persons, first come first."""
    query = (
        select(Membership, Person)
        .join(Person, col(Person.id) == Membership.person_id)
        .where(Membership.group_id == group_id, Membership.standing == Standing.ASKED)
        .order_by(col(Membership.asked_at), col(Membership.id))
    )
    return [(row[0], row[1]) for row in (await session.exec(query)).all()]
