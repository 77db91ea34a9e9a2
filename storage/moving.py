"""All records carried into another database in one transaction, each table held against its original at the end."""

import hashlib
import json
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, RowMapping, Table, func, insert, select, text, tuple_
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import locks
from storage.columns import METADATA, plain
from storage.crashing import point
from storage.tables import Lease

PORTION = 1000
Row = RowMapping
Tell = Callable[[str, int, int], None]
"""Hears of a table, how many of its rows are there by now, and how many there will be."""


class NotEmpty(RuntimeError):
    """The target holds records already; the message names a table that does."""


class InUse(RuntimeError):
    """A running bot holds the lease of the source, until the moment that is the message."""


class Differs(RuntimeError):
    """A table of the copy is not what it is a copy of; the message names it. Nothing was kept."""


@dataclass
class Sum:
    """How many rows there are and what they say, whatever their order."""

    rows: int = 0
    digest: int = 0

    def add(self, rows: Iterable[Row]) -> None:
        """Count these as well."""
        for row in rows:
            said = json.dumps({name: plain(value) for name, value in row.items()}, sort_keys=True, default=plain)
            self.rows += 1
            self.digest = (self.digest + int.from_bytes(hashlib.sha256(said.encode()).digest(), "big")) % 2**256


async def refuse_if_in_use(session: AsyncSession, now: datetime) -> None:
    """Raises InUse while a bot holds its lease."""
    query = select(func.max(Lease.until)).where(col(Lease.name).startswith("bot:"), col(Lease.until) > now)
    until = (await (await session.connection()).execute(query)).scalar_one()
    if until is not None:
        raise InUse(f"{until:%H:%M:%S}")


async def refuse_if_filled(session: AsyncSession) -> None:
    """Raises NotEmpty when any table has a row."""
    for table in METADATA.sorted_tables:
        if (await (await session.connection()).execute(select(1).select_from(table).limit(1))).first() is not None:
            raise NotEmpty(table.name)


async def keep_still(session: AsyncSession) -> None:
    """Let nobody write to any table while this transaction lasts, however long that is."""
    if not locks.one_writer(session):
        await (await session.connection()).execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        await (await session.connection()).execute(
            text(f"LOCK TABLE {', '.join(map(_quoted, _tables()))} IN SHARE MODE")
        )


async def carry(source: AsyncSession, target: AsyncSession, tell: Tell) -> dict[str, int]:
    """Copy every table and compare; how many rows each has. The caller commits. Raises Differs."""
    await _look_away(target)
    sums = {table.name: await _carry_table(source, target, table, tell) for table in _tables()}
    point("moving.copied")
    await _look_again(target)
    for table in _tables():
        if await _sum(target, table) != sums[table.name]:
            raise Differs(table.name)
    point("moving.verified")
    await _count_on(target)
    return {name: each.rows for name, each in sums.items()}


def _tables() -> Sequence[Table]:
    return sorted(METADATA.tables.values(), key=lambda table: table.name)


async def _carry_table(source: AsyncSession, target: AsyncSession, table: Table, tell: Tell) -> Sum:
    whole = (await (await source.connection()).execute(select(func.count()).select_from(table))).scalar_one()
    carried = Sum()
    async for rows in _portions(source, table):
        await (await target.connection()).execute(insert(table), [dict(row) for row in rows])
        carried.add(rows)
        tell(table.name, carried.rows, whole)
        point("moving.portion")
    return carried


async def _sum(session: AsyncSession, table: Table) -> Sum:
    found = Sum()
    async for rows in _portions(session, table):
        found.add(rows)
    return found


async def _portions(session: AsyncSession, table: Table) -> AsyncIterator[Sequence[Row]]:
    """All rows in the order of their keys, some at a time."""
    key = tuple_(*table.primary_key.columns)
    query = select(table).order_by(*table.primary_key.columns).limit(PORTION)
    rows: Sequence[Row] = (await (await session.connection()).execute(query)).mappings().all()
    while rows:
        yield rows
        last = tuple(rows[-1][column.name] for column in table.primary_key.columns)
        rows = (await (await session.connection()).execute(query.where(key > last))).mappings().all()


def _references() -> list[tuple[Table, str]]:
    return [
        (table, str(each.name))
        for table in _tables()
        for each in table.constraints
        if isinstance(each, ForeignKeyConstraint)
    ]


async def _look_away(session: AsyncSession) -> None:
    """Rows may come before what they refer to."""
    if locks.one_writer(session):
        await (await session.connection()).execute(text("PRAGMA defer_foreign_keys=ON"))
        return
    await (await session.connection()).execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
    for table, name in _references():
        await (await session.connection()).execute(text(_altered(table, name, "DEFERRABLE INITIALLY DEFERRED")))


async def _look_again(session: AsyncSession) -> None:
    """From here on everything has to be there."""
    if locks.one_writer(session):
        return  # SQLite looks when the transaction ends
    await (await session.connection()).execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    for table, name in _references():
        await (await session.connection()).execute(text(_altered(table, name, "NOT DEFERRABLE")))


def _altered(table: Table, name: str, how: str) -> str:
    return f'ALTER TABLE {_quoted(table)} ALTER CONSTRAINT "{name}" {how}'


def _quoted(table: Table) -> str:
    return f'"{table.name}"'


async def _count_on(session: AsyncSession) -> None:
    """New rows get numbers behind the old ones; SQLite finds them by itself."""
    if locks.one_writer(session):
        return
    for table in _tables():
        if "id" in table.primary_key.columns:
            newest = (await (await session.connection()).execute(select(func.max(table.c.id)))).scalar_one()
            sequence = func.pg_get_serial_sequence(_quoted(table), "id")
            if newest is not None:
                await (await session.connection()).execute(select(func.setval(sequence, newest)))
