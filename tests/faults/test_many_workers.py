"""Four workers on one PostgreSQL, killed, stopped and resumed at random, PostgreSQL restarted below them.

Meanwhile people write, and what others have to do falls due: each of them is reminded once.

The truth is the server's log. The large form by hand:
FOCALPOINT_BLOWS=200 FOCALPOINT_COMMANDS=2000 FOCALPOINT_SEED=1 python -m pytest tests/faults/test_many_workers.py -s
"""

import asyncio
import os
import random
import signal
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from bot.settings import DatabaseSection
from storage.engine import Database
from storage.kinds import Role
from storage.tables import Mechanism, Person, Side, Task
from tests.conftest import Postgres
from tests.e2e.conftest import populate, resting_bed  # noqa: F401 - a group and its people, the bot not started
from tests.faults import promises
from tests.faults.cards import answered
from tests.faults.lives import PATIENCE, all_answered, drained, reckon, sent, server, started, without_a_room  # noqa: F401

WORKERS = 4
BLOWS = int(os.environ.get("FOCALPOINT_BLOWS", "6"))
COMMANDS = int(os.environ.get("FOCALPOINT_COMMANDS", "60"))
SEED = int(os.environ.get("FOCALPOINT_SEED", "20261128"))
WRITERS = ("vte_focal", "vte_alternate", "vte_trainer", "kmg_focal", "kmg_alternate", "kmg_trainer")
NOON = ZoneInfo(f"Etc/GMT{datetime.now(UTC).hour - 12:+d}")
"""Where the day neither begins nor ends while this runs."""
EACH_ROUND = 3
"""People whose tasks fall due before a blow."""
SLOW = {f"slow_{n}": (f"Slow {n}", f"slow_{n}", n % 2, Role.MEMBER) for n in range(BLOWS * EACH_ROUND)}


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
    slow: list[str] = field(default_factory=lambda: list(SLOW))
    """Whose tasks are not due yet."""
    to_come: list[object] = field(default_factory=list)
    """The blows of this round, shuffled: each of them falls before any comes again."""

    async def join(self):
        self.workers.append(await started(self.folder, self.bed.settings.database_url, self.bed.server))

    def ask(self, number):
        for _ in range(number):
            self.writes(self.chance.choice(WRITERS), "")

    def writes(self, who, whose):
        self.asked.append(f"Point {len(self.asked) + 1}")
        self.bed.cast[who].writes_private(f"/task {self.asked[-1]} {whose}")

    async def fall_due(self):
        """What the next three of the slow ones have to do was due yesterday."""
        late = [self.bed.cast[self.slow.pop()].id for _ in range(EACH_ROUND)]
        theirs = select(Person.id).where(col(Person.telegram_id).in_(late))
        now = datetime.now(UTC)
        yesterday = now.astimezone(NOON).date() - timedelta(days=1)
        due = update(Task).where(col(Task.assignee_id).in_(theirs))
        # On the day on which it was given nobody is reminded of it.
        given = {"given_on": yesterday - timedelta(days=2), "created_at": now - timedelta(days=3)}
        database = Database(self.bed.settings.database_url)
        async with database.writing() as session:
            await session.exec(due.values(due=yesterday, look_at=now, **given))
        await database.close()

    def reminded(self):
        """How often each of the slow ones was told, by the log."""
        calls = [call for call in self.bed.server.log if call.ok and call.method == "sendMessage"]
        return Counter(call.chat_id for call in calls if promises.CODE.search(str(call.params.get("text"))))

    async def all_reminded(self):
        """However long it takes, as long as it goes on."""
        while len(before := self.reminded()) < len(SLOW):
            await self.bed.server.wait_for(lambda seen=before: self.reminded() != seen, timeout=PATIENCE)

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
        await asyncio.to_thread(self.postgres.restart, self.chance.choice(("fast", "immediate")))

    async def leave(self, how=signal.SIGTERM):
        """Each is told to go; how each ended."""
        for worker in self.workers:
            if worker.returncode is None:
                worker.send_signal(how)
        return [await asyncio.wait_for(worker.wait(), PATIENCE) for worker in self.workers]


@pytest.fixture
async def crew(own, resting_bed, tmp_path):  # noqa: F811
    """Nobody of it is there yet, and nobody is left at the end, however it ends."""
    await always_at_work(resting_bed)
    await without_a_room(resting_bed)
    gathered = Crew(resting_bed, tmp_path, own, random.Random(SEED))
    yield gathered
    await gathered.leave(signal.SIGKILL)


async def always_at_work(bed):
    """A second group, whose people may be reminded at whatever hour this runs."""
    world = bed.server.world
    people = {key: world.user(name, username=username, started=True) for key, (name, username, *_) in SLOW.items()}
    group = world.group("The slow ones", members=list(people.values()), kind="supergroup")
    world.updates.drop_pending()
    bed.cast.update(people)
    database = Database(bed.settings.database_url)
    await populate(database, group, people, SLOW, "The slow ones")
    async with database.writing() as session:
        await session.exec(update(Side).values(week="Mon-Sun 00:00-24:00", country="ZZ", zone=NOON.key))
        await session.exec(update(Mechanism).values(quiet=""))
    await database.close()


@pytest.mark.timeout(36000)
async def test_struck_at_random_no_command_is_lost_and_none_is_doubled(crew):
    bed = crew.bed
    for _ in range(WORKERS):
        await crew.join()
    await bed.server.wait_for(lambda: bed.server.world.updates.polls, timeout=PATIENCE)
    for who in SLOW:
        crew.writes(who, f"@{who}")
    await all_answered(bed, crew.asked)
    for _ in range(BLOWS):
        await crew.fall_due()
        crew.ask(COMMANDS // BLOWS)
        await crew.said(crew.chance.randrange(COMMANDS // BLOWS))
        await crew.blow()
    await all_answered(bed, crew.asked)
    await crew.all_reminded()
    await bed.server.wait_for_confirmed(timeout=PATIENCE)
    await drained(bed)
    assert set(await crew.leave()) <= {0, -signal.SIGTERM}, "in order, or before it had begun"
    await reckon(bed, crew.asked, f"seed {SEED}: {dict(crew.blows)}")
    assert sum(crew.blows.values()) == BLOWS
    assert crew.reminded().keys() == {bed.cast[who].id for who in SLOW}, "each is reminded, and nobody else"
    database = Database(bed.settings.database_url)
    await promises.what_came_twice_was_in_flight(database, bed.server)
    await database.close()
