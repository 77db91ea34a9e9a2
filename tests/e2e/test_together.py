"""Many updates answered in one transaction: in order, each once, and none pays for the fault of another."""

import asyncio

import pytest
from sqlmodel import select

from bot import dispatch
from bot.routes import Command
from handlers.refusals import NotUnderstood
from handlers.rules.task_changes import TaskChange
from storage.kinds import InboxState
from storage.tables import Inbox, JournalEntry, Outbox, Person, Task
from tests.e2e.test_road import rows

MANY = 12


@pytest.fixture
def transactions(bed, monkeypatch):
    """How many transactions answered together."""
    begun, real = [], bed.program.answering._try

    async def counted(waiting, texts, **how):
        if how["together"]:
            begun.append(len(waiting))
        return await real(waiting, texts, **how)

    monkeypatch.setattr(bed.program.answering, "_try", counted)
    return begun


@pytest.fixture
def resting(bed, monkeypatch):
    """The bot listens and does not answer until it is told to."""
    real = bed.program.answering._start_what_can
    monkeypatch.setattr(bed.program.answering, "_start_what_can", _nothing)

    async def go_on():
        async with asyncio.timeout(20):
            while len(await rows(bed, select(Inbox.id).where(Inbox.state == InboxState.NEW))) < MANY:
                await bed.server.wait_for_confirmed()
        monkeypatch.setattr(bed.program.answering, "_start_what_can", real)
        bed.program.answering.wake.set()
        await bed.settle()

    return go_on


async def _nothing():
    """In the place of looking for work."""


async def test_what_waits_is_answered_in_one_transaction_and_in_order(bed, resting, transactions):
    for number in range(MANY):
        bed.cast["vte_trainer"].writes(bed.group, f"/task Step {number} @vte_trainer")
    await resting()
    assert transactions[0] == MANY
    found = await rows(bed, select(Task).order_by(Task.number))
    assert [task.text for task in found] == [f"Step {number}" for number in range(MANY)]
    assert [task.number for task in found] == list(range(1, MANY + 1))
    assert [
        e.subject_id for e in await rows(bed, select(JournalEntry).where(JournalEntry.change == TaskChange.GIVEN))
    ] == [task.id for task in found]


async def test_a_fault_among_many_hurts_only_its_own(bed, resting, transactions, monkeypatch):
    async def broken(_request):
        raise ZeroDivisionError

    monkeypatch.setitem(dispatch.BY_NAME, "decide", Command("decide", broken))
    for number in range(MANY):
        bed.cast["vte_trainer"].writes(bed.group, "/decide this" if number == 5 else f"/task Step {number}")
    await resting()
    assert transactions
    assert len(await rows(bed, select(Task))) == MANY - 1
    (dead,) = await rows(bed, select(Inbox).where(Inbox.state == InboxState.DEAD))
    assert dead.tries == 3
    assert bed.last(bed.group, dead.error_code)


async def test_a_refusal_after_writing_takes_back_its_own_and_nothing_else(bed, resting, transactions, monkeypatch):
    async def writes_and_refuses(request):
        request.person.chosen_language = "lo"
        request.session.add(request.person)
        await request.session.flush()
        raise NotUnderstood

    monkeypatch.setitem(dispatch.BY_NAME, "decide", Command("decide", writes_and_refuses))
    for number in range(MANY):
        bed.cast["vte_trainer"].writes(bed.group, "/decide this" if number == 5 else f"/task Step {number}")
    await resting()
    assert transactions == [MANY, MANY]
    assert len(await rows(bed, select(Task))) == MANY - 1
    assert {person.chosen_language for person in await rows(bed, select(Person))} == {None}
    assert not await rows(bed, select(Inbox).where(Inbox.state != InboxState.DONE))


async def test_a_refusal_before_writing_needs_no_second_transaction(bed, resting, transactions):
    for number in range(MANY):
        bed.cast["vte_trainer"].writes(bed.group, "/done T99" if number == 5 else f"/task Step {number}")
    await resting()
    assert transactions == [MANY]
    assert len(await rows(bed, select(Task))) == MANY - 1


async def test_what_looks_for_calls_of_others_finds_them(bed, resting, transactions, monkeypatch):
    """A handler that reads the outbox must see the answers of those before it, which are written at the end."""
    seen = []

    async def looks(request):
        seen.append(len((await request.session.exec(select(Outbox))).all()))
        return dispatch.Reply()

    monkeypatch.setitem(dispatch.BY_NAME, "decide", Command("decide", looks))
    for number in range(MANY):
        bed.cast["vte_trainer"].writes(bed.group, "/decide this" if number == 5 else f"/task Step {number}")
    await resting()
    assert transactions
    assert seen[-1] >= 5
    assert len(await rows(bed, select(Task))) == MANY - 1
