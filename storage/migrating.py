"""Bringing a database to this version's schema, and refusing one that is newer than this version."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from storage.crashing import point
from storage.engine import Database

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).parent / "migrations"


class UnknownSchema(RuntimeError):
    """The database was written by a newer version; touching it could lose what this one cannot read."""


async def current(database: Database) -> str | None:
    """The revision the database stands at, or None when it is empty."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(_current)


def newest() -> str:
    """The revision this version needs."""
    from alembic.script import ScriptDirectory

    head = ScriptDirectory(str(SCRIPTS)).get_current_head()
    assert head is not None, "the migrations travel with the program"
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
    async with database.engine.execution_options(writes=True).connect() as connection:
        point("migration.begun")
        await connection.run_sync(_upgrade)
        point("migration.upgraded")
        await connection.commit()
    point("migration.committed")
    return True


def _current(connection: Connection) -> str | None:
    from alembic.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()


def _known() -> set[str]:
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory(str(SCRIPTS)).walk_revisions()}


def _upgrade(connection: Connection) -> None:
    from alembic import command

    command.upgrade(_config(connection), "head")


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config
