"""The operator's commands killed at every named place: a database is migrated or untouched, a backup whole or none."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import select

from storage import backup, migrating
from storage.engine import Database
from storage.tables import Mark
from tests.faults import points

TOKEN = "700001:" + "A" * 35


def command(folder: Path, url: str, *words: str, crash: str = "") -> subprocess.CompletedProcess[bytes]:
    """`focalpoint …` as the operator types it."""
    config = folder / "config.toml"
    config.write_text(f'[telegram]\ntoken = "{TOKEN}"\n[database]\nurl = "{url}"\ndata_dir = "{folder}"\n')
    config.chmod(0o600)
    arguments = [sys.executable, "-m", "bot", "--config", str(config), *words]
    return subprocess.run(
        arguments, cwd=points.ROOT, env=os.environ | {"CRASH_AT": crash}, capture_output=True, check=False, timeout=60
    )


def killed(folder: Path, url: str, *words: str, crash: str) -> bool:
    """Whether the command died at that place."""
    return command(folder, url, *words, crash=crash).returncode == -signal.SIGKILL


def finished(folder: Path, url: str, *words: str) -> None:
    """The command, which has to end well."""
    done = command(folder, url, *words)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("place", points.of("migration"))
async def test_a_migration_that_was_killed_is_done_by_the_next(any_url, tmp_path, place):
    hit, deaths = 1, 0
    while killed(tmp_path, any_url, "migrate", crash=f"{place}:{hit}"):
        deaths, hit = deaths + 1, 1
        if deaths == 3 or place != "migration.stepped":
            break
    assert deaths, f"{place} was never reached"
    finished(tmp_path, any_url, "migrate")
    finished(tmp_path, any_url, "check", "--offline")
    database = Database(any_url)
    assert await migrating.is_newest(database)
    await database.close()


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


@pytest.fixture
def bench(tmp_path):
    """A migrated file with one thing written."""
    url = f"sqlite:///{tmp_path / 'focalpoint.sqlite3'}"
    finished(tmp_path, url, "migrate")
    write(tmp_path / "focalpoint.sqlite3", "before")
    return tmp_path, url


@pytest.mark.parametrize("place", points.of("backup"))
def test_a_backup_that_was_killed_leaves_nothing_that_looks_like_one_and_is_none(bench, place):
    folder, url = bench
    target = folder / "copy.sqlite3"
    assert killed(folder, url, "backup", str(target), crash=place), f"{place} was never reached"
    assert kept(folder / "focalpoint.sqlite3") == [("written before",)]
    if target.exists() and target.stat().st_size:
        assert backup.faults(target) == []
        assert kept(target) == [("written before",)]
    again = folder / "again.sqlite3"
    finished(folder, url, "backup", str(again))
    assert kept(again) == [("written before",)]


@pytest.mark.parametrize("place", points.of("restore"))
def test_a_restore_that_was_killed_never_leads_to_an_empty_database(bench, place):
    folder, url = bench
    file, copy = folder / "focalpoint.sqlite3", folder / "copy.sqlite3"
    finished(folder, url, "backup", str(copy))
    write(file, "since")
    assert killed(folder, url, "restore", str(copy), crash=place), f"{place} was never reached"
    checked = command(folder, url, "migrate")
    if checked.returncode == 0:
        assert kept(file) in ([("written before",)], [("written before",), ("written since",)])
    else:
        assert b"restore" in checked.stderr
    finished(folder, url, "restore", str(copy))
    assert kept(file) == [("written before",)]
    asides = [kept(aside) for aside in folder.glob("*.before-restore-*Z")]
    assert [("written before",), ("written since",)] in asides, "what the restore replaced is kept"


@pytest.mark.parametrize("place", points.of("moving"))
@pytest.mark.parametrize("to", ["sqlite", "postgresql"])
async def test_a_move_that_was_killed_leaves_all_or_nothing_and_is_done_by_the_next(bench, postgres, place, to):
    folder, url = bench
    there = postgres.new() if to == "postgresql" else f"sqlite:///{folder / 'there.sqlite3'}"
    assert killed(folder, url, "move", url, there, crash=place), f"{place} was never reached"
    database = Database(there)
    if await migrating.current(database) is not None:
        async with database.reading() as session:
            marks = (await session.exec(select(Mark.name).where(Mark.name.startswith("written")))).all()
        assert list(marks) == (["written before"] if place == "moving.committed" else [])
    await database.close()
    if place != "moving.committed":
        finished(folder, url, "move", url, there)
    assert b"holds records already" in command(folder, url, "move", url, there).stderr
    assert kept(folder / "focalpoint.sqlite3") == [("written before",)], "the source is as it was"
