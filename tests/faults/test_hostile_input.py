"""Whatever is written, the queue goes on, nothing is set aside, and what is kept is what was written.

The large form by hand:
FOCALPOINT_HOSTILE=50000 FOCALPOINT_SEED=1 python -m pytest tests/faults/test_hostile_input.py -s
"""

import os
import sys
import unicodedata
from random import Random

import pytest
from sqlmodel import select

from bot.limiter import Limiter
from bot.settings import DatabaseSection
from handlers.rules.text import visibly_empty
from storage import invariants
from storage.kinds import InboxState, OutboxState
from storage.tables import Decision, Inbox, Outbox
from tests.e2e.conftest import bed, resting_bed, server  # noqa: F401 - the whole bot, as the other tests have it
from tests.faults.figures import agree
from tests.faults.hostile import PIECES, Hostile

COUNT = int(os.environ.get("FOCALPOINT_HOSTILE", "3000"))
SEED = int(os.environ.get("FOCALPOINT_SEED", "20261124"))
BATCH = 100


@pytest.fixture
def kept(any_url, tmp_path):
    return DatabaseSection(url=any_url, data_dir=str(tmp_path))


@pytest.mark.timeout(36000)
async def test_no_update_stops_the_queue_or_is_set_aside(bed, any_url):  # noqa: F811
    hostile = Hostile(bed, Random(SEED))
    count = COUNT if any_url.startswith("sqlite") else COUNT // 10
    bed.server.limits.enabled = False
    bed.program.delivery._limiter = Limiter(10**6, 10**6, 10**6, 10**6)  # the story's clock stands still
    for _ in range(0, count, BATCH):
        for _ in range(BATCH):
            bed.server.world.raw_update(hostile.update())
        await bed.server.wait_for_confirmed(60)
        await bed.settle()
    newcomer = bed.server.world.user("Newcomer", started=True)
    newcomer.writes_private("/help")
    await bed.server.wait_for(lambda: bed.said(newcomer), 60)
    async with bed.program.database.reading() as session:
        aside = (await session.exec(select(Inbox).where(Inbox.state == InboxState.DEAD))).all()
        waiting = (await session.exec(select(Inbox.id).where(Inbox.state == InboxState.NEW))).all()
        failed = (
            await session.exec(select(Outbox.method, Outbox.error).where(Outbox.state == OutboxState.FAILED))
        ).all()
        broken = await invariants.violations(session)
    unexpected = [row for row in failed if row[1] not in {"closed", "too_late"}]
    sys.stdout.write(f"\nseed {SEED}: {hostile.number} updates, {len(failed)} answers that nobody could get\n")
    assert hostile.number >= count
    assert [row.raw for row in aside[:3]] == []
    assert (list(waiting), unexpected, broken) == ([], [], [])
    agree(bed)


async def test_what_is_kept_is_what_was_written(bed):  # noqa: F811
    chance, written = Random(SEED), []
    for _ in range(60):
        words = "x " + " ".join(chance.choice(PIECES) for _ in range(3)) + " x"
        if not visibly_empty(words) and "#" not in words:
            written.append(words)
            message = bed.cast["vte_focal"].json()
            said = {"message_id": 900 + len(written), "date": 1775008800, "from": message, "chat": bed.group.json()}
            bed.server.world.raw_update({"message": said | {"text": f"/decide {words}"}})
    await bed.settle()
    async with bed.program.database.reading() as session:
        texts = (await session.exec(select(Decision.text).order_by(Decision.number))).all()
    kept = [unicodedata.normalize("NFC", "".join(c for c in words if c not in "\x00\ud800\udfff")) for words in written]
    assert list(texts) == kept
