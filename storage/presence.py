"""Which workers live: each holds its name on a connection of its own, which a server closes when the worker dies.

On SQLite there is one process and a lock beside the file; nobody asks there.
"""

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import locks
from storage.engine import Database


class Presence:
    """One worker's name, held until it lets go or dies.

    A worker that sleeps keeps its connection and so its name: for those there is the end of a lease.
    """

    def __init__(self, database: Database, worker: str) -> None:
        self._database = database
        self._worker = worker
        self._connection: AsyncConnection | None = None

    async def announce(self) -> None:
        """Hold the name, on a new connection when the one before broke."""
        if not self._database.is_shared or await self._stands():
            return
        engine = self._database.engine.execution_options(isolation_level="AUTOCOMMIT")
        connection = await engine.connect()
        await connection.execute(locks.kept(_name(self._worker)))
        self._connection = connection

    async def _stands(self) -> bool:
        if self._connection is None:
            return False
        try:
            await self._connection.execute(select(1))
        except SQLAlchemyError:
            await self.withdraw()
            return False
        return True

    async def withdraw(self) -> None:
        """Let the name go."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.invalidate()  # closed, not given back: another would hold the name with it
            await connection.close()


async def is_gone(session: AsyncSession, worker: str) -> bool:
    """Whether this worker surely lives no more; asked on its own name or on SQLite, it is not.

    Until this transaction ends the name is held by it, so that one of those who ask takes over what is left.
    """
    return not locks.one_writer(session) and await locks.try_hold(session, _name(worker))


def _name(worker: str) -> str:
    return f"worker:{worker}"
