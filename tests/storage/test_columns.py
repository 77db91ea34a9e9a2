"""Instants are aware UTC, kinds are words this version knows."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from storage.columns import NaiveInstant
from storage.kinds import ChatKind
from storage.tables import Chat, Person

NOON_IN_KUNMING = datetime(2026, 4, 1, 12, 0, tzinfo=timezone(timedelta(hours=8)))


async def test_an_instant_comes_back_aware_and_in_utc(database):
    async with database.writing() as session:
        session.add(Person(name="Somebody", created_at=NOON_IN_KUNMING))
    async with database.reading() as session:
        person = await session.get_one(Person, 1)
    assert person.created_at == NOON_IN_KUNMING
    assert person.created_at.utcoffset() == timedelta(0)


async def test_an_instant_without_a_zone_is_refused(database):
    with pytest.raises(StatementError) as refused:
        async with database.writing() as session:
            session.add(Person(name="Somebody", created_at=NOON_IN_KUNMING.replace(tzinfo=None)))
    assert isinstance(refused.value.orig, NaiveInstant)


async def test_a_word_of_a_newer_version_is_an_error_and_no_guess(database):
    async with database.writing() as session:
        session.add(Chat(id=-1, bot_id=1, kind=ChatKind.GROUP, first_seen=datetime(2026, 4, 1, tzinfo=UTC)))
    async with database.engine.begin() as connection:
        await connection.execute(text("UPDATE chat SET kind = 'hologram'"))
    async with database.reading() as session:
        with pytest.raises(ValueError, match="hologram"):
            await session.get(Chat, -1)
