"""Two workers on one PostgreSQL: one polls, both answer and deliver, and the other takes over."""

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from sqlmodel import select
from telegram.error import NetworkError

from bot import dispatch
from bot.program import running
from bot.rehearsal.faults import FaultKind
from bot.rehearsal.settling import rest, settle
from bot.settings import DatabaseSection
from bot.ticks import see_to
from bot.webhook import SECRET_HEADER
from storage import claiming, locks
from storage.engine import Database
from storage.kinds import OutboxState, Priority
from storage.leases import LENGTH
from storage.tables import Decision, Inbox, Lease, Outbox
from tests.e2e.test_delivery import owe
from tests.e2e.test_webhook import SECRET, by_webhook
from tests.stopping import is_closed, stop_in_the_midst

SECOND = timedelta(seconds=1)


@pytest.fixture
def kept(postgres):
    return DatabaseSection(url=postgres.new())


@pytest.fixture
async def two(resting_bed, monkeypatch):
    """The same bot, twice; `bed.program` is the one that polls. Nobody looks after the lease but the test."""
    monkeypatch.setattr("bot.polling.WAIT_SECONDS", 3600)
    monkeypatch.setattr("bot.polling.RENEW_SECONDS", 3600)
    async with AsyncExitStack() as stack:
        first, second = [
            await stack.enter_async_context(running(resting_bed.settings, resting_bed.clock)) for _ in range(2)
        ]
        resting_bed.program = first
        await resting_bed.settle()
        yield resting_bed, first, second


async def test_only_one_polls(two):
    _, first, second = two
    assert (first.polling.is_on, second.polling.is_on) == (True, False)


async def test_a_command_is_recorded_once(two):
    bed, _, second = two
    card = await bed.hears("vte_trainer", "/decide We meet on Mondays.")
    await settle(second, bed.clock)
    async with second.database.reading() as session:
        assert len((await session.exec(select(Decision))).all()) == 1
    assert "D1" in card.text
    assert len([said for said in bed.said(bed.group) if "D1 · proposed" in said.text]) == 1


async def test_the_second_answers_what_the_first_only_kept(two):
    bed, first, second = two
    first.answering.wake.clear()
    first.answering._start_what_can = _nothing  # the first is deaf from here on
    bed.cast["vte_trainer"].writes(bed.group, "/decide We meet on Fridays.")
    await bed.server.wait_for_confirmed()
    await bed.server.wait_for(lambda: bed.last(bed.group, "We meet on Fridays."))
    assert second.answering is not first.answering


async def test_the_other_takes_over_when_the_lease_runs_out(two):
    bed, first, second = two
    await first.polling.stop()  # it sleeps past its lease
    bed.clock.move_to(bed.clock.now() + LENGTH + timedelta(seconds=1))
    await second.polling.look(second.asking)
    assert second.polling.is_on
    await bed.hears("vte_trainer", "/decide We meet on Tuesdays.")
    assert bed.last(bed.group, "We meet on Tuesdays.") is not None


async def is_free(name, database):
    """Whether nobody holds it."""
    async with database.writing() as session:
        return await locks.try_hold(session, name)


async def test_the_other_takes_over_at_once_when_the_first_dies(two):
    bed, first, second = two
    await first.polling.look(first.asking)
    await first.polling.stop()
    await second.polling.look(second.asking)
    assert not second.polling.is_on, "who lives keeps the lease"
    await first.polling.withdraw()  # as the server does when a process dies
    while not await is_free(f"worker:{first._owner}", second.database):
        pass  # the server takes a moment to see that a connection is closed
    await second.polling.look(second.asking)
    assert second.polling.is_on
    await bed.hears("vte_trainer", "/decide We meet on Wednesdays.")
    async with first.database.writing() as session:
        assert await first.polling.may_keep(session) is False


async def test_what_the_dead_one_was_saying_is_said_by_the_other(two):
    bed, first, second = two
    hanging = bed.server.faults.add(FaultKind.HANG, method="sendMessage", times=1)
    bed.cast["vte_trainer"].writes(bed.group, "/decide We meet on Thursdays.")
    await bed.server.wait_for(lambda: hanging.injected)
    async with second.database.reading() as session:
        [owner] = (await session.exec(select(Outbox.lease_owner).where(Outbox.state == OutboxState.CLAIMED))).all()
    holder, other = (first, second) if owner == first.polling._owner else (second, first)
    await other.ticking.run_all()
    assert bed.last(bed.group, "Thursdays") is None, "the call of one who lives is left to him"
    await holder.polling.withdraw()
    await other.ticking.run_all()
    other.delivery.wake.set()
    await bed.server.wait_for(lambda: bed.last(bed.group, "Thursdays"))
    hanging.release()
    await settle(holder, bed.clock)
    assert len([said for said in bed.said(bed.group) if "D1 · proposed" in said.text]) == 1


async def test_who_slept_past_the_lease_may_not_write_what_it_polled(two):
    bed, first, second = two
    bed.clock.move_to(bed.clock.now() + LENGTH + timedelta(seconds=1))
    await second.polling.look(second.asking)
    async with first.database.writing() as session:
        assert await first.polling.may_keep(session) is False
        kept = (await session.exec(select(Inbox.update_id))).all()
    with pytest.raises(NetworkError):  # so that nothing of it is confirmed to Telegram
        await first.intake.take([{"update_id": 10**6, "message": {"chat": {"id": 5, "type": "private"}}}])
    async with first.database.reading() as session:
        assert (await session.exec(select(Inbox.update_id))).all() == kept
    await first.polling.look(first.asking)
    assert first.polling.is_on is False


async def test_what_is_behind_in_a_chat_waits_for_the_worker_that_answers_there(two, monkeypatch):
    bed, begun, go_on, answer = two[0], asyncio.Event(), asyncio.Event(), dispatch.answer
    slowly = bed.cast["stranger"].writes_private("/language")

    async def slow(session, heard, *how):
        if heard.message_id == slowly.message_id and heard.chat_id == slowly.chat.id:
            begun.set()
            await go_on.wait()
        return await answer(session, heard, *how)

    monkeypatch.setattr(dispatch, "answer", slow)
    await begun.wait()
    bed.cast["stranger"].writes_private("/help")
    newcomer = bed.server.world.user("Newcomer", started=True)
    newcomer.writes_private("/help")
    await bed.server.wait_for(lambda: bed.last(newcomer))  # the other worker has seen both
    go_on.set()
    await bed.server.wait_for(lambda: len(bed.said(bed.cast["stranger"])) == 2)
    assert ["What you can write" in said.text for said in bed.said(bed.cast["stranger"])] == [False, True]


async def test_what_leaves_counts_for_all_workers(two):
    bed, first, second = two
    people = [bed.server.world.user(f"Member {number}", started=True) for number in range(70)]
    for person in people:
        await owe(bed, 1, chat_id=person.id, priority=Priority.NUDGE, words=f"a nudge to {person.id}")
    await owe(bed, 35, chat_id=bed.group.id, priority=Priority.DIGEST, words="a digest")
    while sum(call.ok and call.method == "sendMessage" for call in bed.server.log) < len(people) + 35:
        await asyncio.gather(rest(first), rest(second))
        bed.clock.move_to(bed.clock.next_moment())
    moments = [(call.at, call.chat_id) for call in bed.server.log if call.ok and call.method == "sendMessage"]
    assert max(sum(at <= other < at + SECOND for other, _ in moments) for at, _ in moments) <= 25
    posted = [at for at, chat_id in moments if chat_id == bed.group.id]
    assert max(sum(at <= other < at + 60 * SECOND for other in posted) for at in posted) <= 15
    assert (bed.server.limits.early_calls, bed.server.limits.refused) == (0, 0)


async def test_whichever_worker_ticks_a_person_is_nudged_once(two):
    bed, first, second = two
    await bed.hears("vte_focal", "/task Send the list @vte_trainer by 2 April")
    bed.clock.move_to(datetime(2026, 4, 2, 2, 30, tzinfo=UTC))
    await second.ticking.run_all()
    await bed.server.wait_for(lambda: bed.last("vte_trainer", "friendly reminder"))
    await asyncio.gather(*(worker.ticking.run_all() for worker in (first, second, first, second)))
    await asyncio.gather(rest(first), rest(second))
    assert len([said for said in bed.said(bed.cast["vte_trainer"]) if "friendly reminder" in said.text]) == 1


async def test_a_webhook_may_reach_either_worker_and_the_same_update_both(resting_bed):
    bed, who = resting_bed, resting_bed.cast["vte_trainer"]
    said = {"date": 1775008800, "from": who.json(), "chat": bed.group.json()}
    async with AsyncExitStack() as stack, aiohttp.ClientSession(headers={SECRET_HEADER: SECRET}) as client:
        places = [by_webhook(bed.settings) for _ in range(2)]
        first, second = [await stack.enter_async_context(running(each, bed.clock)) for each in places]
        for number in (1, 2, 3):
            update = {"message": said | {"message_id": 900 + number, "text": f"/decide Point {number}."}}
            for place in (*places, places[number % 2]):
                answer = await client.post(place.telegram.webhook_url, json={"update_id": 10**6 + number} | update)
                assert answer.status == 200
        await bed.server.wait_for(lambda: bed.last(bed.group, "Point 3."))
        await asyncio.gather(rest(first), rest(second))
        async with first.database.reading() as session:
            decided = (await session.exec(select(Decision.text).order_by(Decision.number))).all()
    assert list(decided) == ["Point 1.", "Point 2.", "Point 3."]
    assert [message.text[:2] for message in bed.said(bed.group)] == ["D1", "D2", "D3"]


async def test_a_lease_given_back_is_free_at_once(resting_bed):
    async with resting_bed.started():
        await resting_bed.settle()
    database = Database(resting_bed.settings.database_url)
    async with database.reading() as session:
        assert (await session.exec(select(Lease))).all() == []
    await database.close()


async def _nothing() -> None:
    """Starts nothing."""


async def test_what_a_worker_holds_that_was_stopped_in_the_midst_of_a_statement_is_freed(two, monkeypatch):
    bed, first, _ = two
    monkeypatch.setattr("storage.standstill.STUCK", timedelta(seconds=1))
    [chore] = [chore for chore in first.upkeep.chores if chore.name == "standstill"]
    async with first.database.writing() as stopped:
        await claiming.alone_in_claiming(stopped, first.bot.id)
        await stop_in_the_midst(stopped)
        bed.cast["vte_trainer"].writes(bed.group, "/decide We meet on Fridays.")
        await bed.server.wait_for_confirmed()
        assert bed.last(bed.group, "We meet on Fridays.") is None
        while not await is_closed(stopped):
            await see_to(chore)
        await bed.server.wait_for(lambda: bed.last(bed.group, "We meet on Fridays."))
        await stopped.invalidate()
