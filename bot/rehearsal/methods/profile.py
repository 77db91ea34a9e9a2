"""The bot's names, descriptions, commands and menu button, per scope and language."""

import re
from typing import Any

from bot.rehearsal.entities import units
from bot.rehearsal.parameters import check_object
from bot.rehearsal.records import Json
from bot.rehearsal.refusals import bad
from bot.rehearsal.state import State

MOST_COMMANDS, LONGEST_DESCRIPTION = 100, 256
LONGEST = {"name": 64, "description": 512, "short_description": 120}
_SCOPES: dict[str, dict[str, Any]] = {
    "default": {},
    "all_private_chats": {},
    "all_group_chats": {},
    "all_chat_administrators": {},
    "chat": {"chat_id": (int, str)},
    "chat_administrators": {"chat_id": (int, str)},
    "chat_member": {"chat_id": (int, str), "user_id": int},
}
_MENU_BUTTONS = {"default": {"type"}, "commands": {"type"}, "web_app": {"type", "text", "web_app"}}


def set_my_commands(state: State, parameters: Json) -> bool:
    """setMyCommands: the list for one scope and language."""
    commands = parameters["commands"]
    if len(commands) > MOST_COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        _check_command(command)
    state.commands[_scope(state, parameters), _language(parameters)] = commands
    return True


def get_my_commands(state: State, parameters: Json) -> list[Json]:
    """getMyCommands: exactly what was set for this scope and language."""
    return state.commands.get((_scope(state, parameters), _language(parameters)), [])


def delete_my_commands(state: State, parameters: Json) -> bool:
    """deleteMyCommands: so that wider scopes show through again."""
    state.commands.pop((_scope(state, parameters), _language(parameters)), None)
    return True


def _check_command(command: Any) -> None:
    if not isinstance(command, dict):
        raise bad("can't parse BotCommand: expected an Object")
    check_object("BotCommand", command, {"command": str, "description": str})
    if not re.fullmatch(r"[a-z0-9_]{1,32}", command.get("command", "")):
        raise bad("BOT_COMMAND_INVALID")
    if not 1 <= units(command.get("description", "")) <= LONGEST_DESCRIPTION:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")


def _scope(state: State, parameters: Json) -> str:
    """A scope as one word: its type, and the chat and person it is for."""
    scope = parameters.get("scope", {"type": "default"})
    kind = scope.get("type")
    if kind not in _SCOPES:
        raise bad("can't parse BotCommandScope: unsupported type specified")
    check_object("BotCommandScope", scope, {"type": str} | _SCOPES[kind])
    for key in _SCOPES[kind].keys() - scope.keys():
        raise bad(f"can't parse BotCommandScope: {key} is missing")
    if "chat_id" not in scope:
        return str(kind)
    chat = state.open_chat(scope["chat_id"])
    return ":".join(str(part) for part in (kind, chat.id, scope.get("user_id")) if part is not None)


def _language(parameters: Json) -> str:
    code = str(parameters.get("language_code", ""))
    if not re.fullmatch(r"([a-z]{2})?", code):
        raise bad("LANGUAGE_CODE_INVALID")
    return code


def _set(state: State, parameters: Json, key: str) -> bool:
    words = parameters.get(key, "")
    if units(words) > LONGEST[key]:
        raise bad(f"BOT_{key.upper()}_TOO_LONG")
    state.profile[key, _language(parameters)] = words
    return True


def _get(state: State, parameters: Json, key: str) -> Json:
    """The words for a language, or those for every language."""
    usual = state.profile.get((key, ""), state.bot.first_name if key == "name" else "")
    return {key: state.profile.get((key, _language(parameters))) or usual}


def set_my_name(state: State, parameters: Json) -> bool:
    """setMyName: at most 64 units."""
    return _set(state, parameters, "name")


def get_my_name(state: State, parameters: Json) -> Json:
    """getMyName."""
    return _get(state, parameters, "name")


def set_my_description(state: State, parameters: Json) -> bool:
    """setMyDescription: at most 512 units."""
    return _set(state, parameters, "description")


def get_my_description(state: State, parameters: Json) -> Json:
    """getMyDescription."""
    return _get(state, parameters, "description")


def set_my_short_description(state: State, parameters: Json) -> bool:
    """setMyShortDescription: at most 120 units."""
    return _set(state, parameters, "short_description")


def get_my_short_description(state: State, parameters: Json) -> Json:
    """getMyShortDescription."""
    return _get(state, parameters, "short_description")


def set_chat_menu_button(state: State, parameters: Json) -> bool:
    """setChatMenuButton: for one private chat or for all."""
    button = parameters.get("menu_button", {"type": "default"})
    if button.get("type") not in _MENU_BUTTONS or set(button) != _MENU_BUTTONS[button["type"]]:
        raise bad("can't parse menu button")
    state.menu_buttons[_menu_chat(state, parameters)] = button
    return True


def get_chat_menu_button(state: State, parameters: Json) -> Json:
    """getChatMenuButton: the chat's own, or the one for all."""
    everywhere = state.menu_buttons.get(None, {"type": "commands"})
    return state.menu_buttons.get(_menu_chat(state, parameters), everywhere)


def _menu_chat(state: State, parameters: Json) -> int | None:
    if "chat_id" not in parameters:
        return None
    chat = state.chat(parameters["chat_id"])
    if chat.person is None:
        raise bad("chat must be private")
    return chat.id
