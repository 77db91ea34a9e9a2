"""Bringing a database to this version's schema, and refusing one that is newer than this version."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

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
    async with database.engine.execution_options(writes=True).connect() as connection:
        point("migration.begun")
        await connection.run_sync(_upgrade)
        point("migration.upgraded")
        await connection.commit()
    point("migration.committed")
    return True


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
