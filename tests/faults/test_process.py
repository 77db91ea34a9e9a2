"""The real process: it starts, answers, is alone, stops in order, and goes on after it was killed."""

import signal
import time

import pytest

from bot.exits import Exit
from bot.rehearsal.faults import FaultKind

STOPS_WITHIN = 20.0
LEASE_SECONDS = 30.0


async def test_it_answers_and_stops_in_order_on_sigterm(yard, gather):
    crowd = await gather(1)
    bot = await yard.started()
    answer = await yard.answer_to(crowd.people[0].writes(crowd.chats[0], "/decide We meet each Monday."))
    assert "D1" in answer.text
    asked_at = time.monotonic()
    assert await bot.told_to_stop(signal.SIGTERM) == Exit.FINE
    assert time.monotonic() - asked_at < STOPS_WITHIN


async def test_a_fresh_folder_and_the_token_are_enough_to_start(yard):
    bot = await yard.started()
    newcomer = yard.server.world.user("Newcomer", started=True)
    newcomer.writes_private("/help")
    assert (await yard.sees(lambda: yard.server.world.last(newcomer, "/task"))).text
    assert await bot.told_to_stop(signal.SIGINT) == Exit.FINE
    assert yard.database.stat().st_mode & 0o077 == 0


async def test_a_second_one_says_so_and_leaves_the_first_alone(yard, gather):
    crowd = await gather(1)
    first = await yard.started()
    second = yard.start()
    assert await second.ended() == Exit.OTHER_INSTANCE
    assert "Another process already runs this bot" in second.output()
    assert "Traceback" not in second.output()
    assert await yard.answer_to(crowd.people[0].writes(crowd.chats[0], "/help"))
    assert first.runs


async def test_a_wrong_token_is_one_plain_line(yard):
    yard.configure(token="700001:" + "B" * 35)
    bot = yard.start()
    assert await bot.ended() == Exit.CONFIGURATION
    assert bot.output().strip().splitlines() == [
        "Telegram does not know this token. Write the one that @BotFather shows."
    ]


async def test_a_token_revoked_meanwhile_ends_it(yard):
    bot = await yard.started()
    yard.server.faults.add(FaultKind.UNAUTHORIZED, method="getUpdates", times=None)
    yard.server.world.user("Newcomer").writes_private("/help")
    assert await bot.ended() == Exit.CONFIGURATION
    assert "does not know this token" in bot.output()
    assert "A" * 35 not in bot.output()


async def test_killed_it_goes_on_at_once_where_it_was(yard, gather):
    crowd = await gather(1)
    writer, chat = crowd.people[0], crowd.chats[0]
    killed = await yard.started()
    await yard.answer_to(writer.writes(chat, "/decide Before the end."))
    killed.kill()
    asked = writer.writes(chat, "/decide After the end.")
    began = time.monotonic()
    await yard.started()
    assert "D2" in (await yard.answer_to(asked)).text
    assert time.monotonic() - began < LEASE_SECONDS, "the lease of the dead one must not be waited for"


async def test_it_waits_for_a_network_that_is_not_there_yet(yard):
    await yard.server.stop()
    bot = yard.start()
    await bot.says("Telegram cannot be reached")
    await yard.server.start()
    await yard.sees(lambda: yard.server.world.updates.polls > 0)
    assert bot.runs


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT], ids=lambda how: how.name)
async def test_it_can_be_stopped_while_it_waits_for_the_network(yard, how):
    await yard.server.stop()
    bot = yard.start()
    await bot.says("Telegram cannot be reached")
    assert await bot.told_to_stop(how) == Exit.FINE


async def test_a_second_ctrl_c_ends_it_where_it_stands(yard):
    bot = await yard.started()
    hanging = yard.server.faults.add(FaultKind.HANG, method="sendMessage", times=None)
    yard.server.world.user("Newcomer").writes_private("/help")
    await yard.sees(lambda: hanging.injected)
    bot.interrupt()
    await bot.says("SIGINT: stopping")
    assert bot.runs
    assert await bot.told_to_stop(signal.SIGINT) == -signal.SIGINT
