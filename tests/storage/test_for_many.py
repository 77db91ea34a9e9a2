"""Rows written past SQLAlchemy stand in the tables as SQLAlchemy would have written them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlmodel import col, select

from storage import claiming, outbox
from storage.columns import NaiveInstant
from storage.kinds import OutboxState, Priority
from storage.outbox import Call
from storage.tables import Outbox

NOON_IN_KUNMING = datetime(2026, 4, 1, 12, 0, tzinfo=timezone(timedelta(hours=8)))


def call(number, at=NOON_IN_KUNMING, **more):
    return Call(7, f"key {number}", "sendMessage", {"text": f"ສະບາຍດີ {number}"}, at, Priority.NUDGE, **more)


CALLS = (call(1, chat_id=-5), call(2, fallback={"method": "x"}), call(3, not_before=NOON_IN_KUNMING))


async def test_many_rows_are_read_as_they_were_given(any_database):
    async with any_database.writing() as session:
        await outbox.put_all(session, CALLS)
    async with any_database.reading() as session:
        rows = (await session.exec(select(Outbox).order_by(col(Outbox.key)))).all()
        without = (await session.exec(select(Outbox.key).where(col(Outbox.fallback).is_(None)))).all()
    assert [{name: getattr(row, name) for name in vars(CALLS[0])} for row in rows] == [vars(each) for each in CALLS]
    assert {(row.state, row.created_at.utcoffset()) for row in rows} == {(OutboxState.PENDING, timedelta(0))}
    assert sorted(without) == ["key 1", "key 3"]


async def test_many_rows_are_changed_each_to_its_own(any_database):
    async with any_database.writing() as session:
        await outbox.put_all(session, CALLS)
        rows = list((await session.exec(select(Outbox).order_by(col(Outbox.key)))).all())
        await claiming.claim_all(session, rows[:2], "me", NOON_IN_KUNMING)
        await outbox.mark_all_sent(session, {rows[0].id: 11, rows[1].id: None}, "me", NOON_IN_KUNMING)
    async with any_database.reading() as session:
        columns = (Outbox.state, Outbox.message_id, Outbox.sent_at, Outbox.payload)
        found = (await session.exec(select(*columns).order_by(col(Outbox.key)))).all()
    sent = [tuple(row) for row in found[:2]]
    assert sent == [(OutboxState.SENT, number, NOON_IN_KUNMING.astimezone(UTC), {}) for number in (11, None)]
    assert found[2].state is OutboxState.PENDING


async def test_among_many_rows_an_instant_without_a_zone_is_refused(any_database):
    with pytest.raises(NaiveInstant):
        async with any_database.writing() as session:
            await outbox.put_all(session, [CALLS[0], call(4, NOON_IN_KUNMING.replace(tzinfo=None))])
    async with any_database.reading() as session:
        assert (await session.exec(select(Outbox))).all() == []
