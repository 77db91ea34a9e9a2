"""The step to calendars keeps the days there are, and goes back."""

import pytest
from alembic import command
from sqlalchemy import text

from storage import migrating
from storage.engine import Database

BEFORE, STEP = "2026_11_05_nudges", "2026_11_06_calendars"
DAY = text(
    "INSERT INTO country_day (country, day, kind, name_en, name_local, source, status) "
    "VALUES ('LA', '2026-04-14', 'off', 'Lao New Year''s Day', 'ບຸນປີໃໝ່ລາວ', 'a list', 'confirmed')"
)


@pytest.fixture
async def empty(any_url):
    """A database without a schema, once of each kind."""
    opened = Database(any_url)
    yield opened
    await opened.close()


async def moves(database, move, to):
    async with database.engine.execution_options(writes=True).connect() as connection:
        await connection.run_sync(lambda plain: move(migrating._config(plain), to))
        await connection.commit()


async def row(database, columns):
    async with database.engine.connect() as connection:
        return tuple((await connection.execute(text(f"SELECT {columns} FROM country_day"))).one())


async def test_the_days_there_are_get_room_for_names_and_keep_theirs(empty):
    await moves(empty, command.upgrade, BEFORE)
    async with empty.engine.begin() as connection:
        await connection.execute(DAY)
    await moves(empty, command.upgrade, STEP)
    assert await row(empty, "name_local, name_zh, name_lo") == ("ບຸນປີໃໝ່ລາວ", "", "")
    await moves(empty, command.downgrade, BEFORE)
    assert await row(empty, "name_local, status") == ("ບຸນປີໃໝ່ລາວ", "confirmed")
    await moves(empty, command.upgrade, STEP)
    assert await row(empty, "name_zh") == ("",)
