"""The power fails at any write of the real schema and the real transactions: what was acknowledged is there.

The disk is `tests/faults/disk.py`. The control is the same week with `synchronous=NORMAL`, which has to lose something.
By hand: FOCALPOINT_CUTS=5000 FOCALPOINT_SEED=1 python -m pytest tests/faults/test_power_cut.py -s
"""

import os
import re
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

import pytest

from bot.settings import DATABASE_FILE, DatabaseSection
from storage import invariants, journal
from storage.engine import PRAGMAS, Database
from tests import prepared
from tests.e2e.conftest import resting_bed, server  # noqa: F401 - the whole bot, as the other tests have it
from tests.faults.disk import Cut, Disk, recording

CUTS = int(os.environ.get("FOCALPOINT_CUTS", "150"))
SEED = int(os.environ.get("FOCALPOINT_SEED", "20261127"))
WRITERS = ("vte_focal", "vte_trainer", "kmg_focal", "kmg_trainer")
ROUNDS = 10
EVERY = 10
"""Every so many cuts also the slow questions are asked."""
NOT_THROUGH = tuple(pragma.replace("FULL", "NORMAL") for pragma in PRAGMAS)


@dataclass
class Told:
    """What the server heard, each with the step the disk was at; it looks on and lets every call pass."""

    disk: Disk
    points: list[tuple[int, str]] = field(default_factory=list)
    offsets: list[tuple[int, int]] = field(default_factory=list)
    first: int = 0
    """The number of the first update of this life."""

    def strike(self, method, _chat_id, raw) -> None:
        step = len(self.disk.steps)
        if method == "getUpdates" and raw.get("offset"):
            self.offsets.append((step, int(raw["offset"])))
        if method == "sendMessage":
            self.points += [(step, point) for point in re.findall(r"Point \d+", str(raw["text"]))]

    def acknowledged(self, step: int) -> set[str]:
        """The commands that were answered by then."""
        return {point for at, point in self.points if at <= step}

    def forgotten(self, step: int) -> set[int]:
        """The updates that Telegram has forgotten by then, because the bot said that it has them."""
        return set(range(self.first, max((offset for at, offset in self.offsets if at <= step), default=0)))


@pytest.fixture
def disk():
    with recording() as under:
        yield under


@pytest.fixture
def kept(disk, database_url, tmp_path, monkeypatch):  # noqa: ARG001 - opened only after the disk is there
    monkeypatch.setattr(
        prepared, "migrated", prepared.upgrade
    )  # a copied file would miss on the disk that is played back
    return DatabaseSection(url=database_url, data_dir=str(tmp_path))


async def lived_through(bed, disk):
    """Some days of the group: points are given, reported and nudged."""
    told = Told(disk, first=bed.server.world.updates.next_id)
    bed.server.faults.weather = told
    bed.server.limits.enabled = False
    async with bed.started():
        for number in range(ROUNDS):
            for who in WRITERS:
                words = f"/task Point {len(WRITERS) * number + WRITERS.index(who) + 1} @kmg_focal by tomorrow"
                bed.cast[who].writes_private(words)
            await bed.settle()
            bed.cast["kmg_focal"].writes_private(f"/done T{number + 1}")
            await bed.at(bed.clock.now() + timedelta(hours=7))
    return told


def restored(files, folder):
    """The files of one cut, as the computer finds them when it starts again."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    for name in ("-wal", "-shm"):
        if DATABASE_FILE + name not in files:
            (folder / (DATABASE_FILE + name)).unlink(missing_ok=True)
    return folder / DATABASE_FILE


def found(file):
    """What is wrong with the file, the points it holds, and the updates."""
    with closing(sqlite3.connect(file)) as connection:
        wrong = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        wrong += [str(row) for row in connection.execute("PRAGMA foreign_key_check")]
        points = {row[0] for row in connection.execute("SELECT text FROM task")}
        updates = {row[0] for row in connection.execute("SELECT update_id FROM inbox")}
    return wrong, points, updates


async def agrees(file):
    """What does not hold among the records."""
    database = Database(f"sqlite:///{file}")
    async with database.reading() as session:
        broken, fault = await invariants.violations(session), await journal.first_fault(session)
    await database.close()
    return broken + ([fault] if fault else [])


async def reckoned(disk, told, folder):
    """Cut the power again and again: how often something that was acknowledged is lost, and what else is wrong."""
    folder.mkdir()
    chance = Random(SEED)
    first = min(step for step, _ in told.points)
    steps = sorted(chance.randint(first, len(disk.steps)) for _ in range(CUTS))
    cut, lost, wrong = Cut(disk, chance), 0, []
    for number, step in enumerate(steps):
        file = restored(cut.at(step), folder)
        faults, points, updates = found(file)
        lost += bool(told.acknowledged(step) - points) or bool(told.forgotten(step) - updates)
        wrong += faults
        if number % EVERY == 0:
            wrong += await agrees(file)
    return lost, wrong


async def test_a_power_cut_takes_nothing_that_was_acknowledged(resting_bed, disk, tmp_path):  # noqa: F811
    told = await lived_through(resting_bed, disk)
    lost, wrong = await reckoned(disk, told, tmp_path / "after")
    sys.stdout.write(f"\nseed {SEED}: {CUTS} cuts in {len(disk.steps)} steps, {lost} lost something, {wrong[:3]}\n")
    assert len(told.acknowledged(len(disk.steps))) == ROUNDS * len(WRITERS)
    assert (lost, wrong) == (0, [])


async def test_the_control_that_does_not_write_through_loses_something(resting_bed, disk, monkeypatch, tmp_path):  # noqa: F811
    monkeypatch.setattr("storage.engine.PRAGMAS", NOT_THROUGH)
    told = await lived_through(resting_bed, disk)
    lost, wrong = await reckoned(disk, told, tmp_path / "after")
    sys.stdout.write(f"\nseed {SEED}: {CUTS} cuts with NORMAL, {lost} lost something\n")
    assert lost > 0, "these cuts lose nothing even where nothing is written through: they prove nothing"
    assert wrong == [], "also then the file is sound"
