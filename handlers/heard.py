"""What the bot heard: one message, command or press, free of Telegram's own types."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from storage.kinds import ChatKind


@dataclass(frozen=True)
class Sender:
    """Whoever wrote or pressed, as Telegram tells. `anonymous`: an admin or channel behind a mask, or another bot."""

    telegram_id: int
    name: str
    username: str | None = None
    language: str | None = None
    anonymous: bool = False


@dataclass(frozen=True)
class Mention:
    """Somebody named in a text: by @username, or by a text mention, which alone carries an id."""

    shown: str
    username: str | None = None
    telegram_id: int | None = None
    name: str = ""


@dataclass(frozen=True)
class Attachment:
    """A file or link; `kind` is "link" or what Telegram calls the file, such as "document", "photo" or "video_note".

    `content` is the text of a table.
    """

    kind: str
    file_id: str = ""
    link: str = ""
    name: str = ""
    content: str = ""


@dataclass(frozen=True)
class Quoted:
    """The message replied to."""

    message_id: int
    text: str
    sender: Sender | None
    from_this_bot: bool = False
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Press:
    """A pressed button: its callback and, once its token was read, what it means."""

    callback_id: str
    token: str
    message_id: int | None
    name: str = ""
    args: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Heard:
    """One thing heard. `command` is without slash and lower case ("" for none), `words` is what stands behind it.

    `edited` is a message that was changed after it had been heard; `at` is when it was written first.
    `thread_id` is 0 outside topics. `text` is the whole text or caption, NFC, without NUL and lone surrogates.
    """

    bot_id: int
    update_id: int
    chat_id: int
    chat_kind: ChatKind
    chat_title: str
    sender: Sender
    at: datetime
    thread_id: int = 0
    message_id: int | None = None
    text: str = ""
    command: str = ""
    words: str = ""
    mentions: tuple[Mention, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    reply_to: Quoted | None = None
    press: Press | None = None
    edited: bool = False

    @property
    def private(self) -> bool:
        """Whether this was said to the bot alone."""
        return self.chat_kind is ChatKind.PRIVATE


@dataclass(frozen=True)
class BotMoved:
    """The bot came into a chat or went out of it; in private: was unblocked or blocked."""

    update_id: int
    chat_id: int
    chat_kind: ChatKind
    title: str
    present: bool
    sender: Sender


@dataclass(frozen=True)
class ChatMoved:
    """A group became a supergroup, which has another id."""

    update_id: int
    old_id: int
    new_id: int


@dataclass(frozen=True)
class PersonLeft:
    """Somebody went out of a chat."""

    update_id: int
    chat_id: int
    telegram_id: int


Happened = Heard | BotMoved | ChatMoved | PersonLeft
