"""Somebody with curl can play the cast, and tests can wait without looking at the clock."""

import asyncio
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from bot.rehearsal import play
from bot.rehearsal.server import BotApiServer


async def _play(wire: Any, name: str, **body: Any) -> Any:
    async with wire.session.post(f"{wire.server.url}/play/{name}", json=body) as answer:
        return await answer.json()


async def test_a_scene_by_curl(server: BotApiServer, ptb: Bot, wire: Any) -> None:
    await _play(wire, "person", first_name="Noy", username="noy", language_code="lo")
    group = await _play(wire, "group", title="Our group", members=["Noy"])
    asked = await _play(wire, "write", user="noy", chat="Our group", text="/decide x")
    assert (asked["from"], asked["text"]) == ("Noy", "/decide x")
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("Agree", callback_data="a")]])
    await ptb.send_message(group["id"], "D1", reply_markup=buttons)
    pressing = asyncio.create_task(
        _play(wire, "press", user="Noy", chat=group["id"], message_id=asked["message_id"] + 1, button="Agree")
    )
    press = await server.wait_for(lambda: next(iter(server.world.presses.values()), None))
    await ptb.answer_callback_query(press.id, "Noted")
    assert await pressing == {"toast": "Noted", "alert": False}
    opened = await _play(wire, "open", user="Noy", url="https://t.me/focalpoint_bot?start=abc")
    assert opened["text"] == "/start abc"
    await _play(wire, "write", user="Noy", text="/help")
    lines = await _play(wire, "transcript", chat="Our group")
    assert [line["text"] for line in lines] == ["", "/decide x", "D1"]
    assert (lines[0]["event"], lines[2]["buttons"]) == ("new_chat_members", [["Agree"]])
    assert len(await _play(wire, "transcript")) == 5
    world = await _play(wire, "world")
    assert (world["people"][0]["started"], world["groups"][0]["members"]) == (True, ["Noy"])


@pytest.mark.parametrize(
    ("name", "body", "error"),
    [
        pytest.param("write", {"user": "Nobody", "text": "x"}, "nobody here is called Nobody", id="nobody"),
        pytest.param(
            "write", {"user": "Ana", "chat": "Mars", "text": "x"}, "no chat here is called Mars", id="no chat"
        ),
        pytest.param("write", {"user": "Ana"}, "missing: text", id="nothing to write"),
        pytest.param("press", {"user": "Ana", "message_id": 5, "button": "A"}, "no message 5 in Ana", id="no message"),
        pytest.param(
            "open", {"user": "Ana", "url": "https://x.org"}, "https://x.org is no link into Telegram", id="no link"
        ),
    ],
)
async def test_scenes_that_cannot_be_played(
    server: BotApiServer, wire: Any, name: str, body: dict[str, Any], error: str
) -> None:
    server.world.user("Ana")
    assert await _play(wire, name, **body) == {"error": error}


def test_every_call_is_described() -> None:
    described = {
        line.split()[0].removeprefix("/play/") for line in str(play.__doc__).splitlines() if "    /play/" in line
    }
    assert described == set(play._PLAYS)


async def test_waiting_in_vain_says_what_the_bot_did(server: BotApiServer, wire: Any) -> None:
    await wire.refused("sendMessage", chat_id=5, text="lost words")
    with pytest.raises(TimeoutError, match="sendMessage chat=5 'lost words' -> 400 Bad Request: chat not found"):
        await server.wait_for(lambda: False, timeout=0.01)


async def test_waiting_ends_with_the_call_that_is_waited_for(server: BotApiServer, wire: Any) -> None:
    ana = server.world.user("Ana", started=True)
    waiting = asyncio.create_task(server.wait_for_message(ana, "second"))
    await wire.done("sendMessage", chat_id=ana.id, text="the first")
    assert not waiting.done()
    await wire.done("sendMessage", chat_id=ana.id, text="the second")
    assert (await waiting).text == "the second"


async def test_closing_does_not_wait_for_those_who_wait(server: BotApiServer, wire: Any) -> None:
    poll = asyncio.create_task(wire.call("getUpdates", timeout=50))
    await server.wait_for(lambda: server.world.updates.polls)
    async with asyncio.timeout(2):
        await server.stop()
    await asyncio.gather(poll, return_exceptions=True)
    assert poll.done()
