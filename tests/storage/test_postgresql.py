"""The same schema and the same promises on PostgreSQL, and what only a server can do."""

import asyncio

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import select

from storage import adding, claiming, groups, inbox, journal, leases, locks, migrating
from storage.columns import METADATA
from storage.engine import Database, is_away, is_conflict
from storage.inbox import RawUpdate
from storage.journal import Cause
from storage.kinds import Priority, Subject
from storage.sessions import savepoint
from storage.tables import Card, Lease, Outbox, WorkingGroup


def differences(connection: Connection) -> list[object]:
    return compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), METADATA)


async def found(database, now, name="North and South"):
    async with database.writing() as session:
        group = WorkingGroup(name=name, created_at=now)
        session.add(group)
        await session.flush()
    return group.id


async def test_the_migrated_schema_equals_the_tables(shared):
    async with shared.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


def test_what_refers_to_a_row_is_as_wide_as_its_key():
    keys = [key for table in METADATA.tables.values() for column in table.columns for key in column.foreign_keys]
    assert len(keys) > 20
    assert [str(key) for key in keys if type(key.parent.type) is not type(key.column.type)] == []


async def test_migrating_twice_does_nothing(shared):
    assert await migrating.upgrade(shared) is False


async def test_a_server_that_cannot_be_reached_is_an_error_of_the_database(tmp_path):
    nowhere = Database(f"postgresql://nobody@/none?host={tmp_path}")
    with pytest.raises(OperationalError) as told:
        async with nowhere.writing() as session:
            await session.exec(select(1))
    assert is_away(told.value)
    await nowhere.close()


async def test_workers_that_begin_at_once_do_not_hinder_each_other(shared, now):
    async def begin(worker: str) -> Lease | None:
        async with shared.writing() as session:
            await leases.mark(session, "started", now)
            return await leases.take(session, "bot:1", owner=worker, now=now)

    taken = await asyncio.gather(*(begin(f"worker {number}") for number in range(8)))
    async with shared.writing() as session:
        assert [await leases.still(session, lease) for lease in taken if lease is not None].count(True) == 1


async def test_two_workers_number_tasks_one_after_another(shared, now):
    group_id = await found(shared, now)

    async def take() -> int:
        async with shared.writing() as session:
            return await groups.next_task(session, await groups.hold(session, group_id))

    assert sorted(await asyncio.gather(*(take() for _ in range(10)))) == list(range(1, 11))


async def test_the_journal_of_a_group_never_forks(shared, now):
    group_id = await found(shared, now)
    other_id = await found(shared, now, "East and West")

    async def write(number: int) -> None:
        async with shared.writing() as session:
            of = (group_id, other_id, None)[number % 3]
            await journal.append(
                session, Cause(now), subject=Subject.TASK, subject_id=number, change="made", group_id=of
            )

    await asyncio.gather(*(write(number) for number in range(12)))
    async with shared.reading() as session:
        assert await journal.first_fault(session) is None


async def test_what_one_holds_another_cannot_take(shared):
    async with shared.writing() as one, shared.writing() as two:
        assert await locks.try_hold(one, "lane:1:2") is True
        assert await locks.try_hold(two, "lane:1:2") is False
        assert await locks.try_hold(two, "lane:1:3") is True


async def test_a_name_taken_by_another_worker_is_a_conflict_and_no_fault(shared, now):
    await found(shared, now)
    with pytest.raises(DBAPIError) as raised:
        await found(shared, now)
    assert is_conflict(raised.value)


async def test_two_who_claim_at_once_never_take_the_same_call(shared, now):
    async with shared.writing() as session:
        for number in range(4):
            key = f"7:{number}"
            session.add(Outbox(bot_id=7, key=key, method="sendMessage", priority=Priority.ANSWER, created_at=now))
    async with shared.writing() as one, shared.writing() as two:
        taken = [(await claiming.claimable(each, 7, now, without=(), limit=2)).calls for each in (one, two)]
        ids = [call.id for calls in taken for call in calls]
    assert sorted(ids) == [1, 2, 3, 4]


async def test_many_names_are_held_at_once_but_those_that_another_holds(shared):
    async with shared.writing() as one, shared.writing() as two:
        assert await locks.try_hold(one, "b") is True
        assert await locks.try_hold_all(two, ["a", "b", "c"]) == {"a", "c"}
        assert await locks.try_hold_all(one, ["a", "b"]) == {"b"}


async def test_who_holds_many_names_keeps_others_from_each(shared):
    async with shared.writing() as one, shared.writing() as two:
        await locks.hold_all(one, ["a", "b"])
        assert await locks.try_hold_all(two, ["a", "b", "c"]) == {"c"}


async def test_a_chat_is_mine_unless_another_answers_it_or_something_older_waits_there(shared, now):
    async with shared.writing() as session:
        await inbox.keep(session, 7, [RawUpdate(number, lane, "{}") for number, lane in enumerate((1, 2, 3, 3))], now)
    async with shared.writing() as one, shared.writing() as two:
        assert await inbox.mine(one, 7, {1: 1}) == {1}
        assert await inbox.mine(two, 7, {1: 1, 2: 2, 3: 4}) == {2}


async def test_of_few_chats_all_that_waits_is_in_line_and_chats_take_turns(any_database, now):
    lanes = (1, 1, 1, 2, 3, 2)
    async with any_database.writing() as session:
        await inbox.keep(session, 7, [RawUpdate(number, lane, "{}") for number, lane in enumerate(lanes)], now)
        of_two = await inbox.in_line(session, 7, set(), limit=4, lanes=2)
        others = await inbox.in_line(session, 7, {1}, limit=4, lanes=1)
    assert [row.update_id for row in of_two] == [0, 1, 3, 5]
    assert [row.update_id for row in others] == [3, 5]


async def test_numbers_asked_for_beforehand_are_not_used_for_a_group_held_later(shared, now):
    mine, other = await found(shared, now), await found(shared, now, "East and West")

    async def write(session, group_id, number):
        await groups.hold(session, group_id)
        card = Card(subject=Subject.TASK, subject_id=number, group_id=group_id, chat_id=-1)
        await adding.add(session, [card])
        return card.id

    async with shared.writing() as one:
        adding.expect(one, 8)
        await write(one, mine, 1)
        async with shared.writing() as two:
            theirs = await write(two, other, 2)
        assert await write(one, other, 3) > theirs


async def test_numbers_asked_for_beforehand_fork_no_chain_that_is_held_later(shared, now):
    mine, other = await found(shared, now), await found(shared, now, "East and West")

    async def write(session, group_id):
        cause = Cause(now)
        await journal.append(session, cause, subject=Subject.TASK, subject_id=1, change="made", group_id=group_id)

    async with shared.writing() as one:
        adding.expect(one, 8)
        await write(one, mine)
        async with shared.writing() as two:
            await write(two, other)
        await write(one, other)
    async with shared.reading() as session:
        assert await journal.first_fault(session) is None


async def test_numbers_asked_for_beforehand_come_one_after_another(shared, now):
    group_id = await found(shared, now)
    async with shared.writing() as session:
        adding.expect(session, 3)
        cards = [Card(subject=Subject.TASK, subject_id=n, group_id=group_id, chat_id=-1) for n in range(5)]
        for card in cards:
            await adding.add(session, [card])
        assert [card.id for card in cards] == sorted({card.id for card in cards})


async def test_what_was_held_is_asked_for_again_once_it_was_taken_back(shared, now):
    group_id = await found(shared, now)

    async def hold_and_fail(session):
        async with savepoint(session):
            await groups.hold(session, group_id)
            raise LookupError

    async with shared.writing() as one:
        with pytest.raises(LookupError):
            await hold_and_fail(one)
        async with shared.writing() as two:
            await groups.next_task(two, await groups.hold(two, group_id))
        assert (await groups.hold(one, group_id)).last_task == 1


async def test_connections_that_ended_while_nobody_used_them_are_made_anew(shared):
    async with shared.engine.connect() as one, shared.engine.connect() as two:
        unused = [(await each.get_raw_connection()).driver_connection for each in (one, two)]
    for connection in unused:
        connection.terminate()
    async with shared.writing() as session:
        assert (await session.exec(select(1))).one() == 1
