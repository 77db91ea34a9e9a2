"""Several workers on one PostgreSQL: killed, stopped and continued, their connections ended, the server crashed.

No command is lost or recorded twice, no reminder is lost, what comes twice was in flight, each chat is answered in its
order, and all of them together keep Telegram's limits. The large form by hand:
FOCALPOINT_WORKER_FAULTS=300 FOCALPOINT_SEED=1 python -m pytest tests/faults/test_many_workers.py -s
"""

import asyncio
import os
import random
import re
import signal
import sys
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import select

from bot.rehearsal.server import BotApiServer
from bot.settings import DatabaseSection
from storage.engine import Database
from storage.tables import Bundle, Lease
from tests.conftest import Postgres
from tests.e2e.conftest import TOKEN, resting_bed  # noqa: F401 - a group and its people, the bot not started
from tests.faults.test_kill_loop import acknowledged, remains

FAULTS = int(os.environ.get("FOCALPOINT_WORKER_FAULTS", "10"))
SEED = int(os.environ.get("FOCALPOINT_SEED", "20261127"))
WORKERS = 4
WRITERS = ("vte_focal", "vte_alternate", "vte_trainer", "kmg_focal", "kmg_alternate", "kmg_trainer")
CODE = re.compile(r"<i>([0-9A-F]{4})</i>")
CARD = re.compile(r"<b>T\d+</b> · [\w ]+\n\n(Point \d+)\n")
PATIENCE = 240
"""Seconds; a stopped worker's calls are free after a minute."""


class WallClock:
    """The clock of the server and of what is read here: the real one."""

    def now(self):
        return datetime.now(UTC)


@pytest.fixture(scope="module")
def own_postgres(tmp_path_factory):
    """A server of this module's own, because it is crashed."""
    running = Postgres(tmp_path_factory.mktemp("pg-crashed"))
    yield running
    running.server.cleanup()


@pytest.fixture
def kept(own_postgres, tmp_path):
    return DatabaseSection(url=own_postgres.new(), data_dir=str(tmp_path))


@pytest.fixture
async def server():
    clock = WallClock()
    async with BotApiServer(token=TOKEN, now=clock.now) as opened:
        yield opened, clock


@dataclass
class Crew:
    """Four workers, what was done to them, and what was asked of them."""

    bed: object
    folder: Path
    chance: random.Random
    database: Database
    workers: list[asyncio.subprocess.Process] = field(default_factory=list)
    stopped: list[asyncio.subprocess.Process] = field(default_factory=list)
    asked: dict[str, list[str]] = field(default_factory=lambda: {who: [] for who in WRITERS})
    done: Counter[str] = field(default_factory=Counter)

    async def begin(self):
        for _ in range(WORKERS):
            self.workers.append(await self._worker())
        await self.bed.server.wait_for(lambda: self.bed.server.world.updates.polls, timeout=PATIENCE)

    async def _worker(self):
        config = self.folder / "config.toml"
        where = f'url = "{self.bed.settings.database_url}"\ndata_dir = "{self.folder}"'
        config.write_text(f'[telegram]\napi_url = "{self.bed.server.url}"\n\n[database]\n{where}\n')
        with (self.folder / "workers.log").open("ab") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "--config", str(config), "run",
                env=os.environ | {"FOCALPOINT_TOKEN": TOKEN}, stdout=log, stderr=log,
            )  # fmt: skip

    def ask(self):
        """Everybody asks for something, in private."""
        for who in WRITERS:
            self.asked[who].append(f"Point {sum(map(len, self.asked.values())) + 1}")
            self.bed.cast[who].writes_private(f"/task {self.asked[who][-1]} @{WRITERS[3]} by tomorrow")

    async def fault(self):
        """One thing goes wrong, chosen by chance, while there is work."""
        kinds = (self.kills, self.kills, self.stops, self.ends_connections, self.crashes)
        await self.chance.choice(kinds)()

    async def kills(self):
        """SIGKILL for one worker; another is started in its place."""
        number = self.chance.randrange(len(self.workers))
        self.workers[number].kill()
        await self.workers[number].wait()
        self.stopped = [each for each in self.stopped if each is not self.workers[number]]
        self.workers[number] = await self._worker()
        self.done["killed"] += 1

    async def stops(self):
        """SIGSTOP for one worker, SIGCONT for the one that was stopped before."""
        self.goes_on()
        worker = self.chance.choice(self.workers)
        worker.send_signal(signal.SIGSTOP)
        self.stopped.append(worker)
        self.done["stopped"] += 1

    def goes_on(self):
        for worker in self.stopped:
            worker.send_signal(signal.SIGCONT)
        self.stopped.clear()

    async def stops_the_poller(self):
        """SIGSTOP for the one that polls, until another does; then it goes on and finds that it may not."""
        self.goes_on()
        owner = await self.poller()
        pid = int(owner.split(":")[1])
        os.kill(pid, signal.SIGSTOP)
        while await self.poller() == owner:
            with suppress(TimeoutError):
                await self.bed.server.wait_for(lambda: False, timeout=1)
        os.kill(pid, signal.SIGCONT)
        self.done["poller stopped"] += 1

    async def poller(self):
        return (await self.answer_of(select(Lease.owner)))[0]

    async def ends_connections(self):
        """The server ends some connections of the workers."""
        [pids] = [await self.backends()]
        for pid in self.chance.sample(pids, min(3, len(pids))):
            await self.answer_of(text(f"SELECT pg_terminate_backend({int(pid)})"))
        self.done["connections ended"] += 1

    async def crashes(self):
        """The server loses one of its processes by SIGKILL: it ends all others and recovers, as after an outage."""
        pids = await self.backends()
        if pids:
            os.kill(self.chance.choice(pids), signal.SIGKILL)
            await self.answer_of(text("SELECT 1"))
            self.done["server crashed"] += 1

    async def backends(self):
        query = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        return await self.answer_of(text(query))

    async def answer_of(self, query):
        """What the server answers, asked until it does."""
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    async with self.database.engine.connect() as connection:
                        rows = (await connection.execute(query)).all()
                        await connection.commit()
                        return [row[0] for row in rows]
                except (SQLAlchemyError, OSError):
                    await self.database.engine.dispose()
                    with suppress(TimeoutError):
                        await self.bed.server.wait_for(lambda: False, timeout=0.2)

    async def owes_reminders(self):
        """What was given today is due today and was given yesterday: everybody is at work and has to hear of it."""
        due = "given_on = current_date - 1, due = current_date + 1, look_at = now()"
        await self.answer_of(text(f"UPDATE task SET {due} RETURNING id"))

    async def rests(self):
        """Everything is answered, said and marked."""
        self.goes_on()
        everything = {point for points in self.asked.values() for point in points}
        await self.bed.server.wait_for(lambda: set(acknowledged(self.bed)) >= everything, timeout=PATIENCE)
        await self.bed.server.wait_for_confirmed(PATIENCE)
        for _ in range(PATIENCE):
            if not (await self.answer_of(text("SELECT count(*) FROM outbox WHERE state IN ('pending', 'claimed')")))[0]:
                return
            with suppress(TimeoutError):
                await self.bed.server.wait_for(lambda: False, timeout=1)

    async def ends(self):
        """All end in order."""
        for worker in self.workers:
            worker.send_signal(signal.SIGTERM)
        return [await asyncio.wait_for(worker.wait(), 40) for worker in self.workers]

    def answers(self, who):
        """The points a person was answered about, in that order, as often as he read it."""
        chat = self.bed.cast[who].id
        sent = [
            call for call in self.bed.server.log if call.ok and call.method == "sendMessage" and call.chat_id == chat
        ]
        cards = [found[1] for call in sent if (found := CARD.match(str(call.params["text"])))]
        return [point for point in cards if point in self.asked[who]]


@pytest.fixture
async def crew(resting_bed, tmp_path):  # noqa: F811
    database = Database(resting_bed.settings.database_url)
    async with database.writing() as session:
        connection = await session.connection()
        await connection.execute(text("UPDATE side SET week = 'Mon-Sun 00:00-24:00'"))
        await connection.execute(text("UPDATE mechanism SET quiet = ''"))
    made = Crew(resting_bed, tmp_path, random.Random(SEED), database)
    yield made
    made.goes_on()
    for worker in made.workers:
        if worker.returncode is None:
            worker.kill()
            await worker.wait()
    await database.close()


@pytest.mark.timeout(36000)
async def test_four_workers_lose_and_double_nothing_whatever_happens_to_them(crew):
    await crew.begin()
    crew.ask()
    await crew.stops_the_poller()
    for number in range(FAULTS):
        crew.ask()
        seen = len(crew.bed.server.log) + crew.chance.randrange(1, 7)
        await crew.bed.server.wait_for(lambda mark=seen: len(crew.bed.server.log) >= mark, timeout=PATIENCE)
        await crew.fault()
        if number == FAULTS // 2:
            await crew.owes_reminders()
    await crew.rests()
    assert await crew.ends() == [0] * WORKERS
    left = await remains(crew.bed.settings.database_url)
    records, everything = left.pop("records"), [point for points in crew.asked.values() for point in points]
    texts = [str(call.params.get("text")) for call in crew.bed.server.log if call.ok and call.method == "sendMessage"]
    codes = {code[1] for words in texts if (code := CODE.search(words))}
    async with crew.database.reading() as session:
        bundles = set((await session.exec(select(Bundle.code))).all())
    said = {who: crew.answers(who) for who in WRITERS}
    order = {who: list(dict.fromkeys(points)) for who, points in said.items()}
    repeated = sum(len(said[who]) - len(order[who]) for who in WRITERS)
    sys.stdout.write(
        f"\nseed {SEED}: {dict(crew.done)}, {len(everything)} commands, {len(records)} recorded, "
        f"{repeated} said twice, {len(codes)} reminders, {left}\n"
    )
    assert crew.done.total() >= FAULTS
    assert records == Counter(everything), "every command has exactly one record"
    assert (left["unanswered"], left["owed"], left["broken journal entry"], left["violations"]) == (0, 0, None, [])
    assert repeated <= left["ambiguous"], "what came twice was in flight"
    assert bundles
    assert bundles <= codes, "every reminder was said"
    assert order == crew.asked, "each chat is answered in its order"
    assert crew.bed.server.limits.early_calls == 0, "nothing was sent before its time"
