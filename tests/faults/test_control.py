"""The control: a plain python-telegram-bot bot under the same kills loses commands, so these kills are able to."""

import asyncio
import os
import random
import re
import signal
import sys

import pytest

from bot.rehearsal.server import BotApiServer
from tests.e2e.conftest import START, TOKEN

KILLS = int(os.environ.get("FOCALPOINT_CONTROL_KILLS", "6"))
SEED = int(os.environ.get("FOCALPOINT_SEED", "20261124"))
BURST = 20
PLAIN = """
import sys
from telegram import Update
from telegram.ext import Application, MessageHandler, filters

async def answer(update, context):
    with open(sys.argv[3], "a") as records:
        records.write(update.message.text + "\\n")
    await update.message.reply_text("Recorded: " + update.message.text)

application = Application.builder().token(sys.argv[1]).base_url(sys.argv[2]).build()
application.add_handler(MessageHandler(filters.TEXT, answer))
application.run_polling(poll_interval=0)
"""


@pytest.mark.timeout(600)
async def test_a_bot_that_asks_for_more_before_it_has_kept_what_it_got_loses_commands(tmp_path):
    chance, asked = random.Random(SEED), []
    async with BotApiServer(token=TOKEN, now=lambda: START, limits=False) as server:
        writer = server.world.user("Writer", started=True)
        for _ in range(KILLS):
            process = await _started(server, tmp_path)
            for _ in range(BURST):
                asked.append(f"Point {len(asked) + 1}")
                writer.writes_private(asked[-1])
            seen = len(server.calls("sendMessage")) + chance.randint(1, BURST // 2)
            await server.wait_for(lambda mark=seen: len(server.calls("sendMessage")) >= mark, 60)
            process.send_signal(signal.SIGKILL)
            await process.wait()
        process = await _started(server, tmp_path)
        await server.wait_for_confirmed(60)
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.wait(), 60)
        answered = {found[0] for call in server.calls("sendMessage") if (found := _points(call))}
    lost = set(asked) - answered
    sys.stdout.write(f"\nseed {SEED}: {KILLS} kills, {len(lost)} of {len(asked)} commands lost by the plain bot\n")
    assert lost, "these kills lose nothing even for a bot that keeps nothing: they prove nothing"


def _points(call) -> list[str]:
    return re.findall(r"Point \d+", str(call.params.get("text")))


async def _started(server, folder):
    before = server.world.updates.polls
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PLAIN, TOKEN, server.base_url, str(folder / "records.txt"),
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    await server.wait_for(lambda: server.world.updates.polls > before, 60)
    return process
