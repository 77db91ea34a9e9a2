"""What leaves first, how fast, and how edits of one card are merged."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.rehearsal.faults import FaultKind
from storage.kinds import OutboxState, Priority
from storage.tables import Outbox

BOT_ID = 700001


async def owe(bed, number, *, chat_id, priority, words):
    """Calls that wait, as a tick would have written them."""
    async with bed.program.database.writing() as session:
        for count in range(number):
            session.add(
                Outbox(
                    bot_id=BOT_ID,
                    key=f"{BOT_ID}:{words}:{count}",
                    method="sendMessage",
                    payload={"chat_id": chat_id, "text": f"{words} {count}"},
                    chat_id=chat_id,
                    priority=priority,
                    created_at=bed.clock.now(),
                )
            )


def order(bed, chat_id) -> list[str]:
    return [str(c.params.get("text", "")) for c in bed.server.log if c.ok and c.chat_id == chat_id]


@pytest.mark.parametrize(
    ("slow", "words"), [(Priority.NUDGE, "a nudge"), (Priority.DIGEST, "a digest")], ids=["nudges", "digests"]
)
async def test_an_answer_overtakes_what_nobody_waits_for(bed, slow, words):
    person = bed.cast["vte_trainer"]
    await owe(bed, 12, chat_id=person.id, priority=slow, words=words)
    await bed.hears("vte_trainer", "/help", private=True)
    said = order(bed, person.id)
    answer = next(place for place, text in enumerate(said) if "What you can write" in text)
    assert answer <= 4, "only what had left already stands before the answer"
    assert len([text for text in said if text.startswith(words)]) == 12


async def test_nudges_overtake_digests(bed):
    chat = bed.cast["vte_trainer"].id
    await owe(bed, 4, chat_id=chat, priority=Priority.DIGEST, words="a digest")
    await owe(bed, 4, chat_id=chat, priority=Priority.NUDGE, words="a nudge")
    await bed.hears("kmg_trainer", "/help", private=True)
    kinds = [text.rpartition(" ")[0] for text in order(bed, chat)]
    assert kinds == ["a nudge"] * 4 + ["a digest"] * 4


async def test_a_burst_into_a_group_stays_within_the_limit(bed):
    start = bed.clock.now()
    await owe(bed, 40, chat_id=bed.group.id, priority=Priority.ANSWER, words="a point")
    await bed.hears("kmg_trainer", "/help", private=True)
    while len(order(bed, bed.group.id)) < 40:
        await bed.at(bed.clock.now() + timedelta(seconds=30))
    times = [(c.at - start).total_seconds() for c in bed.server.log if c.chat_id == bed.group.id]
    assert max(sum(1 for other in times if moment <= other < moment + 60) for moment in times) <= 15
    assert bed.server.limits.early_calls == 0


async def test_edits_of_one_card_that_wait_are_merged(bed):
    card = await bed.hears("vte_trainer", "/decide We meet on Mondays.")
    bed.server.faults.add(FaultKind.FLOOD, method="editMessageText", chat_id=bed.group.id, retry_after=300)
    await bed.presses("vte_focal", card, "Agree")
    bed.cast["kmg_focal"].presses(card, "Agree")
    await bed.settle()
    edits = select(Outbox).where(Outbox.method == "editMessageText", Outbox.state == OutboxState.PENDING)
    async with bed.program.database.reading() as session:
        assert len((await session.exec(edits)).all()) == 1
    await bed.at(bed.clock.now() + timedelta(seconds=301))
    assert "D1 · agreed" in card.text


async def test_what_is_not_wanted_any_more_makes_room_for_the_next_at_once(bed):
    chat = bed.cast["vte_trainer"].id
    await owe(bed, 1, chat_id=chat, priority=Priority.ANSWER, words="minutes_missing:999")  # there is no such meeting
    await owe(bed, 1, chat_id=chat, priority=Priority.ANSWER, words="the next")
    bed.program.delivery.idle.clear()
    bed.program.delivery.wake.set()
    await bed.program.delivery.idle.wait()  # settling would look again by itself
    assert order(bed, chat) == ["the next 0"]
