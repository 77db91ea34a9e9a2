"""Reading a date that somebody typed: the whole phrase or nothing, and a reason where nothing can be taken."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from handlers.rules import date_grammar_en, date_grammar_lo, date_numbers
from handlers.rules.date_reading import (
    NOTHING_KNOWN,
    DateReading,
    Days,
    Doubt,
    Found,
    Grammar,
    Holiday,
    Known,
    Reading,
    Reason,
    UnreadableDate,
    add_months,
)

__all__ = [
    "DateReading",
    "Doubt",
    "Holiday",
    "Known",
    "Reading",
    "Reason",
    "UnreadableDate",
    "read_date",
    "split_due",
]

MONTHS_AHEAD = 18
LONGEST_PHRASE = 60
"""Characters; what is longer is a text, not a date."""

GRAMMARS: Mapping[str, Grammar] = {"en": date_grammar_en.read, "lo": date_grammar_lo.read}
LANGUAGES = ("en", "zh_Hans", "lo")

_FOLDED = {
    ord(wide): narrow for wide, narrow in zip("０１２３４５６７８９：／．－，　", "0123456789:/.-, ", strict=True)
}
_DUE = re.compile(r"(?<!\S)(?:by|due:?)\s{1,9}(?P<date>[^\n]{1,60}?)\s{0,9}(?=\s[@#]\w|\n|$)", re.IGNORECASE)
_ALSO_WORDS = frozenset({"sun"})
_ANY_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)


def read_date(
    text: str, now: datetime, zone: ZoneInfo, languages: Sequence[str] = LANGUAGES, known: Known = NOTHING_KNOWN
) -> DateReading:
    """The day, and the time if one was given, that `text` means to somebody in `zone`; UnreadableDate else.

    `now` is aware. Nothing past and nothing more than 18 months ahead is taken; a language without a grammar
    here is passed over, digits alone are read in any.
    """
    local = _aware(now).astimezone(zone)
    found = _find(_fold(text), local, languages, known)
    readings = _still_ahead(found, local)
    best, *rest = readings
    second = Reading(rest[0], found.at) if rest else None
    open_question = rest or found.days.doubt is Doubt.SOME_DAY_OF_A_WEEK
    return DateReading(best, found.at, second, found.days.doubt if open_question else None)


def split_due(words: str, languages: Sequence[str] = LANGUAGES) -> tuple[str, str | None]:
    """A task's text without its `by DATE` or `due: DATE`, and that date's words; or the text as it is and None.

    The date reaches to the end of its line or to the next @person or #area. Words that are no date stay in the
    text; a date that cannot be taken (past, no such day) is cut out, so that reading it gives the reason.
    """
    start = 0
    while match := _DUE.search(words, start):
        if _is_date(match["date"], languages):
            rest = words[: match.start()].rstrip() + words[match.end() :]
            return rest.strip(), match["date"]
        start = match.start() + 1
    return words, None


def _is_date(phrase: str, languages: Sequence[str]) -> bool:
    if phrase in _ALSO_WORDS:
        return False
    try:
        _find(_fold(phrase), _ANY_MOMENT, languages, NOTHING_KNOWN)
    except UnreadableDate as refusal:
        return refusal.reason is not Reason.NOT_A_DATE
    return True


def _aware(now: datetime) -> datetime:
    if now.tzinfo is None:
        raise ValueError("the present moment needs a zone")
    return now


def _fold(text: str) -> str:
    folded = " ".join(text.translate(_FOLDED).replace(",", " ").split())
    return folded.rstrip(".!;").casefold()


def _find(phrase: str, local: datetime, languages: Sequence[str], known: Known) -> Found:
    if not phrase or len(phrase) > LONGEST_PHRASE:
        raise UnreadableDate(Reason.NOT_A_DATE)
    if found := date_numbers.read(phrase, local):
        return found
    for grammar in (GRAMMARS[language] for language in languages if language in GRAMMARS):
        if found := grammar(phrase, local, known):
            return found
    raise UnreadableDate(Reason.NOT_A_DATE)


def _still_ahead(found: Found, local: datetime) -> list[date]:
    """The days of a phrase, best first, that are neither past nor too far; the best one's reason if none is left."""
    days: Days = found.days
    reasons = {day: _refusal(day, found.at, local) for day in (days.best, days.second) if day}
    ahead = [day for day, reason in reasons.items() if reason is None]
    if not ahead:
        raise UnreadableDate(reasons[days.best] or Reason.NOT_A_DATE)
    return ahead


def _refusal(day: date, at: time | None, local: datetime) -> Reason | None:
    if day > add_months(local.date(), MONTHS_AHEAD):
        return Reason.TOO_FAR
    if day < local.date():
        return Reason.PAST
    return _refused_time(datetime.combine(day, at, local.tzinfo), local) if at else None


def _refused_time(moment: datetime, local: datetime) -> Reason | None:
    instant = moment.astimezone(UTC)
    if instant.astimezone(moment.tzinfo).replace(tzinfo=None) != moment.replace(tzinfo=None):
        return Reason.NO_SUCH_TIME  # the clocks jump over it
    return Reason.PAST if instant < local.astimezone(UTC).replace(second=0, microsecond=0) else None
