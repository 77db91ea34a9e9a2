"""From Telegram's raw update to what was heard. The only place that reads Telegram's shapes."""

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from telegram import Chat, ChatMember, MessageEntity
from telegram.constants import ChatID

from handlers.heard import (
    Attachment,
    BotMoved,
    ChatMoved,
    Happened,
    Heard,
    Mention,
    PersonLeft,
    Press,
    Quoted,
    Sender,
)
from handlers.rules.text import clean, keepable
from storage.kinds import ChatKind

KINDS = {Chat.PRIVATE: ChatKind.PRIVATE, Chat.GROUP: ChatKind.GROUP, Chat.SUPERGROUP: ChatKind.SUPERGROUP}
MASKS = {ChatID.ANONYMOUS_ADMIN, ChatID.FAKE_CHANNEL, ChatID.SERVICE_CHAT}
FILES = ("animation", "audio", "video", "video_note", "voice", "document")
"""What a message can carry besides photos, at most one of them; an animation before the document it is as well."""
SERVICE = ("migrate_to_chat_id", "migrate_from_chat_id", "left_chat_member")
MENTIONS = {MessageEntity.MENTION, MessageEntity.TEXT_MENTION}
LINKS = {MessageEntity.URL, MessageEntity.TEXT_LINK}
NUL = "\\u0000"
"""How JSON writes it."""
PRESENT = {ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.OWNER}

Raw = dict[str, Any]
"""Something in Telegram's own shape: python-telegram-bot's objects cost more than all that is read from them."""


def lane(raw: dict[str, Any]) -> int:
    """The chat whose order an update keeps; 0 for none."""
    try:
        said = raw.get("message") or raw.get("edited_message")
        part = said or raw.get("my_chat_member") or raw["callback_query"]["message"]
        return int(part["chat"]["id"])
    except (KeyError, TypeError, ValueError):
        return 0


def kept(update: Raw) -> str:
    """An update as a database can keep it, whichever of its texts is strange: none may stop those behind it."""
    text = json.dumps(update, ensure_ascii=False)
    if NUL not in text and keepable(text) == text:
        return text
    return json.dumps(_keepable(update), ensure_ascii=False)


def _keepable(value: Any) -> Any:
    if isinstance(value, str):
        return keepable(value)
    if isinstance(value, list):
        return [_keepable(part) for part in value]
    if isinstance(value, dict):
        return {keepable(name): _keepable(part) for name, part in value.items()}
    return value


def is_chat_of_others(raw: dict[str, Any], bot_id: int) -> bool:
    """Whether this is people talking among themselves: never kept, not even for a moment."""
    try:
        if "edited_message" in raw:
            return not _said(raw["edited_message"]).startswith("/")
        return "message" in raw and _is_talk(raw["message"], bot_id)
    except (AttributeError, KeyError, TypeError):
        return False  # of a shape nobody knows: kept, so that it is set aside with a trace


def _is_talk(message: dict[str, Any], bot_id: int) -> bool:
    if message["chat"]["type"] == Chat.PRIVATE:
        return False
    text = _said(message)
    answered = ((message.get("reply_to_message") or {}).get("from") or {}).get("id") == bot_id
    return not (text.startswith("/") or answered or any(name in message for name in SERVICE))


def _said(message: Raw) -> str:
    words: str = message.get("text") or message.get("caption") or ""
    return words


def read(raw: str, *, bot_id: int, username: str) -> Happened | None:
    """What an update says to this bot; None when it is nothing of ours. Raises for what cannot be read."""
    update: Raw = json.loads(raw)
    if update.get("message"):
        return _message(update["update_id"], update["message"], bot_id, username)
    if update.get("edited_message"):
        return _edited(update["update_id"], update["edited_message"], bot_id, username)
    if update.get("callback_query"):
        return _press(update["update_id"], update["callback_query"], bot_id)
    if update.get("my_chat_member"):
        return _moved(update["update_id"], update["my_chat_member"])
    return None


def _message(update_id: int, message: Raw, bot_id: int, username: str) -> Happened | None:
    chat: Raw = message["chat"]
    at = _instant(message["date"])  # whatever it is about: what cannot be dated cannot be read
    if message.get("migrate_to_chat_id") is not None:
        return ChatMoved(update_id, chat["id"], message["migrate_to_chat_id"])
    if message.get("migrate_from_chat_id") is not None:
        return ChatMoved(update_id, message["migrate_from_chat_id"], chat["id"])
    if message.get("left_chat_member"):
        return PersonLeft(update_id, chat["id"], message["left_chat_member"]["id"])
    if chat["type"] not in KINDS or not message.get("from"):
        return None
    return _words(update_id, message, at, bot_id, username)


def _edited(update_id: int, message: Raw, bot_id: int, username: str) -> Heard | None:
    """A command that was changed, or a message that became one; anything else that is changed is nothing of ours."""
    told = _message(update_id, message, bot_id, username)
    return replace(told, edited=True) if isinstance(told, Heard) and told.command else None


def _words(update_id: int, message: Raw, at: datetime, bot_id: int, username: str) -> Heard | None:
    text = clean(_said(message))
    command, addressee, words = _command(text)
    if addressee and addressee.lower() != username.lower():
        return None
    return Heard(
        bot_id=bot_id,
        update_id=update_id,
        chat_id=message["chat"]["id"],
        chat_kind=KINDS[message["chat"]["type"]],
        chat_title=message["chat"].get("title") or "",
        sender=_sender(message["from"], masked=bool(message.get("sender_chat"))),
        at=at,
        thread_id=_thread(message),
        message_id=message["message_id"],
        text=text,
        command=command,
        words=words,
        mentions=tuple(_mentions(message)),
        attachments=tuple(_attachments(message)),
        reply_to=_quoted(message, bot_id),
    )


def _press(update_id: int, query: Raw, bot_id: int) -> Heard | None:
    message: Raw = query.get("message") or {}
    if not message or message["chat"]["type"] not in KINDS or not query.get("data"):
        return None
    inaccessible = message["date"] == 0
    return Heard(
        bot_id=bot_id,
        update_id=update_id,
        chat_id=message["chat"]["id"],
        chat_kind=KINDS[message["chat"]["type"]],
        chat_title=message["chat"].get("title") or "",
        sender=_sender(query["from"], masked=False),
        at=_instant(message["date"]),
        thread_id=0 if inaccessible else _thread(message),
        press=Press(query["id"], query["data"], None if inaccessible else message["message_id"]),
    )


def _moved(update_id: int, change: Raw) -> BotMoved | None:
    chat: Raw = change["chat"]
    if chat["type"] not in KINDS:
        return None
    return BotMoved(
        update_id,
        chat["id"],
        KINDS[chat["type"]],
        chat.get("title") or "",
        change["new_chat_member"]["status"] in PRESENT,
        _sender(change["from"], masked=False),
    )


def _command(text: str) -> tuple[str, str, str]:
    """(command, addressee, words) of "/command@addressee words"; empty strings where there is none."""
    found = re.match(r"/([A-Za-z0-9_]+)(?:@(\w+))?(?:\s+|$)", text)
    if found is None:
        return "", "", text
    return found[1].lower(), found[2] or "", text[found.end() :].strip()


def _instant(date: int) -> datetime:
    return datetime.fromtimestamp(date, UTC)


def _sender(user: Raw, *, masked: bool) -> Sender:
    return Sender(
        telegram_id=user["id"],
        name=_name(user) or "?",  # nothing where nothing but NUL stood in it
        username=user.get("username"),
        language=user.get("language_code"),
        anonymous=masked or user["is_bot"] or user["id"] in MASKS,
    )


def _name(user: Raw) -> str:
    return clean(" ".join(filter(None, (user["first_name"], user.get("last_name")))))


def _thread(message: Raw) -> int:
    return message.get("message_thread_id") or 0 if message.get("is_topic_message") else 0


def _mentions(message: Raw) -> Iterator[Mention]:
    for entity, shown in _entities(message, MENTIONS):
        user = entity.get("user")
        if user:
            yield Mention(clean(shown), user.get("username"), user["id"], _name(user))
        elif entity["type"] == MessageEntity.MENTION:
            yield Mention(shown, username=shown[1:])


def _attachments(message: Raw) -> Iterator[Attachment]:
    for kind in FILES:
        file = message.get(kind)
        if file:
            yield Attachment(kind, file_id=file["file_id"], name=clean(file.get("file_name") or ""))
            break  # Telegram calls an animation a document too
    if message.get("photo"):
        yield Attachment("photo", file_id=message["photo"][-1]["file_id"])
    for entity, shown in _entities(message, LINKS):
        yield Attachment("link", link=entity.get("url") or shown)


def _entities(message: Raw, kinds: Collection[str]) -> Iterator[tuple[Raw, str]]:
    """The entities of these kinds, each with the words it covers: Telegram counts in units of UTF-16."""
    named = "" if message.get("text") else "caption_"
    for entity in message.get(f"{named}entities") or ():
        if entity["type"] in kinds:
            units = (message.get("text") or message.get("caption") or "").encode("utf-16-le")
            begin, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
            yield entity, units[begin:end].decode("utf-16-le", errors="ignore")  # a border inside a sign


def _quoted(message: Raw, bot_id: int) -> Quoted | None:
    quoted: Raw = message.get("reply_to_message") or {}
    # In a topic every message "replies" to the one that opened it.
    if not quoted or quoted.get("forum_topic_created") is not None:
        return None
    sender: Raw | None = quoted.get("from")
    return Quoted(
        message_id=quoted["message_id"],
        text=clean(quoted.get("text") or quoted.get("caption") or ""),
        sender=_sender(sender, masked=bool(quoted.get("sender_chat"))) if sender else None,
        from_this_bot=sender is not None and sender["id"] == bot_id,
        attachments=tuple(_attachments(quoted)),
    )
