"""Commands, names and descriptions are kept per scope and language."""

from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChatMember,
    MenuButtonCommands,
    MenuButtonDefault,
)

from bot.rehearsal.server import BotApiServer


async def test_a_client_offers_the_narrowest_list(server: BotApiServer, ptb: Bot) -> None:
    ana, bo = server.world.user("Ana"), server.world.user("Bo", language_code="lo")
    group = server.world.group("Group", [ana, bo])

    async def put(name: str, scope: Any = None, language: str | None = None) -> None:
        await ptb.set_my_commands([BotCommand(name, "words")], scope=scope, language_code=language)

    await put("everywhere")
    assert server.world.menu_for(bo, group) == ["everywhere"]
    await put("groups", BotCommandScopeAllGroupChats())
    await put("groups_lo", BotCommandScopeAllGroupChats(), "lo")
    await put("admins", BotCommandScopeAllChatAdministrators())
    await put("private", BotCommandScopeAllPrivateChats())
    assert server.world.menu_for(bo, group) == ["groups_lo"]
    assert server.world.menu_for(ana, group) == ["admins"]
    assert server.world.menu_for(ana, ana.private) == ["private"]
    await put("only_bo", BotCommandScopeChatMember(group.id, bo.id))
    assert server.world.menu_for(bo, group) == ["only_bo"]
    assert [one.command for one in await ptb.get_my_commands(scope=BotCommandScopeAllGroupChats())] == ["groups"]
    await ptb.delete_my_commands(scope=BotCommandScopeAllPrivateChats())
    assert server.world.menu_for(ana, ana.private) == ["everywhere"]


_SCOPE = "can't parse BotCommandScope"


def _one(**changed: str) -> dict[str, Any]:
    return {"commands": [{"command": "help", "description": "x"} | changed]}


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        pytest.param(_one(command="Help"), "BOT_COMMAND_INVALID", id="a capital"),
        pytest.param(_one(description=""), "BOT_COMMAND_DESCRIPTION_INVALID", id="no description"),
        pytest.param(_one(words="x"), "unknown field words in BotCommand", id="an unknown field"),
        pytest.param({"commands": _one()["commands"] * 101}, "BOT_COMMANDS_TOO_MUCH", id="too many"),
        pytest.param(_one() | {"language_code": "lao"}, "LANGUAGE_CODE_INVALID", id="three letters"),
        pytest.param(_one() | {"scope": {"type": "moon"}}, f"{_SCOPE}: unsupported type specified", id="unknown scope"),
        pytest.param(_one() | {"scope": {"type": "chat"}}, f"{_SCOPE}: chat_id is missing", id="no chat"),
        pytest.param(_one() | {"scope": {"type": "chat", "chat_id": 5}}, "chat not found", id="unknown chat"),
    ],
)
async def test_menus_that_are_not_taken(wire: Any, parameters: dict[str, Any], words: str) -> None:
    assert await wire.refused("setMyCommands", **parameters) == f"Bad Request: {words}"


async def test_names_and_descriptions_by_language(ptb: Bot, wire: Any) -> None:
    assert (await ptb.get_my_name()).name == "Focalpoint"
    await ptb.set_my_name("Focal", language_code="en")
    await ptb.set_my_description("What it does")
    await ptb.set_my_short_description("In short")
    assert ((await ptb.get_my_name("en")).name, (await ptb.get_my_name("lo")).name) == ("Focal", "Focalpoint")
    assert (await ptb.get_my_description("lo")).description == "What it does"
    assert (await ptb.get_my_short_description()).short_description == "In short"
    assert await wire.refused("setMyDescription", description="x" * 513) == "Bad Request: BOT_DESCRIPTION_TOO_LONG"


async def test_the_menu_button(server: BotApiServer, ptb: Bot) -> None:
    ana = server.world.user("Ana", started=True)
    await ptb.set_chat_menu_button(ana.id, MenuButtonDefault())
    assert await ptb.get_chat_menu_button(ana.id) == MenuButtonDefault()
    assert await ptb.get_chat_menu_button() == MenuButtonCommands()
