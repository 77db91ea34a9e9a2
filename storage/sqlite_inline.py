"""SQLite inside the event loop: statements run where they are asked for, only what may wait goes to a thread.

A driver that hands every statement to a thread pays more for the hand-over than SQLite does for the statement. What can
wait for the disk or for another process is the beginning and the commit of a transaction that writes; those two are
handed over.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from typing import Any

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import AsyncAdaptedQueuePool, Pool
from sqlalchemy.util import await_only
from sqlalchemy.util.concurrency import in_greenlet

DRIVER = "sqlite+inline"


class Cursor(sqlite3.Cursor):
    """A cursor that SQLAlchemy may close in its asynchronous way."""

    async def _async_soft_close(self) -> None:
        """Rows that were not fetched yet stay to be fetched."""


class Connection(sqlite3.Connection):
    """A connection whose cursors are ours."""

    def cursor(self, factory: Any = Cursor) -> Any:
        """A cursor of ours."""
        return super().cursor(factory)


class InlineSQLite(SQLiteDialect_pysqlite):
    """SQLAlchemy's SQLite dialect over the standard library, for an asynchronous engine."""

    driver = "inline"
    is_async = True
    supports_statement_cache = True

    @classmethod
    def get_pool_class(cls, url: URL) -> type[Pool]:  # noqa: ARG003 - SQLAlchemy's signature
        """A pool that waits without blocking the loop."""
        return AsyncAdaptedQueuePool

    def create_connect_args(self, url: URL) -> Any:
        """As the standard library wants it; a connection is used by one task at a time, in whatever thread."""
        arguments, options = super().create_connect_args(url)
        return arguments, {**options, "check_same_thread": False, "factory": Connection}

    def do_commit(self, dbapi_connection: Any) -> None:
        """Wait for the disk in a thread."""
        if dbapi_connection.in_transaction:
            in_thread(dbapi_connection.commit)

    def do_execute(self, cursor: Any, statement: Any, parameters: Any, _context: Any = None) -> None:
        """Run a statement."""
        _seem_to_wait()
        cursor.execute(statement, parameters)

    def do_executemany(self, cursor: Any, statement: Any, parameters: Any, _context: Any = None) -> None:
        """Run a statement for many rows."""
        _seem_to_wait()
        cursor.executemany(statement, parameters)


def _seem_to_wait() -> None:
    """SQLAlchemy insists on one await in what it calls asynchronous; a session of ours calls it without."""
    if in_greenlet():
        await_only(_nothing())


async def _nothing() -> None:
    """Ends at once."""


def in_thread(work: Callable[[], object]) -> None:
    """Do what may wait, while the loop goes on."""
    await_only(asyncio.get_running_loop().run_in_executor(None, work))


def begin(connection: Any, *, writes: bool) -> None:
    """Begin a transaction; one that writes waits here for whoever writes now, and nowhere later.

    Raises SQLAlchemy's OperationalError when that takes too long: nobody translates the error of a listener.
    """
    words = "BEGIN IMMEDIATE" if writes else "BEGIN"
    try:
        if writes:
            in_thread(lambda: connection.execute(words))
        else:
            connection.execute(words)
    except sqlite3.Error as error:
        raise OperationalError(words, None, error) from error


registry.register("sqlite.inline", __name__, "InlineSQLite")
