"""Real processes that can be killed, and what is recorded and said when everything has come to rest."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import delete, func, select

from bot.clock import SystemClock
from bot.rehearsal.server import BotApiServer
from storage import invariants, journal
from storage.engine import Database
from storage.kinds import InboxState, OutboxState
from storage.tables import Inbox, Outbox, Room, Task
from tests.e2e.conftest import TOKEN, Bed
from tests.faults.cards import answered, said, shown

ROOT = Path(__file__).parents[2]
PATIENCE = 240
"""Seconds for what takes two on a quiet computer."""


@pytest.fixture
async def server() -> AsyncIterator[tuple[BotApiServer, SystemClock]]:
    """In the place of the one whose time is a story's: processes live in real time."""
    async with BotApiServer(token=TOKEN, now=lambda: datetime.now(UTC)) as opened:
        yield opened, SystemClock()


async def without_a_room(bed: Bed) -> None:
    """Let the group have no chat, or its limit of twenty messages a minute would be all that is measured."""
    bed.server.limits.enabled = False
    database = Database(bed.settings.database_url)
    async with database.writing() as session:
        await session.exec(delete(Room))
    await database.close()


async def started(folder: Path, url: str, server: BotApiServer) -> Process:
    """`focalpoint run` as an operator starts it, against this server and database; what it logs is in `log` there."""
    command = (sys.executable, "-m", "bot", "--config", str(configured(folder, url, server)), "run")
    with (folder / "log").open("ab") as log:
        return await asyncio.create_subprocess_exec(*command, stdout=DEVNULL, stderr=log)


def configured(folder: Path, url: str, server: BotApiServer, health: int | None = None) -> Path:
    """The configuration of a bot against this server and database; `health` is the port of its figures, if any."""
    config = folder / "config.toml"
    told = f'[telegram]\ntoken = "{server.token}"\napi_url = "{server.url}"\n'
    told += f'\n[database]\nurl = "{url}"\ndata_dir = "{folder}"\n'
    if health is not None:
        told += f'\n[operation]\nhealth_listen = "127.0.0.1:{health}"\n'
    config.write_text(told)
    config.chmod(0o600)
    return config


class Nursery:
    """Lives of the bot that begin where a program that was read already forks (`tests/faults/nursery.py`)."""

    def __init__(self, process: Process) -> None:
        self._process = process

    async def begin(self, told: object) -> "Life":
        """A life that is told one line, its configuration for one; the one before it has ended."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{told}\n".encode())
        return Life(self, await self.tells())

    async def tells(self) -> int:
        """The number on its next line."""
        assert self._process.stdout is not None
        return int(await asyncio.wait_for(self._process.stdout.readline(), PATIENCE))


@asynccontextmanager
async def nursery(module: str = "tests.faults.nursery") -> AsyncIterator[Nursery]:
    """One that is closed at the end, with whoever lives in it still."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", module, cwd=ROOT, stdin=PIPE, stdout=PIPE)
    try:
        yield Nursery(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()


@dataclass
class Life:
    """One life of the bot."""

    nursery: Nursery
    pid: int

    def send_signal(self, number: signal.Signals) -> None:
        """Strike it."""
        os.kill(self.pid, number)

    async def wait(self) -> int:
        """How it ended: its exit code, or the signal with a minus before it."""
        return await self.nursery.tells()


def sent(bed: Bed) -> int:
    """How many messages the log shows."""
    return said(bed.server).messages


async def all_answered(bed: Bed, asked: Collection[str]) -> None:
    """Until everything that was asked is answered: however long that takes, as long as it goes on."""
    while (before := answered(bed.server)) != set(asked):
        await bed.server.wait_for(lambda seen=before: answered(bed.server) != seen, timeout=PATIENCE)


async def drained(bed: Bed) -> None:
    """Until every call is marked; one that was sent when its worker died is sent again when its lease is over."""
    for _ in range(PATIENCE):
        if not (await remains(bed.settings.database_url))["owed"]:
            return
        seen = len(bed.server.log)
        with suppress(TimeoutError):
            await bed.server.wait_for(lambda mark=seen: len(bed.server.log) > mark, timeout=1)


async def remains(url: str) -> dict[str, Any]:
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


async def reckon(bed: Bed, asked: list[str], about: str) -> dict[str, Any]:
    """Every command has one record and an answer, nothing is left undone, and what came twice was in flight."""
    left, cards = await remains(bed.settings.database_url), shown(bed.server)
    records, repeated = left.pop("records"), sum(cards.values()) - len(cards)
    again = bed.server.world.updates.redelivered
    sys.stdout.write(
        f"\n{about}: {len(answered(bed.server))} of {len(asked)} commands acknowledged, "
        f"{len(records)} recorded, {again} redelivered, {repeated} said twice, {left}\n"
    )
    assert records == Counter(asked), "every command has exactly one record"
    assert answered(bed.server) == set(asked), "every command was answered"
    assert (left["unanswered"], left["owed"], left["broken journal entry"], left["violations"]) == (0, 0, None, [])
    assert repeated <= left["ambiguous"], "what came twice was in flight"
    return left
