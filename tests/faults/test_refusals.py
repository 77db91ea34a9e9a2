"""What Telegram refuses for good, and an outage of three days: each has one effect, and nobody else is told."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from bot.exits import Exit
from bot.rehearsal.faults import FaultKind
from bot.rehearsal.records import GROUP
from storage.kinds import OutboxState
from storage.tables import Chat, Outbox, Room, Task
from tests.conftest import VIENTIANE
from tests.e2e.conftest import bed, kept, resting_bed, server  # noqa: F401 - the whole bot, as the other tests have it

UPGRADED = "Bad Request: group chat was upgraded to a supergroup chat"


async def rows(bed, query):  # noqa: F811
    async with bed.program.database.reading() as session:
        return list((await session.exec(query)).all())


def told_to(bed, new):  # noqa: F811
    """The service message in the old group; the one in the new group."""
    sender, message = bed.cast["vte_focal"].json(), {"message_id": 1, "date": 1775008800}
    group = bed.group.json()
    there = group | {"id": new}
    yield {"message": message | {"chat": group, "from": sender, "migrate_to_chat_id": new}}
    yield {"message": message | {"chat": there, "from": sender, "migrate_from_chat_id": group["id"]}}


ORDERS = ("refused, told", "told, refused", "told backwards", "told twice", "refused twice")


@pytest.mark.parametrize("order", ORDERS)
async def test_a_group_that_moves_has_one_room_however_it_is_heard(bed, order):  # noqa: F811
    card = await bed.hears("vte_trainer", "/decide We meet on Mondays.")
    bed.group.kind = GROUP
    new = bed.group.migrate(bed.cast["vte_focal"])
    bed.server.world.updates.drop_pending()
    told = list(told_to(bed, new.id))
    if order.startswith("refused"):
        await agree(bed, card)
    if "told" in order:
        for update in {"told backwards": told[::-1], "told twice": told * 2}.get(order, told):
            bed.server.world.raw_update(update)
        await bed.settle()
    if order.endswith(("refused", "twice")):
        await agree(bed, card)
    assert [room.chat_id for room in await rows(bed, select(Room))] == [new.id]
    assert await rows(bed, select(Chat).where(Chat.id == bed.group.id)) == []
    bed.cast["vte_trainer"].writes(new, "/task After the move")
    await bed.settle()
    assert "T1" in bed.last(new).text
    assert [task.text for task in await rows(bed, select(Task))] == ["After the move"]


async def agree(bed, card):  # noqa: F811
    """A press under the card that is still in the old group, as the update of a client that has not noticed."""
    press = {"id": f"p{len(bed.server.log)}", "from": bed.cast["vte_focal"].json(), "chat_instance": "1"}
    data = card.button("Agree")["callback_data"]
    bed.server.world.raw_update({"callback_query": press | {"message": card.json(), "data": data}})
    await bed.settle()


@pytest.mark.parametrize("kind", [FaultKind.UNAUTHORIZED, FaultKind.NOT_FOUND])
async def test_a_token_that_was_revoked_ends_it_and_what_is_owed_stays_owed(resting_bed, kind):  # noqa: F811
    async with resting_bed.started() as program:
        await resting_bed.settle()
        resting_bed.server.faults.add(kind, method="getUpdates", times=None)
        resting_bed.server.faults.add(FaultKind.UNAUTHORIZED, method="sendMessage", times=None)
        resting_bed.cast["vte_trainer"].writes(resting_bed.group, "/task Before the end")
        await program.stopping.wait()
        assert program.exit == Exit.CONFIGURATION
    resting_bed.server.faults.clear()
    async with resting_bed.started():
        await resting_bed.settle()
        resting_bed.clock.move_by(timedelta(minutes=2))
        await resting_bed.settle()
        said = [message for message in resting_bed.said(resting_bed.group) if "Before the end" in message.text]
        assert len(said) == 1


async def test_of_two_programs_with_one_token_one_ends(resting_bed):  # noqa: F811
    async with resting_bed.started() as program:
        await resting_bed.settle()
        for _ in range(8):
            polls = resting_bed.server.world.updates.polls
            resting_bed.server.world.updates.take_over(None)  # somebody else polls
            await resting_bed.server.wait_for(polled_again(resting_bed, polls, program), 30)
            if program.stopping.is_set():
                break
        assert program.exit == Exit.OTHER_INSTANCE


def polled_again(bed, before, program):  # noqa: F811
    return lambda: bed.server.world.updates.polls > before or program.stopping.is_set()


@pytest.mark.parametrize("words", ["bot was blocked by the user", "user is deactivated"])
async def test_who_cannot_be_reached_is_left_and_nobody_else_hears_his_words(bed, words):  # noqa: F811
    kmg = bed.cast["kmg_focal"]
    bed.server.faults.add(
        FaultKind.STATUS, method="sendMessage", chat_id=kmg.id, status=403, description=f"Forbidden: {words}"
    )
    kmg.writes_private("/task For nobody else to read")
    await bed.settle()
    heard = {call.chat_id for call in bed.server.log if call.ok and "nobody else" in str(call.params.get("text"))}
    assert heard <= {kmg.id, bed.group.id}
    assert [task.text for task in await rows(bed, select(Task))] == ["For nobody else to read"]


REFUSALS = {
    "message thread not found": "sendMessage",
    "message to be replied not found": "sendMessage",
    "message is not modified": "editMessageText",
    "message to edit not found": "editMessageText",
    "query is too old and response timeout expired or query ID is invalid": "answerCallbackQuery",
}


@pytest.mark.parametrize("words", REFUSALS)
async def test_what_is_harmless_does_no_harm(bed, words):  # noqa: F811
    bed.group.is_forum = "thread" in words
    topic = bed.group.topic("Plans") if bed.group.is_forum else None
    fault = bed.server.faults.add(FaultKind.STATUS, method=REFUSALS[words], description=f"Bad Request: {words}")
    bed.cast["vte_trainer"].writes(bed.group, "/decide We meet on Mondays.", topic=topic)
    await bed.settle()
    await bed.presses("vte_focal", bed.last(bed.group, "D1"), "Agree")
    await bed.presses("kmg_focal", bed.last(bed.group, "D1"), "Agree")
    assert fault.injected == 1
    assert "agreed by both sides" in bed.last(bed.group).text
    assert await rows(bed, select(Outbox.key).where(Outbox.state.in_((OutboxState.PENDING, OutboxState.CLAIMED)))) == []


async def test_three_days_without_telegram_leave_one_message_each_with_everything_in_it(bed):  # noqa: F811
    bed.server.limits.enabled = False
    for number in range(1, 31):
        who = ("vte_trainer", "kmg_focal", "vte_focal")[number % 3]
        await bed.hears("vte_focal", f"/task Point {number} @{bed.cast[who].username} by 2 April", private=True)
    said = len(bed.server.log)
    outage = bed.server.faults.add(FaultKind.GATEWAY, times=None)
    polls = bed.server.faults.add(FaultKind.GATEWAY, method="getUpdates", times=None)
    bed.server.world.updates.take_over(None)
    for hours in range(0, 73, 6):
        bed.clock.move_to(datetime(2026, 4, 1, 10, tzinfo=VIENTIANE) + timedelta(hours=hours))
        await bed.program.ticking.run_all()
    assert outage.injected + polls.injected > 0, "nothing was said and nothing refused"
    bed.server.faults.clear()
    for hours in range(0, 48, 2):  # Saturday, Sunday, and into Monday
        await bed.at(datetime(2026, 4, 5, 10, tzinfo=VIENTIANE) + timedelta(hours=hours))
    reminders = Counter()
    for call in bed.server.log[said:]:
        if call.ok and call.method == "sendMessage" and "friendly reminder" in str(call.params.get("text")):
            reminders[call.chat_id] += 1
    assert reminders
    assert set(reminders.values()) == {1}, "at most one message a person"
    text = " ".join(str(call.params.get("text")) for call in bed.server.log[said:] if call.ok)
    assert [number for number in range(1, 31) if f"Point {number}" not in text] == [], "everything is listed"
