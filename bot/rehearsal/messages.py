"""A message as everybody in its chat sees it now."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.rehearsal.files import MEDIA
from bot.rehearsal.records import Chat, Json, User


class NoSuchButton(LookupError):
    """The message does not carry this button now; the words say which it carries."""


@dataclass(eq=False, repr=False)
class Message:
    """One message with its edits applied; `content` holds the Bot API fields that depend on its kind."""

    chat: Chat
    message_id: int
    date: datetime
    sender: User
    content: Json
    sender_chat: Chat | None = None
    reply_to: "Message | None" = None
    thread_id: int | None = None
    in_topic: bool = False
    markup: Json | None = None
    source: str | None = None
    silent: bool = False
    edit_date: datetime | None = None
    deleted: bool = False
    reactions: dict[int, list[Json]] = field(default_factory=dict)
    versions: list[str] = field(default_factory=list)

    def __repr__(self) -> str:
        return f"<{self.message_id} in {self.chat.name}, {self.sender.full_name}: {self.text!r} {self.buttons}>"

    @property
    def text(self) -> str:
        """The text or the caption, without formatting; empty for a service message."""
        return str(self.content.get("text") or self.content.get("caption") or "")

    @property
    def entities(self) -> list[Json]:
        """The entities of the text or of the caption."""
        found: list[Json] = self.content.get("entities") or self.content.get("caption_entities") or []
        return found

    @property
    def is_service(self) -> bool:
        """Whether it tells of an event (somebody joined, a pin) and was not written by anybody."""
        return not {"text", "document", "photo", *MEDIA} & set(self.content)

    @property
    def rows(self) -> list[list[Json]]:
        """The inline buttons it carries now, row by row."""
        return inline_rows(self.markup)

    @property
    def buttons(self) -> list[str]:
        """The words on its inline buttons, in reading order."""
        return [str(button["text"]) for row in self.rows for button in row]

    def button(self, name: str) -> Json:
        """The inline button with these words or this callback data; NoSuchButton when it carries none."""
        every = [button for row in self.rows for button in row]
        for button in every:
            if name in (button["text"], button.get("callback_data")):
                return button
        where = "deleted message" if self.deleted else "message"
        raise NoSuchButton(f"no button {name!r} on {where} {self.message_id}; it carries {self.buttons}")

    def json(self, *, with_reply: bool = True) -> Json:
        """The Message object of the Bot API; the message replied to is nested one level deep."""
        message: Json = {"message_id": self.message_id, "date": int(self.date.timestamp())}
        message |= {"chat": self.chat.json(), "from": self.sender.json(), **self.content}
        if self.sender_chat:
            message["sender_chat"] = self.sender_chat.json()
        if self.thread_id:
            message["message_thread_id"] = self.thread_id
        if self.in_topic:
            message["is_topic_message"] = True
        if self.edit_date:
            message["edit_date"] = int(self.edit_date.timestamp())
        if self.rows:
            message["reply_markup"] = self.markup
        if with_reply and self.reply_to and not self.reply_to.deleted:
            message["reply_to_message"] = self.reply_to.json(with_reply=False)
        return message


def inline_rows(markup: Json | None) -> list[list[Json]]:
    """The inline buttons of a reply markup, empty rows left out."""
    return [row for row in (markup or {}).get("inline_keyboard", []) if row]
