"""A session for SQLite that runs its statements where they are asked for.

SQLAlchemy runs everything of an asynchronous session in a greenlet, so that a driver may wait in the midst of it. Ours
waits at the beginning and at the end of a transaction only (see `storage.sqlite_inline`); what happens in between would
pay for a greenlet each time and never use it.
"""

from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession


class InlineSession(AsyncSession):
    """The same session; what does not wait is done without a detour, once the transaction has begun."""

    has_begun = False
    """Whether the transaction has its connection, so that nothing has to be waited for until its end."""

    async def begin_now(self) -> None:
        """Take the connection and begin the transaction here."""
        await self.connection()
        self.has_begun = True

    @property
    def _waits(self) -> bool:
        return not (self.has_begun and self.sync_session.in_transaction())

    async def exec(self, statement: Any, **options: Any) -> Any:  # type: ignore[override]  # one body for all shapes
        """See `AsyncSession.exec`."""
        return await super().exec(statement, **options) if self._waits else self.sync_session.exec(statement, **options)

    async def get(self, *args: Any, **options: Any) -> Any:
        """See `AsyncSession.get`."""
        return await super().get(*args, **options) if self._waits else self.sync_session.get(*args, **options)

    async def get_one(self, *args: Any, **options: Any) -> Any:
        """See `AsyncSession.get_one`."""
        return await super().get_one(*args, **options) if self._waits else self.sync_session.get_one(*args, **options)

    async def flush(self, objects: Any = None) -> None:
        """See `AsyncSession.flush`."""
        if self._waits:
            await super().flush(objects)
        else:
            self.sync_session.flush(objects)
