"""Days and their names as people write them into a calendar, and days drawn together for reading."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.rules.calendar_csv import LONGEST_NAME
from handlers.rules.day_layers import DayName
from handlers.rules.spans import BackwardsSpan, Span, UnreadableSpan, read_span
from storage.kinds import DayKind

ONE_DAY = timedelta(days=1)
LONGEST_RANGE = 200
"""Days of one entry: longer than any semester break."""

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_ISO_DAYS = re.compile(rf"{_ISO.pattern}(?:\s*(?:\.\.|–|—|-|~|to|至|到|ຫາ|\s)\s*{_ISO.pattern})?", re.ASCII)
_LANGUAGE = re.compile(r"(en|zh|lo)\s*[:：]\s*(\S.*)", re.IGNORECASE)
_LAO = re.compile(r"[\u0e80-\u0eff]")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def read_days(text: str, now: datetime, zone: ZoneInfo) -> Span:
    """One day or two ends of a range: whole ISO dates of any year, else as /away reads them.

    Raises UnreadableSpan or BackwardsSpan.
    """
    found = _ISO_DAYS.fullmatch(" ".join(text.split()))
    if found is None:
        return read_span(text, now, zone)
    try:
        first = date(*map(int, found.groups()[:3]))
        last = first if found[4] is None else date(*map(int, found.groups()[3:]))
    except ValueError as error:
        raise UnreadableSpan(text, "no_such_day") from error
    if last < first:
        raise BackwardsSpan(f"{last} is before {first}")
    return Span(first, last)


def read_names(text: str) -> DayName | None:
    """What a day is called: one name, or one a line; "zh: …" says the language, else the script does.

    None when there is nothing to read or a name is too long.
    """
    name = DayName("")
    for line in filter(None, (" ".join(each.split()) for each in text.splitlines())):
        said = _LANGUAGE.fullmatch(line)
        language, words = (said[1].lower(), said[2]) if said else (_language(line), line)
        if len(words) > LONGEST_NAME:
            return None
        name = replace(name, **{language: words})
    return name if name != DayName("") else None


def _language(text: str) -> str:
    if _LAO.search(text):
        return "lo"
    return "zh" if _HAN.search(text) else "en"


@dataclass(frozen=True, slots=True)
class Run:
    """Days in a row that a calendar says the same of; `own` when the institution says it, `ids` are their rows."""

    first: date
    last: date
    kind: DayKind
    name: DayName
    own: bool = False
    ids: tuple[int, ...] = ()


def drawn_together(runs: Iterable[Run]) -> list[Run]:
    """The same in order, neighbours of one name and kind made one."""
    found: list[Run] = []
    for run in sorted(runs, key=lambda each: (each.first, each.own, each.last)):
        before = found[-1] if found else None
        if before is not None and _go_on(before, run):
            found[-1] = replace(before, last=run.last, ids=before.ids + run.ids)
        else:
            found.append(run)
    return found


def _go_on(before: Run, run: Run) -> bool:
    same = (before.kind, before.name, before.own) == (run.kind, run.name, run.own)
    return same and run.first == before.last + ONE_DAY
