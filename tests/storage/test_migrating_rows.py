"""Every table full of rows goes down and up again, and is killed on the way: no row is lost, none is changed.

The large form by hand:
FOCALPOINT_ROWS=100000 python -m pytest tests/storage/test_migrating_rows.py
"""

import os
import signal
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Float,
    Integer,
    Numeric,
    Table,
    insert,
    inspect,
    text,
)
from sqlalchemy.types import TypeDecorator

from storage import migrating
from storage.columns import METADATA, KindType
from storage.engine import Database
from storage.moving import _count_on, _look_again, _look_away

ROWS = int(os.environ.get("FOCALPOINT_ROWS", "2000"))
FLOOR = "2026_11_05_nudges"
"""The first schema that has the records, the road of messages and what people are told."""
ROOT = Path(__file__).parents[2]
BEGIN = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
AT_ONCE = 1000
REWRITTEN = {"hash", "previous_hash", "search_text"}
"""What steps make anew out of the rest: the chain of the journal when each group got its own, words to search in."""


def value(column: Column[Any], number: int) -> Any:
    """What the row of this number says in a column; every reference is to the row of the same number."""
    kind = column.type
    if column.name == "language":
        return "lo"  # what a step reads out of the texts
    if column.name == "line":
        return 0  # a task that came out of no list; the others get other numbers on the way down
    if isinstance(kind, KindType):
        return next(iter(kind.kinds))  # kinds that came later go with their step, as they should
    if isinstance(kind, TypeDecorator):
        kind = kind.impl_instance
    if isinstance(kind, Boolean):
        return number % 2 == 0
    if isinstance(kind, Integer):
        return number
    if isinstance(kind, Float | Numeric):
        return number / 4
    if isinstance(kind, DateTime):
        return BEGIN + timedelta(microseconds=number)
    if isinstance(kind, Date):
        return date(2026, 4, 1) + timedelta(days=number % 300)
    return {"ຄວາມ": number} if isinstance(kind, JSON) else f"{column.name} ມື້ 日 {number}"


def rows(table: Table, numbers: range) -> list[dict[str, Any]]:
    return [{column.name: value(column, number) for column in table.columns} for number in numbers]


async def fill(database: Database) -> int:
    """Rows in every table; how many of each."""
    each = max(1, ROWS // len(METADATA.tables))
    async with database.writing() as session:
        await _look_away(session)
        connection = await session.connection()
        for table in METADATA.tables.values():
            for start in range(1, each + 1, AT_ONCE):
                await connection.execute(insert(table), rows(table, range(start, min(start + AT_ONCE, each + 1))))
        await _look_again(session)
        await _count_on(session)
    return each


async def moves(database: Database, move: Any, to: str) -> None:
    async with migrating.changing(database) as connection:
        await connection.run_sync(lambda plain: move(migrating._config(plain), to))
        await connection.commit()


def shape(connection: Connection) -> dict[str, list[str]]:
    """The tables there are, with their columns."""
    found = inspect(connection)
    names = [name for name in found.get_table_names() if name != migrating.VERSION_TABLE]
    return {name: sorted(column["name"] for column in found.get_columns(name)) for name in names}


async def said(database: Database, columns: dict[str, list[str]]) -> dict[str, list[tuple[Any, ...]]]:
    """What the rows say in these columns, as text, in no particular order."""
    found = {}
    async with database.engine.connect() as connection:
        for table, names in columns.items():
            chosen = ", ".join(f'CAST("{name}" AS TEXT)' for name in names)
            result = await connection.execute(text(f'SELECT {chosen} FROM "{table}"'))
            found[table] = sorted(map(tuple, result.all()), key=repr)
    return found


async def shaped(database: Database) -> dict[str, list[str]]:
    async with database.engine.connect() as connection:
        return await connection.run_sync(shape)


def differing(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return [table for table in one if one[table] != other[table]]


@pytest.mark.timeout(1800)
async def test_down_and_up_again_no_row_is_lost_and_none_is_changed(any_database):
    each = await fill(any_database)
    newest = await shaped(any_database)
    full = await said(any_database, newest)
    await moves(any_database, command.downgrade, FLOOR)
    floor = await shaped(any_database)
    common = {name: sorted((set(columns) & set(newest[name])) - REWRITTEN) for name, columns in floor.items()}
    below = await said(any_database, common)
    assert {name: len(found) for name, found in below.items()} == dict.fromkeys(floor, each)
    assert await migrating.upgrade(any_database)
    again = await said(any_database, common)
    assert differing(below, again) == []
    for name, columns in common.items():
        places = [newest[name].index(column) for column in columns]
        before = sorted((tuple(row[place] for place in places) for row in full[name]), key=repr)
        assert again[name] == before, name


def migrate(folder: Path, url: str, crash: str = "") -> int:
    config = folder / "config.toml"
    config.write_text(f'[telegram]\ntoken = "700001:{"A" * 35}"\n[database]\nurl = "{url}"\n')
    arguments = [sys.executable, "-m", "bot", "--config", str(config), "migrate"]
    environment = os.environ | {"CRASH_AT": crash}
    return subprocess.run(arguments, cwd=ROOT, env=environment, capture_output=True, check=False).returncode


@pytest.mark.timeout(1800)
async def test_killed_on_the_way_up_the_next_one_finds_every_row(any_database, tmp_path):
    await fill(any_database)
    newest = await shaped(any_database)
    await moves(any_database, command.downgrade, FLOOR)
    floor = await shaped(any_database)
    common = {name: sorted((set(columns) & set(newest[name])) - REWRITTEN) for name, columns in floor.items()}
    below = await said(any_database, common)
    url = any_database.url.render_as_string(hide_password=False)
    for place in ("migration.stepped:1", "migration.stepped:3", "migration.upgraded"):
        assert migrate(tmp_path, url, place) == -signal.SIGKILL, place
    assert migrate(tmp_path, url) == 0
    assert await migrating.is_newest(any_database)
    del below["country_day"]  # the program fills the calendar by itself
    assert differing(below, await said(any_database, common)) == []
