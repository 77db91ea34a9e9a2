"""The step to wordings writes anew what a search looks through, and goes back."""

import importlib.util
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Boolean, Connection, column, insert, table, text

from handlers.rules.text import searchable
from storage import migrating
from storage.columns import UtcDateTime
from storage.engine import Database

BEFORE, STEP = "2026_11_07_languages", "2026_11_08_wordings"
NOW = datetime(2026, 4, 1, tzinfo=UTC)


def module():
    path = Path(migrating.SCRIPTS) / "versions" / f"{STEP}.py"
    spec = importlib.util.spec_from_file_location("wordings_step", path)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


MIGRATION = module()


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


TEXTS = ("ໜ້າວຽກ ໓", "办理 签证。", "The plan, then.")


def fill(connection: Connection) -> None:
    """Decisions as they were kept before this step, more than one block of them."""
    at = UtcDateTime()
    group = table("working_group", *map(column, ("id", "name", "last_decision", "last_task", "version")))
    group.append_column(column("created_at", at))
    connection.execute(
        insert(group).values(id=1, name="Group", created_at=NOW, last_decision=0, last_task=0, version=1)
    )
    person = table("person", column("id"), column("name"), column("private_open", Boolean()), column("created_at", at))
    connection.execute(insert(person).values(id=1, name="Trainer", private_open=False, created_at=NOW))
    numbers = ("id", "bot_id", "update_id", "group_id", "number", "proposed_by", "version")
    words = ("text", "language", "search_text", "state")
    decision = table("decision", *map(column, (*numbers, *words)), column("proposed_at", at))
    same = {"bot_id": 9, "group_id": 1, "proposed_by": 1, "version": 1, "proposed_at": NOW, "state": "proposed"}
    rows = [
        {"id": n, "update_id": n, "number": n, "text": said, "language": "zh-hans", "search_text": "as it was", **same}
        for n, said in enumerate(TEXTS * 400, start=1)
    ]
    connection.execute(insert(decision), rows)


async def kept(database):
    async with database.engine.connect() as connection:
        rows = await connection.execute(text("SELECT text, search_text, language FROM decision ORDER BY id"))
        return [tuple(row) for row in rows]


async def test_every_record_is_written_anew_and_named_by_its_letters(empty):
    await moves(empty, command.upgrade, BEFORE)
    async with empty.engine.execution_options(writes=True).connect() as connection:
        await connection.run_sync(fill)
        await connection.commit()
    await moves(empty, command.upgrade, STEP)
    rows = await kept(empty)
    assert len(rows) == 1200
    assert set(rows) == {
        ("ໜ້າວຽກ ໓", searchable("ໜ້າວຽກ ໓"), "lo"),
        ("办理 签证。", "办理签证 。", "zh_Hans"),
        ("The plan, then.", "the plan , then .", "en"),
    }
    await moves(empty, command.downgrade, BEFORE)
    assert {row[1] for row in await kept(empty)} == {"ຫນ້າວຽກ ໓", "办理 签证。", "the plan, then."}


@given(st.text() | st.text(alphabet="ໜຫນມຼລໍາຳັ້່ໄ ໓签证ＡＢ%_-\u200bß"))
def test_the_folding_of_the_step_is_the_one_of_today(written):
    assert MIGRATION.searchable(written) == searchable(written)
