"""Queries of decisions: numbers, pages, which answers stand, what waits to be looked at."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import answers, decisions, founding, groups
from storage.engine import Database
from storage.founding import GroupDraft, MechanismDraft, PlaceDraft
from storage.kinds import DecisionState, Verdict
from storage.tables import Answer, Decision, Person, Side, WorkingGroup

WEEK = "Mon-Fri 08:00-12:00"
PLACES = (
    PlaceDraft("Vientiane", "College", "LA", "Vientiane", "Asia/Vientiane", WEEK, "en"),
    PlaceDraft("Kunming", "School", "CN", "Kunming", "Asia/Shanghai", WEEK, "en"),
)
RULES = MechanismDraft("0 person", 5, 0, "09:00", "20:00-07:00", 7)


class Shelf:
    """A group with one person who proposes, and a counter of updates."""

    def __init__(self, session: AsyncSession, group: WorkingGroup, person: Person, now: datetime) -> None:
        self.session, self.group, self.person, self.now = session, group, person, now
        self.update = 0

    async def proposes(self, group: WorkingGroup | None = None, *, supersedes_id: int | None = None) -> Decision:
        self.update += 1
        return await decisions.add(
            self.session,
            group=group or self.group,
            text="Text",
            language="en",
            search_text="text",
            by=self.person,
            bot_id=99,
            update_id=self.update,
            at=self.now,
            supersedes_id=supersedes_id,
        )

    async def answers(self, decision: Decision, side: Side, verdict: Verdict) -> int:
        self.update += 1
        row = Answer(
            decision_id=decision.id,
            side_id=side.id,
            verdict=verdict,
            person_id=self.person.id,
            bot_id=99,
            update_id=self.update,
            answered_at=self.now,
        )
        return (await answers.add(self.session, row)).id


async def _shelf(session: AsyncSession, now: datetime) -> Shelf:
    group = await founding.found(session, GroupDraft("Group", PLACES, None, (), RULES), now)
    person = Person(telegram_id=1, name="Focal point", created_at=now)
    session.add(person)
    await session.flush()
    return Shelf(session, group, person, now)


async def test_numbers_run_in_each_group_by_itself(database: Database, now: datetime) -> None:
    async with database.writing() as session:
        shelf = await _shelf(session, now)
        other = await founding.found(session, GroupDraft("Other", PLACES, None, (), RULES), now)
        numbers = [(await shelf.proposes(group)).number for group in (shelf.group, shelf.group, other)]
        assert numbers == [1, 2, 1]
        found = await decisions.by_number(session, other.id, 1)
        assert found is not None
        assert found.group_id == other.id
        assert await decisions.by_number(session, other.id, 2) is None


async def test_one_update_makes_one_decision(database: Database, now: datetime) -> None:
    async with database.writing() as session:
        shelf = await _shelf(session, now)
        await shelf.proposes()
        shelf.update -= 1
        with pytest.raises(IntegrityError, match="decision"):
            await shelf.proposes()
        await session.rollback()


async def test_pages_come_newest_first_and_count_what_is_asked_for(database: Database, now: datetime) -> None:
    async with database.writing() as session:
        shelf = await _shelf(session, now)
        made = [await shelf.proposes() for _ in range(8)]
        made[0].state = DecisionState.WITHDRAWN
        await session.flush()
        proposed = {DecisionState.PROPOSED}
        first = await decisions.listed(session, shelf.group.id, states=proposed)
        second = await decisions.listed(session, shelf.group.id, states=proposed, page=2)
        assert [row.number for row in first] == [8, 7, 6, 5, 4, 3]
        assert [row.number for row in second] == [2]
        assert await decisions.count(session, shelf.group.id, states=proposed) == 7
        assert await decisions.count(session, shelf.group.id, states=set(DecisionState)) == 8


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        pytest.param(DecisionState.PROPOSED, True, id="a proposal is open"),
        pytest.param(DecisionState.OBJECTED, True, id="an objection leaves it open"),
        pytest.param(DecisionState.AGREED, False, id="agreed is closed"),
        pytest.param(DecisionState.WITHDRAWN, False, id="withdrawn is closed"),
        pytest.param(DecisionState.SUPERSEDED, False, id="superseded is closed"),
    ],
)
async def test_what_is_open(database: Database, now: datetime, state: DecisionState, shown: bool) -> None:
    async with database.writing() as session:
        shelf = await _shelf(session, now)
        old = await shelf.proposes()
        decision = await shelf.proposes(supersedes_id=old.id)
        old.state, decision.state = DecisionState.WITHDRAWN, state
        await session.flush()
        assert await decisions.open_ones(session, shelf.group.id) == ([decision] if shown else [])
        assert await decisions.open_replacement(session, old.id) == (decision if shown else None)


async def test_the_latest_answer_of_a_side_that_nobody_contested_stands(database: Database, now: datetime) -> None:
    async with database.writing() as session:
        shelf = await _shelf(session, now)
        decision, other = await shelf.proposes(), await shelf.proposes()
        vientiane, kunming = await groups.sides(session, shelf.group.id)
        await shelf.answers(decision, vientiane, Verdict.OBJECT)
        latest = await shelf.answers(decision, vientiane, Verdict.AGREE)
        contested = await shelf.answers(decision, kunming, Verdict.AGREE)
        row = await decisions.answer(session, contested)
        assert row is not None
        row.contested_at = now
        await session.flush()
        found = await decisions.standing(session, [decision.id, other.id])
        ids = {key: {side: answer.id for side, answer in given.items()} for key, given in found.items()}
        assert ids == {decision.id: {vientiane.id: latest}, other.id: {}}
        assert len(await decisions.answers(session, decision.id)) == 3


async def test_a_proposal_is_looked_at_from_its_moment_on_and_a_closed_one_never(
    database: Database, now: datetime
) -> None:
    async with database.writing() as session:
        shelf = await _shelf(session, now)
        later, first, closed = [await shelf.proposes() for _ in range(3)]
        first.look_at, closed.look_at = now - timedelta(hours=1), None
        await session.flush()
        assert await decisions.due_to_look_at(session, now - timedelta(minutes=1), 10) == [first]
        assert await decisions.due_to_look_at(session, now, 10) == [first, later]
        assert await decisions.due_to_look_at(session, now, 1) == [first]
