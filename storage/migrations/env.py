"""How Alembic reaches the database: always a connection that storage.migrating hands over."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection
from sqlmodel.sql.sqltypes import AutoString

import storage.tables  # noqa: F401  # every table has to be known before its metadata is read
from storage.columns import METADATA, KindType, UtcDateTime
from storage.crashing import point
from storage.migrating import refuse_lost_references


def plain_type(what: str, item: Any, _context: Any) -> str | Literal[False]:
    """Migrations name the types of the database, so that they outlive our classes."""
    if what == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if what == "type" and isinstance(item, KindType):
        return "sa.String(24)"
    if what == "type" and isinstance(item, AutoString):
        return "sa.String()"
    return False


def stepped(*_step: Any, **_named: Any) -> None:
    """One migration is done and not committed yet."""
    refuse_lost_references(connection)
    point("migration.stepped")


connection: Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    compare_type=True,
    render_item=plain_type,
    render_as_batch=connection.dialect.name == "sqlite",
    transaction_per_migration=True,
    on_version_apply=stepped,
)
with context.begin_transaction():
    context.run_migrations()
