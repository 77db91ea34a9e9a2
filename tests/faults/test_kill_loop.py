"""The real process, killed at random moments under a stream of commands: what it acknowledged is there, once.

The truth is the server's log. One integer makes a run. The large form by hand (`-k postgresql` for the other):
FOCALPOINT_KILLS=1000 FOCALPOINT_COMMANDS=5000 FOCALPOINT_SEED=1 python -m pytest tests/faults/test_kill_loop.py -s
"""

import asyncio
import os
import random
import signal
import socket
from dataclasses import dataclass, field

import aiohttp
import pytest

from bot.program import STOP_SECONDS
from bot.rehearsal.people import Person
from bot.settings import DatabaseSection
from storage.engine import Database
from tests.e2e.conftest import resting_bed  # noqa: F401 - a group and its people, the bot not started
from tests.e2e.members import joined
from tests.faults import figures
from tests.faults.cards import said
from tests.faults.lives import (
    PATIENCE,
    Life,
    Nursery,
    all_answered,
    configured,
    drained,
    nursery,
    reckon,
    sent,
    server,  # noqa: F401
    without_a_room,
)

KILLS = int(os.environ.get("FOCALPOINT_KILLS", "75"))
COMMANDS = int(os.environ.get("FOCALPOINT_COMMANDS", "225"))
SEED = int(os.environ.get("FOCALPOINT_SEED", "20260401"))
MEMBERS = 30
"""Who writes: each hears one message a second, so that many are needed for a loop that waits for nobody."""
IN_RECOVERY = 0.2
"""How often it is killed again before it listens."""
IN_ORDER = float(os.environ.get("FOCALPOINT_STOPPED", "0.05"))
"""How often it is told to stop in the midst of its work, in the place of being killed."""

AT_ANY_MESSAGE = 0.3
"""How often it is killed at a message that may have been sent before, rather than at a new answer."""


@pytest.fixture
def kept(any_url, tmp_path):
    return DatabaseSection(url=any_url, data_dir=str(tmp_path))


@pytest.fixture
async def births():
    async with nursery() as opened:
        yield opened


@dataclass
class Loop:
    """One bot over many lives, and what was asked of it."""

    bed: object
    folder: object
    chance: random.Random
    nursery: Nursery
    writers: list[Person]
    process: Life | None = None
    kills: int = 0
    stops: int = 0
    asked: list[str] = field(default_factory=list)

    async def start(self, health=None):
        """`focalpoint run` as an operator starts it; `health` is the port of its figures."""
        config = configured(self.folder, self.bed.settings.database_url, self.bed.server, health)
        self.process = await self.nursery.begin(config)

    async def listens(self):
        before = self.bed.server.world.updates.polls
        await self.bed.server.wait_for(lambda: self.bed.server.world.updates.polls > before, timeout=PATIENCE)

    async def kill(self):
        self.process.send_signal(signal.SIGKILL)
        assert await self.process.wait() == -signal.SIGKILL
        self.kills += 1

    async def stop(self, *before_it_began):
        """In order, within the time that it has for it."""
        self.process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(self.process.wait(), STOP_SECONDS) in {0, *before_it_began}
        self.stops += 1

    async def calls(self, number):
        """Somewhere in its work: after a number of calls that chance chose, or when there is nothing to do."""
        seen = len(self.bed.server.log) + number
        await self.bed.server.wait_for(lambda: len(self.bed.server.log) >= seen, timeout=PATIENCE)

    async def messages(self, number):
        """Somewhere among the answers: after a number of them that chance chose."""
        seen = sent(self.bed) + number
        await self.bed.server.wait_for(lambda: sent(self.bed) >= seen, timeout=PATIENCE)

    async def answers(self, number):
        """Somewhere further on: after a number of points that were not answered before."""
        seen = len(said(self.bed.server).points) + number
        await self.bed.server.wait_for(lambda: len(said(self.bed.server).points) >= seen, timeout=PATIENCE)

    def ask(self, number):
        for _ in range(number):
            self.asked.append(f"Point {len(self.asked) + 1}")
            self.chance.choice(self.writers).writes_private(f"/task {self.asked[-1]}")

    async def life(self, commands):
        await self.start()
        if self.chance.random() < IN_RECOVERY:
            await self.calls(1)
        else:
            await self.listens()
            self.ask(commands)
            until = self.messages if self.chance.random() < AT_ANY_MESSAGE else self.answers
            await until(self.chance.randrange(commands))
            if self.chance.random() < IN_ORDER:
                return await self.stop(-signal.SIGTERM)
        return await self.kill()


@dataclass
class Figures:
    """What the last life counts, which nobody kills, held against the log from its beginning on."""

    port: int
    since: int

    async def agree(self, log):
        async with aiohttp.ClientSession() as http, http.get(f"http://127.0.0.1:{self.port}/metrics") as page:
            figures.held_against([await page.text()], log[self.since :])


@pytest.fixture
def port():
    """One that is free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.timeout(36000)
async def test_killed_under_load_nothing_acknowledged_is_lost_or_doubled(resting_bed, births, tmp_path, port):  # noqa: F811
    bed = resting_bed
    database = Database(bed.settings.database_url)
    loop = Loop(bed, tmp_path, random.Random(SEED), births, await joined(bed, database, MEMBERS))
    await database.close()
    await without_a_room(bed)
    while loop.kills < KILLS:
        await loop.life(max(1, COMMANDS // KILLS))
    await loop.start(port)
    counted = Figures(port, len(bed.server.log))
    await loop.listens()
    loop.ask(max(0, COMMANDS - len(loop.asked)))
    await all_answered(bed, loop.asked)
    await bed.server.wait_for_confirmed()
    await drained(bed)
    await counted.agree(bed.server.log)
    await loop.stop()
    left = await reckon(bed, loop.asked, f"seed {SEED}: {loop.kills} kills, {loop.stops} stops")
    assert loop.kills == KILLS
    assert bed.server.world.updates.redelivered or KILLS < 10, "a run in which nothing was given again proves little"
    assert left["ambiguous"] or KILLS < 50, "a run in which nothing was in flight at any kill proves little"
