"""Reply markups: which buttons may be sent, and what is wrong with the others."""

from typing import Any
from urllib.parse import urlsplit

from bot.rehearsal.entities import is_blank, units
from bot.rehearsal.records import PRIVATE, Chat, Json
from bot.rehearsal.refusals import bad

MOST_BUTTONS, MOST_IN_A_ROW, MOST_DATA_BYTES, MOST_COPIED = 100, 8, 64, 256
_ACTION_WORDS = (
    "url callback_data web_app login_url switch_inline_query switch_inline_query_current_chat "
    "switch_inline_query_chosen_chat copy_text callback_game pay"
)
_WHAT_IT_DOES = frozenset(_ACTION_WORDS.split())
_HOW_IT_LOOKS = frozenset({"text", "style", "icon_custom_emoji_id"})
_STYLES = frozenset({"danger", "success", "primary"})
_REPLY_BUTTON_WORDS = (
    "text request_users request_chat request_contact request_location request_poll web_app style icon_custom_emoji_id"
)
_REPLY_BUTTON = frozenset(_REPLY_BUTTON_WORDS.split())
_MARKUPS = {
    "inline_keyboard": {"inline_keyboard"},
    "keyboard": {
        "keyboard", "is_persistent", "resize_keyboard", "one_time_keyboard", "input_field_placeholder", "selective",
    },
    "remove_keyboard": {"remove_keyboard", "selective"},
    "force_reply": {"force_reply", "input_field_placeholder", "selective"},
}  # fmt: skip


def check_markup(markup: Json | None, chat: Chat, *, inline_only: bool = False) -> None:
    """Refuse a reply markup Telegram would not take in this chat."""
    if markup is None:
        return
    kinds = [kind for kind in _MARKUPS if kind in markup]
    if len(kinds) != 1 or (inline_only and kinds != ["inline_keyboard"]):
        raise bad("object expected as reply markup")
    for key in markup.keys() - _MARKUPS[kinds[0]]:
        raise bad(f"unknown field {key} in reply_markup")
    if kinds == ["inline_keyboard"]:
        _check_inline(markup["inline_keyboard"], chat)
    elif kinds == ["keyboard"]:
        _check_keyboard(markup["keyboard"])
    _check_placeholder(markup.get("input_field_placeholder"))


def _check_placeholder(words: Any) -> None:
    if words is not None and (not isinstance(words, str) or not 1 <= units(words) <= 64):
        raise bad("input field placeholder must be 1-64 characters long")


def _check_inline(rows: Any, chat: Chat) -> None:
    buttons = _buttons(rows, "inline keyboard")
    for button in buttons:
        _check_inline_button(button, chat)


def _buttons(rows: Any, name: str) -> list[Any]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad(f"field of type {name} must be an array of arrays")
    if any(len(row) > MOST_IN_A_ROW for row in rows):
        raise bad(f"{name} has more than {MOST_IN_A_ROW} buttons in a row")
    buttons = [button for row in rows for button in row]
    if len(buttons) > MOST_BUTTONS:
        raise bad("reply markup is too long")
    return buttons


def _check_inline_button(button: Any, chat: Chat) -> None:
    if not isinstance(button, dict):
        raise bad("can't parse inline keyboard button: expected an Object")
    for key in button.keys() - _WHAT_IT_DOES - _HOW_IT_LOOKS:
        raise bad(f"unknown field {key} in inline keyboard button")
    _check_words(button, "inline keyboard button")
    does = [key for key in button if key in _WHAT_IT_DOES]
    if not does:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(does) > 1:
        raise bad("can't parse inline keyboard button: exactly one optional field must be used")
    _check_action(does[0], button[does[0]], chat)


def _check_words(button: Json, name: str) -> None:
    words = button.get("text")
    if not isinstance(words, str) or is_blank(words):
        raise bad(f"{name} text must be non-empty")
    if button.get("style", "primary") not in _STYLES:
        raise bad("BUTTON_STYLE_INVALID")


def _check_action(kind: str, value: Any, chat: Chat) -> None:
    if kind == "callback_data" and not _is_data(value):
        raise bad("BUTTON_DATA_INVALID")
    if kind == "url" and not _is_url(value):
        raise bad(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
    if kind == "copy_text" and not _is_copied(value):
        raise bad("BUTTON_COPY_TEXT_INVALID")
    if kind == "web_app" and chat.kind != PRIVATE:
        raise bad("BUTTON_TYPE_INVALID")


def _is_data(value: Any) -> bool:
    return isinstance(value, str) and 1 <= len(value.encode()) <= MOST_DATA_BYTES


def _is_copied(value: Any) -> bool:
    if not isinstance(value, dict) or set(value) != {"text"}:
        return False
    return isinstance(value["text"], str) and 1 <= units(value["text"]) <= MOST_COPIED


def _is_url(value: Any) -> bool:
    if not isinstance(value, str) or any(letter.isspace() for letter in value):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    if parts.scheme == "tg":
        return bool(parts.netloc or parts.path)
    return parts.scheme in {"http", "https"} and "." in (parts.hostname or "")


def _check_keyboard(rows: Any) -> None:
    for button in _buttons(rows, "keyboard"):
        described = {"text": button} if isinstance(button, str) else button
        if not isinstance(described, dict):
            raise bad("can't parse keyboard button: expected an Object")
        for key in described.keys() - _REPLY_BUTTON:
            raise bad(f"unknown field {key} in keyboard button")
        _check_words(described, "keyboard button")
