"""The bot of the rehearsal in a process of its own, so that it can be killed like any other.

Orders come as JSON lines on the standard input, each is answered by one line:

    {"do": "settle", "at": "2026-04-01T02:00:00+00:00"}   the clock is moved, everything due is done and said
    {"do": "stop"}                                        the process ends as after SIGTERM

An answer names the moments the bot waits for: "waits" for its limits, "looks" for the next nudge it may owe.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from bot import logs
from bot.clock import StoryClock
from bot.operating.preparing import prepare
from bot.program import Program, running
from bot.rehearsal.settling import rest
from bot.settings import Settings
from bot.settings_file import load
from storage.engine import Database
from storage.tables import Chat, Decision, Meeting, SupportRequest, Task

Order = dict[str, Any]


async def play(settings: Settings, clock: StoryClock) -> None:
    """Run the bot, doing what the orders say, until the input ends or an order stops it."""
    await prepare(settings)
    async with running(settings, clock) as program:
        _tell({"ready": True})
        async for order in _orders():
            if order["do"] == "stop":
                return
            await _settle(program, clock, datetime.fromisoformat(order["at"]))


async def _settle(program: Program, clock: StoryClock, at: datetime) -> None:
    clock.move_to(at)
    await program.ticking.run_all()
    await rest(program)
    looks = await _next_look(program.database, clock.now())
    _tell({"settled": True, "now": _iso(clock.now()), "waits": _iso(clock.next_moment()), "looks": _iso(looks)})


async def _next_look(database: Database, now: datetime) -> datetime | None:
    """The next moment at which a row wants to be looked at."""
    moments = (Task.look_at, Decision.look_at, Meeting.look_at, SupportRequest.look_at, Chat.leave_at)
    columns = [col(moment) for moment in moments]
    async with database.reading() as session:
        found = [(await session.exec(select(func.min(column)).where(column > now))).one() for column in columns]
    return min((moment for moment in found if moment is not None), default=None)


async def _orders() -> AsyncIterator[Order]:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        yield json.loads(line)


def _tell(answer: Order) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def main(path: str, start: str) -> None:
    """Play with the configuration file at `path`, beginning at the moment `start`."""
    settings = load(Path(path), {})
    logs.configure("json", settings.log.number, sys.stderr, secrets=settings.secrets)
    asyncio.run(play(settings, StoryClock(datetime.fromisoformat(start))))


if __name__ == "__main__":
    main(*sys.argv[1:])
