"""The first question is asked before the program is loaded; nothing of what it brings is lost or done twice."""

from contextlib import asynccontextmanager

import pytest
from sqlalchemy.engine import make_url
from sqlmodel import func, select

from bot.first_question import FirstQuestion, while_loading
from bot.locking import take_lock
from bot.program import Program
from bot.rehearsal.faults import FaultKind
from bot.settings import DatabaseSection, Settings, Telegram
from storage.engine import Database
from storage.tables import Inbox


@pytest.fixture
def database_url(tmp_path) -> str:
    return f"sqlite:///{tmp_path / 'focalpoint.sqlite3'}"


@asynccontextmanager
async def asking(settings: Settings):
    """The first question of a start with these settings, dropped at the end."""
    first, _ = await while_loading(settings, "bot.program")
    try:
        yield first
    finally:
        if first is not None:
            await first.drop()


@asynccontextmanager
async def run(bed, first: FirstQuestion | None):
    """A start as it is on the command line."""
    bed.program = Program(bed.settings, bed.clock, first=first)
    await bed.program.start()
    try:
        yield
    finally:
        await bed.program.stop()


async def test_what_waited_is_answered_once(resting_bed):
    bed = resting_bed
    bed.cast["vte_trainer"].writes(bed.group, "/task Send the list by 30 April")
    async with asking(bed.settings) as first, run(bed, first):
        await bed.settle()
    assert len(bed.said(bed.group)) == 1
    assert await inbox_rows(bed.settings) == 1


async def test_nothing_is_confirmed_before_it_is_kept(resting_bed):
    bed = resting_bed
    bed.cast["vte_trainer"].writes(bed.group, "/task Send the list by 30 April")
    async with asking(bed.settings) as first:
        assert await first.answer() is not None
    async with run(bed, None):  # the one that had asked died
        await bed.settle()
    assert len(bed.said(bed.group)) == 1


@pytest.mark.parametrize("fault", [FaultKind.GATEWAY, FaultKind.RESET, FaultKind.NOT_FOUND])
async def test_a_question_that_failed_is_asked_again(resting_bed, fault):
    bed = resting_bed
    bed.server.faults.add(fault, method="getUpdates")
    bed.cast["vte_trainer"].writes(bed.group, "/task Send the list by 30 April")
    async with asking(bed.settings) as first, run(bed, first):
        await bed.settle()
    assert len(bed.said(bed.group)) == 1


async def test_an_answer_is_given_out_once(resting_bed):
    resting_bed.cast["vte_trainer"].writes(resting_bed.group, "/status")
    async with asking(resting_bed.settings) as first:
        assert await first.answer() is not None
        assert await first.answer() is None


async def test_nobody_asks_while_another_process_runs_the_bot(resting_bed):
    lock = take_lock(make_url(resting_bed.settings.database_url))
    async with asking(resting_bed.settings) as first:
        assert first is None
    lock.release()
    assert resting_bed.server.calls("getUpdates") == []


@pytest.mark.parametrize(
    ("telegram", "url"),
    [
        pytest.param({}, "postgresql://127.0.0.1/focalpoint", id="the lease decides who polls"),
        pytest.param({"mode": "webhook"}, "sqlite:////nowhere/at/all.sqlite3", id="Telegram brings updates"),
    ],
)
async def test_a_start_that_may_not_poll_does_not_ask(telegram, url):
    settings = Settings(telegram=Telegram(token="700001:" + "A" * 35, **telegram), database=DatabaseSection(url=url))
    async with asking(settings) as first:
        assert first is None


async def inbox_rows(settings: Settings) -> int:
    database = Database(settings.database_url)
    async with database.reading() as session:
        found = (await session.exec(select(func.count()).select_from(Inbox))).one()
    await database.close()
    return found
