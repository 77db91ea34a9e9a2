"""The days people are away: written down, ended early, looked up for many at once."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import groups
from storage.kinds import Role, Standing
from storage.people import last_day
from storage.tables import Leave, Membership, Task
from storage.tasks import LIVE


async def write(session: AsyncSession, *, person_id: int, first: date, last: date, at: datetime) -> Leave:
    """A person is away on these days, both ends included."""
    leave = Leave(person_id=person_id, first_day=first, last_day=last, written_at=at, look_at=at)
    session.add(leave)
    await look_again(session, person_id, at)
    await session.flush()
    return leave


async def end(session: AsyncSession, leave: Leave, *, today: date, at: datetime) -> None:
    """He is there again from `today` on; a leave that has not begun is called off as a whole."""
    leave.ended_on = max(today, leave.first_day) - timedelta(days=1)
    session.add(leave)
    await look_again(session, leave.person_id, at)
    await session.flush()


async def get(session: AsyncSession, leave_id: int) -> Leave | None:
    """The leave of that id."""
    return await session.get(Leave, leave_id)


async def of_many(session: AsyncSession, person_ids: Collection[int], since: date) -> dict[int, list[Leave]]:
    """The leave of several persons that is not over before `since`, by person, earliest first."""
    query = select(Leave).where(col(Leave.person_id).in_(person_ids), col(Leave.last_day) >= since)
    found: dict[int, list[Leave]] = {}
    for leave in (await session.exec(query.order_by(col(Leave.first_day)))).all():
        if last_day(leave) >= max(since, leave.first_day):
            found.setdefault(leave.person_id, []).append(leave)
    return found


async def to_look_at(session: AsyncSession, now: datetime) -> list[Leave]:
    """The leave that wants to be looked at by now, of those who speak for a side or have tasks that are not done."""
    mine = (col(Task.group_id) == Membership.group_id, col(Task.assignee_id) == Membership.person_id)
    busy = select(Task.id).where(*mine, col(Task.state).in_(LIVE)).exists()
    asked = select(Membership.person_id).where(
        Membership.standing == Standing.ACTIVE,
        col(Membership.group_id).in_(groups.with_a_room()),
        or_(col(Membership.role) == Role.FOCAL_POINT, busy),
    )
    query = select(Leave).where(col(Leave.look_at) <= now, col(Leave.person_id).in_(asked))
    return list((await session.exec(query.order_by(col(Leave.id)))).all())


async def groups_of(session: AsyncSession, person_ids: Collection[int]) -> list[int]:
    """The groups these persons are members of and that can be written to."""
    query = select(Membership.group_id).where(
        col(Membership.person_id).in_(person_ids),
        Membership.standing == Standing.ACTIVE,
        col(Membership.group_id).in_(groups.with_a_room()),
    )
    return sorted(set((await session.exec(query)).all()))


async def look_again(session: AsyncSession, person_id: int, at: datetime) -> None:
    """Whom his live tasks are about to remind may be somebody else now, and so may be who is gone."""
    mine = (col(Task.assignee_id) == person_id, col(Task.look_at).is_not(None))
    await session.exec(update(Task).where(*mine).values(look_at=at))
    away = (col(Leave.person_id) == person_id, col(Leave.look_at).is_not(None))
    await session.exec(update(Leave).where(*away).values(look_at=at))
