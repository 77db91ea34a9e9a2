"""The group's rules as values: what can be chosen with one press, and how a typed one is read."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum, auto

from handlers.rules.ladder import DEFAULT_LADDER, Ladder
from handlers.rules.languages import ALTERNATING, SPOKEN
from handlers.rules.moments import Quiet
from handlers.rules.working_time import format_week, parse_week, weekday

MOST_ANSWER_DAYS = 60


class Rule(StrEnum):
    """What can be changed. WEEK is a side's working hours."""

    LADDER = auto()
    DIGEST = auto()
    QUIET = auto()
    ANSWER_DAYS = auto()
    ON_BEHALF = auto()
    WORDINGS = auto()
    COUNTERSIGN = auto()
    LANGUAGE_ORDER = auto()
    WEEK = auto()


PRESETS: Mapping[Rule, tuple[str, ...]] = {
    Rule.LADDER: (
        "-1 0 +1 person; +3 focal; +7 coordinator",
        DEFAULT_LADDER,
        "-10 -5 -1 0 +1 person; +2 focal; +4 coordinator",
    ),
    Rule.DIGEST: ("Mon 09:00", "Mon 14:00", "Wed 09:00", "Fri 09:00"),
    Rule.QUIET: ("20:00-07:00", "18:00-08:00", "22:00-06:00"),
    Rule.ANSWER_DAYS: ("3", "5", "10"),
    Rule.ON_BEHALF: ("yes", "no"),
    Rule.WORDINGS: ("yes", "no"),
    Rule.COUNTERSIGN: ("yes", "no"),
    Rule.LANGUAGE_ORDER: (ALTERNATING, *SPOKEN),
    Rule.WEEK: (
        "Mon-Fri 08:00-12:00 13:00-16:00",
        "Mon-Fri 08:30-12:00 14:00-17:30",
        "Mon-Fri 08:00-16:00; Sat 08:00-12:00",
    ),
}


def read(rule: Rule, text: str) -> str:
    """A typed value in the form in which it is kept. Raises ValueError."""
    return _READERS[rule](text.strip())


def read_digest(text: str) -> tuple[int, str]:
    """The weekday (0 is Monday) and hour of "Mon 09:00". Raises ValueError."""
    found = re.fullmatch(r"([A-Za-z]+)\s+([01]?\d|2[0-3]):([0-5]\d)", text)
    if found is None:
        raise ValueError(f'"{text}" is no weekday with an hour. Write for example "Mon 09:00".')
    return weekday(found[1]), f"{int(found[2]):02d}:{found[3]}"


def _digest(text: str) -> str:
    day, hour = read_digest(text)
    return f"{('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun')[day]} {hour}"


def _ladder(text: str) -> str:
    return Ladder.parse(text).format()


def _quiet(text: str) -> str:
    return Quiet.parse(text).format()


def _answer_days(text: str) -> str:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= MOST_ANSWER_DAYS:
        raise ValueError(f'"{text}" is no number of working days from 1 to {MOST_ANSWER_DAYS}.')
    return str(int(text))


def _yes_or_no(text: str) -> str:
    if text.lower() not in {"yes", "no"}:
        raise ValueError(f'"{text}" is neither yes nor no.')
    return text.lower()


def _language_order(text: str) -> str:
    if text not in PRESETS[Rule.LANGUAGE_ORDER]:
        raise ValueError(f'"{text}" is no language of ours.')
    return text


def _week(text: str) -> str:
    return format_week(parse_week(text))


_READERS: Mapping[Rule, Callable[[str], str]] = {
    Rule.LADDER: _ladder,
    Rule.DIGEST: _digest,
    Rule.QUIET: _quiet,
    Rule.ANSWER_DAYS: _answer_days,
    Rule.ON_BEHALF: _yes_or_no,
    Rule.WORDINGS: _yes_or_no,
    Rule.COUNTERSIGN: _yes_or_no,
    Rule.LANGUAGE_ORDER: _language_order,
    Rule.WEEK: _week,
}
