"""The real process, killed at random moments under a stream of commands: what it acknowledged is there, once.

The truth is the server's log. One integer makes a run. The large form by hand (`-k postgresql` for the other):
FOCALPOINT_KILLS=1000 FOCALPOINT_COMMANDS=5000 FOCALPOINT_SEED=1 python -m pytest tests/faults/test_kill_loop.py -s
"""

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from sqlmodel import func, select

from bot.settings import DatabaseSection
from storage import invariants, journal
from storage.engine import Database
from storage.kinds import InboxState, OutboxState
from storage.tables import Inbox, Outbox, Task
from tests.e2e.conftest import resting_bed, server  # noqa: F401 - a group and its people, the bot not started
from tests.faults.cards import answered, shown

KILLS = int(os.environ.get("FOCALPOINT_KILLS", "8"))
COMMANDS = int(os.environ.get("FOCALPOINT_COMMANDS", "48"))
SEED = int(os.environ.get("FOCALPOINT_SEED", "20260401"))
WRITERS = ("vte_focal", "vte_alternate", "vte_trainer", "kmg_focal", "kmg_alternate", "kmg_trainer")
PATIENCE = 240
"""Seconds for what takes two on a quiet computer."""
IN_RECOVERY = 0.2
"""How often it is killed again before it listens."""


@pytest.fixture
def kept(any_url, tmp_path):
    return DatabaseSection(url=any_url, data_dir=str(tmp_path))


@dataclass
class Loop:
    """One bot over many lives, and what was asked of it."""

    bed: object
    folder: object
    chance: random.Random
    process: asyncio.subprocess.Process | None = None
    kills: int = 0
    asked: list[str] = field(default_factory=list)

    async def start(self):
        """`focalpoint run` as an operator starts it."""
        config = self.folder / "config.toml"
        where = f'url = "{self.bed.settings.database_url}"\ndata_dir = "{self.folder}"'
        config.write_text(f'[telegram]\napi_url = "{self.bed.server.url}"\n\n[database]\n{where}\n')
        environment = os.environ | {"FOCALPOINT_TOKEN": self.bed.server.token}
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "--config", str(config), "run",
            env=environment, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip

    async def listens(self):
        before = self.bed.server.world.updates.polls
        await self.bed.server.wait_for(lambda: self.bed.server.world.updates.polls > before, timeout=PATIENCE)

    async def kill(self):
        self.process.send_signal(signal.SIGKILL)
        assert await self.process.wait() == -signal.SIGKILL
        self.kills += 1

    async def calls(self, number):
        """Somewhere in its work: after a number of calls that chance chose, or when there is nothing to do."""
        seen = len(self.bed.server.log) + number
        await self.bed.server.wait_for(lambda: len(self.bed.server.log) >= seen, timeout=PATIENCE)

    async def messages(self, number):
        """Somewhere among the answers: after a number of them that chance chose."""
        seen = sent(self.bed) + number
        await self.bed.server.wait_for(lambda: sent(self.bed) >= seen, timeout=PATIENCE)

    def ask(self, number):
        for _ in range(number):
            self.asked.append(f"Point {len(self.asked) + 1}")
            self.bed.cast[self.chance.choice(WRITERS)].writes_private(f"/task {self.asked[-1]}")

    async def life(self, commands):
        await self.start()
        if self.chance.random() < IN_RECOVERY:
            await self.calls(1)
        else:
            await self.listens()
            self.ask(commands)
            await self.messages(self.chance.randrange(commands))
        await self.kill()


def sent(bed) -> int:
    """How many messages the log shows."""
    return sum(call.ok and call.method == "sendMessage" for call in bed.server.log)


async def drained(bed):
    """Until every call is marked; one that was sent when its worker died is sent again when its lease is over."""
    for _ in range(PATIENCE):
        if not (await remains(bed.settings.database_url))["owed"]:
            return
        seen = len(bed.server.log)
        with suppress(TimeoutError):
            await bed.server.wait_for(lambda mark=seen: len(bed.server.log) > mark, timeout=1)


async def remains(url) -> dict[str, object]:
    """What is recorded, and what is left undone, when everything has come to rest."""
    database = Database(url)
    async with database.reading() as session:
        unanswered = select(func.count()).select_from(Inbox).where(Inbox.state != InboxState.DONE)
        owed = select(func.count()).select_from(Outbox).where(Outbox.state != OutboxState.SENT)
        repeats = select(func.coalesce(func.sum(Outbox.ambiguous), 0))
        found = {
            "records": Counter((await session.exec(select(Task.text))).all()),
            "unanswered": (await session.exec(unanswered)).one(),
            "owed": (await session.exec(owed)).one(),
            "ambiguous": (await session.exec(repeats)).one(),
            "broken journal entry": await journal.first_fault(session),
            "violations": await invariants.violations(session),
        }
    await database.close()
    return found


@pytest.mark.timeout(36000)
async def test_killed_under_load_nothing_acknowledged_is_lost_or_doubled(resting_bed, tmp_path):  # noqa: F811
    bed = resting_bed
    bed.server.limits.enabled = False
    loop = Loop(bed, tmp_path, random.Random(SEED))
    while loop.kills < KILLS:
        await loop.life(max(1, COMMANDS // KILLS))
    await loop.start()
    await loop.listens()
    loop.ask(max(0, COMMANDS - len(loop.asked)))
    await bed.server.wait_for(lambda: answered(bed.server) == set(loop.asked), timeout=PATIENCE)
    await bed.server.wait_for_confirmed()
    await drained(bed)
    loop.process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(loop.process.wait(), 20) == 0

    left, said = await remains(bed.settings.database_url), shown(bed.server)
    records, repeated = left.pop("records"), sum(said.values()) - len(said)
    sys.stdout.write(
        f"\nseed {SEED}: {loop.kills} kills, {len(answered(bed.server))} of {len(loop.asked)} commands acknowledged, "
        f"{len(records)} recorded, {bed.server.world.updates.redelivered} redelivered, {repeated} said twice, {left}\n"
    )
    assert loop.kills == KILLS
    assert bed.server.world.updates.redelivered or KILLS < 10, "a run in which nothing was given again proves little"
    assert left["ambiguous"] or KILLS < 50, "a run in which nothing was in flight at any kill proves little"
    assert records == Counter(loop.asked), "every command has exactly one record"
    assert (left["unanswered"], left["owed"], left["broken journal entry"], left["violations"]) == (0, 0, None, [])
    assert repeated <= left["ambiguous"], "what came twice was in flight at a kill"
