"""Bugs planted one by one: an everyday scene that passes without them has to fail with each."""

import asyncio
import sys
import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from bot.rehearsal.faults import FaultKind
from storage import invariants, journal, outbox, sessions
from storage.kinds import InboxState, OutboxState
from storage.tables import Answer, Decision, Inbox, Outbox, Task
from tests.e2e.conftest import bed, kept, resting_bed, server  # noqa: F401 - the whole bot, as the other tests have it
from tests.faults.plants import marked_too_soon

MORNING = datetime(2026, 4, 2, 2, 30, tzinfo=UTC)
NIGHT = datetime(2026, 4, 1, 18, 0, tzinfo=UTC)
STRANGE = "ກຳ \u212b <b>x</b>"
PATIENCE = 8


async def everyday(bed):  # noqa: F811
    """A morning of the group, with what goes wrong in one: asserted step by step."""
    group, world = bed.group, bed.server.world
    bed.server.limits.enabled = False
    async with bed.program.database.writing() as session:
        synchronous = await (await session.connection()).exec_driver_sql("PRAGMA synchronous")
        assert synchronous.scalar() == 2
    card = await bed.hears("vte_trainer", f"/decide {STRANGE}")
    world.repeat_update(world.updates.all[-1]["update_id"], 3)
    await bed.settle()
    bed.server.faults.add(FaultKind.FLOOD, method="sendMessage", chat_id=group.id, retry_after=20)
    bed.server.faults.add(FaultKind.GATEWAY, method="sendMessage", chat_id=bed.cast["kmg_trainer"].id)
    bed.cast["kmg_trainer"].writes_private("/task In private @kmg_trainer by 2 April")
    await bed.hears("vte_focal", "/task In the group @vte_trainer by 2 April")
    await bed.presses("vte_trainer", card, "Agree")
    assert "agreed" not in card.text, "a member who is no focal point has no say"
    assert not await _answers(bed)
    await bed.presses("vte_focal", card, "Agree")
    await bed.presses("kmg_focal", card, "Agree")
    world.raw_update(_masked(bed))
    world.raw_update({"edited_message": card.json() | {"text": "/task Edited", "from": bed.cast["vte_focal"].json()}})
    await bed.settle()
    await bed.at(NIGHT)
    assert bed.last("vte_trainer", "friendly reminder") is None
    await bed.at(MORNING)
    await bed.at(MORNING)
    await _asserted(bed)


def _masked(bed):  # noqa: F811
    mask = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    chat = bed.group.json()
    said = {"message_id": 777, "date": 1775008800, "from": mask, "sender_chat": chat, "chat": chat}
    return {"message": said | {"text": "/decide By nobody"}}


async def _asserted(bed):  # noqa: F811
    async with bed.program.database.reading() as session:
        decisions = (await session.exec(select(Decision))).all()
        tasks = (await session.exec(select(Task.text))).all()
        left = (await session.exec(select(Inbox.id).where(Inbox.state != InboxState.DONE))).all()
        calls = (await session.exec(select(Outbox))).all()
        broken, fault = await invariants.violations(session), await journal.first_fault(session)
    said = [str(call.params.get("text")) for call in bed.server.log if call.ok and call.method == "sendMessage"]
    assert (broken, fault, list(left)) == ([], None, [])
    assert [(row.text, row.state) for row in decisions] == [(unicodedata.normalize("NFC", STRANGE), "agreed")]
    assert sorted(tasks) == ["In private", "In the group"]
    assert bed.server.limits.early_calls == 0
    assert {call.state for call in calls} <= {OutboxState.SENT, OutboxState.WITHDRAWN}
    assert not any(call.payload for call in calls)
    assert all(call.message_id for call in calls if call.method == "sendMessage" and call.state == OutboxState.SENT)
    assert sum("&lt;b&gt;x" in text for text in said) >= 1
    # What is given in private is shown there and, as a card, in the group.
    for words, cards in (("In private", 2), ("In the group", 1)):
        assert sum(words in text and "Given by" in text for text in said) == cards
        assert sum(words in text and "reminder" in text for text in said) == 1
    entries = {entry.change for entry in await _journal(bed)}
    assert entries >= {"decision proposed", "side agreed", "task given"}


async def _answers(bed):  # noqa: F811
    async with bed.program.database.reading() as session:
        return (await session.exec(select(Answer.id))).all()


async def _journal(bed):  # noqa: F811
    async with bed.program.database.reading() as session:
        return (await session.exec(select(journal.JournalEntry))).all()


async def test_without_a_planted_bug_the_morning_goes_well(bed):  # noqa: F811
    await everyday(bed)


def nothing(*_, **__):
    """In the place of a function that matters."""


async def nothing_async(*_, **__):
    """In the place of an asynchronous one."""


async def yes(*_, **__):
    """In the place of a check."""
    return True


async def none(*_, **__):
    """In the place of one that makes a list."""
    return []


async def _done_with_text(session, inbox_ids, at):
    answered = update(Inbox).where(col(Inbox.id).in_(inbox_ids))
    await sessions.run(session, answered.values(state=InboxState.DONE, done_at=at))


def _sent_with_text(now, message_id):
    free = {"lease_owner": None, "lease_until": None}
    return {"state": OutboxState.SENT, "sent_at": now, "message_id": message_id, **free}


def _sent_with_lease(now, message_id):
    empty = {"payload": {}, "fallback": None}
    return {"state": OutboxState.SENT, "sent_at": now, "message_id": message_id, **empty}


def _sent_without_id(now, _message_id):
    return {**_sent_with_text(now, None), "payload": {}, "fallback": None}


def _not_sent(_now, message_id):
    return {"message_id": message_id}


async def _asked_too_early(_session, call, until, _limiter):
    outbox.put_back(call, until - timedelta(seconds=15), "early")


def _dropped(call, _not_before, why, **_):
    call.state, call.error, call.payload = OutboxState.FAILED, why, {}
    call.lease_owner = call.lease_until = None


async def _by_two(session, group):
    group.last_task += 2
    session.add(group)
    await session.flush()
    return group.last_task


def _wrong_chain(cause, change, group_id, _previous_hash, real=journal._entry):
    return real(cause, change, group_id, "0" * 64)


def _nfkc(text):
    return unicodedata.normalize("NFKC", text).strip()


NOT_THROUGH = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL", "PRAGMA foreign_keys=ON")
BUGS = {
    "the text of an answered update stays": ("storage.inbox.mark_done", _done_with_text),
    "an answered update is not marked": ("storage.inbox.mark_done", nothing_async),
    "what was sent stays in the outbox": ("storage.outbox.sent", _sent_with_text),
    "a sent call keeps its lease": ("storage.outbox.sent", _sent_with_lease),
    "a sent call is not marked": ("storage.outbox.sent", _not_sent),
    "the id of a sent message is forgotten": ("storage.outbox.sent", _sent_without_id),
    "after a 429 the chat is spoken to too early": ("bot.fates._hold", _asked_too_early),
    "a 429 drops the call": ("storage.outbox.put_back", _dropped),
    "a refused call is left as it is": ("bot.fates.settle", nothing_async),
    "a claim is not written down": ("storage.claiming.claim_all", nothing_async),
    "a call is marked before it is made": ("storage.claiming.claim_all", marked_too_soon),
    "a call is never owed": ("storage.outbox.put_all", nothing_async),
    "numbers have gaps": ("storage.groups.next_task", _by_two),
    "the journal's chain is broken": ("storage.journal._entry", _wrong_chain),
    "the journal's hash says nothing": ("storage.journal._hash", lambda _said: "0"),
    "text is folded by NFKC": ("bot.reading.clean", _nfkc),
    "what people write is not escaped": ("markupsafe.escape", lambda text: text),
    "everybody may do everything": ("handlers.decision_answers.may", yes),
    "nobody is reminded": ("handlers.bundles.write_all", none),
    "updates are confirmed and not kept": ("storage.inbox.keep", nothing_async),
    "the database is written through too late": ("storage.engine.PRAGMAS", NOT_THROUGH),
    "a refused call counts as made": ("bot.delivery.classify", lambda *_: __import__("bot.calls").calls.Made(None)),
}


@pytest.mark.parametrize("bug", BUGS)
async def test_a_planted_bug_turns_the_morning_red(resting_bed, bug, monkeypatch):  # noqa: F811
    target, instead = BUGS[bug]
    monkeypatch.setattr(target, instead)
    with pytest.raises(Exception) as red:  # noqa: PT011 - in whatever way the scene turns red
        async with asyncio.timeout(PATIENCE), resting_bed.started():
            await everyday(resting_bed)
    sys.stdout.write(f"{bug}: {type(red.value).__name__} {str(red.value)[:110]!r}\n")


def test_there_are_at_least_twenty_of_them():
    assert len(BUGS) >= 20
