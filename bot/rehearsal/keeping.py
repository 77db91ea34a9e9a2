"""`focalpoint rehearse --keep`: server and bot stay, the clock goes on, and anybody with curl can take part."""

import asyncio
import json
from datetime import timedelta

from bot.rehearsal.stage import Stage

SECOND = timedelta(seconds=1)


async def stay_open(stage: Stage) -> None:
    """Say how to talk to the server, then let time pass as it does outside, until interrupted."""
    for line in _how(stage):
        stage.transcript.paper.line(line)
    while True:
        await asyncio.sleep(1)
        stage.clock.move_by(SECOND)
        await stage.settle()


def _how(stage: Stage) -> list[str]:
    url, group = stage.server.url, stage.group.name
    message = stage.server.world.from_bot(stage.group)[-1]
    button = message.buttons[0] if message.buttons else "History"
    press = {"user": "kmg_focal", "chat": group, "message_id": message.message_id, "button": button}
    return [
        "",
        f"The server and the bot go on at {url}; the database is in {stage.folder}. Ctrl-C ends both.",
        "Who is there, with usernames and ids:",
        _curl(url, "world", {}),
        "Write in the group, and in private:",
        _curl(url, "write", {"user": "vte_focal", "chat": group, "text": "/tasks"}),
        _curl(url, "write", {"user": "coordinator", "text": "/status"}),
        "Read a chat with the message ids, and press a button of one:",
        _curl(url, "transcript", {"chat": group}),
        _curl(url, "press", press),
    ]


def _curl(url: str, play: str, body: dict[str, object]) -> str:
    return f"    curl -s {url}/play/{play} -d '{json.dumps(body, ensure_ascii=False)}'"
