"""Asking for updates goes wrong, or brings strange ones: each is answered once, and none holds up another."""

from collections import Counter
from datetime import timedelta

import pytest

from bot.rehearsal.faults import FaultKind
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
