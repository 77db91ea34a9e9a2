"""The road of a message under what Telegram and the network do to it: one record, one answer, in order."""

from datetime import timedelta

import pytest
from sqlmodel import func, select

from bot.rehearsal.faults import FaultKind
from storage.kinds import InboxState, OutboxState
from storage.tables import Card, Chat, Decision, Inbox, Outbox, Person, Room

WORDS = "We meet on the first Monday of each month."


async def count(bed, table) -> int:
    async with bed.program.database.reading() as session:
        return (await session.exec(select(func.count()).select_from(table))).one()


async def rows(bed, query):
    async with bed.program.database.reading() as session:
        return list((await session.exec(query)).all())


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(FaultKind.GATEWAY, id="a proxy answers with a page"),
        pytest.param(FaultKind.EMPTY, id="an empty answer"),
        pytest.param(FaultKind.NOT_OK, id="a refusal inside a 200"),
        pytest.param(FaultKind.RESET, id="the connection is cut before anything happened"),
        pytest.param(FaultKind.FLOOD, id="too many requests"),
    ],
)
async def test_a_failed_send_is_made_again(bed, kind):
    bed.server.faults.add(kind, method="sendMessage", chat_id=bed.group.id)
    card = await bed.hears("vte_trainer", f"/decide {WORDS}")
    assert bed.server.faults.injected[kind] == 1
    assert "D1" in card.text
    assert await count(bed, Decision) == 1


@pytest.mark.parametrize("kind", [FaultKind.DROP, FaultKind.TRUNCATED])
async def test_a_send_that_may_have_arrived_is_repeated_once_and_counted(bed, kind):
    bed.server.faults.add(kind, method="sendMessage", chat_id=bed.group.id)
    await bed.hears("vte_trainer", f"/decide {WORDS}")
    assert len([message for message in bed.said(bed.group) if "D1" in message.text]) == 2
    assert await count(bed, Decision) == 1
    (call,) = await rows(bed, select(Outbox).where(Outbox.method == "sendMessage", Outbox.chat_id == bed.group.id))
    assert (call.state, call.ambiguous) == (OutboxState.SENT, 1)


async def test_a_flooded_group_holds_back_nobody_else(bed):
    bed.server.faults.add(FaultKind.FLOOD, method="sendMessage", chat_id=bed.group.id, retry_after=600)
    await bed.hears("vte_trainer", f"/decide {WORDS}")
    assert bed.last(bed.group) is None
    assert await bed.hears("kmg_trainer", "/help", private=True)
    (chat,) = await rows(bed, select(Chat).where(Chat.id == bed.group.id))
    assert chat.hold_until is not None
    assert chat.hold_until >= bed.clock.now() + timedelta(seconds=400)
    await bed.at(bed.clock.now() + timedelta(seconds=601))
    assert bed.last(bed.group, "D1")
    assert bed.server.limits.early_calls == 0


async def test_the_hold_survives_a_restart(resting_bed):
    bed = resting_bed
    async with bed.started():
        bed.server.faults.add(FaultKind.FLOOD, method="sendMessage", chat_id=bed.group.id, retry_after=600)
        await bed.hears("vte_trainer", f"/decide {WORDS}")
    async with bed.started():
        await bed.settle()
        assert bed.last(bed.group) is None
        await bed.at(bed.clock.now() + timedelta(seconds=601))
        assert bed.last(bed.group, "D1")
    assert bed.server.limits.early_calls == 0


async def test_the_same_update_twice_has_one_effect(bed):
    await bed.hears("vte_trainer", f"/decide {WORDS}")
    newest = bed.server.world.updates.all[-1]["update_id"]
    bed.server.world.repeat_update(newest, copies=5)
    await bed.hears("kmg_trainer", "/decisions")
    assert await count(bed, Decision) == 1
    assert len([message for message in bed.said(bed.group) if message.buttons and "Agree" in message.buttons]) == 1


async def test_an_edited_command_never_runs_again(bed):
    asked = bed.cast["vte_trainer"].writes(bed.group, f"/decide {WORDS}")
    await bed.settle()
    bed.cast["vte_trainer"].edits(asked, f"/decide {WORDS} And on the last Friday.")
    await bed.settle()
    assert await count(bed, Decision) == 1


async def test_talk_among_people_is_never_kept(bed):
    bed.group.promotes(bed.server.world.bot)
    bed.cast["vte_trainer"].writes(bed.group, "a private matter of the heart")
    await bed.settle()
    assert await rows(bed, select(Inbox).where(Inbox.state == InboxState.NEW)) == []
    file = bed.settings.data_dir
    kept = b"".join(part.read_bytes() for part in file.iterdir() if part.is_file())
    assert b"matter of the heart" not in kept


async def test_what_was_answered_leaves_the_inbox_and_outbox(bed):
    await bed.hears("vte_trainer", f"/decide {WORDS}")
    assert {row.raw for row in await rows(bed, select(Inbox))} == {""}
    assert all(row.payload == {} for row in await rows(bed, select(Outbox)) if row.state is OutboxState.SENT)


async def test_an_unreadable_update_is_set_aside_and_holds_up_nobody(bed):
    bed.server.world.raw_update({"message": {"message_id": 7, "date": "never", "chat": {"id": 5, "type": "private"}}})
    card = await bed.hears("vte_trainer", f"/decide {WORDS}")
    assert "D1" in card.text
    (dead,) = await rows(bed, select(Inbox).where(Inbox.state == InboxState.DEAD))
    assert dead.error_code.startswith("E-")


async def test_an_apology_that_fails_too_holds_up_nobody(bed, monkeypatch):
    async def breaks(*_: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr("bot.answering.Outgoing.put", breaks)
    bed.cast["vte_trainer"].writes(bed.group, "/help")
    await bed.settle()
    monkeypatch.undo()
    (dead,) = await rows(bed, select(Inbox).where(Inbox.state == InboxState.DEAD))
    assert dead.error_code
    assert "D1" in (await bed.hears("vte_trainer", f"/decide {WORDS}")).text


async def test_a_fault_of_ours_is_answered_with_a_code(bed, monkeypatch):
    from bot import dispatch
    from bot.routes import Command

    async def broken(_request):
        raise ZeroDivisionError

    monkeypatch.setitem(dispatch.BY_NAME, "decide", Command("decide", broken))
    answer = await bed.hears("vte_trainer", f"/decide {WORDS}")
    (dead,) = await rows(bed, select(Inbox).where(Inbox.state == InboxState.DEAD))
    assert dead.tries == 3
    assert dead.error_code in answer.text
    assert "division" not in answer.text.lower()
    assert await bed.hears("vte_trainer", "/decisions")


async def test_a_closed_private_route_is_noticed_and_opens_again(bed):
    person = bed.cast["vte_trainer"]
    bed.server.faults.add(
        FaultKind.STATUS,
        method="sendMessage",
        chat_id=person.id,
        status=403,
        description="Forbidden: bot was blocked by the user",
    )
    await bed.hears("vte_trainer", "/help", private=True)
    (row,) = await rows(bed, select(Person).where(Person.telegram_id == person.id))
    assert row.private_open is False
    assert await bed.hears("vte_trainer", "/help", private=True)
    (row,) = await rows(bed, select(Person).where(Person.telegram_id == person.id))
    assert (row.private_open, row.closed_since) == (True, None)


async def test_blocking_and_unblocking_is_heard(bed):
    person = bed.cast["vte_trainer"]
    person.blocks_bot()
    await bed.settle()
    assert not (await rows(bed, select(Person).where(Person.telegram_id == person.id)))[0].private_open
    person.unblocks_bot()
    await bed.settle()
    assert (await rows(bed, select(Person).where(Person.telegram_id == person.id)))[0].private_open


async def test_a_card_whose_message_was_deleted_is_posted_anew(bed):
    card = await bed.hears("vte_trainer", f"/decide {WORDS}")
    bed.server.faults.add(
        FaultKind.STATUS, method="editMessageText", description="Bad Request: message to edit not found"
    )
    await bed.presses("vte_focal", card, "Agree")
    newest = bed.last(bed.group, "D1")
    assert newest.message_id != card.message_id
    (row,) = await rows(bed, select(Card))
    assert row.message_id == newest.message_id


async def test_a_closed_topic_does_not_swallow_the_answer(bed):
    bed.server.faults.add(
        FaultKind.STATUS, method="sendMessage", description="Bad Request: message to be replied not found"
    )
    assert await bed.hears("vte_trainer", f"/decide {WORDS}")


async def test_a_press_that_is_too_old_still_counts(bed):
    card = await bed.hears("vte_trainer", f"/decide {WORDS}")
    bed.server.faults.add(
        FaultKind.STATUS,
        method="answerCallbackQuery",
        description="Bad Request: query is too old and response timeout expired or query ID is invalid",
    )
    await bed.presses("vte_focal", card, "Agree")
    assert "agreed" in bed.last(bed.group, "D1").text.lower()


async def test_markup_that_telegram_refuses_is_said_in_plain_text(bed):
    bed.server.faults.add(
        FaultKind.STATUS, method="sendMessage", description="Bad Request: can't parse entities: Unsupported start tag"
    )
    card = await bed.hears("vte_trainer", "/decide Use <b> & </b> in the handbook.")
    assert "Use <b> & </b> in the handbook." in card.text
    assert card.entities == [] or all(entity["type"] == "bot_command" for entity in card.entities)


async def test_a_reaction_that_is_not_allowed_becomes_a_sentence(bed):
    bed.server.faults.add(FaultKind.STATUS, method="setMessageReaction", description="Bad Request: REACTION_INVALID")
    await bed.hears("vte_trainer", "/task Translate chapter 3 @vte_trainer")
    await bed.hears("vte_trainer", "/progress T1 half of it")
    assert bed.server.faults.injected[FaultKind.STATUS] == 1
    assert bed.last(bed.group, "T1")


async def test_a_group_that_moves_takes_everything_along(resting_bed):
    bed = resting_bed
    async with bed.started():
        card = await bed.hears("vte_trainer", f"/decide {WORDS}")
        moved = -1009990001
        bed.server.faults.add(
            FaultKind.STATUS,
            method="editMessageText",
            description="Bad Request: group chat was upgraded to a supergroup chat",
            parameters={"migrate_to_chat_id": moved},
        )
        await bed.presses("vte_focal", card, "Agree")
        (room,) = await rows(bed, select(Room))
        assert room.chat_id == moved
        assert await rows(bed, select(Chat).where(Chat.id == bed.group.id)) == []


async def test_nothing_is_lost_over_a_restart(resting_bed):
    bed = resting_bed
    bed.cast["vte_trainer"].writes(bed.group, f"/decide {WORDS}")
    async with bed.started():
        await bed.settle()
        assert bed.last(bed.group, "D1")
    bed.cast["vte_trainer"].writes(bed.group, "/decide The second one.")
    bed.cast["kmg_trainer"].writes(bed.group, "/decide The third one.")
    async with bed.started():
        await bed.settle()
        assert await count(bed, Decision) == 3
        assert bed.last(bed.group, "D3")


async def test_a_long_absence_is_told_to_the_group(resting_bed):
    bed = resting_bed
    async with bed.started():
        await bed.hears("vte_trainer", f"/decide {WORDS}")
    bed.clock.move_by(timedelta(hours=30))
    async with bed.started():
        await bed.settle()
        assert "could not be reached" in bed.last(bed.group).text
    async with bed.started():
        await bed.settle()
        assert len([m for m in bed.said(bed.group) if "could not be reached" in m.text]) == 1


async def test_order_is_kept_within_a_chat(bed):
    for number in range(1, 8):
        bed.cast["vte_trainer"].writes(bed.group, f"/decide Point {number}.")
    await bed.settle()
    said = [message.text for message in bed.said(bed.group)]
    assert [text.index(f"Point {n}.") >= 0 for n, text in enumerate(said, start=1)] == [True] * 7


async def test_anonymous_senders_never_act(bed):
    bed.cast["vte_focal"].writes_anonymously(bed.group, f"/decide {WORDS}")
    await bed.settle()
    assert await count(bed, Decision) == 0
    assert bed.last(bed.group)


async def test_a_forged_press_is_answered_and_does_nothing(bed):
    card = await bed.hears("vte_trainer", f"/decide {WORDS}")
    press = bed.cast["vte_focal"].forges_press(card, "no-such-token")
    await bed.settle()
    assert press.toast


async def test_an_answer_stays_in_its_chat_when_the_bot_is_removed(bed):
    bed.group.removes_bot()
    await bed.settle()
    assert bed.last("coordinator", "removed")
