"""What became of a call that Telegram, or the way to it, answered with an error.

Telegram tells its refusals apart by English text alone, so all those texts stand here, once, and nowhere else.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum, auto
from random import Random

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.requests import NotSent, ServerFault, Unsendable

LONGEST_WAIT = timedelta(seconds=60)


class Fate(StrEnum):
    """What became of a call, and so what to do with it."""

    SENT = auto()  # nothing is left to do: what was asked for is already so
    GONE = auto()  # the message to edit, delete, pin or react to is no longer there, or no longer ours to change
    TOO_LATE = auto()  # the button press is too old to be answered
    RETRY_AT = auto()  # not done, or harmless to do twice: try again after the wait
    AMBIGUOUS = auto()  # it may have arrived, and a repeat would be seen
    NOT_SENT = auto()  # it never left: try again without fear
    CLOSED = auto()  # this chat or person cannot be reached
    MIGRATED = auto()  # the group has a new chat id
    NO_THREAD = auto()  # the topic is gone or closed: send without it
    NO_REPLY = auto()  # the message to reply to, or the words to quote, are gone: send without
    BAD_MARKUP = auto()  # send once as plain text
    TOO_LONG = auto()  # the text or file is too big
    NO_FILE = auto()  # Telegram has no file of this id
    NO_RIGHTS = auto()  # the bot lacks a right in this chat
    REVOKED = auto()  # the token is no longer valid: nothing can be sent
    CONFLICT = auto()  # somebody else polls with this token
    UNKNOWN = auto()  # log it and tell


@dataclass(frozen=True, slots=True)
class Outcome:
    """A fate; the wait goes with RETRY_AT (None: Telegram named none, use `backoff`), the chat id with MIGRATED."""

    fate: Fate
    wait: timedelta | None = None
    new_chat_id: int | None = None


# The first text that occurs in the error's text wins, whatever the case.
TEXTS: tuple[tuple[str, Fate], ...] = (
    ("message is not modified", Fate.SENT),
    ("message_not_modified", Fate.SENT),
    ("message to edit not found", Fate.GONE),
    ("message can't be edited", Fate.GONE),
    ("no text in the message to edit", Fate.GONE),
    ("message to delete not found", Fate.GONE),
    ("message can't be deleted", Fate.GONE),
    ("message to react not found", Fate.GONE),
    ("message to pin not found", Fate.GONE),
    ("message to unpin not found", Fate.GONE),
    ("message_id_invalid", Fate.GONE),
    ("wrong file identifier", Fate.NO_FILE),
    ("wrong remote file", Fate.NO_FILE),
    ("invalid file_id", Fate.NO_FILE),
    ("query is too old", Fate.TOO_LATE),
    ("query id is invalid", Fate.TOO_LATE),
    ("query_id_invalid", Fate.TOO_LATE),
    ("message thread not found", Fate.NO_THREAD),
    ("topic_closed", Fate.NO_THREAD),
    ("topic_deleted", Fate.NO_THREAD),
    ("topic_id_invalid", Fate.NO_THREAD),
    ("message to be replied not found", Fate.NO_REPLY),
    ("message to reply not found", Fate.NO_REPLY),
    ("replied message not found", Fate.NO_REPLY),
    ("quote_text_invalid", Fate.NO_REPLY),
    ("can't parse entities", Fate.BAD_MARKUP),
    ("entity_bounds_invalid", Fate.BAD_MARKUP),
    ("is too long", Fate.TOO_LONG),
    ("message_too_long", Fate.TOO_LONG),
    ("caption_too_long", Fate.TOO_LONG),
    ("request entity too large", Fate.TOO_LONG),
    ("file is too big", Fate.TOO_LONG),
    ("not enough rights", Fate.NO_RIGHTS),
    ("no rights to send", Fate.NO_RIGHTS),
    ("need administrator rights", Fate.NO_RIGHTS),
    ("administrator rights in the", Fate.NO_RIGHTS),
    ("chat_admin_required", Fate.NO_RIGHTS),
    ("chat_write_forbidden", Fate.NO_RIGHTS),
    ("chat_restricted", Fate.NO_RIGHTS),
    ("voice_messages_forbidden", Fate.NO_RIGHTS),
    ("reaction_invalid", Fate.NO_RIGHTS),
    ("reactions_too_many", Fate.NO_RIGHTS),
    ("bot was blocked", Fate.CLOSED),
    ("user_is_blocked", Fate.CLOSED),
    ("user is deactivated", Fate.CLOSED),
    ("can't initiate conversation", Fate.CLOSED),
    ("can't send messages to bots", Fate.CLOSED),
    ("bot was kicked", Fate.CLOSED),
    ("bot is not a member", Fate.CLOSED),
    ("chat not found", Fate.CLOSED),
    ("user not found", Fate.CLOSED),
    ("peer_id_invalid", Fate.CLOSED),
    ("group chat was deleted", Fate.CLOSED),
    ("group chat was deactivated", Fate.CLOSED),
    ("too many requests", Fate.RETRY_AT),
    ("internal server error", Fate.RETRY_AT),
    ("bad gateway", Fate.RETRY_AT),
    ("service unavailable", Fate.RETRY_AT),
    ("gateway timeout", Fate.RETRY_AT),
    ("request was *not* sent", Fate.NOT_SENT),  # python-telegram-bot's own words for a full pool
    ("invalid server response", Fate.AMBIGUOUS),  # and for an answer of 200 that is no JSON
)

# Doing these twice leaves the same as doing them once.
REPEATABLE = ("get", "set", "edit", "delete", "answer", "pin", "unpin", "leave", "sendchataction")


def classify(error: Exception, method: str) -> Outcome:
    """Say what became of a call of the Bot API method (`sendMessage`) that ended with this error."""
    match error:
        case RetryAfter():
            return Outcome(Fate.RETRY_AT, wait=_wait(error))
        case ChatMigrated():
            return Outcome(Fate.MIGRATED, new_chat_id=error.new_chat_id)
        case _:
            fate = _by_class(error) or _by_text(error) or _by_what_is_left(error)
    repeatable = fate is Fate.AMBIGUOUS and method.lower().startswith(REPEATABLE)
    return Outcome(Fate.RETRY_AT if repeatable else fate)


def backoff(tries: int, rng: Random) -> timedelta:
    """How long to wait after the n-th failed try: 1, 2, 4 ... 60 seconds, less up to half of it by chance."""
    longest = min(LONGEST_WAIT, timedelta(seconds=2 ** min(max(tries, 1) - 1, 6)))
    return longest * rng.uniform(0.5, 1.0)


def _by_class(error: Exception) -> Fate | None:
    match error:
        case NotSent():
            return Fate.NOT_SENT
        case ServerFault():
            return Fate.RETRY_AT
        case InvalidToken():
            return Fate.REVOKED
        case Conflict():
            return Fate.CONFLICT
        case Unsendable() | EndPointNotFound():
            return Fate.UNKNOWN
        case _:
            return None


def _by_text(error: Exception) -> Fate | None:
    if not isinstance(error, TelegramError):
        return None
    told = error.message.lower().replace("’", "'")
    return next((fate for text, fate in TEXTS if text in told), None)


def _by_what_is_left(error: Exception) -> Fate:
    if isinstance(error, Forbidden):
        return Fate.CLOSED
    # A refusal (BadRequest) is a NetworkError too, but one that Telegram surely did not carry out.
    lost = isinstance(error, NetworkError | OSError) and not isinstance(error, BadRequest)
    return Fate.AMBIGUOUS if lost else Fate.UNKNOWN


def _wait(error: RetryAfter) -> timedelta:
    # Seconds or a timedelta, by a setting of python-telegram-bot.
    wait = error.retry_after
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
