"""The computer's clock is wrong: nothing is planned by it, and once it is right nothing is lost and nobody flooded."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import func, select

from storage import leases
from storage.kinds import OutboxState
from storage.tables import Mark, Outbox, Task
from tests.e2e.conftest import START
from tests.e2e.wrong_clocks import server  # noqa: F401 - a server whose time the bot's clock may differ from

DUE = datetime(2026, 4, 2, 2, 30, tzinfo=UTC)
"""The morning on which the task is due."""


async def looks(bed):
    await bed.program.upkeep.clock_watch.look()
    await bed.settle()


async def owed(bed):
    async with bed.program.database.reading() as session:
        return (await session.exec(select(func.count()).select_from(Outbox))).one()


async def passes(bed, moment):
    """True time passes; everything ticks and the clock is looked at."""
    bed.clock.truth.move_to(moment)
    await looks(bed)
    await bed.program.ticking.run_all()
    await bed.settle()


JUMPS = [timedelta(days=400), timedelta(days=1), timedelta(minutes=3), -timedelta(minutes=3), -timedelta(days=400)]


@pytest.mark.parametrize("jump", JUMPS, ids=str)
async def test_nothing_is_planned_and_afterwards_everything_comes_once(bed, jump):
    await bed.hears("vte_focal", "/task Send the list of trainers @vte_trainer by 2 April")
    bed.clock.truth.move_to(DUE - timedelta(hours=3))  # the bot has heard Telegram's time before
    before, planned = len(bed.said(bed.cast["vte_trainer"])), await owed(bed)
    bed.clock.ahead = jump
    await passes(bed, DUE - timedelta(hours=2))
    assert await owed(bed) == planned
    assert len(bed.said(bed.cast["vte_trainer"])) == before
    assert bed.said(bed.group)[-1].text.count("T1") == 1, "nothing but its card"
    assert await bed.hears("vte_focal", "/tasks") is not None, "people are answered all the same"
    bed.clock.ahead = timedelta(0)
    await passes(bed, DUE)
    told = bed.said(bed.cast["vte_trainer"])[before:]
    assert [("T1" in message.text) for message in told] == [True], "one reminder, on the day"
    await passes(bed, DUE + timedelta(hours=1))
    assert len(bed.said(bed.cast["vte_trainer"])) == before + 1


async def test_what_a_worker_left_in_flight_is_said_all_the_same(bed):
    await bed.hears("vte_focal", "/tasks")
    bed.clock.ahead = timedelta(days=400)
    await looks(bed)
    async with bed.program.database.writing() as session:
        row = (await session.exec(select(Outbox))).first()
        row.state, row.lease_owner, row.lease_until = OutboxState.CLAIMED, "dead", bed.clock.now()
        row.payload = {"chat_id": row.chat_id, "text": "Said by nobody yet"}
        call_id = row.id
    await passes(bed, START + timedelta(minutes=2))
    async with bed.program.database.reading() as session:
        assert (await session.get(Outbox, call_id)).state is OutboxState.SENT
    assert bed.said(bed.group)[-1].text == "Said by nobody yet"


async def test_what_was_written_by_the_wrong_clock_waits_for_no_far_day(bed):
    bed.clock.ahead = timedelta(days=400)
    await looks(bed)
    await bed.hears("vte_focal", "/task Send the list @vte_trainer by 2 April 2026")
    async with bed.program.database.reading() as session:
        assert (await session.exec(select(Task.look_at))).one() > bed.clock.truth.now() + timedelta(days=300)
    bed.clock.ahead = timedelta(0)
    await looks(bed)
    async with bed.program.database.reading() as session:
        assert (await session.exec(select(Task.look_at))).one() == bed.clock.truth.now()
        assert (await session.exec(select(func.max(Mark.at)))).one() <= bed.clock.truth.now()


async def test_what_a_process_left_that_died_by_a_wrong_clock_is_put_right_by_the_next(resting_bed):
    resting_bed.clock.ahead = timedelta(days=400)
    async with resting_bed.started() as program:
        await looks(resting_bed)
        async with program.database.reading() as session:
            assert [mark.at for mark in await _off(session)] == [START]
    resting_bed.clock.ahead = timedelta(0)
    async with resting_bed.started() as program:
        await looks(resting_bed)
        async with program.database.reading() as session:
            assert await _off(session) == []


async def _off(session):
    return (await session.exec(select(Mark).where(Mark.name.startswith("clock_off:")))).all()


async def test_a_coordinator_hears_of_it_when_it_lasts_at_work_and_once_a_day(bed):
    said = lambda: [m for m in bed.said(bed.cast["coordinator"]) if "clock" in m.text]  # noqa: E731
    bed.clock.ahead = timedelta(days=2)
    await looks(bed)
    assert said() == [], "most clocks are set again within minutes"
    for hours in (2, 3, 4):
        await passes(bed, START + timedelta(hours=hours))
    assert len(said()) == 1
    await passes(bed, START + timedelta(hours=14))
    assert len(said()) == 1, "not in the evening"
    await passes(bed, START + timedelta(days=1))
    assert len(said()) == 2
    for who in ("vte_focal", "kmg_trainer"):
        assert not [m for m in bed.said(bed.cast[who]) if "clock" in m.text], "others need not worry"


async def test_a_silent_webhook_is_no_reason_not_to_know_the_time(bed):
    bed.clock.ahead = timedelta(days=2)
    bed.clock.truth.move_by(timedelta(minutes=5))
    asked = len(bed.server.calls("getMe"))
    await looks(bed)
    assert len(bed.server.calls("getMe")) == asked + 1
    async with bed.program.database.reading() as session:
        assert await leases.marked(session, "tick") is None
