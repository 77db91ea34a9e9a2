"""Small tables that people send, fetched before anything is written: no network inside a transaction."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from telegram import Bot
from telegram.error import TelegramError

from bot import sheets
from handlers.heard import Attachment, Heard

log = logging.getLogger(__name__)
TEXT, SHEET = ".csv", ".xlsx"
LARGEST = {TEXT: 256 * 1024, SHEET: 1024 * 1024}
"""Bytes by the ending: a calendar of ten years for ten countries is smaller, and so is an action matrix."""
ON_REPLY = ("/import", "/playbook")
"""The commands that may be a reply to a file."""
ENCODINGS = ("utf-8-sig", "gb18030")
"""What spreadsheets write, in Chinese too."""
WIDE = (b"\xff\xfe", b"\xfe\xff")
"""How a file begins that was saved as "Unicode text"."""

Texts = Mapping[str, str]
"""By the file's id."""
Fetch = Callable[[str], Awaitable[Texts]]


async def nothing(_raw: str) -> Texts:
    """For whoever answers without a connection to Telegram."""
    return {}


def fetching(bot: Bot) -> Fetch:
    """How the table of a raw update is fetched; what cannot be fetched or read is left out."""

    async def fetch(raw: str) -> Texts:
        wanted = _wanted(raw)
        if wanted is None:
            return {}
        file_id, ending = wanted
        try:
            file = await bot.get_file(file_id)
            content = bytes(await file.download_as_bytearray())
        except TelegramError as error:
            log.warning("a file could not be fetched (%s)", type(error).__name__)
            return {}
        text = await asyncio.to_thread(sheets.as_text, content) if ending == SHEET else decoded(content)
        return {} if text is None else {file_id: text}

    return fetch


def may_want(raw: str) -> bool:
    """Whether an update is worth reading for a file: nearly none is."""
    return any(ending in raw.lower() for ending in LARGEST)


def _wanted(raw: str) -> tuple[str, str] | None:
    """The file of an update that is a small table, with its ending: of the message, or of the one replied to."""
    if not may_want(raw):
        return None
    try:
        message: dict[str, Any] = json.loads(raw)["message"]
        return _table(message) or (_table(message["reply_to_message"]) if _asks_for_it(message) else None)
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def _table(message: Mapping[str, Any]) -> tuple[str, str] | None:
    document = message.get("document") or {}
    name = str(document.get("file_name", "")).lower()
    ending = next((each for each in LARGEST if name.endswith(each)), None)
    if ending is None or not 0 < int(document.get("file_size", 0)) <= LARGEST[ending]:
        return None
    return str(document["file_id"]), ending


def _asks_for_it(message: Mapping[str, Any]) -> bool:
    return str(message.get("text", "")).lower().startswith(ON_REPLY) and "reply_to_message" in message


def decoded(content: bytes) -> str | None:
    """A file's text; None when it is none."""
    for encoding in ("utf-16",) if content.startswith(WIDE) else ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def with_texts(heard: Heard, texts: Texts) -> Heard:
    """The same with the texts of its files, and of those replied to, where they were fetched."""
    if not texts:
        return heard
    quoted = heard.reply_to
    if quoted is not None:
        quoted = replace(quoted, attachments=_read(quoted.attachments, texts))
    return replace(heard, attachments=_read(heard.attachments, texts), reply_to=quoted)


def _read(attachments: Iterable[Attachment], texts: Texts) -> tuple[Attachment, ...]:
    return tuple(replace(each, content=texts.get(each.file_id, "")) for each in attachments)
