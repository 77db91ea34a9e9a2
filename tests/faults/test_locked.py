"""Another process holds the database three times as long as the bot waits for it, wherever on the road that falls.

The bot waits a tenth of a second here instead of ten. By hand, with its ten and held for thirty: FOCALPOINT_LOCKED=30
python -m pytest tests/faults/test_locked.py -s
"""

import asyncio
import importlib
import logging
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from bot.settings import DATABASE_FILE, DatabaseSection
from storage.engine import PRAGMAS
from tests.e2e.conftest import resting_bed  # noqa: F401 - the whole bot, as the others have it
from tests.faults.cards import answered, shown
from tests.faults.lives import PATIENCE, all_answered, drained, reckon, server  # noqa: F401 - in real time

LOCKED = float(os.environ.get("FOCALPOINT_LOCKED", "0"))
"""Seconds; without them it is held until the bot has given up three times."""
TIMES = 3
BEAT = 0.01
WRITERS = ("vte_focal", "vte_trainer", "kmg_focal")
PLACES = (  # between two transactions, so that the next one meets the lock
    "intake.fetched", "intake.committed", "answering.listed", "answering.committed", "delivery.claimed", "delivery.sent"
)  # fmt: skip
HOLDS = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60)
for line in sys.stdin:
    connection.execute(line)
    print("done", flush=True)
"""


class Other:
    """Another process that has the same file open."""

    def __init__(self, file):
        command = (sys.executable, "-c", HOLDS, str(file))
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def hold(self):
        self._does("BEGIN IMMEDIATE")

    def let_go(self):
        self._does("ROLLBACK")

    def _does(self, words):
        self._process.stdin.write(f"{words}\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline() == "done\n"

    def end(self):
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


@pytest.fixture
def kept(tmp_path):
    return DatabaseSection(url=f"sqlite:///{tmp_path / DATABASE_FILE}", data_dir=str(tmp_path))


def file_of(bed):
    return Path(bed.settings.database_url.removeprefix("sqlite:///"))


@pytest.fixture
def other(resting_bed):  # noqa: F811
    process = Other(file_of(resting_bed))
    yield process
    process.end()


def waits(monkeypatch, milliseconds):
    """So long the bot waits for whoever writes."""
    pragmas = [re.sub(r"(busy_timeout)=\d+", rf"\1={milliseconds}", pragma) for pragma in PRAGMAS]
    assert pragmas != list(PRAGMAS)
    monkeypatch.setattr("storage.engine.PRAGMAS", pragmas)


class GivenUp(logging.Handler):
    """Counts how often the bot waited in vain, by what it logs."""

    def __init__(self):
        super().__init__()
        self.times, self.enough = 0, asyncio.Event()

    def emit(self, record):
        if record.exc_info and isinstance(record.exc_info[1], OperationalError):
            self.times += 1
            if self.times == TIMES:
                self.enough.set()


@contextmanager
def listening():
    """What the bot logs meanwhile."""
    given_up = GivenUp()
    logging.getLogger("bot").addHandler(given_up)
    try:
        yield given_up
    finally:
        logging.getLogger("bot").removeHandler(given_up)


async def beats(gaps):
    """For how long at a time the loop was somebody else's."""
    loop = asyncio.get_running_loop()
    while True:
        before = loop.time()
        await asyncio.sleep(BEAT)
        gaps.append(loop.time() - before - BEAT)


def asks(bed, asked):
    """Everybody gives a task; the numbers of the updates are returned."""
    first = bed.server.world.updates.next_id
    for who in WRITERS:
        asked.append(f"Point {len(asked) + 1}")
        bed.cast[who].writes_private(f"/task {asked[-1]}")
    return set(range(first, bed.server.world.updates.next_id))


def falls(other, monkeypatch, place):
    """The other process takes the lock as soon as the bot comes by this place."""
    fell = asyncio.Event()

    def strikes(name):
        if name == place and not fell.is_set():
            other.hold()
            fell.set()

    monkeypatch.setattr(importlib.import_module(f"bot.{place.partition('.')[0]}"), "point", strikes)
    return fell


def recorded(bed):
    with closing(sqlite3.connect(file_of(bed))) as connection:
        return {row[0] for row in connection.execute("SELECT text FROM task")}


async def answered_all(bed, asked):
    await all_answered(bed, asked)
    await drained(bed)


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("place", PLACES)
async def test_wherever_it_falls_all_is_recorded_and_said_once(resting_bed, other, monkeypatch, place):  # noqa: F811
    bed, asked, gaps = resting_bed, [], []
    if not LOCKED:
        waits(monkeypatch, 100)
    async with bed.started():
        asks(bed, asked)
        await answered_all(bed, asked)
        fell, beating = falls(other, monkeypatch, place), asyncio.create_task(beats(gaps))
        asks(bed, asked)
        await asyncio.wait_for(fell.wait(), PATIENCE)
        with listening() as given_up:
            updates, meanwhile = asks(bed, asked), asked[-len(WRITERS) :]
            await (asyncio.sleep(LOCKED) if LOCKED else asyncio.wait_for(given_up.enough.wait(), PATIENCE))
        assert given_up.times >= (1 if LOCKED else TIMES)
        assert updates <= {update["update_id"] for update in bed.server.world.updates.pending}, "the offset stays"
        assert answered(bed.server) <= recorded(bed) - {*meanwhile}, "what is not recorded is not acknowledged"
        other.let_go()
        beating.cancel()
        await answered_all(bed, asked)
    sys.stdout.write(f"\n{place}: given up {given_up.times} times, the loop was away for {max(gaps):.3f} s at most")
    await reckon(bed, asked, place)
    assert {*shown(bed.server).values()} == {1}, "what became of each call was known, so none was made again"


def begins(database, fell):
    """Set once somebody begins to write after the lock fell, so that he waits for it."""
    loop, begun = asyncio.get_running_loop(), asyncio.Event()

    def runs(statement):
        if fell.is_set() and statement == "BEGIN IMMEDIATE":
            loop.call_soon_threadsafe(begun.set)

    event.listen(database.engine.sync_engine, "checkout", lambda made, *_: made.set_trace_callback(runs))
    return begun


@pytest.mark.parametrize("place", PLACES)
async def test_while_one_waits_the_others_are_served(resting_bed, other, monkeypatch, place):  # noqa: F811
    """A task of the same loop lets go of the lock: did the loop stand still meanwhile, all waiting would be in vain."""
    bed, asked = resting_bed, []
    waits(monkeypatch, 30_000)
    async with bed.started() as program:
        begun = begins(program.database, falls(other, monkeypatch, place))
        with listening() as given_up:
            asks(bed, asked)
            await asyncio.wait_for(begun.wait(), PATIENCE)
            await program.bot.get_me()
            assert answered(bed.server) <= recorded(bed)
            other.let_go()
            await answered_all(bed, asked)
            assert given_up.times == 0
