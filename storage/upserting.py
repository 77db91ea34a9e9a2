"""Rows that another worker may write at the same moment: the databases' own way to say what happens then."""

from typing import Any

from sqlalchemy.dialects import sqlite
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import locks


def insert(session: AsyncSession, table: type[SQLModel]) -> Any:
    """An insert that knows `on_conflict_do_nothing` and `on_conflict_do_update`, as this database says it."""
    if locks.one_writer(session):
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # who keeps a file need not load it

    return postgresql.insert(table)
