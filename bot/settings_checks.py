"""What a single setting must look like. Each check returns the value in its kept form or says, in one plain
sentence that keeps a secret value to itself, what is wrong with it."""

import re
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from pydantic import SecretStr

from handlers.rules.calendar_asking import AskOn
from handlers.rules.ladder import Ladder
from handlers.rules.moments import Quiet
from handlers.rules.working_time import parse_week

LANGUAGES = ("en", "lo", "zh")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
PROXY_SCHEMES = ("http", "https", "socks5")
FILE_SCHEMES = ("sqlite",)
LOOPBACK = ("127.0.0.1", "::1", "localhost")
SERVER_SCHEMES = ("postgresql", "postgresql+asyncpg")

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+", re.ASCII)
_FILLERS = frozenset({"replace", "your", "paste", "put", "here", "changeme", "placeholder", "example"})
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_KEY = re.compile(r"[a-z0-9][a-z0-9-]*")
_AREA = re.compile(r"([^#]*[^#\s])\s+#(\w+)")
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)


def token(value: SecretStr) -> SecretStr:
    """A bot token: digits, a colon, letters; not the placeholder of the example file."""
    text = value.get_secret_value().strip()
    if not text or _is_filler(text):
        raise ValueError("is still the placeholder")
    if not _TOKEN.fullmatch(text):
        raise ValueError("does not look like a bot token (digits, a colon, then letters, digits, _ or -)")
    return SecretStr(text)


def _is_filler(text: str) -> bool:
    words = re.split(r"[^a-z0-9]+", text.lower())
    return bool(_FILLERS.intersection(words)) or "xxxx" in text.lower()


def server(value: str) -> str:
    """The root of a Bot API server; a trailing slash or `/bot` is taken off."""
    root = value.strip().rstrip("/").removesuffix("/bot").rstrip("/")
    _split(root, ("http", "https"))
    return root


def proxy(value: SecretStr) -> SecretStr:
    """The address of an HTTP or SOCKS5 proxy; it may carry a name and a password."""
    parts = _split(value.get_secret_value(), PROXY_SCHEMES)
    if parts.port is None:
        raise ValueError("has no port")
    return value


def webhook_url(value: str) -> str:
    """The public address that Telegram posts to; plain http is accepted on this machine alone."""
    parts = _split(value, ("http", "https"))
    if parts.scheme == "http" and parts.hostname not in ("127.0.0.1", "localhost"):
        raise ValueError("must begin with https://, Telegram posts to nothing else")
    return value


def _split(value: str, schemes: tuple[str, ...]) -> SplitResult:
    beginnings = " or ".join(f"{scheme}://" for scheme in schemes)
    try:
        parts = urlsplit(value)
        _ = parts.port  # reading it is what checks it
    except ValueError:
        raise ValueError("is not an address") from None
    if parts.scheme not in schemes or not parts.hostname:
        raise ValueError(f"is not an address that begins with {beginnings}")
    return parts


def webhook_secret(value: SecretStr) -> SecretStr:
    """The word that Telegram repeats with every update it posts."""
    if not _WEBHOOK_SECRET.fullmatch(value.get_secret_value()) or _is_filler(value.get_secret_value()):
        raise ValueError("must be 1 to 256 letters, digits, _ or - that nobody can guess")
    return value


def listen(value: str) -> str:
    """Host and port to listen on."""
    host, _, port = value.rpartition(":")
    if not host or not (port.isascii() and port.isdecimal()) or not 0 < int(port) < 65536:
        raise ValueError("is not a host and a port")
    return value


def loopback(value: str) -> str:
    """Host and port that nobody but this computer reaches: what is told there is for no stranger."""
    host, _ = host_and_port(listen(value))
    if host not in LOOPBACK:
        raise ValueError("is reached from outside; only 127.0.0.1, ::1 and localhost are not")
    return value


def host_and_port(value: str) -> tuple[str, int]:
    """The two parts of an address to listen on."""
    host, _, port = value.rpartition(":")
    return host.strip("[]"), int(port)


def database_url(value: SecretStr) -> SecretStr:
    """An SQLAlchemy address whose database this version keeps its records in: a file, or a PostgreSQL server."""
    scheme, separator, rest = value.get_secret_value().partition("://")
    if not separator or scheme not in FILE_SCHEMES + SERVER_SCHEMES:
        raise ValueError("is not the address of an SQLite file or of a PostgreSQL database")
    if scheme in SERVER_SCHEMES:
        if not rest.partition("?")[0].partition("/")[2]:
            raise ValueError("names no database")
        return value
    if rest in ("", "/", "/:memory:") or not rest.startswith("/"):
        raise ValueError("names no file")
    return value


def week(value: str) -> str:
    """A weekly pattern of working hours."""
    try:
        parse_week(value)
    except ValueError as error:
        raise ValueError(_because(error)) from None
    return value


def ladder(value: str) -> str:
    """When, in working days before or after the due date, who hears of a task."""
    try:
        Ladder.parse(value)
    except ValueError as error:
        raise ValueError(_because(error)) from None
    return value


def _because(error: ValueError) -> str:
    """What a rule says is wrong, without its advice: the line to write follows anyway."""
    return "cannot be read: " + re.split(r"[.:;] [Ww]rite ", str(error))[0].rstrip(".")


def quiet(value: str) -> str:
    """The hours in which nobody is written to, or nothing at all."""
    try:
        Quiet.parse(value)
    except ValueError as error:
        raise ValueError(_because(error)) from None
    return value


def hour(value: str) -> str:
    """A time of day such as `09:00`, kept as the text that it is."""
    if not _CLOCK.fullmatch(value):
        raise ValueError("is not a time of day from 00:00 to 23:59")
    return value


def zone(value: str) -> str:
    """A time zone of the IANA list."""
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("is not a time zone of the IANA list") from None
    return value


def country(value: str) -> str:
    """A country by its two capital letters (ISO 3166-1)."""
    if not re.fullmatch("[A-Z]{2}", value) or value not in Locale("en").territories:
        raise ValueError("is not a country in two capital letters")
    return value


def ask_on(value: str) -> str:
    """A country and the day of the year on which coordinators are asked about its calendar: `CN 11-15`."""
    country_and_day(value)
    return value


def country_and_day(value: str) -> tuple[str, AskOn]:
    """The two parts of it."""
    letters, _, day = value.strip().partition(" ")
    try:
        return country(letters), AskOn.parse(day)
    except ValueError:
        raise ValueError("must be a country and a day of the year") from None


def language(value: str) -> str:
    """A language that the bot has, or is to have, sentences in."""
    if value not in LANGUAGES:
        raise ValueError(f"is not a language of the bot ({', '.join(LANGUAGES)})")
    return value


def key(value: str) -> str:
    """A short name for the command line."""
    if not _KEY.fullmatch(value):
        raise ValueError("must be small letters, digits and hyphens")
    return value


def area(value: str) -> str:
    """The name of an area and the tag people write for it: `Training of trainers #training`."""
    area_tag(value)
    return value


def area_tag(value: str) -> tuple[str, str]:
    """Name and tag of an area; the tag is in small letters, without its #."""
    found = _AREA.fullmatch(value.strip())
    if found is None:
        raise ValueError("must be a name, then # and one word")
    return found[1], found[2].lower()


def words(value: str) -> str:
    """A text that is not empty."""
    if not value.strip():
        raise ValueError("is empty")
    return value.strip()
