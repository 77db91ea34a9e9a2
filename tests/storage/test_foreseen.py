"""What was read at once for many is what each would have been told; whatever changes it is noticed."""

from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlmodel import col, delete, insert, update

from storage import adding, cards, foreseen, founding, groups, people, task_faces, tasks
from storage.kinds import Subject
from storage.sessions import run, savepoint
from storage.tables import Card, Evidence, WorkingGroup
from storage.tasks import Share, TaskDraft
from tests.storage.test_tasks import DRAFT

NOW = datetime(2026, 4, 1, tzinfo=UTC)


class Refused(Exception):
    """What a handler says no with."""


def card(group, number, chat_id=-1):
    return Card(subject=Subject.TASK, subject_id=number, group_id=group.id, chat_id=chat_id)


async def chats(session, number):
    """Where the cards of this task are, as everybody asks for it."""
    return [each.chat_id for each in await cards.of(session, Subject.TASK, number)]


@asynccontextmanager
async def foreseeing(database):
    """A transaction in which task 1 has two cards and tasks 2 and 3 none, all of it foreseen."""
    async with database.writing() as session:
        group = WorkingGroup(name="Group", created_at=NOW)
        session.add(group)
        await session.flush()
        await adding.add(session, [card(group, 1, -1), card(group, 1, -2)])
        rows = await cards.of(session, Subject.TASK, 1)
        keys = [(Subject.TASK, number) for number in (1, 2, 3)]
        foreseen.keep(session, Card, lambda row: (row.subject, row.subject_id), keys, rows)
        yield session, group


def is_foreseen(session, number):
    return foreseen.found(session, Card, (Subject.TASK, number)) is not None


async def test_what_was_read_is_told_without_asking(file_database):
    async with foreseeing(file_database) as (session, _):
        assert [await chats(session, number) for number in (1, 2, 3)] == [[-1, -2], [], []]
        assert [is_foreseen(session, number) for number in (1, 3, 4)] == [True, True, False]


async def test_new_rows_come_behind_the_others(file_database):
    async with foreseeing(file_database) as (session, group):
        await adding.add(session, [card(group, 1, -3), card(group, 4, -4)])
        session.add(card(group, 2, -5))
        assert await chats(session, 2) == [-5], "not written yet, so it is asked for"
        await session.flush()
        assert [await chats(session, number) for number in (1, 2, 4)] == [[-1, -2, -3], [-5], [-4]]
        assert is_foreseen(session, 2)


TO_THE_SECOND = update(Card).where(col(Card.chat_id) == -2).values(subject_id=2)
CHANGED = {
    "deleted in bulk": lambda session, _: session.exec(delete(Card).where(col(Card.chat_id) == -2)),
    "changed in bulk": lambda session, _: run(session, TO_THE_SECOND),
    "put past the session": lambda session, group: run(session, insert(Card), [card(group, 2, -6).model_dump()]),
}


@pytest.mark.parametrize("change", CHANGED.values(), ids=CHANGED)
async def test_after_a_statement_of_its_own_it_is_asked_again(file_database, change):
    async with foreseeing(file_database) as (session, group):
        await change(session, group)
        assert not is_foreseen(session, 1)
        assert [await chats(session, 1), await chats(session, 2)] != [[-1, -2], []]


async def test_a_deleted_row_is_not_told(file_database):
    async with foreseeing(file_database) as (session, _):
        await session.delete((await cards.of(session, Subject.TASK, 1))[0])
        assert await chats(session, 1) == [-2]
        await session.flush()
        assert await chats(session, 1) == [-2]


async def refuse(session, group):
    async with savepoint(session):
        await adding.add(session, [card(group, 1, -3)])
        raise Refused


async def test_what_is_taken_back_is_forgotten(file_database):
    async with foreseeing(file_database) as (session, group):
        with pytest.raises(Refused):
            await refuse(session, group)
        assert not is_foreseen(session, 1)
        assert await chats(session, 1) == [-1, -2]


async def test_the_next_transaction_foresees_nothing(file_database):
    async with file_database.going_on() as session:
        foreseen.keep(session, Card, lambda row: row.id, [1], [])
    async with file_database.going_on() as session:
        assert foreseen.found(session, Card, 1) is None


async def a_task(session, name, number):
    """The group and its task, of somebody."""
    group = await founding.found(session, replace(DRAFT, name=name), NOW)
    person = await people.meet(session, telegram_id=number, name="A", username=None, language=None, at=NOW)
    draft = TaskDraft("text", "en", "text", person.id, 99, number, NOW)
    (side, _) = await groups.sides(session, group.id)
    (task,) = await tasks.add(session, group=group, draft=draft, shares=[Share(side.id)])
    return group.id, task.id


async def test_where_others_write_only_what_is_held_is_foreseen(any_database):
    async with any_database.writing() as session:
        (held, mine), (_, others) = await a_task(session, "Held", 1), await a_task(session, "Others", 2)
    async with any_database.writing() as session:
        await groups.hold(session, held)
        await task_faces.foresee(session, [mine, others])
        told = [foreseen.found(session, Evidence, task_id) is not None for task_id in (mine, others)]
        assert told == [True, not any_database.is_shared]


async def test_where_nothing_is_held_nothing_is_foreseen(shared):
    async with shared.writing() as session:
        _, mine = await a_task(session, "Held", 1)
    async with shared.writing() as session:
        await task_faces.foresee(session, [mine])
        assert foreseen.found(session, Evidence, mine) is None
