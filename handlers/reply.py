"""What a handler wants said: effects that the edge turns into outbox rows, rendered in each reader's languages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from markupsafe import Markup

from handlers.voice import Say
from storage.kinds import Priority, Subject


class Button(NamedTuple):
    """A button: either a press with arguments (ints, texts), or a link, or a text to copy."""

    label: str
    press: str = ""
    args: Mapping[str, Any] = {}
    url: str = ""
    copy: str = ""


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class Page:
    """A text in Telegram's HTML with buttons below. `ask` shows that a typed answer is expected (its placeholder)."""

    text: Markup
    rows: Rows = ()
    ask: str = ""


View = Callable[[Say], Page]


@dataclass(frozen=True)
class Answer:
    """A message where the request came from, as a reply to it. `key` names it for a dialogue that waits for replies.

    `personal` is in the language of whoever asked, also where others read it: refusals, and what concerns him alone.
    """

    view: View
    key: str = ""
    personal: bool = False


@dataclass(frozen=True)
class Edit:
    """The message whose button was pressed becomes this page."""

    view: View


@dataclass(frozen=True)
class Toast:
    """A short plain answer to a press (200 characters at most); `alert` makes the person dismiss it."""

    view: View
    alert: bool = False


@dataclass(frozen=True)
class React:
    """A reaction to the message as the acknowledgement; `otherwise` is said where reactions are not allowed."""

    otherwise: View
    emoji: str = "👍"


@dataclass(frozen=True)
class ShowCard:
    """The living card of a record here: posted anew below the request, and the older message of it forgotten.

    `new` is a record that was made just now, so that no card of it can be anywhere.
    """

    subject: Subject
    subject_id: int
    view: View
    new: bool = False


@dataclass(frozen=True)
class RefreshCard:
    """Every living card of a record is brought up to date, wherever it stands."""

    subject: Subject
    subject_id: int
    view: View


@dataclass(frozen=True)
class PostCard:
    """The living card of a record in the main room of its group; the older message of it there is forgotten."""

    subject: Subject
    subject_id: int
    view: View
    group_id: int


@dataclass(frozen=True)
class Private:
    """A private message to a person about a group. `otherwise` is said in the group when no private route is open.

    `card` is the record whose living card the message is from here on.
    """

    person_id: int
    view: View
    group_id: int | None = None
    key: str = ""
    otherwise: View | None = None
    priority: Priority = Priority.ANSWER
    card: tuple[Subject, int] | None = None


@dataclass(frozen=True)
class Post:
    """A message to the main room of a group."""

    group_id: int
    view: View
    key: str = ""
    silent: bool = False
    priority: Priority = Priority.ANSWER


@dataclass(frozen=True)
class Tell:
    """A message to a chat that is perhaps bound to no group."""

    chat_id: int
    view: View


@dataclass(frozen=True)
class Document:
    """A file that is at hand, as text or bytes, to the chat of the request; what is large is better made as a File."""

    name: str
    content: str | bytes
    caption: View


@dataclass(frozen=True)
class File:
    """A file that is made from rows when it leaves: `maker` is a row of bot/makers.py, `args` what it is made of.

    It goes where the request came from, or in private to `person_id`; without a private route `otherwise` is said in
    the group. `photo` shows it as a picture. The caption may have buttons.
    """

    maker: str
    args: dict[str, Any]
    caption: View
    person_id: int | None = None
    group_id: int | None = None
    key: str = ""
    photo: bool = False
    otherwise: View | None = None
    priority: Priority = Priority.ANSWER


@dataclass(frozen=True)
class KnownFile:
    """A file that Telegram keeps, by its id, to where the request came from; `kind` is what Telegram calls it.

    `otherwise` is said where Telegram no longer has it.
    """

    kind: str
    file_id: str
    caption: View
    otherwise: View


@dataclass(frozen=True)
class LeaveChat:
    """The bot goes out of a chat."""

    chat_id: int


Effect = (
    Answer
    | Edit
    | Toast
    | React
    | ShowCard
    | RefreshCard
    | PostCard
    | Private
    | Post
    | Tell
    | Document
    | File
    | KnownFile
    | LeaveChat
)


@dataclass(frozen=True)
class Reply:
    """All effects of one request, in the order in which they are to be seen."""

    effects: tuple[Effect, ...] = ()

    def and_then(self, *effects: Effect) -> Self:
        """The same reply with more behind it."""
        return type(self)(self.effects + effects)


def says(*effects: Effect) -> Reply:
    """A reply of these effects."""
    return Reply(effects)
