"""A first and a last day in words: "13 April to 17 April", "until Friday", "4月13日到17日", "13 ຫາ 17 ເມສາ"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.rules.date_reading import LANGUAGES, NOTHING_KNOWN, DateReading, Doubt, Known, Reason, UnreadableDate

_WORDS = r"\s+(?:to|till|until)\s+|\s*(?:到|至|ຫາ|ເຖິງ|ຮອດ)\s*"
_DASHES = r"\s*[–—~～]\s*"
_BETWEEN = re.compile(rf"{_WORDS}|{_DASHES}|\s+-\s+", re.IGNORECASE)
_NEAR = rf"(?:{_WORDS}|{_DASHES}|\s*-\s*)"
_MONTH_BEHIND = re.compile(rf"(?:ວັນທີ\s*)?(\d{{1,2}}){_NEAR}(\d{{1,2}})\s*([^\W\d].*)", re.IGNORECASE)
_DAY = r"([0-9一二三四五六七八九十]{1,3})\s*[日号號]?"
_MONTH_BEFORE = re.compile(rf"(.*[0-9一二三四五六七八九十]\s*月\s*){_DAY}{_NEAR}{_DAY}")
_CHINESE_DAY = re.compile(r"[日号號]")
_FROM = re.compile(r"^(?:from\s+|从\s*|自\s*|ຕັ້ງແຕ່\s*|ແຕ່\s*)", re.IGNORECASE)
_UNTIL = re.compile(r"^(?:(?:until|till|to)\s+|(?:到|至|ຈົນເຖິງ|ຈົນຮອດ|ຮອດ|ເຖິງ|ຫາ)\s*)", re.IGNORECASE)
_END = re.compile(r"(?:为止|止|结束)$")
LONGEST = 100
"""Characters of two dates and what stands around them: nobody needs more, and each would be read in many ways."""


class UnreadableSpan(ValueError):
    """What should be one or two dates is not; `text` is the part that could not be read, `reason` as for a date."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(f"{reason}: no date")
        self.text = text
        self.reason = reason


class BackwardsSpan(ValueError):
    """The last day is before the first one."""


@dataclass(frozen=True)
class Span:
    """Days from `first` to `last`, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class _Reader:
    """By whose calendar and in which languages a day is read."""

    now: datetime
    zone: ZoneInfo
    languages: Sequence[str] = LANGUAGES
    known: Known = field(default=NOTHING_KNOWN)

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def reading(self, text: str) -> DateReading:
        """What a text means as a date; UnreadableSpan where it is none."""
        from handlers.rules.dates import read_date  # all grammars, which few need who know what a span is

        try:
            return read_date(text, self.now, self.zone, self.languages, self.known)
        except UnreadableDate as refusal:
            raise UnreadableSpan(text, str(refusal.reason)) from refusal

    def day(self, text: str) -> date:
        """The day of a text; one that would have to be asked about is none."""
        reading = self.reading(text)
        if reading.doubt is not None and reading.doubt.asks:
            raise UnreadableSpan(text, str(reading.doubt))
        return reading.day

    def alone(self, text: str) -> Span:
        """One day, or the Monday to Sunday of a week; of the present one the days from today on."""
        reading = self.reading(text)
        if reading.doubt is not Doubt.SOME_DAY_OF_A_WEEK:
            day = self.day(text)
            return Span(day, day)
        monday = reading.day - timedelta(reading.day.weekday())
        return Span(max(monday, self.today), monday + timedelta(6))

    def both(self, left: str, right: str) -> tuple[date, date] | None:
        """Both days, or None where one of them is none."""
        try:
            return self.day(left), self.day(right)
        except UnreadableSpan:
            return None


def read_span(
    text: str, now: datetime, zone: ZoneInfo, languages: Sequence[str] = LANGUAGES, known: Known = NOTHING_KNOWN
) -> Span:
    """The days that a text means, by the calendar of `zone`; UnreadableSpan or BackwardsSpan rather than a guess.

    One date alone is one day, a week alone is its days; "until DATE" begins today. Two dates may stand side by side
    ("13/4 17/4") or share their month ("13-17 April", "4月13日到17日").
    """
    if len(text) > LONGEST:
        raise UnreadableSpan(text, Reason.NOT_A_DATE)
    reader = _Reader(now, zone, languages, known)
    words = _END.sub("", _FROM.sub("", " ".join(text.split())))
    if _UNTIL.match(words):
        return _span(reader.today, reader.day(_UNTIL.sub("", words)))
    parts = _sharing_a_month(words) or _BETWEEN.split(words)
    if len(parts) == 2:
        return _span(reader.day(parts[0]), reader.day(parts[1]))
    return _without_a_word_between(words, reader)


def _sharing_a_month(words: str) -> list[str]:
    """Both days with the month that is written once; nothing where each has its own."""
    if found := _MONTH_BEHIND.fullmatch(words):
        # A sign for "day" belongs to the Chinese way, in which the month stands before.
        return [] if _CHINESE_DAY.match(found[3]) else [f"{found[1]} {found[3]}", f"{found[2]} {found[3]}"]
    if found := _MONTH_BEFORE.fullmatch(words):
        return [f"{found[1]}{found[2]}日", f"{found[1]}{found[3]}日"]
    return []


def _without_a_word_between(words: str, reader: _Reader) -> Span:
    tokens = words.split()
    cuts = [(" ".join(tokens[:at]), " ".join(tokens[at:])) for at in range(1, len(tokens))]
    found = {span for left, right in cuts if (span := reader.both(left, right)) is not None}
    if len(found) == 1:
        return _span(*found.pop())
    if found:
        raise UnreadableSpan(words, "not_a_date")
    return reader.alone(words)


def _span(first: date, last: date) -> Span:
    if last < first:
        raise BackwardsSpan(f"{last} is before {first}")
    return Span(first, last)
