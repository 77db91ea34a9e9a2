"""New rows that get their ids at once and are written later, together with others."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import locks, waiting
from storage.columns import Row
from storage.sessions import run_at_once


async def add(session: AsyncSession, rows: Sequence[Row]) -> None:
    """Add new rows of one table that numbers its rows; whoever asks for them finds them from here on.

    What is remembered of `storage.remembering.TABLES` does not notice it.
    """
    if rows:
        numbers = await ids(session, type(rows[0]), len(rows))
        for row, row_id in zip(rows, numbers, strict=True):
            vars(row)["id"] = row_id
        waiting.add(session.sync_session, rows)


async def ids(session: AsyncSession, table: Any, count: int) -> Iterable[int]:
    """Ids for so many new rows of a table that numbers its rows."""
    if not locks.one_writer(session):
        return await _from_sequence(session, table, count)
    next_ids = waiting.of(session.sync_session).next_ids
    if table not in next_ids:
        next_ids[table] = ((await run_at_once(session, select(func.max(table.id)))).scalar() or 0) + 1
    first = next_ids[table]
    next_ids[table] += count
    return range(first, first + count)


async def _from_sequence(session: AsyncSession, table: Any, count: int) -> Iterable[int]:
    """Asked each time anew: the ids of a group's rows are in the order in which the group was held."""
    number = func.nextval(func.pg_get_serial_sequence(table.__tablename__, "id"))
    return sorted((await run_at_once(session, select(number).select_from(func.generate_series(1, count)))).scalars())
