"""Real processes that can be killed, and what is recorded and said when everything has come to rest."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, Process
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlmodel import func, select

from bot.rehearsal.server import BotApiServer
from storage import invariants, journal
from storage.engine import Database
from storage.kinds import InboxState, OutboxState
from storage.tables import Inbox, Outbox, Task
from tests.e2e.conftest import Bed
from tests.faults.cards import answered, shown

PATIENCE = 240
"""Seconds for what takes two on a quiet computer."""


async def started(folder: Path, url: str, server: BotApiServer) -> Process:
    """`focalpoint run` as an operator starts it, against this server and database."""
    config = folder / "config.toml"
    where = f'url = "{url}"\ndata_dir = "{folder}"'
    config.write_text(f'[telegram]\napi_url = "{server.url}"\n\n[database]\n{where}\n')
    environment = os.environ | {"FOCALPOINT_TOKEN": server.token}
    command = (sys.executable, "-m", "bot", "--config", str(config), "run")
    return await asyncio.create_subprocess_exec(*command, env=environment, stdout=DEVNULL, stderr=DEVNULL)


def sent(bed: Bed) -> int:
    """How many messages the log shows."""
    return sum(call.ok and call.method == "sendMessage" for call in bed.server.log)


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
    left, said = await remains(bed.settings.database_url), shown(bed.server)
    records, repeated = left.pop("records"), sum(said.values()) - len(said)
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
