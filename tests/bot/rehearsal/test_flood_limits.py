"""Telegram's limits: thirty a second, twenty a minute in a group, one a second to a person after a burst."""

from typing import Any

import pytest

from bot.rehearsal.server import BotApiServer


async def _taken(wire: Any, chat_id: int, times: int) -> int:
    bodies = [await wire.call("sendMessage", chat_id=chat_id, text=f"{number}") for number in range(times)]
    return sum(1 for body in bodies if body["ok"])


async def test_a_person_gets_a_burst_and_then_one_a_second(server: BotApiServer, wire: Any, hands: Any) -> None:
    ana = server.world.user("Ana", started=True)
    assert await _taken(wire, ana.id, 5) == 5
    body = await wire.call("sendMessage", chat_id=ana.id, text="6")
    assert (body["error_code"], body["parameters"]) == (429, {"retry_after": 1})
    assert (server.limits.refused, server.limits.early_calls) == (1, 0)
    assert await _taken(wire, ana.id, 2) == 0
    assert server.limits.early_calls == 2
    hands.pass_by(seconds=1)
    assert await _taken(wire, ana.id, 1) == 1


async def test_a_group_gets_twenty_a_minute_edits_and_all(server: BotApiServer, wire: Any, hands: Any) -> None:
    group = server.world.group("Group", [server.world.user("Ana")])
    assert await _taken(wire, group.id, 19) == 19
    last = server.world.from_bot(group)[-1].message_id
    await wire.done("editMessageText", chat_id=group.id, message_id=last, text="changed")
    hands.pass_by(seconds=10)
    body = await wire.call("sendMessage", chat_id=group.id, text="x")
    assert body["parameters"] == {"retry_after": 50}
    hands.pass_by(seconds=50)
    assert await _taken(wire, group.id, 1) == 1


async def test_thirty_a_second_over_all(server: BotApiServer, wire: Any, hands: Any) -> None:
    people = [server.world.user(f"P{number}", started=True) for number in range(31)]
    taken = [await _taken(wire, person.id, 1) for person in people]
    assert taken == [1] * 30 + [0]
    await wire.done("getMe")
    hands.pass_by(seconds=1)
    assert await _taken(wire, people[-1].id, 1) == 1


async def test_what_was_refused_does_not_count(server: BotApiServer, wire: Any) -> None:
    ana = server.world.user("Ana", started=True)
    for _ in range(10):
        await wire.refused("sendMessage", chat_id=ana.id, text="")
    assert await _taken(wire, ana.id, 5) == 5


@pytest.mark.parametrize("method", ["sendChatAction", "setMessageReaction"])
async def test_what_makes_no_message_is_not_limited(server: BotApiServer, wire: Any, method: str) -> None:
    ana = server.world.user("Ana")
    asked = ana.writes_private("/start")
    extra = {"action": "typing"} if method == "sendChatAction" else {"message_id": asked.message_id}
    for _ in range(10):
        await wire.done(method, chat_id=ana.id, **extra)


async def test_limits_can_be_switched_off(server: BotApiServer, wire: Any) -> None:
    server.limits.enabled = False
    ana = server.world.user("Ana", started=True)
    assert await _taken(wire, ana.id, 40) == 40
