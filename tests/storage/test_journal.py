"""The journal is append-only by proof: every entry is chained to the one before."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from storage import journal
from storage.journal import Cause
from storage.kinds import Subject, TaskState

NOW = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)


async def write(session, number, **more):
    return await journal.append(
        session, Cause(NOW, update_id=number), subject=Subject.TASK, subject_id=number, change="made", **more
    )


async def test_a_whole_chain_holds(database):
    async with database.writing() as session:
        for number in range(1, 6):
            await write(session, number, after={"state": TaskState.OPEN, "due": date(2026, 4, 20), "at": NOW})
    async with database.reading() as session:
        assert await journal.first_fault(session) is None


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        pytest.param("UPDATE journal SET change = 'never made' WHERE id = 3", 3, id="an altered word"),
        pytest.param("UPDATE journal SET at = '2026-04-02 02:00:00.000000' WHERE id = 2", 2, id="an altered time"),
        pytest.param("UPDATE journal SET after = '{}' WHERE id = 4", 4, id="an emptied value"),
        pytest.param("UPDATE journal SET actor_id = NULL, update_id = 9 WHERE id = 5", 5, id="another cause"),
        pytest.param("DELETE FROM journal WHERE id = 2", 3, id="a missing entry"),
        pytest.param("DELETE FROM journal WHERE id = 1", 2, id="a missing beginning"),
    ],
)
async def test_damage_shows(database, damage, found):
    async with database.writing() as session:
        for number in range(1, 6):
            await write(session, number, after={"state": TaskState.OPEN})
    async with database.engine.begin() as connection:
        await connection.execute(text(damage))
    async with database.reading() as session:
        assert await journal.first_fault(session) == found


async def test_values_are_kept_as_plain_words(database):
    async with database.writing() as session:
        await write(session, 1, before={"state": TaskState.OPEN}, after={"due": date(2026, 4, 20)})
    async with database.reading() as session:
        (entry,) = await journal.of(session, Subject.TASK, 1)
    assert (entry.before, entry.after) == ({"state": "open"}, {"due": "2026-04-20"})


async def test_an_empty_journal_holds(database):
    async with database.reading() as session:
        assert await journal.first_fault(session) is None
