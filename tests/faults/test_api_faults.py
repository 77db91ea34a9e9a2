"""Telegram answers badly, in every way there is and by chance: everything is said in the end, and nothing too early.

The large form by hand:
FOCALPOINT_FAULTS=10000 FOCALPOINT_SEED=1 python -m pytest tests/faults/test_api_faults.py -s
"""

import os
import sys
from collections import Counter
from datetime import timedelta
from functools import partial
from random import Random

import pytest
from sqlmodel import func, select

from bot.rehearsal.weather import OPEN, SURE, UNSURE, Weather
from bot.requests import Timeouts
from bot.settings import DatabaseSection
from storage import invariants, outbox
from storage.kinds import InboxState, OutboxState
from storage.tables import Inbox, Outbox, Task
from tests.e2e.conftest import bed, resting_bed, server  # noqa: F401 - the whole bot, as the other tests have it
from tests.faults.cards import answered, shown
from tests.faults.figures import agree

FAULTS = int(os.environ.get("FOCALPOINT_FAULTS", "1000"))
SEED = int(os.environ.get("FOCALPOINT_SEED", "20261124"))
WRITERS = ("vte_focal", "vte_alternate", "vte_trainer", "kmg_focal", "kmg_alternate", "kmg_trainer")
MINUTE = timedelta(minutes=1)
HALF_OPEN, PATIENCE = 20, 2.0
"""So many connections stay open without an answer; the bot waits so many seconds for one, instead of ten."""


@pytest.fixture
def kept(any_url, tmp_path):
    return DatabaseSection(url=any_url, data_dir=str(tmp_path))


@pytest.fixture(autouse=True)
def _little_patience(monkeypatch):
    monkeypatch.setattr("bot.requests.Timeouts", partial(Timeouts, read=PATIENCE))


@pytest.fixture
def total(any_url):
    """On PostgreSQL a tenth: the calls are the same."""
    return FAULTS if any_url.startswith("sqlite") else FAULTS // 10


def ask(bed, asked):  # noqa: F811
    """Everybody asks for something in private, one of them in the group."""
    for number, who in enumerate(WRITERS):
        asked.append(f"Point {len(asked) + 1}")
        if number:
            bed.cast[who].writes_private(f"/task {asked[-1]}")
        else:
            bed.cast[who].writes(bed.group, f"/task {asked[-1]}")


async def owed(bed):  # noqa: F811
    async with bed.program.database.reading() as session:
        return await outbox.owed(session)


async def drained(bed):  # noqa: F811
    """Let time pass until nothing is owed; half an hour has to be enough."""
    for _ in range(60):
        if not await owed(bed):
            return
        bed.clock.move_by(MINUTE)
        await bed.settle()
    raise AssertionError("something is owed for ever")


@pytest.mark.timeout(3600)
async def test_everything_is_said_whatever_telegram_answers(bed, total):  # noqa: F811
    weather, asked = Weather(Random(SEED), total, half_open=HALF_OPEN), []
    bed.server.faults.weather = weather
    while weather.struck < total:
        ask(bed, asked)
        await bed.settle()
        bed.clock.move_by(MINUTE)
    await drained(bed)
    kinds, said = bed.server.faults.injected, shown(bed.server)
    async with bed.program.database.reading() as session:
        records = Counter((await session.exec(select(Task.text))).all())
        unanswered = (await session.exec(select(Inbox.id).where(Inbox.state != InboxState.DONE))).all()
        given_up = (await session.exec(select(Outbox.key).where(Outbox.state == OutboxState.FAILED))).all()
        ambiguous = (await session.exec(select(func.sum(Outbox.ambiguous)))).one()
        broken = await invariants.violations(session)
    sys.stdout.write(
        f"\nseed {SEED}: {weather.struck} faults {dict(kinds)}, {len(asked)} commands, {ambiguous} unsure\n"
    )
    assert weather.struck == total
    assert total < 300 or set(kinds) >= {kind.value for kind in (*SURE, *UNSURE, *OPEN)}
    assert records == Counter(asked), "each command has one record"
    assert answered(bed.server) == set(asked), "each command was answered"
    assert sum(said.values()) - len(said) <= ambiguous, "what came twice may not have arrived"
    assert (list(unanswered), list(given_up), broken) == ([], [], [])
    assert bed.server.limits.early_calls == 0, "nobody was asked again before the time that was named"
    agree(bed)
