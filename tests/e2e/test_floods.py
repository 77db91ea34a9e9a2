"""429: a chat held back holds back nobody else; when the whole bot is meant, nothing leaves before its time."""

from datetime import timedelta

from bot.rehearsal.faults import FaultKind
from storage.kinds import Priority
from tests.e2e.test_delivery import order, owe

REST = 300
CROWD = 80


def crowd(bed):
    return [bed.server.world.user(f"Member {number}", started=True).id for number in range(CROWD)]


def refused(bed):
    return [call for call in bed.server.log if call.status == 429]


async def test_a_group_that_is_held_back_holds_back_nobody_else(bed):
    bed.server.faults.add(FaultKind.FLOOD, method="sendMessage", chat_id=bed.group.id, retry_after=REST)
    await bed.hears("vte_trainer", "/help")
    assert len(refused(bed)) == 1
    chats = crowd(bed)
    for chat_id in chats:
        await owe(bed, 1, chat_id=chat_id, priority=Priority.NUDGE, words=f"a nudge to {chat_id}")
    assert await bed.hears("kmg_trainer", "/help", private=True)
    assert all(order(bed, chat_id) for chat_id in chats)
    assert order(bed, bed.group.id) == []
    await bed.at(bed.clock.now() + timedelta(seconds=REST + 1))
    assert len(order(bed, bed.group.id)) == 1
    assert bed.server.limits.early_calls == 0


async def test_a_flood_over_all_is_learned_from_a_few_and_outlives_a_restart(resting_bed):
    bed = resting_bed
    async with bed.started():
        await bed.settle()
        chats = crowd(bed)
        bed.server.faults.add(FaultKind.FLOOD, method="sendMessage", retry_after=REST, everywhere=True)
        for chat_id in chats:
            await owe(bed, 1, chat_id=chat_id, priority=Priority.NUDGE, words=f"a nudge to {chat_id}")
        await bed.settle()
        in_flight = len(refused(bed))
        assert 3 <= in_flight <= 25, "no more than were under way when the third was refused"
    async with bed.started():
        await bed.settle()
        assert len(refused(bed)) == in_flight, "the moment is kept"
        await bed.at(bed.clock.now() + timedelta(seconds=REST + 1))
        assert all(len(order(bed, chat_id)) == 1 for chat_id in chats)
    assert len(refused(bed)) == in_flight
