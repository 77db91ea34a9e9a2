"""Files in the outbox: kept as text or bytes, or named by how they are made, and made only when they leave."""

import asyncio
import base64
import logging
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any

from telegram import Bot, InputFile
from telegram.error import TelegramError

from bot.makers import MAKERS
from handlers.files import Make, Maker, WithFile
from storage.engine import Database

log = logging.getLogger(__name__)
Payload = dict[str, Any]
PLACES = {"document": "upload_document", "photo": "upload_photo"}
"""The parameters that hold a file, and what the reader sees while it is made."""


def kept(name: str, content: str | bytes) -> Payload:
    """A file that is kept in the payload itself."""
    if isinstance(content, str):
        return {"name": name, "content": content}
    return {"name": name, "base64": base64.b64encode(content).decode()}


def made(maker: str, args: Mapping[str, Any]) -> Payload:
    """A file that is made when it leaves."""
    return {"maker": maker, "args": dict(args)}


def known(kind: str, file_id: str, caption: Payload) -> Payload:
    """A file that Telegram keeps, with its words; a round video message cannot have any."""
    return {kind: file_id} | ({} if kind == "video_note" else caption)


async def filled(
    payload: Payload, bot: Bot, database: Database, now: datetime, makers: Mapping[str, Maker] = MAKERS
) -> Payload:
    """The payload with its file as an upload; a file that Telegram knows by its id stays as it is."""
    for place, action in PLACES.items():
        file = payload.get(place)
        if isinstance(file, dict):
            if "maker" in file and makers[file["maker"]].slow:
                await _show(bot, payload, action)
            return payload | {place: await _upload(file, bot, database, now, makers)}
    return payload


async def _show(bot: Bot, payload: Payload, action: str) -> None:
    with suppress(TelegramError):  # it is only shown, and missed by nobody
        await bot.send_chat_action(payload["chat_id"], action, message_thread_id=payload.get("message_thread_id"))


async def _upload(file: Payload, bot: Bot, database: Database, now: datetime, makers: Mapping[str, Maker]) -> InputFile:
    if "maker" in file:
        async with database.reading() as session:
            make = await makers[file["maker"]].gather(session, file["args"], now)
        ready = await asyncio.to_thread(await _with_file(make, bot) if isinstance(make, WithFile) else make)
        return InputFile(ready.content, filename=ready.name)
    content = file.get("content")
    data = base64.b64decode(file["base64"]) if content is None else content.encode()
    return InputFile(data, filename=file["name"])


async def _with_file(wanted: WithFile, bot: Bot) -> Make:
    """The same with the bytes of its file: a document without its picture is better than none."""
    try:
        file = await bot.get_file(wanted.file_id)
        content = bytes(await file.download_as_bytearray())
    except TelegramError as error:
        log.warning("a photo could not be fetched (%s)", type(error).__name__)
        return partial(wanted.make, None)
    return partial(wanted.make, content)
