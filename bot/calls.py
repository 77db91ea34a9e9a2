"""How an outbox row becomes a call: past python-telegram-bot's objects, which would read the answer for nobody."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from telegram import Bot, InputFile, Message
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter  # what its public class is made of

Payload = dict[str, Any]
SENDS = {
    "document": "sendDocument",
    "photo": "sendPhoto",
    "video": "sendVideo",
    "audio": "sendAudio",
    "voice": "sendVoice",
    "animation": "sendAnimation",
    "video_note": "sendVideoNote",
}
"""The method that sends each kind of file: Telegram binds the id of a file to its kind."""
METHODS = (
    "sendMessage",
    "editMessageText",
    "answerCallbackQuery",
    "setMessageReaction",
    "leaveChat",
    *SENDS.values(),
)


@dataclass(frozen=True)
class Made:
    """A call Telegram accepted; the id of the message it made, if it made one."""

    message_id: int | None


class UnknownMethod(ValueError):
    """The outbox holds a call this version does not make."""


async def make(bot: Bot, method: str, payload: Payload) -> Made:
    """Make one call. Raises what python-telegram-bot raises, or UnknownMethod."""
    if method not in METHODS:
        raise UnknownMethod(method)
    if any(isinstance(value, InputFile) for value in payload.values()):
        return await _uploaded(bot, method, payload)
    parameters = [RequestParameter(name, value, None) for name, value in payload.items()]
    result: Any = await bot.request.post(f"{bot.base_url}/{method}", RequestData(parameters))
    return Made(result.get("message_id") if isinstance(result, dict) else None)


async def _uploaded(bot: Bot, method: str, payload: Payload) -> Made:
    call: Callable[..., Awaitable[object]] = getattr(bot, method)
    result = await call(**payload)
    return Made(result.message_id if isinstance(result, Message) else None)
