"""How an outbox row becomes a call of python-telegram-bot."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from telegram import Bot, Message, ReactionType

Payload = dict[str, Any]
METHODS = (
    "sendMessage",
    "editMessageText",
    "answerCallbackQuery",
    "setMessageReaction",
    "sendDocument",
    "sendPhoto",
    "leaveChat",
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
    call: Callable[..., Awaitable[object]] = getattr(bot, method)
    result = await call(**_parameters(payload))
    return Made(result.message_id if isinstance(result, Message) else None)


def _parameters(payload: Payload) -> Payload:
    """The payload as it is, with reactions as the library knows them."""
    if "reaction" in payload:
        return payload | {"reaction": ReactionType.de_list(payload["reaction"])}
    return payload
