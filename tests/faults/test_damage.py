"""Bits of the database flip, in many files: it is refused and left as it is, or nothing is missing from it.

By hand: FOCALPOINT_DAMAGED=2000 FOCALPOINT_SEED=1 python -m pytest tests/faults/test_damage.py -s
"""

import os
import sqlite3
import sys
from collections import Counter
from contextlib import closing
from random import Random

import pytest

from bot.endings import ending
from bot.exits import Exit
from bot.operating.preparing import prepare
from bot.settings import DATABASE_FILE, DatabaseSection, Settings, Telegram
from storage import backup
from tests.e2e.conftest import TOKEN, bed, kept, resting_bed, server  # noqa: F401 - the whole bot, as the others have it

FILES = int(os.environ.get("FOCALPOINT_DAMAGED", "60"))
SEED = int(os.environ.get("FOCALPOINT_SEED", "20261127"))
MOST_BITS = 64
TABLES = ("task", "decision", "journal", "person", "inbox", "outbox")


async def lived_in(resting_bed):  # noqa: F811
    """A file with some work in it."""
    resting_bed.server.limits.enabled = False
    async with resting_bed.started():
        for number in range(6):
            await resting_bed.hears("vte_focal", f"/task Point {number} @kmg_focal", private=True)
        await resting_bed.hears("kmg_focal", "/done T1", private=True)


def damaged(data, chance):
    """The same bytes with 1 to 64 bits turned."""
    turned = bytearray(data)
    for _ in range(chance.randint(1, MOST_BITS)):
        turned[chance.randrange(len(turned))] ^= 1 << chance.randrange(8)
    return bytes(turned)


def counted(file):
    """How many rows each table has."""
    with closing(sqlite3.connect(file)) as connection:
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in TABLES}


async def refusal(settings):
    """What a start says to the file; None when it goes on."""
    try:
        await prepare(settings)
    except Exception as error:  # whatever it is, it has to be one of the ends that are told in a line
        return error


async def test_a_damaged_file_is_refused_as_it_is_or_complete(resting_bed, tmp_path):  # noqa: F811
    await lived_in(resting_bed)
    sound = tmp_path / DATABASE_FILE
    data, rows, chance, ends = sound.read_bytes(), counted(sound), Random(SEED), Counter()
    for number in range(FILES):
        folder = tmp_path / f"damaged-{number}"
        folder.mkdir()
        file, left = folder / DATABASE_FILE, damaged(data, chance)
        file.write_bytes(left)
        settings = Settings(telegram=Telegram(token=TOKEN), database=DatabaseSection(data_dir=str(folder)))
        refused = await refusal(settings)
        if refused is None:
            assert backup.damage(file) == []
            assert counted(file) == rows, f"file {number}"
        else:
            told = ending(refused)
            assert told is not None, f"file {number}: {refused!r}"
            assert told[0] == Exit.CONFIGURATION
            assert file.read_bytes() == left, f"file {number} was written to"
        ends["started" if refused is None else told[1].partition("(")[0]] += 1
    sys.stdout.write(f"\nseed {SEED}: {FILES} damaged files: {dict(ends)}\n")
    assert sum(count for end, count in ends.items() if "restore" in end) > FILES / 3
    assert ends.total() == FILES


@pytest.mark.parametrize("left", [pytest.param(None, id="gone"), pytest.param(0, id="empty"), 1, 511, 4096])
async def test_a_file_that_was_lost_is_not_begun_anew(resting_bed, tmp_path, left):  # noqa: F811
    async with resting_bed.started() as program:
        await resting_bed.hears("vte_focal", "/task Point 1", private=True)
        await program.upkeep.backups.look()
    file = tmp_path / DATABASE_FILE
    if left is None:
        file.unlink()
    else:
        os.truncate(file, left)
    how, line = ending(await refusal(resting_bed.settings))
    assert how == Exit.CONFIGURATION
    assert "restore" in line
    assert (file.stat().st_size if file.exists() else None) == left, "what was lost is not made anew"


async def test_damage_that_shows_while_it_runs_ends_it(resting_bed, tmp_path):  # noqa: F811
    await lived_in(resting_bed)
    file = tmp_path / DATABASE_FILE
    with closing(sqlite3.connect(file)) as connection:
        [page] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'task'").fetchone()
    async with resting_bed.started() as program:
        await resting_bed.settle()
        with file.open("r+b") as opened:
            opened.seek((page - 1) * 4096)
            opened.write(bytes(4096))
        resting_bed.cast["vte_focal"].writes_private("/task Point 7")
        await program.stopping.wait()
        assert program.exit == Exit.CONFIGURATION
