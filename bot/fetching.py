"""Small text files that people send, fetched before anything is written: no network inside a transaction."""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from telegram import Bot
from telegram.error import TelegramError

from handlers.heard import Heard

log = logging.getLogger(__name__)
ENDING = ".csv"
LARGEST = 256 * 1024
"""Bytes: a calendar of ten years for ten countries is smaller."""
ENCODINGS = ("utf-8-sig", "gb18030")
"""What spreadsheets write, in Chinese too."""

Texts = Mapping[str, str]
"""By the file's id."""
Fetch = Callable[[str], Awaitable[Texts]]


async def nothing(_raw: str) -> Texts:
    """For whoever answers without a connection to Telegram."""
    return {}


def fetching(bot: Bot) -> Fetch:
    """How the CSV file of a raw update is fetched; what cannot be fetched or read is left out."""

    async def fetch(raw: str) -> Texts:
        wanted = _wanted(raw)
        if wanted is None:
            return {}
        try:
            file = await bot.get_file(wanted)
            text = decoded(bytes(await file.download_as_bytearray()))
        except TelegramError as error:
            log.warning("a file could not be fetched (%s)", type(error).__name__)
            return {}
        return {} if text is None else {wanted: text}

    return fetch


def _wanted(raw: str) -> str | None:
    """The file of an update that is a small table."""
    if ENDING not in raw.lower():  # nearly every update: not worth reading twice
        return None
    try:
        document: dict[str, Any] = json.loads(raw)["message"]["document"]
        is_table = str(document.get("file_name", "")).lower().endswith(ENDING)
        is_small = 0 < int(document.get("file_size", 0)) <= LARGEST
        return str(document["file_id"]) if is_table and is_small else None
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def decoded(content: bytes) -> str | None:
    """A file's text; None when it is none."""
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def with_texts(heard: Heard, texts: Texts) -> Heard:
    """The same with the texts of its files, where they were fetched."""
    if not texts:
        return heard
    attachments = tuple(replace(each, content=texts.get(each.file_id, "")) for each in heard.attachments)
    return replace(heard, attachments=attachments)
