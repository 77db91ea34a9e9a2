"""The operator's commands killed at every named place: a database is migrated or untouched, a backup whole or none."""

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE
from uuid import uuid4

import pytest
from sqlmodel import select

from bot import backups
from storage import backup, migrating
from storage.engine import Database
from storage.tables import Mark
from tests.faults import points

TOKEN = "700001:" + "A" * 35


@dataclass
class Office:
    """Where the operator types: each command is a process of its own, forked in a cradle."""

    cradle: subprocess.Popen[str]

    def command(self, folder: Path, url: str, *words: str, crash: str = "") -> tuple[int, str]:
        """`focalpoint …`: its exit code, or the signal with a minus before it, and what it said."""
        config, log = folder / "config.toml", folder / "said"
        config.write_text(f'[telegram]\ntoken = "{TOKEN}"\n[database]\nurl = "{url}"\ndata_dir = "{folder}"\n')
        config.chmod(0o600)
        log.write_text("")
        code = self._lived({"words": ["--config", str(config), *words], "crash": crash, "log": str(log)})
        return code, log.read_text(encoding="utf-8")

    def copies(self, home: Path, folder: Path, *hours: int, crash: str = "") -> int:
        """The copies that a running bot makes at these hours; how that ended."""
        file, log = home / "focalpoint.sqlite3", home / "said"
        told = {"file": str(file), "folder": str(folder), "hours": hours}
        return self._lived(told | {"crash": crash, "log": str(log)})

    def _lived(self, order: dict[str, object]) -> int:
        assert self.cradle.stdin is not None
        assert self.cradle.stdout is not None
        self.cradle.stdin.write(json.dumps(order) + "\n")
        self.cradle.stdin.flush()
        self.cradle.stdout.readline()  # its number
        return int(self.cradle.stdout.readline())

    def killed(self, folder: Path, url: str, *words: str, crash: str) -> bool:
        """Whether the command died at that place."""
        return self.command(folder, url, *words, crash=crash)[0] == -signal.SIGKILL

    def finished(self, folder: Path, url: str, *words: str, crash: str = "") -> None:
        """The command, which has to end well."""
        code, said = self.command(folder, url, *words, crash=crash)
        assert code == 0, said


@pytest.fixture(scope="module")
def office():
    command = [sys.executable, "-m", "tests.faults.cradle"]
    with subprocess.Popen(command, cwd=points.ROOT, stdin=PIPE, stdout=PIPE, text=True) as cradle:
        yield Office(cradle)


@pytest.mark.parametrize("death", points.deaths("migration"))
async def test_a_migration_that_was_killed_is_done_by_the_next(office, any_url, tmp_path, death):
    assert office.killed(tmp_path, any_url, "migrate", crash=death), f"{death} was never reached"
    database = Database(any_url)
    nothing_left = await migrating.is_newest(database)
    assert office.killed(tmp_path, any_url, "migrate", crash=death) is not nothing_left, "killed again meanwhile"
    office.finished(tmp_path, any_url, "migrate")
    office.finished(tmp_path, any_url, "check", "--offline")
    assert await migrating.is_newest(database)
    await database.close()


@pytest.mark.parametrize("visit", points.beyond("migration"))
def test_a_migration_comes_by_these_places_once(office, any_url, tmp_path, visit):
    office.finished(tmp_path, any_url, "migrate", crash=visit)


def kept(file: Path) -> list[tuple[str]]:
    """What the database holds, as far as this test wrote it."""
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT name FROM mark WHERE name LIKE 'written %' ORDER BY name").fetchall()


def write(file: Path, name: str) -> None:
    """Commit one more thing worth keeping."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("INSERT INTO mark VALUES (?, '2026-04-01 02:00:00')", (f"written {name}",))
        connection.commit()


@pytest.fixture(scope="module")
def migrated(office, tmp_path_factory):
    """A file as `migrate` leaves it."""
    folder = tmp_path_factory.mktemp("migrated")
    office.finished(folder, f"sqlite:///{folder / 'focalpoint.sqlite3'}", "migrate")
    return folder / "focalpoint.sqlite3"


@pytest.fixture
def bench(migrated, tmp_path):
    """A migrated file with one thing written."""
    file = tmp_path / "focalpoint.sqlite3"
    shutil.copyfile(migrated, file)
    file.chmod(0o600)
    write(file, "before")
    return tmp_path, f"sqlite:///{file}"


@pytest.mark.parametrize("death", points.deaths("backup"))
def test_a_backup_that_was_killed_leaves_nothing_that_looks_like_one_and_is_none(office, bench, death):
    folder, url = bench
    target = folder / "copy.sqlite3"
    assert office.killed(folder, url, "backup", str(target), crash=death), f"{death} was never reached"
    assert kept(folder / "focalpoint.sqlite3") == [("written before",)]
    if target.exists() and target.stat().st_size:
        assert backup.faults(target) == []
        assert kept(target) == [("written before",)]
    again = folder / "again.sqlite3"
    office.finished(folder, url, "backup", str(again))
    assert kept(again) == [("written before",)]


@pytest.mark.parametrize("place", points.of("backup"))
def test_killed_at_the_second_copy_the_first_one_is_whole_and_the_third_is_made(office, bench, place):
    folder = bench[0] / "backups"
    assert office.copies(bench[0], folder, 2, 3, crash=f"{place}:2") == -signal.SIGKILL
    there = [each.at.hour for each in backups.listed(folder)]
    assert there == ([2, 3] if place == "backup.named" else [2])
    assert office.copies(bench[0], folder, 4) == 0
    left = [each.file for each in backups.listed(folder)]
    assert [each.at.hour for each in backups.listed(folder)] == [*there, 4]
    assert [backups.faults(each) for each in left] == [[]] * len(left)
    assert sorted(folder.iterdir()) == left, "what was begun is swept away"


@pytest.mark.parametrize("death", points.deaths("backup", "restore"))
def test_a_restore_that_was_killed_never_leads_to_an_empty_database(office, bench, death):
    folder, url = bench
    file, copy = folder / "focalpoint.sqlite3", folder / "copy.sqlite3"
    office.finished(folder, url, "backup", str(copy))
    write(file, "since")
    assert office.killed(folder, url, "restore", str(copy), crash=death), f"{death} was never reached"
    code, said = office.command(folder, url, "migrate")
    if code == 0:
        assert kept(file) in ([("written before",)], [("written before",), ("written since",)])
    else:
        assert "restore" in said
    office.finished(folder, url, "restore", str(copy))
    assert kept(file) == [("written before",)]
    asides = [kept(aside) for aside in folder.glob("*.before-restore-*Z")]
    assert [("written before",), ("written since",)] in asides, "what the restore replaced is kept"


def test_backup_and_restore_come_by_these_places_once(office, bench):
    folder, url = bench
    for number, visit in enumerate(points.beyond("backup", "restore")):
        copy = folder / f"copy-{number}.sqlite3"
        office.finished(folder, url, "backup", str(copy), crash=visit)
        office.finished(folder, url, "restore", str(copy), crash=visit)


@pytest.mark.parametrize("death", ["migration.stepped:2", *points.deaths("moving")])
@pytest.mark.parametrize("to", ["sqlite", "postgresql"])
async def test_a_move_that_was_killed_leaves_all_or_nothing_and_is_done_by_the_next(office, bench, request, to, death):
    folder, url = bench
    there, committed = elsewhere(request, folder, to), death == "moving.committed:1"
    assert office.killed(folder, url, "move", url, there, crash=death), f"{death} was never reached"
    database = Database(there)
    if await migrating.is_newest(database):
        async with database.reading() as session:
            marks = (await session.exec(select(Mark.name).where(Mark.name.startswith("written")))).all()
        assert list(marks) == (["written before"] if committed else [])
    else:
        assert not committed
    await database.close()
    if not committed:
        office.finished(folder, url, "move", url, there)
    assert "holds records already" in office.command(folder, url, "move", url, there)[1]
    assert kept(folder / "focalpoint.sqlite3") == [("written before",)], "the source is as it was"


def elsewhere(request, folder, to):
    """Where a move goes: an empty database of that kind."""
    if to == "postgresql":
        return request.getfixturevalue("postgres").new()
    return f"sqlite:///{folder / f'{uuid4().hex}.sqlite3'}"


@pytest.mark.parametrize("to", ["sqlite", "postgresql"])
def test_a_move_comes_by_these_places_once(office, bench, request, to):
    folder, url = bench
    for visit in points.beyond("moving"):
        office.finished(folder, url, "move", url, elsewhere(request, folder, to), crash=visit)


@pytest.fixture(scope="module")
def served(office, migrated, postgres, tmp_path_factory):
    """The same records on a server; a move leaves them as they are."""
    folder, url = tmp_path_factory.mktemp("served"), postgres.new()
    file = folder / "focalpoint.sqlite3"
    shutil.copyfile(migrated, file)
    file.chmod(0o600)
    write(file, "before")
    office.finished(folder, url, "move", f"sqlite:///{file}", url)
    return url


@pytest.mark.parametrize("death", points.deaths("moving"))
def test_a_move_from_a_server_that_was_killed_leaves_all_or_nothing_as_well(office, served, tmp_path, death):
    there, committed = tmp_path / "there.sqlite3", death == "moving.committed:1"
    move = (tmp_path, served, "move", served, f"sqlite:///{there}")
    assert office.killed(*move, crash=death), f"{death} was never reached"
    assert kept(there) == ([("written before",)] if committed else [])
    if not committed:
        office.finished(*move)
    assert kept(there) == [("written before",)]
