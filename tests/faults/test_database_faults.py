"""The database is locked, full or damaged: nothing is acknowledged that is not kept, and it goes on by itself."""

import asyncio
import random
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.exits import Exit
from storage import migrating
from storage.engine import Database

WITHIN = 60


@contextmanager
def locked(file: Path, *, to_readers: bool = False):
    """Another process writes and does not end; without a log, as after a restore, it can lock readers out."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        if to_readers:
            other.execute("PRAGMA journal_mode=DELETE")
        other.execute("BEGIN EXCLUSIVE" if to_readers else "BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


async def test_locked_by_another_for_longer_than_it_waits_it_loses_nothing(yard, gather):
    crowd = await gather(1)
    bot = await yard.started()
    await yard.answer_to(crowd.people[0].writes(crowd.chats[0], "/task Before"))
    with locked(yard.database):
        asked = crowd.people[0].writes(crowd.chats[0], "/task Meanwhile")
        await bot.says("OperationalError")  # by its name alone: the log keeps no words of a library
        assert yard.server.world.updates.pending, "what is not kept is not confirmed"
        assert yard.answers_to(asked) == []
    assert "T2" in (await yard.answer_to(asked)).text
    assert len(yard.answers_to(asked)) == 1
    assert bot.runs


@pytest.mark.parametrize("to_readers", [False, True])
async def test_started_while_another_holds_it_it_waits_and_begins(yard, gather, to_readers):
    crowd = await gather(1)
    asked = crowd.people[0].writes(crowd.chats[0], "/task Heard after all")
    with locked(yard.database, to_readers=to_readers):
        bot = yard.start()
        await bot.says("The database cannot be reached")
        assert yard.server.world.updates.pending
    assert "T1" in (await yard.answer_to(asked)).text
    assert "Traceback" not in bot.output()
    assert "restore" not in bot.output(), "it is as sound as before"
    assert bot.runs


def limit(file: Path, pages: int | None) -> None:
    """Let the file grow no further, by a trigger that refuses; None lets it grow again."""
    with closing(sqlite3.connect(file)) as connection:
        if pages is None:
            connection.execute("DROP TRIGGER no_room")
        else:
            refuse = "SELECT RAISE(ABORT, 'database or disk is full'); END"
            connection.execute(f"CREATE TRIGGER no_room BEFORE INSERT ON inbox BEGIN {refuse}")
        connection.commit()


async def test_where_there_is_no_room_it_waits_and_goes_on_when_there_is(yard, gather):
    crowd = await gather(1)
    bot = await yard.started()
    await yard.answer_to(crowd.people[0].writes(crowd.chats[0], "/task Before"))
    limit(yard.database, 0)
    asked = crowd.people[0].writes(crowd.chats[0], "/task Meanwhile")
    await bot.says("could not be kept")
    assert yard.server.world.updates.pending
    limit(yard.database, None)
    assert "T2" in (await yard.answer_to(asked)).text
    assert bot.runs


@pytest.mark.parametrize("seed", range(3))
async def test_a_damaged_file_is_refused_and_never_made_anew(yard, gather, seed):
    await gather(1)
    chance, data = random.Random(seed), bytearray(yard.database.read_bytes())
    for _ in range(64):
        data[chance.randrange(4096, len(data))] ^= 1 << chance.randrange(8)
    start = bytes(data[:16]) if seed else b"no database here"
    yard.database.write_bytes(start + bytes(data[16:]))
    size = yard.database.stat().st_size
    bot = yard.start()
    code = await bot.ended()
    assert code == Exit.CONFIGURATION
    assert "restore" in bot.output()
    assert "Traceback" not in bot.output()
    assert yard.database.stat().st_size == size


async def test_acknowledged_means_written_through(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'focalpoint.db'}")
    await migrating.upgrade(database)
    async with database.writing() as session:
        connection = await session.connection()
        assert (await connection.exec_driver_sql("PRAGMA synchronous")).scalar() == 2
        assert (await connection.exec_driver_sql("PRAGMA journal_mode")).scalar() == "wal"
    await asyncio.wait_for(database.close(), WITHIN)
