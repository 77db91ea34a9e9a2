"""What a transaction remembers of its queries, and when it asks again."""

from datetime import date

import pytest
from sqlalchemy import event, update

from storage import calendars
from storage.kinds import DayKind
from storage.tables import CountryDay


def day_off(number: int) -> CountryDay:
    return CountryDay(
        country="LA",
        day=date(2026, 5, number),
        kind=DayKind.OFF,
        name_en=f"Day {number}",
        name_local="",
        source="",
        status="confirmed",
    )


@pytest.fixture
def asked(database):
    """Every statement that reads the days of a country."""
    found = []

    def note(_connection, _cursor, statement, *_rest):
        if statement.startswith("SELECT") and "FROM country_day" in statement:
            found.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    return found


async def test_the_same_question_is_asked_once_in_a_transaction(database, asked):
    async with database.writing() as session:
        session.add(day_off(1))
        first, second = await calendars.rows(session, "LA"), await calendars.rows(session, "LA")
    assert first == second
    assert len(asked) == 1


async def test_another_transaction_asks_anew(database, asked):
    for _ in range(2):
        async with database.reading() as session:
            await calendars.rows(session, "LA")
    assert len(asked) == 2


async def test_what_was_written_since_is_seen(database):
    async with database.writing() as session:
        assert await calendars.rows(session, "LA") == []
        session.add(day_off(1))
        assert len(await calendars.rows(session, "LA")) == 1
        await session.flush()
        assert len(await calendars.rows(session, "LA")) == 1


async def test_a_row_changed_by_a_statement_is_seen(database):
    async with database.writing() as session:
        session.add(day_off(1))
        assert len(await calendars.rows(session, "LA")) == 1
        await session.exec(update(CountryDay).values(status="removed"))
        assert await calendars.rows(session, "LA") == []


async def test_what_was_rolled_back_is_not_remembered(database):
    async with database.writing() as session:
        point = await session.begin_nested()
        session.add(day_off(1))
        assert len(await calendars.rows(session, "LA")) == 1
        await point.rollback()
        assert await calendars.rows(session, "LA") == []
