"""From Telegram's raw update to what was heard. The only place that reads Telegram's shapes."""

import json
import re
from collections.abc import Iterator
from typing import Any

from telegram import (
    CallbackQuery,
    Chat,
    ChatMember,
    ChatMemberUpdated,
    InaccessibleMessage,
    Message,
    MessageEntity,
    Update,
    User,
)
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
PRESENT = {ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.OWNER}


def lane(raw: dict[str, Any]) -> int:
    """The chat whose order an update keeps; 0 for none."""
    try:
        part = raw.get("message") or raw.get("my_chat_member") or raw["callback_query"]["message"]
        return int(part["chat"]["id"])
    except (KeyError, TypeError, ValueError):
        return 0


def kept(value: Any) -> Any:
    """An update as a database can keep it, whichever of its texts is strange: none may stop those behind it."""
    if isinstance(value, str):
        return keepable(value)
    if isinstance(value, list):
        return [kept(part) for part in value]
    if isinstance(value, dict):
        return {keepable(name): kept(part) for name, part in value.items()}
    return value


def is_chat_of_others(raw: dict[str, Any], bot_id: int) -> bool:
    """Whether this is people talking among themselves: never kept, not even for a moment."""
    try:
        return "message" in raw and _is_talk(raw["message"], bot_id)
    except (AttributeError, KeyError, TypeError):
        return False  # of a shape nobody knows: kept, so that it is set aside with a trace


def _is_talk(message: dict[str, Any], bot_id: int) -> bool:
    if message["chat"]["type"] == Chat.PRIVATE:
        return False
    text: str = message.get("text") or message.get("caption") or ""
    answered = ((message.get("reply_to_message") or {}).get("from") or {}).get("id") == bot_id
    return not (text.startswith("/") or answered or any(name in message for name in SERVICE))


def read(raw: str, *, bot_id: int, username: str) -> Happened | None:
    """What an update says to this bot; None when it is nothing of ours. Raises for what cannot be read."""
    update = Update.de_json(json.loads(raw), None)
    if update.message is not None:
        return _message(update.update_id, update.message, bot_id, username)
    if update.callback_query is not None:
        return _press(update.update_id, update.callback_query, bot_id)
    if update.my_chat_member is not None:
        return _moved(update.update_id, update.my_chat_member)
    return None


def _message(update_id: int, message: Message, bot_id: int, username: str) -> Happened | None:
    if message.migrate_to_chat_id is not None:
        return ChatMoved(update_id, message.chat.id, message.migrate_to_chat_id)
    if message.migrate_from_chat_id is not None:
        return ChatMoved(update_id, message.migrate_from_chat_id, message.chat.id)
    if message.left_chat_member is not None:
        return PersonLeft(update_id, message.chat.id, message.left_chat_member.id)
    if message.chat.type not in KINDS or message.from_user is None:
        return None
    return _words(update_id, message, bot_id, username)


def _words(update_id: int, message: Message, bot_id: int, username: str) -> Heard | None:
    text = clean(message.text or message.caption or "")
    command, addressee, words = _command(text)
    if addressee and addressee.lower() != username.lower():
        return None
    return Heard(
        bot_id=bot_id,
        update_id=update_id,
        chat_id=message.chat.id,
        chat_kind=KINDS[message.chat.type],
        chat_title=message.chat.title or "",
        sender=_sender(message.from_user, masked=message.sender_chat is not None),
        at=message.date,
        thread_id=_thread(message),
        message_id=message.message_id,
        text=text,
        command=command,
        words=words,
        mentions=tuple(_mentions(message)),
        attachments=tuple(_attachments(message)),
        reply_to=_quoted(message, bot_id),
    )


def _press(update_id: int, query: CallbackQuery, bot_id: int) -> Heard | None:
    message = query.message
    if message is None or message.chat.type not in KINDS or not query.data:
        return None
    inaccessible = isinstance(message, InaccessibleMessage)
    return Heard(
        bot_id=bot_id,
        update_id=update_id,
        chat_id=message.chat.id,
        chat_kind=KINDS[message.chat.type],
        chat_title=message.chat.title or "",
        sender=_sender(query.from_user, masked=False),
        at=message.date,
        thread_id=0 if inaccessible or not isinstance(message, Message) else _thread(message),
        press=Press(query.id, query.data, None if inaccessible else message.message_id),
    )


def _moved(update_id: int, change: ChatMemberUpdated) -> BotMoved | None:
    if change.chat.type not in KINDS:
        return None
    return BotMoved(
        update_id,
        change.chat.id,
        KINDS[change.chat.type],
        change.chat.title or "",
        change.new_chat_member.status in PRESENT,
        _sender(change.from_user, masked=False),
    )


def _command(text: str) -> tuple[str, str, str]:
    """(command, addressee, words) of "/command@addressee words"; empty strings where there is none."""
    found = re.match(r"/([A-Za-z0-9_]+)(?:@(\w+))?(?:\s+|$)", text)
    if found is None:
        return "", "", text
    return found[1].lower(), found[2] or "", text[found.end() :].strip()


def _sender(user: User | None, *, masked: bool) -> Sender:
    assert user is not None, "channel posts are left out before"
    return Sender(
        telegram_id=user.id,
        name=clean(user.full_name or "") or "?",  # None where nothing but NUL stood in it
        username=user.username,
        language=user.language_code,
        anonymous=masked or user.is_bot or user.id in MASKS,
    )


def _thread(message: Message) -> int:
    return message.message_thread_id or 0 if message.is_topic_message else 0


def _mentions(message: Message) -> Iterator[Mention]:
    wanted: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    found = message.parse_entities(wanted) if message.text else message.parse_caption_entities(wanted)
    for entity, shown in found.items():
        if entity.user is not None:
            yield Mention(clean(shown), entity.user.username, entity.user.id, clean(entity.user.full_name or ""))
        elif entity.type == MessageEntity.MENTION:
            yield Mention(shown, username=shown[1:])


def _attachments(message: Message) -> Iterator[Attachment]:
    for kind in FILES:
        file = getattr(message, kind)
        if file is not None:
            yield Attachment(kind, file_id=file.file_id, name=clean(getattr(file, "file_name", None) or ""))
            break  # Telegram calls an animation a document too
    if message.photo:
        yield Attachment("photo", file_id=message.photo[-1].file_id)
    links: list[str | None] = [MessageEntity.URL, MessageEntity.TEXT_LINK]
    found = message.parse_entities(links) if message.text else message.parse_caption_entities(links)
    for entity, shown in found.items():
        yield Attachment("link", link=entity.url or shown)


def _quoted(message: Message, bot_id: int) -> Quoted | None:
    quoted = message.reply_to_message
    # In a topic every message "replies" to the one that opened it.
    if quoted is None or quoted.forum_topic_created is not None:
        return None
    return Quoted(
        message_id=quoted.message_id,
        text=clean(quoted.text or quoted.caption or ""),
        sender=_sender(quoted.from_user, masked=quoted.sender_chat is not None) if quoted.from_user else None,
        from_this_bot=quoted.from_user is not None and quoted.from_user.id == bot_id,
        attachments=tuple(_attachments(quoted)),
    )
