"""What the road of messages leaves behind goes by its age, portion by portion; what still waits never goes."""

from datetime import timedelta

import pytest
from sqlmodel import select

from storage import retention
from storage.kinds import ChatKind, InboxState, OutboxState, Priority
from storage.tables import ButtonToken, Chat, Inbox, Outbox

DAY = timedelta(days=1)
KEPT = 30


def update(number, state, age, now):
    settled = None if state is InboxState.NEW else now - age
    return Inbox(
        bot_id=1, update_id=number, lane=5, raw="words", state=state, received_at=now - age - DAY, done_at=settled
    )


def call(number, state, age, now, priority=Priority.ANSWER):
    return Outbox(
        bot_id=1,
        key=str(number),
        method="sendMessage",
        payload={"text": "words"},
        priority=priority,
        state=state,
        created_at=now - age,
    )


@pytest.mark.parametrize(
    ("state", "days", "goes"),
    [
        pytest.param(InboxState.DONE, KEPT + 1, True, id="answered long ago"),
        pytest.param(InboxState.DONE, KEPT - 1, False, id="answered lately"),
        pytest.param(InboxState.DEAD, KEPT + 1, True, id="set aside long ago, with its words"),
        pytest.param(InboxState.DEAD, KEPT - 1, False, id="set aside lately: somebody may look at it"),
        pytest.param(InboxState.NEW, 400, False, id="not answered yet, however old"),
    ],
)
async def test_updates_go_when_they_were_settled_long_ago(any_database, now, state, days, goes):
    async with any_database.writing() as session:
        session.add(update(1, state, DAY * days, now))
    async with any_database.writing() as session:
        assert await retention.drop_updates(session, now - DAY * KEPT) == goes
    async with any_database.reading() as session:
        assert len((await session.exec(select(Inbox))).all()) == (not goes)


@pytest.mark.parametrize("priority", list(Priority))
@pytest.mark.parametrize(
    ("state", "goes"),
    [(state, state not in {OutboxState.PENDING, OutboxState.CLAIMED}) for state in OutboxState],
    ids=[state.value for state in OutboxState],
)
async def test_calls_go_when_they_ended_and_are_old(database, now, state, goes, priority):
    async with database.writing() as session:
        session.add(call(1, state, DAY * (KEPT + 1), now, priority))
        session.add(call(2, state, DAY * (KEPT - 1), now, priority))
        await session.flush()
        assert await retention.drop_calls(session, now - DAY * KEPT) == goes
        left = (await session.exec(select(Outbox.key).order_by(Outbox.key))).all()
        assert list(left) == (["2"] if goes else ["1", "2"])


async def test_many_go_in_portions_and_the_young_stop_it(database, now, monkeypatch):
    monkeypatch.setattr(retention, "PORTION", 10)
    async with database.writing() as session:
        session.add_all(update(number, InboxState.DONE, DAY * (KEPT + 30 - number), now) for number in range(45))
    taken = []
    while not taken or taken[-1]:
        async with database.writing() as session:
            taken.append(await retention.drop_updates(session, now - DAY * KEPT))
    assert taken == [10, 10, 10, 0]
    async with database.reading() as session:
        assert len((await session.exec(select(Inbox))).all()) == 15


async def test_buttons_stay_as_long_as_their_chat(database, now):
    async with database.writing() as session:
        for chat, gone in ((-1, None), (-2, now - DAY), (-3, now - DAY * (KEPT + 1))):
            session.add(Chat(id=chat, bot_id=1, kind=ChatKind.GROUP, first_seen=now - DAY * 900, gone_at=gone))
            session.add(ButtonToken(token=f"t{chat}", chat_id=chat, press="x", args="{}", made_at=now - DAY * 900))
        await session.flush()
        assert await retention.drop_buttons(session, now - DAY * KEPT) == 1
        assert sorted((await session.exec(select(ButtonToken.token))).all()) == ["t-1", "t-2"]
