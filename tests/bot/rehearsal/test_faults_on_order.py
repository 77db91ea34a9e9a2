"""Each fault does what it says, is counted, and leaves the truth in the log."""

import asyncio
from typing import Any

import aiohttp
import pytest
from telegram import Bot
from telegram.error import ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.rehearsal.faults import FaultKind
from bot.rehearsal.people import Person
from bot.rehearsal.server import BotApiServer


@pytest.fixture
def ana(server: BotApiServer) -> Person:
    return server.world.user("Ana", started=True)


@pytest.mark.parametrize(
    ("kind", "error", "arrives"),
    [
        pytest.param("gateway", NetworkError, False, id="a page of HTML"),
        pytest.param("truncated", TelegramError, True, id="half an answer, and the message arrived"),
        pytest.param("empty", TelegramError, False, id="no words at all"),
        pytest.param("drop", NetworkError, True, id="no answer, and the message arrived"),
        pytest.param("reset", NetworkError, False, id="cut off before"),
        pytest.param("unauthorized", InvalidToken, False, id="token revoked"),
        pytest.param("not_found", InvalidToken, False, id="not found"),
    ],
)
async def test_what_the_bot_sees_and_what_happened(
    server: BotApiServer, ptb: Bot, ana: Person, kind: str, error: type[Exception], arrives: bool
) -> None:
    fault = server.faults.add(kind, method="sendMessage")
    with pytest.raises(error):
        await ptb.send_message(ana.id, "x")
    assert [message.text for message in server.world.messages(ana)] == (["x"] if arrives else [])
    assert (fault.injected, server.faults.injected[kind], server.log[-1].fault) == (1, 1, kind)
    assert server.log[-1].ok is arrives
    await ptb.send_message(ana.id, "y")
    assert server.world.messages(ana)[-1].text == "y"


async def test_a_refusal_in_any_words(server: BotApiServer, ptb: Bot, ana: Person) -> None:
    server.faults.add("status", status=403, description="Forbidden: user is deactivated")
    with pytest.raises(Forbidden, match="user is deactivated"):
        await ptb.send_message(ana.id, "x")
    server.faults.add("status", description="Bad Request: moved", parameters={"migrate_to_chat_id": -5})
    with pytest.raises(ChatMigrated):
        await ptb.send_message(ana.id, "x")


async def test_not_ok_inside_a_200(server: BotApiServer, wire: Any, ana: Person) -> None:
    server.faults.add(FaultKind.NOT_OK, status=500, description="Internal Server Error")
    url = f"{server.base_url}{server.token}/sendMessage"
    async with wire.session.post(url, json={"chat_id": ana.id, "text": "x"}) as answer:
        assert (answer.status, (await answer.json())["ok"]) == (200, False)


async def test_a_hanging_call_is_let_go_or_given_up(server: BotApiServer, wire: Any, ana: Person) -> None:
    fault = server.faults.add("hang")
    call = asyncio.create_task(wire.call("sendMessage", chat_id=ana.id, text="x"))
    await server.wait_for(lambda: fault.injected)
    assert not call.done()
    fault.release()
    with pytest.raises(aiohttp.ClientError):
        await call
    given_up = aiohttp.ClientTimeout(total=0.05)
    server.faults.add("hang")
    with pytest.raises(TimeoutError):
        await wire.session.post(f"{server.base_url}{server.token}/getMe", timeout=given_up)


async def test_a_flood_holds_back_one_chat_and_counts_who_does_not_wait(
    server: BotApiServer, ptb: Bot, ana: Person, hands: Any
) -> None:
    bo = server.world.user("Bo", started=True)
    server.faults.add("flood", chat_id=ana.id, retry_after=7)
    with pytest.raises(RetryAfter):
        await ptb.send_message(ana.id, "x")
    await ptb.send_message(bo.id, "x")
    assert server.limits.early_calls == 0
    hands.pass_by(seconds=6)
    with pytest.raises(RetryAfter):
        await ptb.send_message(ana.id, "x")
    assert server.limits.early_calls == 1
    hands.pass_by(seconds=1)
    await ptb.send_message(ana.id, "x")
    assert server.limits.early_calls == 1


async def test_a_flood_everywhere(server: BotApiServer, wire: Any, ana: Person) -> None:
    bo = server.world.user("Bo", started=True)
    server.faults.add("flood", retry_after=3, everywhere=True)
    for person in (ana, bo):
        body = await wire.call("sendMessage", chat_id=person.id, text="x")
        assert (body["error_code"], body["parameters"]) == (429, {"retry_after": 3})
    assert server.limits.early_calls == 1


async def test_where_and_how_often_a_fault_strikes(server: BotApiServer, wire: Any, ana: Person) -> None:
    bo = server.world.user("Bo", started=True)
    server.faults.add("status", method="sendMessage", chat_id=ana.id, after=1, times=2)
    outcomes = [(await wire.call("sendMessage", chat_id=ana.id, text="x"))["ok"] for _ in range(4)]
    assert outcomes == [True, False, False, True]
    server.faults.add("status", times=None)
    assert not (await wire.call("sendMessage", chat_id=bo.id, text="x"))["ok"]
    assert not (await wire.call("getMe"))["ok"]
    assert (await wire.call("getUpdates"))["ok"]
    server.faults.clear()
    assert (await wire.call("getMe"))["ok"]


async def test_polls_fail_only_when_they_are_named(server: BotApiServer, wire: Any, ana: Person) -> None:
    ana.writes_private("/start")
    server.faults.add("gateway", method="getUpdates")
    url = f"{server.base_url}{server.token}/getUpdates"
    async with wire.session.post(url) as answer:
        assert (answer.status, answer.content_type) == (502, "text/html")
    assert len(await wire.done("getUpdates")) == 1
    assert server.log == []
