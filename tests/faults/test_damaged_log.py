"""Bits of the write-ahead log flip after the bot was killed: what was committed before them is there, and nothing half.

The sums that SQLite keeps in its log end it where it was damaged. What is left then is known without SQLite: the pages
of the file, and over them those of each commit that ends before the first turned bit.
By hand: FOCALPOINT_DAMAGED=2000 FOCALPOINT_SEED=1 python -m pytest tests/faults/test_damaged_log.py -s
"""

import sqlite3
import sys
from bisect import bisect_left
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from random import Random

import pytest

from bot.endings import ending
from bot.exits import Exit
from bot.settings import DATABASE_FILE, DatabaseSection, Settings, Telegram
from storage import backup
from tests.faults.conftest import TOKEN
from tests.faults.test_damage import FILES, SEED, TABLES, damaged, refusal
from tests.faults.test_power_cut import agrees

TASKS = 8
LOG, INDEX = (DATABASE_FILE + end for end in backup.COMPANIONS)
HEAD, FRAME_HEAD, PAGE = 32, 24, 4096
FRAME = FRAME_HEAD + PAGE
NOTHING, PART, ALL = "nothing of the log counts", "a part of it counts", "all of it counts"


@dataclass(frozen=True)
class Remains:
    """What a killed bot left: its file, beside it the log of all that it ever did, and the index of the log."""

    file: bytes
    log: bytes
    index: bytes

    def frames(self):
        """Each page in the log: its number, how many pages there are with it (0 inside of a commit), and its bytes."""
        for at in range(HEAD, len(self.log) - FRAME + 1, FRAME):
            frame = self.log[at : at + FRAME]
            yield int.from_bytes(frame[:4], "big"), int.from_bytes(frame[4:8], "big"), frame[FRAME_HEAD:]

    def until(self, first):
        """The database as the last commit that ends before this byte of the log left it, and how much of it counts."""
        whole = max(first - HEAD, 0) // FRAME
        growing, kept, counts = bytearray(self.file), self.file, NOTHING
        for place, pages, page in list(self.frames())[:whole]:
            growing[(place - 1) * PAGE : place * PAGE] = page
            if pages:
                kept, counts = bytes(growing[: pages * PAGE]), PART
        return kept, ALL if whole == len(self.log) // FRAME else counts

    def laid(self, folder, log, index):
        """The same file with another log and index, as a start finds them."""
        folder.mkdir(exist_ok=True)
        for name, content in ((DATABASE_FILE, self.file), (LOG, log), (INDEX, index)):
            (folder / name).write_bytes(content)
        return folder / DATABASE_FILE


@pytest.fixture
async def crowd(yard, gather):
    """People whose bot recorded a few things and was killed, with everything in its log still."""
    gathered = await gather(1)
    yard.server.limits.enabled = False
    bot = await yard.started()
    for number in range(TASKS):
        await yard.answer_to(gathered.people[0].writes(gathered.chats[0], f"/task Point {number}"))
    bot.kill()
    return gathered


@pytest.fixture
def remains(yard, crowd):  # noqa: ARG001 - their bot left it
    left = Remains(*(yard.database.with_name(name).read_bytes() for name in (DATABASE_FILE, LOG, INDEX)))
    assert b"Point 0" in left.log
    assert b"Point 0" not in left.file, "nothing has left the log"
    return left


def turned(log, chance):
    """The log with 1 to 64 bits turned: anywhere, in its head, or in what was written last."""
    begin, end = chance.choice(((0, len(log)), (0, HEAD), (len(log) // 2, len(log)), (len(log) * 9 // 10, len(log))))
    return log[:begin] + damaged(log[begin:end], chance) + log[end:]


def first_difference(one, other):
    """The place of the first byte that is not the same."""
    return bisect_left(range(len(one)), True, key=lambda at: one[: at + 1] != other[: at + 1])


def read(file):
    """The database page by page, as SQLite reads it with its log."""
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.serialize()


def rows(file):
    """Everything in the tables that matter."""
    with closing(sqlite3.connect(file)) as connection:
        return {name: connection.execute(f"SELECT * FROM {name} ORDER BY id").fetchall() for name in TABLES}


async def started(file, left):
    """Start on these files: whether it went on, to a sound database with these rows, or refused and changed nothing."""
    before = file.read_bytes(), file.with_name(LOG).read_bytes()
    refused = await refusal(
        Settings(telegram=Telegram(token=TOKEN), database=DatabaseSection(data_dir=str(file.parent)))
    )
    if refused is None:
        assert backup.faults(file) == []
        assert await agrees(file) == []
        assert rows(file) == left
        return True
    how, line = ending(refused)
    assert (how, "restore" in line) == (Exit.CONFIGURATION, True)
    assert (file.read_bytes(), file.with_name(LOG).read_bytes()) == before, "it is left as it is"
    return False


@pytest.mark.timeout(3600)
async def test_a_damaged_log_ends_before_the_damage_and_nothing_is_half(remains, tmp_path):
    chance, ends, points = Random(SEED), Counter(), Counter()
    assert read(remains.laid(tmp_path / "untouched", remains.log, remains.index)) == remains.until(len(remains.log))[0]
    for number in range(FILES):
        log, index = turned(remains.log, chance), chance.choice((remains.index, damaged(remains.index, chance)))
        image, counts = remains.until(first_difference(remains.log, log))
        assert read(remains.laid(tmp_path / "read", log, index)) == image, f"file {number}"
        alone = tmp_path / "alone"
        alone.write_bytes(image)
        left = rows(alone)
        went_on = await started(remains.laid(tmp_path / "started", log, index), left)
        ends[counts if went_on else "refused"] += 1
        points[len(left["task"])] += 1
    sys.stdout.write(f"\nseed {SEED}: {FILES} damaged logs: {dict(ends)}; records that are left: {dict(points)}\n")
    assert ends.total() == FILES
    assert min(ends[NOTHING], ends[PART]) > FILES / 20, "a run without the one or the other proves less"
    assert {*points} & {*range(1, TASKS)}, "some logs end between the first record and the last"


async def test_the_bot_goes_on_from_where_the_damage_ended_its_log(yard, crowd, remains, tmp_path):
    middle, alone = len(remains.log) // 2, tmp_path / "alone"
    log = remains.log[:middle] + bytes([remains.log[middle] ^ 1]) + remains.log[middle + 1 :]
    yard.database.with_name(LOG).write_bytes(log)
    alone.write_bytes(remains.until(middle)[0])
    kept = len(rows(alone)["task"])
    assert 0 < kept < TASKS
    bot = await yard.started()
    answer = await yard.answer_to(crowd.people[1].writes(crowd.chats[0], "/task After it"))
    assert f"T{kept + 1}" in answer.text
    assert await agrees(yard.database) == []
    assert bot.runs
