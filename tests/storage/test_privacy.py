"""Of whoever was forgotten no table tells, once the last answer to him is sent; on both databases."""

import json
from datetime import timedelta

from sqlmodel import select

from storage import inbox, outbox, people, privacy
from storage.columns import METADATA
from storage.inbox import RawUpdate
from storage.kinds import ChatKind, InboxState, OutboxState, Priority
from storage.tables import ButtonToken, Card, Chat, Inbox, Mark, Outbox, WorkingGroup

NUMBER = 7_654_321_987
WORDS = (str(NUMBER), "Zebulon", "zq_nobody_else")


async def traces(database):
    """The tables in which he occurs."""
    found = []
    async with database.reading() as session:
        connection = await session.connection()
        for table in METADATA.sorted_tables:
            rows = (await connection.execute(table.select())).mappings().all()
            said = json.dumps([dict(row) for row in rows], default=str, ensure_ascii=False)
            if any(word in said for word in WORDS):
                found.append(table.name)
    return found


def call(key, now, state=OutboxState.PENDING, **how):
    payload = {"chat_id": NUMBER, "text": "Dear Zebulon"}
    return Outbox(
        bot_id=1,
        key=key,
        method="sendMessage",
        payload=payload,
        chat_id=NUMBER,
        priority=Priority.ANSWER,
        state=state,
        created_at=now,
        **how,
    )


async def known(database, now):
    """Somebody with everything that hangs on his private chat."""
    async with database.writing() as session:
        group = WorkingGroup(name="North and South", created_at=now)
        session.add(group)
        await session.flush()
        await people.meet(session, telegram_id=NUMBER, name="Zebulon", username="zq_nobody_else", language="en", at=now)
        session.add(Chat(id=NUMBER, bot_id=1, kind=ChatKind.PRIVATE, title="Zebulon", first_seen=now))
        session.add(ButtonToken(token="t", chat_id=NUMBER, press="x", args="{}", made_at=now))
        session.add(Card(subject="task", subject_id=1, group_id=group.id, chat_id=NUMBER))
        session.add_all([call("sent", now, OutboxState.SENT, sent_at=now), call("held", now, OutboxState.HELD)])
        await inbox.keep(session, 1, [RawUpdate(1, NUMBER, "Zebulon asks"), RawUpdate(2, NUMBER, "Forget me")], now)
        await inbox.mark_done(session, [1], now)


async def forget(database, now):
    """The press of the button is being answered: it is not done yet, and its answer is not owed yet."""
    async with database.writing() as session:
        person = await people.by_telegram(session, NUMBER)
        await privacy.forget(session, person, now)
        session.add(call("the last answer", now))
        await inbox.mark_done(session, [2], now)


async def sweep(database):
    async with database.writing() as session:
        await privacy.sweep(session)


async def test_the_number_goes_when_the_last_answer_is_sent(any_database, now):
    await known(any_database, now)
    assert {"person", "chat", "outbox", "inbox", "card", "button_token"} <= set(await traces(any_database))
    await forget(any_database, now)
    await sweep(any_database)
    assert set(await traces(any_database)) == {"outbox", "inbox", "mark"}, "there is still an answer to send"
    async with any_database.writing() as session:
        last = (await session.exec(select(Outbox).where(Outbox.key == "the last answer"))).one()
        outbox.mark_sent(last, now + timedelta(seconds=1), 5)
    await sweep(any_database)
    assert await traces(any_database) == []
    async with any_database.reading() as session:
        states = {row.key: row.state for row in (await session.exec(select(Outbox))).all()}
        assert states["held"] is OutboxState.WITHDRAWN, "what was held back for him is never sent"
        assert {row.state for row in (await session.exec(select(Inbox))).all()} == {InboxState.DONE}


async def test_who_is_new_under_the_same_number_keeps_what_he_did_since(database, now):
    await known(database, now)
    await forget(database, now)
    async with database.writing() as session:
        last = (await session.exec(select(Outbox).where(Outbox.key == "the last answer"))).one()
        outbox.mark_sent(last, now, 5)
        await people.meet(session, telegram_id=NUMBER, name="Again", username=None, language="en", at=now)
        session.add(ButtonToken(token="new", chat_id=NUMBER, press="x", args="{}", made_at=now))
    await sweep(database)
    async with database.reading() as session:
        assert (await session.exec(select(ButtonToken.token))).all() == ["new"]
        assert (await session.exec(select(Mark))).all() == []
