"""The disk is full, refuses to be written, or cannot be synced: nothing is said that is not kept, and it goes on alone.

The disk is `tests/faults/disk.py`, which refuses from the n-th write on, in the middle of whatever is being done.
By hand: FOCALPOINT_DISK_FAULTS=500 FOCALPOINT_SEED=1 python -m pytest tests/faults/test_disk_faults.py -s
"""

import os
import resource
import sqlite3
import sys
from collections import Counter
from contextlib import closing, suppress
from datetime import timedelta
from functools import partial
from random import Random

import pytest
from sqlalchemy.exc import SQLAlchemyError

from bot.endings import ending
from bot.exits import Exit
from bot.settings import DatabaseSection
from storage import invariants
from tests.e2e.conftest import bed, resting_bed, server  # noqa: F401 - the whole bot, as the other tests have it
from tests.faults import disk as disks
from tests.faults.cards import answered
from tests.faults.figures import agree
from tests.faults.test_api_faults import owed
from tests.faults.test_power_cut import Told, found

TURNS = int(os.environ.get("FOCALPOINT_DISK_FAULTS", "6"))
SEED = int(os.environ.get("FOCALPOINT_SEED", "20261127"))
WRITERS = ("vte_focal", "vte_trainer", "kmg_focal", "kmg_trainer")
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
FAULTS = {
    "full": disks.FULL,
    "read-only": disks.READ_ONLY,
    "not written": disks.WRITE_FAILS,
    "not synced": disks.SYNC_FAILS,
}
MOST_WRITES, MOST_SYNCS = 60, 8


@pytest.fixture
def disk():
    with disks.recording() as under:
        yield under


@pytest.fixture
def kept(disk, database_url, tmp_path):  # noqa: ARG001 - the database is opened only after the disk is there
    return DatabaseSection(url=database_url, data_dir=str(tmp_path))


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("fault", FAULTS)
async def test_refused_at_any_write_nothing_is_said_that_is_not_kept(bed, disk, fault, tmp_path):  # noqa: F811
    told, chance, asked = Told(disk, first=bed.server.world.updates.next_id), Random(SEED), []
    bed.server.faults.weather = told
    for _ in range(TURNS):
        disk.fails(FAULTS[fault], after=chance.randrange(MOST_SYNCS if fault == "not synced" else MOST_WRITES))
        while not disk.struck:
            for who in WRITERS:
                asked.append(f"Point {len(asked) + 1}")
                bed.cast[who].writes_private(f"/task {asked[-1]}")
            await struck_or_answered(bed, disk, set(asked))
        _, points, updates = found(next(tmp_path.glob("*.sqlite3")))
        assert told.acknowledged(len(disk.steps)) <= points, "what was said is kept"
        assert told.forgotten(len(disk.steps)) <= updates, "what Telegram may forget is kept"
        disk.recovers()
        await bed.settle()
        await drained(bed)
    async with bed.program.database.reading() as session:
        broken = await invariants.violations(session)
    sys.stdout.write(f"\nseed {SEED}, {fault}: {TURNS} times, {disk.refused} writes refused, {len(asked)} commands\n")
    assert set(answered(bed.server)) == set(asked)
    assert records(tmp_path) == Counter(asked)
    assert broken == []
    assert disk.refused >= TURNS
    agree(bed)


@pytest.mark.parametrize("fault", FAULTS)
async def test_refused_from_the_start_it_ends_with_one_line_and_nothing_is_changed(resting_bed, disk, fault, tmp_path):  # noqa: F811
    resting_bed.cast["vte_focal"].writes_private("/task Heard after all")
    file = next(tmp_path.glob("*.sqlite3"))
    before = file.read_bytes()
    disk.fails(FAULTS[fault], after=0)
    with pytest.raises(SQLAlchemyError) as refused:
        async with resting_bed.started():
            pass
    how, line = ending(refused.value)
    assert (how, line.count("\n")) == (Exit.CONFIGURATION, 0)
    assert file.read_bytes() == before
    disk.recovers()
    async with resting_bed.started():
        await resting_bed.settle()
        assert "Heard after all" in resting_bed.last("vte_focal").text


async def struck_or_answered(bed, disk, asked):  # noqa: F811
    """The limits stand still with the clock, so it goes on until everything is answered, or the disk refuses."""
    while not disk.struck and set(answered(bed.server)) != asked:
        bed.clock.move_by(SECOND)
        with suppress(TimeoutError):
            await bed.server.wait_for(partial(struck_or_heard, bed, disk, len(bed.server.log)), 1)


def struck_or_heard(bed, disk, before):  # noqa: F811
    return disk.struck or len(bed.server.log) > before


async def drained(bed):  # noqa: F811
    """What could not be marked is free again when its lease is over; ten minutes have to be enough."""
    for _ in range(10):
        if not await owed(bed):
            return
        await bed.at(bed.clock.now() + MINUTE)
    raise AssertionError("something is owed for ever")


def records(folder):
    with closing(sqlite3.connect(next(folder.glob("*.sqlite3")))) as connection:
        return Counter(row[0] for row in connection.execute("SELECT text FROM task"))


def limit(pid, what, most):
    """How much the process may have of something; None for as much as before."""
    hard = resource.prlimit(pid, what)[1]
    resource.prlimit(pid, what, (hard if most is None else most, hard))


async def test_a_process_whose_files_may_not_grow_waits_and_goes_on(yard, gather):
    crowd = await gather(1)
    bot = await yard.started()
    await yard.answer_to(crowd.people[0].writes(crowd.chats[0], "/task Before"))
    log = yard.database.with_name(yard.database.name + "-wal")
    limit(bot.pid, resource.RLIMIT_FSIZE, log.stat().st_size)
    asked = crowd.people[0].writes(crowd.chats[0], "/task Meanwhile")
    await bot.says("could not be kept")
    assert yard.server.world.updates.pending
    assert yard.answers_to(asked) == []
    limit(bot.pid, resource.RLIMIT_FSIZE, None)
    assert "T2" in (await yard.answer_to(asked)).text
    assert bot.runs


async def test_with_few_file_descriptors_everybody_is_answered(yard, gather):
    crowd = await gather(1)
    yard.server.limits.enabled = False
    bot = await yard.started()
    limit(bot.pid, resource.RLIMIT_NOFILE, 64)
    for _ in range(8):
        for person in crowd.people:
            person.writes_private("/help")
    await yard.sees(lambda: all(len(yard.server.world.from_bot(person)) == 8 for person in crowd.people))
    assert bot.runs
