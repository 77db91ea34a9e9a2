"""The migrated database equals the tables, and a database of the future is left alone."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage import migrating
from storage.columns import METADATA
from storage.engine import Database


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return compare_metadata(context, METADATA)


async def test_the_migrated_schema_equals_the_tables(database):
    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_a_column_too_many_would_be_noticed(database):
    async with database.engine.begin() as connection:
        await connection.execute(text("ALTER TABLE person ADD COLUMN shoe_size INTEGER"))
    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) != []


async def test_migrating_twice_does_nothing(database):
    assert await migrating.upgrade(database) is False
    assert await migrating.current(database) == migrating.newest()


async def test_every_constraint_of_the_tables_is_in_the_database(file_database):
    async with file_database.engine.connect() as connection:
        rows = await connection.execute(text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"))
        written = "\n".join(row[0] for row in rows)
    kept = [each for table in METADATA.tables.values() for each in (*table.constraints, *table.indexes)]
    named = [each.name for each in kept if str(each.name).startswith("one_")]
    assert len(named) > 15
    assert [name for name in named if str(name) not in written] == []


async def test_a_database_of_a_newer_version_is_refused(database):
    async with database.engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '2099_01_from_the_future'"))
    with pytest.raises(migrating.UnknownSchema):
        await migrating.upgrade(database)


async def test_an_empty_database_has_no_revision(tmp_path):
    empty = Database(f"sqlite:///{tmp_path / 'empty.db'}")
    assert await migrating.current(empty) is None
    await empty.close()


def test_the_steps_read_as_text_are_those_alembic_knows():
    scripts = ScriptDirectory(str(migrating.SCRIPTS))
    assert {step.revision: step.down_revision or "" for step in scripts.walk_revisions()} == migrating._known()
    assert migrating.newest() == scripts.get_current_head()
