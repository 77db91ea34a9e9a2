"""Bringing a database to this version's schema, and refusing one that is newer than this version."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.crashing import point
from storage.engine import Database

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).parent / "migrations"
STEP = re.compile(r'^revision = "(\w+)"\ndown_revision = (?:"(\w+)"|None)$', re.MULTILINE)
"""The two lines by which a migration says what it is and what it follows."""
VERSION_TABLE = "alembic_version"


class UnknownSchema(RuntimeError):
    """The database was written by a newer version; touching it could lose what this one cannot read."""


class LostReferences(RuntimeError):
    """A migration would have left rows that refer to nothing; it was undone. The message says of which tables."""


async def current(database: Database) -> str | None:
    """The revision the database stands at, or None when it is empty."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(_current)


def newest() -> str:
    """The revision this version needs: the one that no other follows."""
    (head,) = _known().keys() - _known().values()
    return head


async def is_newest(database: Database) -> bool:
    """Whether the schema is the one this version needs. Raises UnknownSchema for one that is newer."""
    found = await current(database)
    if found is not None and found not in _known():
        raise UnknownSchema(found)
    return found == newest()


async def upgrade(database: Database) -> bool:
    """Migrate to the newest schema; True when there was something to do. Raises UnknownSchema."""
    if await is_newest(database):
        return False
    async with changing(database) as connection:
        point("migration.begun")
        await connection.run_sync(_upgrade)
        point("migration.upgraded")
        await connection.commit()
    point("migration.committed")
    return True


@asynccontextmanager
async def changing(database: Database) -> AsyncIterator[AsyncConnection]:
    """A connection on which tables may be taken apart and put together again; the caller commits.

    SQLite changes a table by making it anew, and would not let go of one that rows of others refer to. So it does not
    look at references meanwhile; each migration looks at all of them before it counts.
    """
    async with database.engine.execution_options(writes=True).connect() as connection:
        if database.is_shared:
            yield connection
            return
        raw = await connection.get_raw_connection()
        assert raw.driver_connection is not None, "it was opened just now"
        raw.driver_connection.execute("PRAGMA foreign_keys=OFF")
        try:
            yield connection
        finally:
            await connection.invalidate()  # whoever writes next has references looked at


def refuse_lost_references(connection: Connection) -> None:
    """Raises LostReferences when a row refers to one that is not there; a server has looked by itself."""
    if connection.dialect.name == "sqlite":
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if lost is not None:
            raise LostReferences(f"a row of {lost[0]} refers to a row of {lost[2]} that is not there")


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found: str | None = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar_one_or_none()
    return found


def _known() -> dict[str, str]:
    """Every revision with the one it follows ("" for the first), read as text: a start needs no Alembic."""
    steps = [STEP.search(script.read_text(encoding="utf-8")) for script in SCRIPTS.glob("versions/*.py")]
    return {step[1]: step[2] or "" for step in steps if step is not None}


def _upgrade(connection: Connection) -> None:
    from alembic import command

    command.upgrade(_config(connection), "head")


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config
