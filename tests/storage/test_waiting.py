"""New rows and values that wait are seen by everybody who asks, and are gone with what is taken back."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func
from sqlmodel import col, select

from storage import adding, groups
from storage.kinds import Subject
from storage.sessions import changes, savepoint
from storage.tables import Card, WorkingGroup

NOW = datetime(2026, 4, 1, tzinfo=UTC)


class Refused(Exception):
    """What a handler says no with."""


async def group_in(session):
    group = WorkingGroup(name="Group", created_at=NOW)
    session.add(group)
    await session.flush()
    return group


def card(group, number):
    return Card(subject=Subject.TASK, subject_id=number, group_id=group.id, chat_id=-1)


async def refuse(session, group, number):
    """Take a number and a card, and then say no."""
    async with savepoint(session):
        await adding.add(session, [card(group, number)])
        assert await groups.next_task(session, group) == number
        raise Refused


async def fail(database):
    """A transaction that ends with an error."""
    async with database.writing() as session:
        await adding.add(session, [card(await group_in(session), 1)])
        raise Refused


async def numbers(session):
    return list((await session.exec(select(Card.subject_id).order_by(col(Card.id)))).all())


async def test_what_waits_is_seen_in_its_transaction_and_after_it(any_database):
    async with any_database.writing() as session:
        group = await group_in(session)
        await adding.add(session, [card(group, 1), card(group, 2)])
        assert await numbers(session) == [1, 2]
        await adding.add(session, [card(group, 3)])
    async with any_database.reading() as session:
        assert await numbers(session) == [1, 2, 3]


async def test_a_new_row_has_its_id_and_is_the_one_that_is_found(any_database):
    async with any_database.writing() as session:
        new = card(await group_in(session), 1)
        await adding.add(session, [new])
        assert await session.get(Card, new.id) is new


async def test_what_is_changed_while_it_waits_is_kept(any_database):
    async with any_database.writing() as session:
        new = card(await group_in(session), 1)
        await adding.add(session, [new])
        new.face = "another"
    async with any_database.reading() as session:
        assert (await session.exec(select(Card.face))).one() == "another"


async def test_no_id_is_given_twice_where_the_database_numbers_rows_too(any_database):
    async with any_database.writing() as session:
        group = await group_in(session)
        for number in (1, 3):
            await adding.add(session, [card(group, number)])
            session.add(card(group, number + 1))
            await session.flush()
    async with any_database.reading() as session:
        assert await numbers(session) == [1, 2, 3, 4]


async def test_a_refusal_takes_back_its_own_rows_and_no_others(any_database):
    async with any_database.writing() as session:
        group = await group_in(session)
        await adding.add(session, [card(group, 1)])
        assert await groups.next_task(session, group) == 1
        group_id = group.id
        with pytest.raises(Refused):
            await refuse(session, group, 2)
        group = await groups.hold(session, group_id)
        assert await groups.next_task(session, group) == 2
        await adding.add(session, [card(group, 3)])
    async with any_database.reading() as session:
        assert await numbers(session) == [1, 3]
        assert (await session.exec(select(WorkingGroup.last_task))).one() == 2


async def test_a_transaction_that_fails_leaves_nothing(any_database):
    with pytest.raises(Refused):
        await fail(any_database)
    async with any_database.writing() as session:
        assert await numbers(session) == []
        await group_in(session)
    async with any_database.reading() as session:
        assert (await session.exec(select(func.count()).select_from(Card))).one() == 0


async def test_what_waits_counts_as_a_change(any_database):
    async with any_database.writing() as session:
        group = await group_in(session)
        before = changes(session)
        await groups.next_task(session, group)
        numbered = changes(session)
        await adding.add(session, [card(group, 1)])
        assert before != numbered != changes(session)
