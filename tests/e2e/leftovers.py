"""What can be read of a database by whoever gets hold of it: every byte of a file, every row of a server."""

import json
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import backup
from storage.engine import Database

TABLES = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"


async def left(database: Database) -> bytes:
    """Every byte of the file and of the log beside it; of a server every row of every table, as text.

    Rows that a server erased stay in its files for a while (`test_nothing_left_of_a_server.py`).
    """
    if not database.is_shared:
        return _of_file(Path(str(database.url.database)))
    async with database.reading() as session:
        tables = [row[0] for row in (await session.exec(text(TABLES))).all()]
        return "\n".join([row for name in tables for row in await _rows(session, name)]).encode()


def _of_file(file: Path) -> bytes:
    beside = [file.with_name(file.name + end) for end in ("", *backup.COMPANIONS)]
    return b"".join(each.read_bytes() for each in beside if each.exists())


async def _rows(session: AsyncSession, table: str) -> list[str]:
    return [row[0] for row in (await session.exec(text(f"SELECT t::text FROM {table} t"))).all()]


def found(words: Iterable[str], somewhere: bytes) -> list[str]:
    """Which of these words stand there, as they are or as JSON writes them."""
    return [word for word in words if word.encode() in somewhere or json.dumps(word)[1:-1].encode() in somewhere]
