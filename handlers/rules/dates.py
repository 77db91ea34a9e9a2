"""Reading a date that somebody typed: the whole phrase or nothing, and a reason where nothing can be taken."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from handlers.rules import date_due, date_grammar_en, date_grammar_lo, date_grammar_zh, date_mixed, date_numbers
from handlers.rules.date_fold import fold
from handlers.rules.date_periods import FRIDAY
from handlers.rules.date_places import take_place
from handlers.rules.date_reading import (
    LANGUAGES,
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
from handlers.rules.working_time import WorkingTime, parse_week

__all__ = [
    "DateReading",
    "Days",
    "Doubt",
    "Holiday",
    "Known",
    "Reading",
    "Reason",
    "UnreadableDate",
    "day_of_record",
    "read_date",
    "split_due",
]

MONTHS_AHEAD = 18
"""What is further ahead is asked about."""
MOST_MONTHS_AHEAD = 60
"""What is further ahead than that is refused."""
LONGEST_PHRASE = 60
"""Characters; what is longer is a text, not a date."""

_ANY_WEEK = Known(working=WorkingTime(zone=ZoneInfo("UTC"), week=parse_week("Mon-Fri 08:00-16:00")))
"""Whoever has to act: five working days are a date."""
_LAST_MINUTE = time(23, 59)
_ALSO_WORDS = frozenset({"sun"})
_ANY_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)

GRAMMARS: Mapping[str, Grammar] = {
    "en": date_grammar_en.read,
    "zh_Hans": date_grammar_zh.read,
    "lo": date_grammar_lo.read,
}
_MONTH_FIRST = "zh_Hans"
"""The language whose readers write the month before the day."""

_OPEN_ALONE = frozenset(
    {
        Doubt.SOME_DAY_OF_A_WEEK,
        Doubt.SOME_DAY,
        Doubt.SEVERAL_MONTHS,
        Doubt.WEEKDAY_DIFFERS,
        Doubt.BUDDHIST_YEAR,
        Doubt.SHORT_YEAR,
        Doubt.PART_OF_DAY,
    }
)
"""Doubts that stay where no second reading is left; the others are settled then."""


def read_date(
    text: str, now: datetime, zone: ZoneInfo, languages: Sequence[str] = LANGUAGES, known: Known = NOTHING_KNOWN
) -> DateReading:
    """The day, and the time if one was given, that `text` means to somebody in `zone`; UnreadableDate else.

    `now` is aware. `languages` are tried in their order, the reader's own one first. Nothing past and nothing more
    than five years ahead is taken; a reading whose doubt `asks` has to be confirmed before it counts.
    """
    words, place = take_place(fold(text))
    own, local = _aware(now).astimezone(zone), now.astimezone(place or zone)
    found = find(words, local, languages, known)
    if own.date() != local.date():
        found = _by_either_day(find(words, own, languages, known), found)
    found = _on_a_working_day(found, local.date(), known)
    if place and found.ends_day:
        found = replace(found, at=_LAST_MINUTE)  # the day ends by the clocks of that place
    if place and found.at is None:
        raise UnreadableDate(Reason.NOT_A_DATE)  # a day alone is on nobody's clock
    best, *rest = _still_ahead(found, local)
    return DateReading(best.day, best.at, rest[0] if rest else None, _doubt(found, best, rest, local.date()), place)


def day_of_record(
    text: str, now: datetime, zone: ZoneInfo, languages: Sequence[str] = LANGUAGES, working: WorkingTime | None = None
) -> Days | None:
    """The day a record that people kept means, past days too, with what may be doubted; None where none can be read."""
    local = _aware(now).astimezone(zone)
    try:
        words, _place = take_place(fold(text))
        found = find(words, local, languages, NOTHING_KNOWN)
    except UnreadableDate:
        return None
    days = _on_a_working_day(found, local.date(), Known(working)).days
    if abs((days.best - local.date()).days) >= MOST_MONTHS_AHEAD * 31:
        return None
    far = days.doubt is None and days.best > add_months(local.date(), MONTHS_AHEAD)
    return replace(days, doubt=Doubt.FAR_AHEAD) if far else days


def split_due(words: str, languages: Sequence[str] = LANGUAGES, known: Known = NOTHING_KNOWN) -> tuple[str, str | None]:
    """A task's text without its by DATE, before DATE, DATE前, 截止 DATE, ກ່ອນ DATE, and that date's words; else None.

    Words that are no date stay in the text; a date that cannot be taken (past, no such day) is cut out, so that
    reading it gives the reason. Holidays count as dates where they are `known`.
    """
    return date_due.cut(
        words, partial(_is_date, languages=languages, known=replace(_ANY_WEEK, holidays=known.holidays))
    )


def _is_date(phrase: str, languages: Sequence[str], known: Known) -> bool:
    if phrase in _ALSO_WORDS:
        return False
    try:
        find(take_place(fold(phrase))[0], _ANY_MOMENT, languages, known)
    except UnreadableDate as refusal:
        return refusal.reason is not Reason.NOT_A_DATE
    return True


def _aware(now: datetime) -> datetime:
    if now.tzinfo is None:
        raise ValueError("the present moment needs a zone")
    return now


def find(phrase: str, local: datetime, languages: Sequence[str], known: Known) -> Found:
    """What the first grammar that knows the folded phrase makes of it; UnreadableDate if none does."""
    if not phrase or len(phrase) > LONGEST_PHRASE:
        raise UnreadableDate(Reason.NOT_A_DATE)
    if found := date_numbers.read(phrase, local, month_first=_MONTH_FIRST in languages[:1]):
        return found
    grammars = [GRAMMARS[language] for language in languages if language in GRAMMARS]

    def one(part: str, at: datetime) -> Found | None:
        """The same of a part that is in one language."""
        return next((found for grammar in grammars if (found := grammar(part, at, known))), None)

    if found := one(phrase, local) or date_mixed.read(phrase, local, one):
        return found
    raise UnreadableDate(Reason.NOT_A_DATE)


def _by_either_day(own: Found, there: Found) -> Found:
    """What the reader may mean where it is another day by now: his own day first, and it is asked about."""
    if own.at != there.at or own.days.best == there.days.best:
        return there
    if own.days.doubt and own.days.doubt.asks:
        return own
    return replace(own, days=Days(own.days.best, there.days.best, Doubt.WHOSE_DAY))


def _on_a_working_day(found: Found, today: date, known: Known) -> Found:
    """Of several months, or of a week up to Friday, the last working day that is not over, where that is known."""
    days, first = found.days, today
    if days.doubt is Doubt.SOME_DAY_OF_A_WEEK and days.best.weekday() == FRIDAY:
        first = max(today, days.best - timedelta(FRIDAY))
    elif days.doubt is not Doubt.SEVERAL_MONTHS:
        return found
    day = known.working.working_day_on_or_before(days.best) if known.working else None
    return found if day is None or day < first else replace(found, days=replace(days, best=day))


def _still_ahead(found: Found, local: datetime) -> list[Reading]:
    """The readings of a phrase, best first, that are neither past nor too far; the best one's reason if none is."""
    days = found.days
    readings = [Reading(days.best, found.at)]
    if days.second:
        readings.append(Reading(days.second, found.at))
    if found.other_at:
        readings.append(Reading(days.best, found.other_at))
    reasons = {reading: _refusal(reading, local) for reading in readings}
    ahead = [reading for reading, reason in reasons.items() if reason is None]
    if not ahead:
        raise UnreadableDate(reasons[readings[0]] or Reason.NOT_A_DATE)
    return ahead


def _doubt(found: Found, best: Reading, rest: Sequence[Reading], today: date) -> Doubt | None:
    """The doubt that is left after what is past is gone; one that asks before one that only offers."""
    if best.day > add_months(today, MONTHS_AHEAD) and found.days.doubt is not Doubt.SEVERAL_MONTHS:
        return Doubt.FAR_AHEAD
    doubts = [doubt for doubt in (found.days.doubt, found.doubt) if doubt and (rest or doubt in _OPEN_ALONE)]
    return min(doubts, key=lambda doubt: not doubt.asks, default=None)


def _refusal(reading: Reading, local: datetime) -> Reason | None:
    if reading.day > add_months(local.date(), MOST_MONTHS_AHEAD):
        return Reason.TOO_FAR
    if reading.day < local.date():
        return Reason.PAST
    return _refused_time(datetime.combine(reading.day, reading.at, local.tzinfo), local) if reading.at else None


def _refused_time(moment: datetime, local: datetime) -> Reason | None:
    instant = moment.astimezone(UTC)
    if instant.astimezone(moment.tzinfo).replace(tzinfo=None) != moment.replace(tzinfo=None):
        return Reason.NO_SUCH_TIME  # the clocks jump over it
    return Reason.PAST if instant < local.astimezone(UTC).replace(second=0, microsecond=0) else None
