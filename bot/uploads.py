"""Files in the outbox: kept as text or bytes, or named by how they are made, and made only when they leave."""

import asyncio
import base64
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from telegram import Bot, InputFile
from telegram.error import TelegramError

from bot.makers import MAKERS
from handlers.files import Maker
from storage.engine import Database

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


async def filled(
    payload: Payload, bot: Bot, database: Database, now: datetime, makers: Mapping[str, Maker] = MAKERS
) -> Payload:
    """The payload with its file as an upload; a file that Telegram knows by its id stays as it is."""
    for place, action in PLACES.items():
        file = payload.get(place)
        if isinstance(file, dict):
            if "maker" in file and makers[file["maker"]].slow:
                await _show(bot, payload, action)
            return payload | {place: await _upload(file, database, now, makers)}
    return payload


async def _show(bot: Bot, payload: Payload, action: str) -> None:
    with suppress(TelegramError):  # it is only shown, and missed by nobody
        await bot.send_chat_action(payload["chat_id"], action, message_thread_id=payload.get("message_thread_id"))


async def _upload(file: Payload, database: Database, now: datetime, makers: Mapping[str, Maker]) -> InputFile:
    if "maker" in file:
        async with database.reading() as session:
            make = await makers[file["maker"]].gather(session, file["args"], now)
        ready = await asyncio.to_thread(make)
        return InputFile(ready.content, filename=ready.name)
    content = file.get("content")
    data = base64.b64decode(file["base64"]) if content is None else content.encode()
    return InputFile(data, filename=file["name"])
