"""How groups stand: counted by the database, one query for however many tasks and groups."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import and_, col, distinct, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import task_parts
from storage.decisions import OPEN
from storage.kinds import Acceptance, Standing, TaskState
from storage.tables import Decision, Membership, Person, Side, Task
from storage.task_parts import Part
from storage.tasks import LIVE, Past, is_past


@dataclass(frozen=True)
class GroupCount:
    """One group in numbers; cancelled tasks count nowhere, and all parts of a task count as one."""

    total: int = 0
    done: int = 0
    overdue: int = 0
    open_decisions: int = 0


async def sides_of(session: AsyncSession, group_ids: Collection[int]) -> list[Side]:
    """The sides of all these groups, in their order."""
    query = select(Side).where(col(Side.group_id).in_(group_ids))
    return list((await session.exec(query.order_by(col(Side.group_id), col(Side.position)))).all())


async def overview(session: AsyncSession, group_ids: Collection[int], past: Past) -> dict[int, GroupCount]:
    """Every one of these groups in numbers, by id; `past` knows today for all their sides."""
    states = await _states(session, group_ids, await task_parts.of_groups(session, group_ids, past))
    overdue = await _overdue(session, group_ids, past)
    decisions = await _open_decisions(session, group_ids)
    return {
        group_id: GroupCount(
            total=sum(number for state, number in states[group_id].items() if state is not TaskState.CANCELLED),
            done=states[group_id].get(TaskState.DONE, 0),
            overdue=overdue.get(group_id, 0),
            open_decisions=decisions.get(group_id, 0),
        )
        for group_id in group_ids
    }


async def _states(
    session: AsyncSession, group_ids: Collection[int], several: Iterable[Sequence[Part]]
) -> Mapping[int, Mapping[TaskState, int]]:
    """The tasks of each group by state; one with several parts is done, or open where anything of it is left."""
    query = select(col(Task.group_id), col(Task.state), func.count()).where(col(Task.group_id).in_(group_ids))
    found: dict[int, Counter[TaskState]] = {group_id: Counter() for group_id in group_ids}
    for group_id, state, number in (await session.exec(query.group_by(col(Task.group_id), col(Task.state)))).all():
        found[group_id][state] = number
    for parts in several:
        counted = found[parts[0].group_id]
        counted.subtract(part.state for part in parts)
        left = {part.state for part in parts} - {TaskState.CANCELLED}
        if left:
            counted[TaskState.DONE if left == {TaskState.DONE} else TaskState.OPEN] += 1
    return found


async def _overdue(session: AsyncSession, group_ids: Collection[int], past: Past) -> dict[int, int]:
    query = select(col(Task.group_id), func.count(distinct(col(Task.number)))).where(
        col(Task.group_id).in_(group_ids), col(Task.state).in_(LIVE), is_past(past)
    )
    return dict((await session.exec(query.group_by(col(Task.group_id)))).all())


async def _open_decisions(session: AsyncSession, group_ids: Collection[int]) -> dict[int, int]:
    query = select(col(Decision.group_id), func.count()).where(
        col(Decision.group_id).in_(group_ids), col(Decision.state).in_(OPEN)
    )
    return dict((await session.exec(query.group_by(col(Decision.group_id)))).all())


async def held_up(session: AsyncSession, group_id: int) -> list[Task]:
    """The live tasks that wait for a side: for the other one, or to be accepted; the longest waiting first."""
    here = col(Task.group_id) == group_id  # in both halves, so that each has its index
    waits = and_(here, col(Task.state).in_((TaskState.WAITING, TaskState.REPORTED)))
    asked = and_(here, col(Task.acceptance) == Acceptance.ASKED, col(Task.state).in_(LIVE))
    query = select(Task).where(or_(waits, asked))
    return list((await session.exec(query.order_by(col(Task.state_since), col(Task.id)))).all())


async def unreached(session: AsyncSession, group_id: int) -> list[str]:
    """The names of the members in force whom no private message reaches, oldest member first."""
    query = (
        select(col(Person.name))
        .join(Membership, col(Membership.person_id) == Person.id)
        .where(Membership.group_id == group_id, Membership.standing == Standing.ACTIVE)
        .where(col(Person.private_open).is_(False))
    )
    return list((await session.exec(query.order_by(col(Membership.id)))).all())


async def names(session: AsyncSession, person_ids: Collection[int]) -> dict[int, str]:
    """What these persons are called, by id."""
    query = select(col(Person.id), col(Person.name)).where(col(Person.id).in_(person_ids))
    return dict((await session.exec(query)).all())
