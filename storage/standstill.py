"""Workers that were stopped in the midst of a statement, and what they hold with it.

A server ends a transaction that is idle (`storage.engine.STUCK_SECONDS`). One whose worker was stopped between naming a
statement and running it is not idle to the server: it would hold its locks until that worker goes on.
"""

from datetime import timedelta

from sqlalchemy import text

from storage.engine import STUCK_SECONDS, Database

STUCK = timedelta(seconds=STUCK_SECONDS)
END_THEM = text(
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
    " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
    " AND state = 'active' AND wait_event = 'ClientRead' AND query_start < clock_timestamp() - CAST(:stuck AS interval)"
)


async def end(database: Database, after: timedelta) -> int:
    """Close the connections whose worker has owed the rest of a statement for so long; how many. Waits for no lock."""
    if not database.is_shared:
        return 0
    async with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        return int((await connection.execute(END_THEM, {"stuck": after})).scalar_one())
