"""A session for SQLite that runs its statements where they are asked for.

SQLAlchemy runs everything of an asynchronous session in a greenlet, so that a driver may wait in the midst of it. Ours
waits at the beginning and at the end of a transaction only (see `storage.sqlite_inline`); what happens in between would
pay for a greenlet each time and never use it.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Executable, event
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.orm.attributes import instance_state
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import foreseen, waiting
from storage.columns import Row, Written
from storage.for_many import ForMany, inserting

Values = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None
"""What a statement is run with: once, or once for each."""


async def run(session: AsyncSession, statement: Executable, values: Values = None) -> Any:
    """Run a statement past the unit of work, after what waits in it: for values and rows that nobody needs as objects.

    What is remembered of `storage.remembering.TABLES` does not notice it.
    """
    await settle(session)
    _count(session.sync_session, statement)
    foreseen.written(session.sync_session, statement)
    return await run_at_once(session, statement, values)


async def run_at_once(session: AsyncSession, statement: Executable, values: Values = None) -> Any:
    """The same before what waits to be written: for what does not depend on it."""
    if isinstance(session, InlineSession) and not session.waits:
        return session.sync_session.connection().execute(statement, values)
    return await (await session.connection()).execute(statement, values)


async def insert_all(session: AsyncSession, table: type[Row], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows past the unit of work, after what waits in it; see `storage.for_many`."""
    if rows:
        await run_for_many(session, inserting(table, tuple(rows[0])), rows)


async def run_for_many(session: AsyncSession, many: ForMany, rows: Sequence[Mapping[str, Any]]) -> int:
    """Run a statement for many rows past the unit of work, after what waits in it; how many it touched."""
    await settle(session)
    _count(session.sync_session, many.statement)
    foreseen.written(session.sync_session, many.statement)
    if isinstance(session, InlineSession) and not session.waits:
        return many.run(session.sync_session.connection(), rows)
    return await session.run_sync(lambda known: many.run(known.connection(), rows))


async def settle(session: AsyncSession) -> None:
    """Write what this session has not written yet."""
    if isinstance(session, InlineSession) and not session.waits:
        _settle(session.sync_session)
    else:
        await session.run_sync(_settle)


def _settle(session: Session) -> None:
    waiting.write(session)
    if session.new or session.dirty or session.deleted:
        session.flush()


@asynccontextmanager
async def savepoint(session: AsyncSession) -> AsyncIterator[None]:
    """An error takes back what was written in here, and nothing that was to be written before."""
    await settle(session)
    async with session.begin_nested():
        yield


def changes(session: AsyncSession) -> int:
    """A number that stays the same as long as this session writes nothing."""
    return int(session.info.get(waiting.CHANGES, 0)) + Written.values + len(session.deleted)


def _count(session: Session, statement: Executable) -> None:
    if not statement.is_select:
        waiting.count_change(session)


@event.listens_for(Session, "transient_to_pending")
@event.listens_for(Session, "persistent_to_deleted")
def _added_or_deleted(session: Session, _row: object) -> None:
    waiting.count_change(session)


@event.listens_for(Session, "do_orm_execute")
def _executed(state: ORMExecuteState) -> None:
    _count(state.session, state.statement)


class InlineSession(AsyncSession):
    """The same session; what does not wait is done without a detour, once the transaction has begun."""

    has_begun = False
    """Whether the transaction has its connection, so that nothing has to be waited for until its end."""

    async def begin_now(self) -> None:
        """Take the connection and begin the transaction here."""
        await self.connection()
        self.has_begun = True

    @property
    def waits(self) -> bool:
        """Whether the next statement may have to wait for something."""
        return not (self.has_begun and self.sync_session.in_transaction())

    async def exec(self, statement: Any, **options: Any) -> Any:
        """See `AsyncSession.exec`."""
        return await super().exec(statement, **options) if self.waits else self.sync_session.exec(statement, **options)

    async def get(self, *args: Any, **options: Any) -> Any:
        """See `AsyncSession.get`."""
        if self.waits:
            return await super().get(*args, **options)
        return self._known(*args, **options) or self.sync_session.get(*args, **options)

    async def get_one(self, *args: Any, **options: Any) -> Any:
        """See `AsyncSession.get_one`."""
        if self.waits:
            return await super().get_one(*args, **options)
        return self._known(*args, **options) or self.sync_session.get_one(*args, **options)

    def _known(self, table: Any, ident: Any, **options: Any) -> Any:
        """What this session has of it already, where that is all that is asked."""
        if options or isinstance(ident, tuple | dict):
            return None
        found = self.sync_session.identity_map.get((table, (ident,), None))
        return None if found is None or instance_state(found).expired else found

    async def flush(self, objects: Any = None) -> None:
        """See `AsyncSession.flush`."""
        if self.waits:
            await super().flush(objects)
        else:
            self.sync_session.flush(objects)
