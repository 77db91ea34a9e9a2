"""The computer's clock jumps, by seconds or by days, forwards and backwards: nobody is flooded, no day is lost.

By hand: FOCALPOINT_JUMPS=2000 FOCALPOINT_SEED=1 python -m pytest tests/faults/test_clock_jumps.py -s
"""

import asyncio
import os
import re
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_EXECUTED, EVENT_JOB_MISSED
from sqlmodel import select

from handlers.rules.ladder import Stage
from storage import invariants
from storage.tables import Bundle, Digest, Nudge, Task
from tests.e2e.conftest import CAST, bed, kept, resting_bed, server  # noqa: F401 - the whole bot, as the other tests have it

JUMPS = int(os.environ.get("FOCALPOINT_JUMPS", "60"))
SEED = int(os.environ.get("FOCALPOINT_SEED", "20261127"))
LENGTHS = (1, 59, 3600, 5 * 3600, 86_400, 3 * 86_400)
"""Seconds, there and back: never so far that a day of the ladder is behind it for good."""
PRIVATE = re.compile(r"friendly reminder", re.IGNORECASE)
LATER = datetime(2026, 4, 20, 0, 0, tzinfo=UTC)
"""From here on time goes its usual way, nine days long."""
GIVEN = {3: "vte_trainer", 7: "kmg_focal", 9: "vte_focal", 22: "vte_trainer", 23: "kmg_focal", 24: "vte_focal"}
"""Who has to do something by which day of April: three while the clock jumps, three when it does no more."""


def jumps(chance):
    """Where the clock is moved by, one after another."""
    for _ in range(JUMPS):
        yield timedelta(seconds=chance.choice(LENGTHS) * chance.uniform(0.2, 1) * chance.choice((1, -1)))


async def rows(bed, table):  # noqa: F811
    async with bed.program.database.reading() as session:
        return (await session.exec(select(table))).all()


def told(bed):  # noqa: F811
    """How many reminders each person got, by the log."""
    found = Counter()
    for call in bed.server.log:
        if call.ok and call.method == "sendMessage" and PRIVATE.search(str(call.params.get("text"))):
            found[call.chat_id] += 1
    return found


async def test_a_tick_that_comes_late_is_done_all_the_same(bed):  # noqa: F811
    scheduler, ended = bed.program.ticking._scheduler, asyncio.get_running_loop().create_future()
    hear = lambda event: event.job_id == "house" and not ended.done() and ended.set_result(event.code)  # noqa: E731
    scheduler.add_listener(hear, EVENT_JOB_EXECUTED | EVENT_JOB_MISSED | EVENT_JOB_ERROR)
    scheduler.modify_job("house", next_run_time=datetime.now(UTC) - timedelta(minutes=10))
    assert await asyncio.wait_for(ended, 60) == EVENT_JOB_EXECUTED


@pytest.mark.timeout(3600)
async def test_nobody_is_flooded_and_no_day_is_lost(bed):  # noqa: F811
    chance, began = Random(SEED), bed.clock.now()
    bed.server.limits.enabled = False
    for day, who in GIVEN.items():
        await bed.hears("vte_focal", f"/task For the {day}th @{CAST[who][1]} by {day} April 2026")
    for jump in jumps(chance):
        before = told(bed)
        target = max(began - timedelta(days=3), min(bed.clock.now() + jump, began + timedelta(days=9)))
        await bed.at(target)
        assert all(number <= 1 for number in (told(bed) - before).values()), f"flooded by {jump}"
    for hours in range(0, 9 * 24, 2):
        await bed.at(LATER + timedelta(hours=hours))
    stages = Counter((nudge.subject_id, nudge.stage) for nudge in await rows(bed, Nudge))
    bundles = Counter((bundle.person_id, bundle.local_date) for bundle in await rows(bed, Bundle))
    digests = Counter((digest.group_id, digest.week) for digest in await rows(bed, Digest))
    sys.stdout.write(f"\nseed {SEED}: {JUMPS} jumps, {sum(told(bed).values())} reminders, {len(digests)} digests\n")
    async with bed.program.database.reading() as session:
        assert await invariants.violations(session) == []
    assert set(bundles.values()) == {1}, "once a person and working day"
    assert set(digests.values()) == {1}, "once a group and week"
    for task in await rows(bed, Task):
        heard = {stage for about, stage in stages if about == task.id}
        assert heard, f"nobody heard of T{task.number}"
        assert task.due < LATER.date() or heard >= {Stage.TODAY, Stage.LATE}, f"T{task.number}: {heard}"
