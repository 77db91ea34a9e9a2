"""The real process, killed at random moments under a stream of commands: what it acknowledged is there, once.

The truth is the server's log. One integer makes a run. The large form is made by hand:
FOCALPOINT_KILLS=50 FOCALPOINT_COMMANDS=300 FOCALPOINT_SEED=1 python -m pytest tests/e2e/test_kill_loop.py -s
"""

import asyncio
import os
import random
import re
import signal
import sys
from collections import Counter
from pathlib import Path

import pytest
from sqlmodel import func, select

from storage import journal
from storage.engine import Database
from storage.kinds import InboxState, OutboxState
from storage.tables import Inbox, Outbox, Task

KILLS = int(os.environ.get("FOCALPOINT_KILLS", "6"))
COMMANDS = int(os.environ.get("FOCALPOINT_COMMANDS", "48"))
SEED = int(os.environ.get("FOCALPOINT_SEED", "20260401"))
WRITERS = ("vte_focal", "vte_alternate", "vte_trainer", "kmg_focal", "kmg_alternate", "kmg_trainer")
PATIENCE = 120


async def start(bed, folder: Path) -> asyncio.subprocess.Process:
    """`focalpoint run` as an operator starts it."""
    config = folder / "config.toml"
    config.write_text(f'[telegram]\napi_url = "{bed.server.url}"\n\n[database]\ndata_dir = "{folder}"\n')
    environment = os.environ | {"FOCALPOINT_TOKEN": bed.server.token}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "--config", str(config), "run",
        env=environment, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip


async def polled(bed) -> None:
    before = bed.server.world.updates.polls
    await bed.server.wait_for(lambda: bed.server.world.updates.polls > before, timeout=30)


def acknowledged(bed) -> Counter[str]:
    """How often the log shows a card for each point."""
    found: Counter[str] = Counter()
    for call in bed.server.log:
        if call.ok and call.method == "sendMessage" and call.params.get("reply_markup"):
            found.update(re.findall(r"Point \d+", str(call.params["text"]))[:1])
    return found


async def records(folder: Path) -> Counter[str]:
    database = Database(f"sqlite:///{folder / 'focalpoint.sqlite3'}")
    async with database.reading() as session:
        texts = (await session.exec(select(Task.text))).all()
    await database.close()
    return Counter(texts)


async def remains(folder: Path) -> dict[str, object]:
    """What is left undone when everything has come to rest."""
    database = Database(f"sqlite:///{folder / 'focalpoint.sqlite3'}")
    async with database.reading() as session:
        unanswered = select(func.count()).select_from(Inbox).where(Inbox.state != InboxState.DONE)
        owed = select(func.count()).select_from(Outbox).where(Outbox.state != OutboxState.SENT)
        repeats = select(func.coalesce(func.sum(Outbox.ambiguous), 0))
        found = {
            "unanswered": (await session.exec(unanswered)).one(),
            "owed": (await session.exec(owed)).one(),
            "ambiguous": (await session.exec(repeats)).one(),
            "broken journal entry": await journal.first_fault(session),
        }
    await database.close()
    return found


@pytest.mark.timeout(900)
async def test_killed_under_load_nothing_acknowledged_is_lost_or_doubled(resting_bed, tmp_path):
    bed, chance = resting_bed, random.Random(SEED)
    bed.server.limits.enabled = False
    points = [f"Point {number}" for number in range(1, COMMANDS + 1)]
    waiting = iter(points)
    process, kills = await start(bed, tmp_path), 0
    await polled(bed)
    while kills < KILLS:
        for point in [next(waiting, "") for _ in range(max(1, COMMANDS // KILLS))]:
            if point:
                bed.cast[chance.choice(WRITERS)].writes_private(f"/task {point}")
        seen = len(bed.server.log) + chance.randrange(8)
        # Somewhere in the work on these: after a number of calls that chance chose, or when all is done.
        await bed.server.wait_for(lambda mark=seen: len(bed.server.log) >= mark, timeout=PATIENCE)
        process.send_signal(signal.SIGKILL)
        assert await process.wait() == -signal.SIGKILL
        kills += 1
        process = await start(bed, tmp_path)
        await polled(bed)
    for point in waiting:
        bed.cast[chance.choice(WRITERS)].writes_private(f"/task {point}")
    await bed.server.wait_for(lambda: set(acknowledged(bed)) == set(points), timeout=PATIENCE)
    await bed.server.wait_for_confirmed()
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 20) == 0

    left, kept, said = await remains(tmp_path), await records(tmp_path), acknowledged(bed)
    repeated = sum(said.values()) - len(said)
    sys.stdout.write(
        f"\nseed {SEED}: {kills} kills, {len(said)} of {len(points)} commands acknowledged, {len(kept)} recorded, "
        f"{bed.server.world.updates.redelivered} redelivered, {repeated} said twice, {left}\n"
    )
    assert kills == KILLS
    assert kept == Counter(points), "every command has exactly one record"
    assert (left["unanswered"], left["owed"], left["broken journal entry"]) == (0, 0, None)
    assert repeated <= left["ambiguous"], "what came twice was in flight at a kill"
