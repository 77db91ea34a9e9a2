"""From pages to the parameters of the Bot API: texts that fit, keyboards with opaque tokens."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from markupsafe import Markup
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import bilingual, labels
from handlers.reply import Button, Page, Rows, View
from handlers.rules.text import MESSAGE_LIMIT, clip, fits, split_paragraphs, straight, visibly_empty
from handlers.voice import Say
from storage import dialogues

TOAST_LIMIT = 200
PLACEHOLDER_LIMIT = 64
CAPTION_LIMIT = 1024
BETWEEN_LABELS = " · "
MORE = "…"

_TAG = re.compile(r"<[^<>]*>")
_PIECE = re.compile(r"<[^<>]*>|\n|[^<\n]+|<")

Payload = dict[str, Any]


def render(view: View, voices: Sequence[Say]) -> Page:
    """A page in every language of its readers: what is the same in all once, one set of buttons with joined labels."""
    pages = [view(say) for say in voices]
    text = Markup(bilingual.together([str(page.text) for page in pages]))
    return Page(text, labels.fitting(_joined([page.rows for page in pages])), pages[0].ask)


def _joined(rows: list[Rows]) -> Rows:
    if len(rows) == 1:
        return tuple(tuple(_bilingual((button,)) for button in row) for row in rows[0])
    return tuple(_row(list(zip(*row, strict=True))) for row in zip(*rows, strict=True))


def _row(buttons: list[tuple[Button, ...]]) -> tuple[Button, ...]:
    joined = tuple(_bilingual(same) for same in buttons)
    if len(joined) < labels.GRID:
        return joined
    # A line of a table has no room for two languages; its words are few and the days stand in numbers.
    return tuple(
        long if labels.width(long.label) <= labels.room(len(joined)) else _bilingual(same[:1])
        for long, same in zip(joined, buttons, strict=True)
    )


def _bilingual(buttons: tuple[Button, ...]) -> Button:
    first = buttons[0]
    label = _label(first.label)
    if len(buttons) > 1:
        label = bilingual.label([_label(button.label) for button in buttons], BETWEEN_LABELS)
    return first if label == first.label else first._replace(label=label)


@lru_cache(maxsize=2048, typed=True)  # markup equals the words it is made of
def _label(label: str) -> str:
    """A label as it is read: sentences come as markup, names as they were typed, but never turned around."""
    read = straight(plain(label) if isinstance(label, Markup) else label)
    return MORE if visibly_empty(read) else read


def plain(text: Markup) -> str:
    """A text without markup, for toasts and for a server that cannot read ours."""
    return html.unescape(_TAG.sub("", str(text)))


def toast(page: Page) -> str:
    """A page as a toast: plain and short."""
    return clip(plain(page.text), TOAST_LIMIT)


def cut(page: Page) -> Page:
    """The same page, ending early where it does not fit into the one message that is edited."""
    if fits(str(page.text), MESSAGE_LIMIT):
        return page
    first = _parts(str(page.text), MESSAGE_LIMIT - len(MORE) - 1)[0]
    return replace(page, text=Markup(f"{first}\n{MORE}"))


class Pressed(NamedTuple):
    """Stands in a payload where the token of a button belongs, until all tokens are asked for together."""

    chat_id: int
    press: str
    args: Mapping[str, Any]


def messages(page: Page, chat_id: int) -> list[Payload]:
    """The parameters of the message or messages a page fills; the buttons stand on the last."""
    parts: list[Payload] = [
        {"text": part, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
        for part in _parts(str(page.text), MESSAGE_LIMIT)
    ]
    markup = keyboard(page, chat_id)
    if markup is not None:
        parts[-1]["reply_markup"] = markup
    return parts


def _parts(text: str, limit: int) -> list[str]:
    """Pieces that fit; Telegram takes no empty message, so there is always something to see."""
    if not fits(text, limit):
        text = "".join(_within_lines(text))
    return split_paragraphs(text, limit) or [MORE]


def _within_lines(text: str) -> Iterator[str]:
    """The same text with tags closed at the end of each line and opened again on the next: a cut breaks none."""
    opened: list[str] = []
    for piece in _PIECE.findall(text):
        if piece == "\n":
            yield "".join(f"</{_name(tag)}>" for tag in reversed(opened)) + "\n" + "".join(opened)
            continue
        if piece.startswith("</"):
            opened = opened[:-1]
        elif piece.startswith("<") and piece.endswith(">"):
            opened.append(piece)
        yield piece


def _name(tag: str) -> str:
    return tag.strip("<>").split()[0]


def edited(page: Page, chat_id: int) -> Payload:
    """The parameters that turn a message into this page: one message stays one, with its buttons."""
    return messages(cut(page), chat_id)[0]


def caption(page: Page, chat_id: int) -> Payload:
    """The parameters of a page below a file: plain and cut short where it is longer than a caption can be."""
    words: Payload = {"caption": str(page.text), "parse_mode": "HTML"}
    if not fits(str(page.text), CAPTION_LIMIT):
        words = {"caption": clip(plain(page.text), CAPTION_LIMIT)}
    markup = keyboard(page, chat_id)
    return words if markup is None else words | {"reply_markup": markup}


def keyboard(page: Page, chat_id: int) -> Payload | None:
    """The reply markup of a page, or None. A page that asks for text opens the reader's keyboard."""
    if page.rows:
        return {"inline_keyboard": [[_button(button, chat_id) for button in row] for row in page.rows if row]}
    if page.ask:
        placeholder = clip(plain(Markup(page.ask)), PLACEHOLDER_LIMIT)
        return {"force_reply": True, "selective": True, "input_field_placeholder": placeholder}
    return None


def _button(button: Button, chat_id: int) -> Payload:
    label = _label(button.label)
    if button.url:
        return {"text": label, "url": button.url}
    if button.copy:
        return {"text": label, "copy_text": {"text": button.copy}}
    return {"text": label, "callback_data": Pressed(chat_id, button.press, button.args)}


async def with_tokens(session: AsyncSession, payloads: Iterable[Payload], at: datetime) -> None:
    """Put the opaque tokens into the keyboards of all these payloads: two statements however many there are."""
    buttons = [
        button
        for payload in payloads
        for row in payload.get("reply_markup", {}).get("inline_keyboard", ())
        for button in row
        if isinstance(button.get("callback_data"), Pressed)
    ]
    tokens = await dialogues.tokens(session, [button["callback_data"] for button in buttons], at)
    for button, token in zip(buttons, tokens, strict=True):
        button["callback_data"] = token
