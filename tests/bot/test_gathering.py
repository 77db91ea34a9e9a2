"""Calls that come back are marked together where others are under way, and at once where none are."""

import asyncio
from types import SimpleNamespace

import pytest

from bot.calls import Made
from bot.clock import SystemClock
from bot.delivery import Delivery
from bot.marking import Come

PATIENCE = 10


@pytest.fixture(params=[False, True], ids=["file", "server"])
def delivery(request):
    """Two calls are under way, to the chats 1 and 2."""
    found = Delivery(SimpleNamespace(is_shared=request.param), SystemClock(), None, "a worker", lambda: None)
    found._busy = dict.fromkeys((1, 2))
    return found


def came(delivery, chat_id):
    delivery._came(Come(chat_id, chat_id, Made(None)))


async def test_the_first_of_two_waits_for_the_other(delivery):
    came(delivery, 1)
    assert not delivery.wake.is_set()
    came(delivery, 2)
    assert delivery.wake.is_set()


async def test_it_does_not_wait_long(delivery):
    came(delivery, 1)
    await asyncio.wait_for(delivery.wake.wait(), PATIENCE)


async def test_a_turn_that_begins_meanwhile_takes_it_along(delivery):
    came(delivery, 1)
    waiting = delivery._gathering
    delivery._begin_anew()
    assert waiting.cancelled()
    assert delivery._gathering is None
