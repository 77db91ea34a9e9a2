"""How SQLite is opened: durable, checked, private, one writer at a time."""

import asyncio
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from storage.tables import Leave, Person

NOW = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        pytest.param("journal_mode", "wal", id="readers do not wait for writers"),
        pytest.param("synchronous", 2, id="a commit survives a power cut"),
        pytest.param("foreign_keys", 1, id="no row points nowhere"),
        pytest.param("busy_timeout", 10_000, id="another process is waited for"),
        pytest.param("secure_delete", 1, id="what was deleted leaves no bytes"),
    ],
)
async def test_every_connection_is_prepared(file_database, pragma, value):
    async with file_database.reading() as session:
        assert (await session.connection()).dialect.name == "sqlite"
        result = await (await session.connection()).execute(text(f"PRAGMA {pragma}"))
        assert result.scalar() == value


async def test_who_writes_has_the_lock_from_the_beginning_and_who_reads_never(file_database):
    other = sqlite3.connect(file_database.url.database, timeout=0, isolation_level=None)
    with closing(other):
        async with file_database.writing(), file_database.reading():
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
        async with file_database.reading() as session:
            await session.exec(text("SELECT count(*) FROM person"))
            other.execute("BEGIN IMMEDIATE")


async def test_the_files_are_readable_by_their_owner_alone(file_database):
    async with file_database.writing() as session:
        session.add(Person(name="Somebody", created_at=NOW))
    folder = list(database_folder(file_database).iterdir())
    assert {file.suffix for file in folder} >= {".db", ".db-wal"}
    assert [file.name for file in folder if stat.S_IMODE(file.stat().st_mode) & 0o077] == []


def database_folder(database):
    return Path(database.url.database).parent


async def test_an_error_rolls_everything_back(database):
    with pytest.raises(RuntimeError):
        await write_and_fail(database)
    async with database.reading() as session:
        assert await session.get(Person, 1) is None


async def write_and_fail(database):
    async with database.writing() as session:
        session.add(Person(name="Somebody", created_at=NOW))
        await session.flush()
        raise RuntimeError


async def test_a_row_that_points_nowhere_is_refused(database):
    with pytest.raises(IntegrityError):
        async with database.writing() as session:
            session.add(Leave(person_id=404, first_day=NOW.date(), last_day=NOW.date(), written_at=NOW))


async def test_writers_take_turns(database):
    async def write(name):
        async with database.writing() as session:
            session.add(Person(name=name, created_at=NOW))

    await asyncio.gather(*(write(f"Person {number}") for number in range(20)))
    async with database.reading() as session:
        count = await (await session.connection()).execute(text("SELECT count(*) FROM person"))
        assert count.scalar() == 20


async def test_a_writing_transaction_holds_the_lock_from_its_first_statement(file_database):
    async with file_database.writing() as session:
        await session.get(Person, 1)
        async with file_database.engine.connect() as other:
            await other.execute(text("PRAGMA busy_timeout=0"))
            with pytest.raises(Exception, match="locked"):
                await try_to_write(other)


async def try_to_write(connection):
    await connection.execute(text("INSERT INTO lease (name, owner, fence, until) VALUES ('a', 'b', 1, '2026-01-01')"))
