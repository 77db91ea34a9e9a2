"""Asking for updates goes wrong, or brings strange ones: each is answered once, and none holds up another."""

import asyncio
from collections import Counter
from datetime import timedelta
from functools import partial

import pytest

from bot.exits import Exit
from bot.polling import SILENCE_SECONDS
from bot.rehearsal.faults import FaultKind
from bot.requests import Timeouts
from tests.e2e.conftest import bed, kept, resting_bed, server  # noqa: F401 - the whole bot, as the other tests have it
from tests.faults.cards import shown


def told(bed, who="vte_focal"):  # noqa: F811
    """The points whose card the person was shown, each as often as he was."""
    private = bed.cast[who].id
    return Counter({point: times for (point, chat), times in shown(bed.server).items() if chat == private})


@pytest.mark.parametrize(
    "kind", [FaultKind.GATEWAY, FaultKind.TRUNCATED, FaultKind.EMPTY, FaultKind.DROP, FaultKind.RESET, FaultKind.NOT_OK]
)
async def test_a_poll_that_fails_is_asked_again_and_nothing_is_lost(bed, kind):  # noqa: F811
    fault = bed.server.faults.add(kind, method="getUpdates", times=2)
    await bed.hears("vte_focal", "/task Point 1", private=True)  # the poll that was waiting already
    bed.cast["vte_focal"].writes_private("/task Point 2")
    await bed.server.wait_for(lambda: fault.injected == 2)
    await bed.server.wait_for(lambda: told(bed)["Point 2"])
    await bed.settle()
    assert told(bed) == Counter({"Point 1": 1, "Point 2": 1})


@pytest.mark.parametrize("kind", [FaultKind.HANG, FaultKind.SILENT])
async def test_a_poll_that_is_never_answered_is_given_up_and_asked_again(resting_bed, kind, monkeypatch):  # noqa: F811
    monkeypatch.setattr("bot.requests.Timeouts", partial(Timeouts, read=0.5))
    monkeypatch.setattr("bot.polling.POLL_SECONDS", 1)  # half a second more, and it is given up
    async with resting_bed.started():
        await resting_bed.settle()
        fault = resting_bed.server.faults.add(kind, method="getUpdates")
        await resting_bed.server.wait_for(lambda: fault.injected)
        resting_bed.cast["vte_focal"].writes_private("/task Point 1")
        await resting_bed.server.wait_for(lambda: told(resting_bed) == Counter({"Point 1": 1}))


async def test_polling_that_fell_silent_ends_the_program_so_that_it_is_started_again(bed):  # noqa: F811
    program = bed.program
    program.asking.last_try = asyncio.get_running_loop().time() - SILENCE_SECONDS / 2
    await program.polling.look(program.asking)
    assert not program.stopping.is_set()
    program.asking.last_try -= SILENCE_SECONDS
    await program.polling.look(program.asking)
    assert program.stopping.is_set()
    assert program.exit == Exit.FAULT


async def test_polling_that_ended_by_itself_is_begun_anew(bed):  # noqa: F811
    await bed.program.polling.stop()  # whatever ended it
    await bed.program.polling.look(bed.program.asking)
    await bed.hears("vte_focal", "/task Point 1", private=True)
    assert told(bed) == Counter({"Point 1": 1})


async def test_updates_out_of_their_order_have_one_effect_each(bed):  # noqa: F811
    who, first = bed.cast["vte_focal"], bed.server.world.updates.next_id
    said = {"date": 1775008800, "from": who.json(), "chat": {"id": who.id, "type": "private"}}
    for number in (3, 1, 2):
        message = said | {"message_id": 900 + number, "text": f"/task Point {number}"}
        bed.server.world.raw_update({"update_id": first + number, "message": message})
    await bed.settle()
    assert told(bed) == Counter({"Point 1": 1, "Point 2": 1, "Point 3": 1})


async def test_one_update_that_cannot_be_read_does_not_hold_up_the_rest(bed):  # noqa: F811
    bed.server.world.raw_update({"message": {"chat": "no chat"}})
    bed.cast["vte_focal"].writes_private("/task Point 1")
    await bed.server.wait_for(lambda: told(bed) == Counter({"Point 1": 1}))


async def test_copies_gaps_and_lower_numbers_have_one_effect_each(bed):  # noqa: F811
    await bed.hears("vte_focal", "/task Point 1", private=True)
    first = bed.server.world.updates.all[-1]["update_id"]
    bed.server.world.repeat_update(first, copies=50)
    bed.server.world.updates.rebase(first + 9)
    await bed.hears("vte_focal", "/task Point 2", private=True)
    bed.server.world.updates.rebase(first - 5000)
    bed.clock.move_by(timedelta(days=8))
    bed.cast["kmg_focal"].writes_private("/task Point 3")
    bed.server.world.updates.take_over(None)  # the poll that waits for higher numbers ends at some time
    await bed.server.wait_for(lambda: told(bed, "kmg_focal")["Point 3"])
    await bed.settle()
    assert told(bed) + told(bed, "kmg_focal") == Counter({"Point 1": 1, "Point 2": 1, "Point 3": 1})
