"""Decisions and the answers of the sides. Answers are only ever added; which of them stand is a query."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import groups
from storage.kinds import DecisionState
from storage.tables import Answer, Decision, Person, WorkingGroup

OPEN = (DecisionState.PROPOSED, DecisionState.OBJECTED)
PAGE = 6
"""Decisions on one page of a list."""


async def add(
    session: AsyncSession,
    *,
    group: WorkingGroup,
    text: str,
    language: str,
    search_text: str,
    by: Person,
    bot_id: int,
    update_id: int,
    at: datetime,
    area_id: int | None = None,
    supersedes_id: int | None = None,
    meeting_id: int | None = None,
    agenda_item_id: int | None = None,
) -> Decision:
    """Write a proposal down under the group's next number; it wants to be looked at from now on."""
    decision = Decision(
        bot_id=bot_id,
        update_id=update_id,
        group_id=group.id,
        number=await groups.next_decision(session, group),
        text=text,
        language=language,
        search_text=search_text,
        area_id=area_id,
        proposed_by=by.id,
        proposed_at=at,
        supersedes_id=supersedes_id,
        meeting_id=meeting_id,
        agenda_item_id=agenda_item_id,
        look_at=at,
    )
    session.add(decision)
    await session.flush()
    return decision


async def get(session: AsyncSession, decision_id: int) -> Decision | None:
    """The decision of that id, if there is one."""
    return await session.get(Decision, decision_id)


async def by_number(session: AsyncSession, group_id: int, number: int) -> Decision | None:
    """The decision of that number in a group, if there is one."""
    query = select(Decision).where(Decision.group_id == group_id, Decision.number == number)
    return (await session.exec(query)).first()


async def listed(
    session: AsyncSession, group_id: int, *, states: Collection[DecisionState], page: int = 1
) -> list[Decision]:
    """One page (from 1) of a group's decisions in these states, newest first."""
    query = select(Decision).where(Decision.group_id == group_id, col(Decision.state).in_(states))
    query = query.order_by(col(Decision.number).desc()).offset((page - 1) * PAGE).limit(PAGE)
    return list((await session.exec(query)).all())


async def count(session: AsyncSession, group_id: int, *, states: Collection[DecisionState]) -> int:
    """How many decisions of a group are in these states."""
    query = select(func.count()).select_from(Decision)
    query = query.where(col(Decision.group_id) == group_id, col(Decision.state).in_(states))
    return (await session.exec(query)).one()


async def open_ones(session: AsyncSession, group_id: int) -> list[Decision]:
    """The decisions of a group that still wait for something, oldest first."""
    query = select(Decision).where(Decision.group_id == group_id, col(Decision.state).in_(OPEN))
    return list((await session.exec(query.order_by(col(Decision.number)))).all())


async def due_to_look_at(session: AsyncSession, now: datetime, limit: int) -> list[Decision]:
    """Decisions whose moment to be looked at has come, the longest waiting first."""
    query = select(Decision).where(col(Decision.look_at).is_not(None), col(Decision.look_at) <= now)
    return list((await session.exec(query.order_by(col(Decision.look_at), col(Decision.id)).limit(limit))).all())


async def to_review(session: AsyncSession, until: date) -> list[Decision]:
    """The agreed decisions whose day of review has come, or comes on that day."""
    query = select(Decision).where(Decision.state == DecisionState.AGREED, col(Decision.review_on) <= until)
    return list((await session.exec(query.order_by(col(Decision.id)))).all())


async def open_replacement(session: AsyncSession, decision_id: int) -> Decision | None:
    """The open proposal that would take a decision's place, if there is one."""
    query = select(Decision).where(Decision.supersedes_id == decision_id, col(Decision.state).in_(OPEN))
    return (await session.exec(query)).first()


async def answer(session: AsyncSession, answer_id: int) -> Answer | None:
    """The answer of that id, if there is one."""
    return await session.get(Answer, answer_id)


async def answers(session: AsyncSession, decision_id: int) -> list[Answer]:
    """Every answer to a decision, contested ones too, oldest first."""
    query = select(Answer).where(Answer.decision_id == decision_id).order_by(col(Answer.id))
    return list((await session.exec(query)).all())


async def standing(session: AsyncSession, decision_ids: Iterable[int]) -> dict[int, dict[int, Answer]]:
    """The answer of each side that counts, by decision id and side id: its latest that nobody contested."""
    wanted = list(decision_ids)
    found: dict[int, dict[int, Answer]] = {decision_id: {} for decision_id in wanted}
    query = select(Answer).where(col(Answer.decision_id).in_(wanted), col(Answer.contested_at).is_(None))
    for row in (await session.exec(query.order_by(col(Answer.id)))).all():
        found[row.decision_id][row.side_id] = row
    return found
