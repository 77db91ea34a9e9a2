"""Four workers on one PostgreSQL, killed, stopped and resumed at random, PostgreSQL restarted below them.

The truth is the server's log. The large form by hand:
FOCALPOINT_BLOWS=200 FOCALPOINT_COMMANDS=2000 FOCALPOINT_SEED=1 python -m pytest tests/faults/test_many_workers.py -s
"""

import asyncio
import os
import random
import signal
from collections import Counter
from dataclasses import dataclass, field

import pytest

from bot.settings import DatabaseSection
from tests.conftest import Postgres
from tests.e2e.conftest import resting_bed  # noqa: F401 - a group and its people, the bot not started
from tests.faults.cards import answered
from tests.faults.lives import PATIENCE, all_answered, drained, reckon, sent, server, started, without_a_room  # noqa: F401

WORKERS = 4
BLOWS = int(os.environ.get("FOCALPOINT_BLOWS", "6"))
COMMANDS = int(os.environ.get("FOCALPOINT_COMMANDS", "60"))
SEED = int(os.environ.get("FOCALPOINT_SEED", "20261128"))
WRITERS = ("vte_focal", "vte_alternate", "vte_trainer", "kmg_focal", "kmg_alternate", "kmg_trainer")


@pytest.fixture
def own(tmp_path_factory):
    """A PostgreSQL server of this test alone: it is restarted."""
    running = Postgres(tmp_path_factory.mktemp("pg"))
    yield running
    running.close()


@pytest.fixture
def kept(own, tmp_path):
    return DatabaseSection(url=own.new(), data_dir=str(tmp_path))


@dataclass
class Crew:
    """Workers of one bot, and what was asked of it."""

    bed: object
    folder: object
    postgres: Postgres
    chance: random.Random
    workers: list[asyncio.subprocess.Process] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    blows: Counter[str] = field(default_factory=Counter)
    to_come: list[object] = field(default_factory=list)
    """The blows of this round, shuffled: each of them falls before any comes again."""

    async def join(self):
        self.workers.append(await started(self.folder, self.bed.settings.database_url, self.bed.server))

    def ask(self, number):
        for _ in range(number):
            self.asked.append(f"Point {len(self.asked) + 1}")
            self.bed.cast[self.chance.choice(WRITERS)].writes_private(f"/task {self.asked[-1]}")

    async def said(self, number):
        """Until so many more messages were sent, or everything that was asked is answered."""
        mark = sent(self.bed) + number
        done = lambda: sent(self.bed) >= mark or answered(self.bed.server) == set(self.asked)  # noqa: E731
        await self.bed.server.wait_for(done, timeout=PATIENCE)

    async def blow(self):
        """Something happens to one of them, or to the database below them all."""
        if not self.to_come:
            self.to_come = [self.kill, self.pause, self.outsleep, self.restart_postgres, self.kill]
            self.chance.shuffle(self.to_come)
        kind = self.to_come.pop()
        self.blows[kind.__name__] += 1
        await kind(self.chance.choice(self.workers))

    async def kill(self, worker):
        worker.kill()
        await worker.wait()
        self.workers.remove(worker)
        await self.join()

    async def pause(self, worker):
        worker.send_signal(signal.SIGSTOP)
        await self.said(3)
        worker.send_signal(signal.SIGCONT)

    async def outsleep(self, worker):
        """Stopped until the others have answered everything, its own leases over meanwhile."""
        worker.send_signal(signal.SIGSTOP)
        self.ask(3)
        await all_answered(self.bed, self.asked)
        worker.send_signal(signal.SIGCONT)

    async def restart_postgres(self, _worker):
        await asyncio.to_thread(self.postgres.restart)

    async def leave(self, how=signal.SIGTERM):
        """Each is told to go; how each ended."""
        for worker in self.workers:
            if worker.returncode is None:
                worker.send_signal(how)
        return [await asyncio.wait_for(worker.wait(), PATIENCE) for worker in self.workers]


@pytest.fixture
async def crew(own, resting_bed, tmp_path):  # noqa: F811
    """Nobody of it is there yet, and nobody is left at the end, however it ends."""
    await without_a_room(resting_bed)
    gathered = Crew(resting_bed, tmp_path, own, random.Random(SEED))
    yield gathered
    await gathered.leave(signal.SIGKILL)


@pytest.mark.timeout(36000)
async def test_struck_at_random_no_command_is_lost_and_none_is_doubled(crew):
    bed = crew.bed
    for _ in range(WORKERS):
        await crew.join()
    await bed.server.wait_for(lambda: bed.server.world.updates.polls, timeout=PATIENCE)
    for _ in range(BLOWS):
        crew.ask(COMMANDS // BLOWS)
        await crew.said(crew.chance.randrange(COMMANDS // BLOWS))
        await crew.blow()
    await all_answered(bed, crew.asked)
    await bed.server.wait_for_confirmed(timeout=PATIENCE)
    await drained(bed)
    assert set(await crew.leave()) <= {0, -signal.SIGTERM}, "in order, or before it had begun"
    await reckon(bed, crew.asked, f"seed {SEED}: {dict(crew.blows)}")
    assert sum(crew.blows.values()) == BLOWS
