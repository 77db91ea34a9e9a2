"""The other way to remind: one APScheduler job for each reminder, in its SQLAlchemy job store, in one SQLite file."""

import asyncio
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, event, insert
from sqlalchemy.engine import Engine

PRAGMAS = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL")
METADATA = MetaData()
OUTBOX = Table("owed", METADATA, Column("id", Integer, primary_key=True), Column("text", String))


@dataclass(frozen=True)
class Fired:
    """Seconds for so many jobs: to plan them, and from the first to the last reminder in the outbox."""

    planned: float
    fired: float


@dataclass
class _Reminding:
    """What the jobs, which APScheduler finds by their function's name alone, write to."""

    engine: Engine | None = None
    missing: int = 0
    done: asyncio.Event = field(default_factory=asyncio.Event)


_now = _Reminding()


async def remind(number: int) -> None:  # a coroutine, so that no thread is started for each
    """The least that a reminder can be: one durable row."""
    assert _now.engine is not None, "opened before the jobs run"
    with _now.engine.begin() as connection:
        connection.execute(insert(OUTBOX), {"text": f"Task {number} is due."})
    _now.missing -= 1
    if not _now.missing:
        _now.done.set()


def one_each(reminders: int) -> Fired:
    """So many jobs, all due at the same moment."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_fire(Path(folder), reminders))


async def _fire(folder: Path, reminders: int) -> Fired:
    from apscheduler.executors.asyncio import AsyncIOExecutor
    from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

    _now.engine, _now.missing, _now.done = _opened(folder), reminders, asyncio.Event()
    METADATA.create_all(_now.engine)
    scheduler = AsyncIOScheduler(
        jobstores={"default": SQLAlchemyJobStore(engine=_now.engine)},
        executors={"default": AsyncIOExecutor()},
        job_defaults={"misfire_grace_time": None, "coalesce": True},
        timezone="UTC",
    )
    scheduler.start(paused=True)
    due, begun = datetime.now(UTC), time.perf_counter()
    for number in range(reminders):
        scheduler.add_job(remind, "date", run_date=due, args=[number])
    planned, begun = time.perf_counter() - begun, time.perf_counter()
    scheduler.resume()
    await _now.done.wait()
    fired = time.perf_counter() - begun
    scheduler.shutdown()
    _now.engine.dispose()
    return Fired(planned, fired)


def _opened(folder: Path) -> Engine:
    engine = create_engine(f"sqlite:///{folder}/jobs.sqlite3", connect_args={"check_same_thread": False})
    event.listen(engine, "connect", lambda connection, _: [connection.execute(pragma) for pragma in PRAGMAS])
    return engine
