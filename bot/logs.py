"""What the program tells about itself: ids and codes, never a token, a text or a name."""

import json
import logging
import re
import traceback
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Literal, TextIO, TypeGuard
from urllib.parse import quote, unquote

from telegram.error import TelegramError

HIDDEN = "[hidden]"
BOT_TOKEN = r"\d{6,}(?::|%3[Aa])[A-Za-z0-9_-]{30,}"
OURS = ("bot", "handlers", "storage")
# Below WARNING they write addresses with the token in them, SQL with its values, or what people wrote.
TALKATIVE = (
    "telegram",
    "httpx",
    "httpcore",
    "aiohttp.access",
    "alembic",
    "apscheduler",
    "sqlalchemy",
    "asyncio",
)
# Their words come from Telegram or the operating system; others may quote what somebody wrote.
SPEAKING = (TelegramError, OSError)

Fact = str | int | float | bool | None
Layout = Callable[[logging.LogRecord], str]

_CODE = re.compile(r"[A-Za-z0-9_.:/+-]{0,64}", re.ASCII)
_SHORTEST_SECRET = 4
_LONGEST_FOREIGN = 200


class Redaction:
    """Takes out of a text whatever looks like a bot token, and every secret it was told of."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        spellings = {spelling for secret in secrets for spelling in _spellings(secret)}
        known = [re.escape(word) for word in sorted(spellings, key=len, reverse=True)]
        self._pattern = re.compile("|".join([*known, BOT_TOKEN]))

    def __call__(self, text: str) -> str:
        """The text without secrets."""
        return self._pattern.sub(HIDDEN, text)


def _spellings(secret: str) -> Iterator[str]:
    """A secret as it may turn up: as it is, in an address, in quotes, and a token's half behind the colon."""
    tail = secret.partition(":")[2]
    for word in (secret, tail if len(tail) >= 30 else ""):
        if len(word) >= _SHORTEST_SECRET:
            yield from (word, quote(word, safe=""), unquote(word), repr(word)[1:-1], json.dumps(word)[1:-1])


class _Lines(logging.Formatter):
    """Lays a record out; the outcome is redacted as a whole, so that no way into a line is forgotten."""

    def __init__(self, layout: Layout, redact: Redaction) -> None:
        super().__init__()
        self._layout, self._redact = layout, redact

    def format(self, record: logging.LogRecord) -> str:
        return self._redact(self._layout(record))


class _Output(logging.StreamHandler[TextIO]):
    """Where lines go. A record that cannot be laid out is named by its place, not printed with its arguments."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the standard library's name
        self.stream.write(f"a log record of {record.module}:{record.lineno} could not be written{self.terminator}")


def configure(
    format: Literal["auto", "json", "human"], level: int, stream: TextIO, *, secrets: Iterable[str] = ()
) -> None:
    """Send every record from `level` on to `stream`, redacted; `auto` is human on a terminal. May be called again."""
    redact = Redaction(secrets)
    human = format == "human" or (format == "auto" and stream.isatty())
    output = _Output(stream)
    output.setFormatter(_Lines(_human if human else lambda record: _json(record, redact), redact))
    root = logging.getLogger()
    for earlier in [handler for handler in root.handlers if isinstance(handler, _Output)]:
        root.removeHandler(earlier)
    root.addHandler(output)
    root.setLevel(level)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))


def event(
    logger: logging.Logger,
    name: str,
    *,
    level: int = logging.INFO,
    error: BaseException | None = None,
    **facts: Fact,
) -> None:
    """Log what happened and to which ids. A text that is no short code is withheld, whoever passed it."""
    shown = {key: _shown(value) for key, value in facts.items()}
    logger.log(level, "%s", name, exc_info=error, extra={"facts": shown}, stacklevel=2)


def _shown(value: Fact) -> Fact:
    return "[withheld]" if isinstance(value, str) and not _CODE.fullmatch(value) else value


def _json(record: logging.LogRecord, redact: Redaction) -> str:
    told: dict[str, Fact] = {
        **_facts(record),
        "at": _moment(record).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "event": _message(record),
    }
    if trouble := _trouble(record):
        told["error"] = trouble
    # Redacted before the quotes and backslashes of JSON are put in: they would disguise a secret.
    safe = {key: redact(value) if isinstance(value, str) else value for key, value in told.items()}
    return json.dumps(safe, ensure_ascii=False)


def _human(record: logging.LogRecord) -> str:
    facts = "".join(f" {key}={value}" for key, value in _facts(record).items())
    line = f"{_moment(record):%H:%M:%S} {record.levelname:<7} {record.name}: {_message(record)}{facts}"
    trouble = _trouble(record)
    return f"{line}\n{trouble}" if trouble else line


def _moment(record: logging.LogRecord) -> datetime:
    return datetime.fromtimestamp(record.created, UTC)


def _facts(record: logging.LogRecord) -> dict[str, Fact]:
    return {key: value for key, value in getattr(record, "facts", {}).items() if value is not None}


def _message(record: logging.LogRecord) -> str:
    """The message; of a foreign library its first line only, for the next ones show values."""
    message = record.getMessage()
    if record.name.partition(".")[0] in OURS:
        return message
    return message.partition("\n")[0][:_LONGEST_FOREIGN]


def _trouble(record: logging.LogRecord) -> str:
    error = record.exc_info[1] if record.exc_info else None
    parts = [*_told(error, set())] if error is not None else []
    if record.stack_info:
        parts.append(record.stack_info)
    return "\n".join(parts)


def _told(error: BaseException, seen: set[int]) -> Iterator[str]:
    """An exception from its first cause on: where it passed, its class, and its words where they are safe."""
    seen.add(id(error))
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    inner = error.exceptions if _is_group(error) else ()
    for other in (before, *inner):
        if other is not None and id(other) not in seen:
            yield from _told(other, seen)
    yield "".join(traceback.format_tb(error.__traceback__)).rstrip()
    words = str(error).partition('"')[0] if isinstance(error, SPEAKING) else ""
    yield f"{type(error).__module__}.{type(error).__qualname__}" + (f": {words}" if words else "")


def _is_group(error: BaseException) -> TypeGuard[BaseExceptionGroup[BaseException]]:
    return isinstance(error, BaseExceptionGroup)
