"""One way in to the database: sessions that read, and sessions that write."""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Dialect, ExceptionContext, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, InvalidatePoolError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import remembering, sqlite_inline
from storage.sessions import InlineSession

BUSY_TIMEOUT_MS = 10_000
CONNECTIONS = 20
STUCK_SECONDS = 15
"""A server ends a transaction that says nothing for so long: a worker that was stopped in one holds up nobody."""
UNUSED_SECONDS = 300
"""A connection to a server is renewed after so long: what lies between may have given up one that was never used."""
DAMAGES = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
LOCKS = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
CONFLICTS = {"40001", "40P01", "23505"}
"""Not serializable, deadlock, not unique: what two workers can do to each other, and what a second try settles."""
AWAY = {"57P01", "57P02", "57P03", "08000", "08001", "08003", "08004", "08006", "53300"}
"""Shutting down, crashed, not up yet, a connection that broke or did not come about, too many of them."""
BROKE = {"InternalClientError"}
"""What asyncpg calls a connection that ended while it began."""
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # NORMAL loses acknowledged commits at a power cut
    "PRAGMA foreign_keys=ON",
    f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}",
    "PRAGMA secure_delete=ON",  # what people ask to be forgotten leaves no bytes in freed pages
)


class Database:
    """An engine and its two kinds of session. Only `bot/` opens one; a `writing()` block commits at its end.

    SQLite lets one writer in after another. A server lets many in: who changes a group holds its row
    (`storage.groups.hold`), and a transaction that lost against another is tried again (`is_conflict`).
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.engine = _open(self.url)
        self.on_damage: Callable[[], None] = lambda: None
        """Called when SQLite finds that the file is damaged."""
        event.listen(self.engine.sync_engine, "handle_error", self._look_for_damage)
        # SQLite has one writer; waiting here costs nothing, waiting in its busy handler costs a thread.
        self._one_writer: AbstractAsyncContextManager[object] = asyncio.Lock() if is_sqlite(self.url) else nullcontext()
        self._going_on: list[AsyncSession] = []

    @property
    def is_shared(self) -> bool:
        """Whether several workers may write to it: a server, not a file of ours."""
        return not is_sqlite(self.url)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """A transaction that holds the write lock from its first statement; committed unless an error leaves it."""
        async with self._one_writer, self._session(self._writer()) as session, session.begin():
            await self._begin(session)
            yield session

    @asynccontextmanager
    async def going_on(self) -> AsyncIterator[AsyncSession]:
        """The same as `writing`, in a session that still knows what it read of the groups in the transaction before.

        An error that leaves it ends the session. Raises Outdated where another worker changed what it knows.
        """
        async with self._one_writer:
            session = self._going_on.pop() if self._going_on else self._session(self._writer())
            try:
                async with session.begin():
                    await self._begin(session)
                    await remembering.begun_anew(session)
                    yield session
            except BaseException:
                await session.close()
                raise
            remembering.ended(session)
            self._going_on.append(session)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session that sees one moment of the database and writes nothing."""
        async with self._session(self._reader()) as session:
            await self._begin(session)
            yield session

    def _session(self, engine: AsyncEngine) -> AsyncSession:
        kind = InlineSession if is_sqlite(self.url) else AsyncSession
        return kind(engine, expire_on_commit=False)

    async def _begin(self, session: AsyncSession) -> None:
        if isinstance(session, InlineSession):
            await session.begin_now()

    def _writer(self) -> AsyncEngine:
        return self.engine.execution_options(writes=True) if is_sqlite(self.url) else self.engine

    def _reader(self) -> AsyncEngine:
        return self.engine if is_sqlite(self.url) else self.engine.execution_options(isolation_level="REPEATABLE READ")

    def _look_for_damage(self, context: ExceptionContext) -> None:
        if is_damage(context.original_exception):
            self.on_damage()

    async def close(self) -> None:
        """Give back every connection."""
        for session in self._going_on:
            await session.close()
        await self.engine.dispose()


def is_sqlite(url: URL) -> bool:
    """Whether the database is a file of ours rather than a server."""
    return url.get_backend_name() == "sqlite"


def async_url(url: URL) -> URL:
    """The same database with the driver that does not block the loop."""
    return url.set(drivername=sqlite_inline.DRIVER if is_sqlite(url) else "postgresql+asyncpg")


def is_conflict(error: Exception) -> bool:
    """Whether another worker was quicker: nothing was written, and the same again may well succeed."""
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in CONFLICTS


def is_damage(error: BaseException | None) -> bool:
    """Whether SQLite says that the file is none of its own any more."""
    return _code(error) in DAMAGES


def is_locked(error: BaseException) -> bool:
    """Whether another process holds the file, which it may let go of in a moment."""
    return isinstance(error, DBAPIError) and _code(error.orig) in LOCKS


def _code(error: BaseException | None) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest of it tells where


def is_away(error: BaseException) -> bool:
    """Whether the server cannot be reached at present; it may be there again in a moment."""
    found: BaseException | None = error
    while found is not None:  # the driver's own error lies under one or two others
        broke = isinstance(found, OSError) or type(found).__name__ in BROKE
        if broke or getattr(found, "sqlstate", None) in AWAY:
            return True
        found = found.__cause__
    return False


def is_missing(error: BaseException) -> bool:
    """Whether the database cannot be used at present, locked, full or away, whatever was asked of it."""
    return isinstance(error, DBAPIError) and (
        isinstance(error, OperationalError) or error.connection_invalidated or is_away(error)
    )


def _open(url: URL) -> AsyncEngine:
    if is_sqlite(url) and url.database:
        make_private(Path(url.database))
    engine = create_async_engine(async_url(url), **({} if is_sqlite(url) else _server_options()))
    if is_sqlite(url):
        event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_sqlite)
    else:
        event.listen(engine.sync_engine, "do_connect", _connect)
        event.listen(engine.sync_engine, "checkout", _look_whether_closed)
    return engine


def _connect(dialect: Dialect, _record: Any, arguments: Any, options: Any) -> Any:
    """A server that cannot be reached is an error of the database like any other; asyncpg lets a bare OSError out."""
    try:
        return dialect.connect(*arguments, **options)
    except OSError as error:
        raise OperationalError("connect", None, error, connection_invalidated=True) from error


def _look_whether_closed(connection: Any, _record: Any, _proxy: Any) -> None:
    """A server that ended says so; asking each connection before its use would be three round trips more."""
    if connection.driver_connection.is_closed():
        raise InvalidatePoolError


def _server_options() -> dict[str, Any]:
    settings = {
        "application_name": "focalpoint",
        "timezone": "UTC",
        "idle_in_transaction_session_timeout": str(STUCK_SECONDS * 1000),
    }
    return {
        "pool_size": CONNECTIONS,
        "pool_use_lifo": True,  # the connection used last knows its statements
        "pool_recycle": UNUSED_SECONDS,
        "connect_args": {"server_settings": settings},
    }


def make_private(file: Path) -> None:
    """Create the file and its folder so that nobody but the owner reads them; SQLite gives -wal and -shm its mode."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    file.chmod(0o600)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not open transactions of its own
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    driver_connection = connection.connection.driver_connection
    sqlite_inline.begin(driver_connection, writes=writes)
