"""A first and a last day in words: "13 April to 17 April", "until Friday", "tomorrow"."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from handlers.rules.dates import DateReading, UnreadableDate, read_date

_BETWEEN = re.compile(r"\s+(?:to|till|until)\s+|\s*[–—]\s*|\s+-\s+", re.IGNORECASE)
_ONE_MONTH = re.compile(r"(\d{1,2})\s*(?:[-–—]|to|till|until)\s*(\d{1,2})\s+([^\W\d].*)", re.IGNORECASE)
_FROM = re.compile(r"^from\s+", re.IGNORECASE)
_UNTIL = re.compile(r"^(?:until|till|to)\s+", re.IGNORECASE)


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


def read_span(text: str, now: datetime, zone: ZoneInfo) -> Span:
    """The days that a text means, by the calendar of `zone`; UnreadableSpan or BackwardsSpan rather than a guess.

    One date alone is one day; "until DATE" begins today. Two dates may stand side by side ("13/4 17/4") or share
    their month ("13-17 April").
    """
    words = _FROM.sub("", " ".join(text.split()))
    if _UNTIL.match(words):
        return _span(now.astimezone(zone).date(), _day(_UNTIL.sub("", words), now, zone))
    shared = _ONE_MONTH.fullmatch(words)
    parts = [f"{day} {shared[3]}" for day in shared.groups()[:2]] if shared else _BETWEEN.split(words)
    if len(parts) == 2:
        return _span(_day(parts[0], now, zone), _day(parts[1], now, zone))
    return _without_a_word_between(words, now, zone)


def _without_a_word_between(words: str, now: datetime, zone: ZoneInfo) -> Span:
    tokens = words.split()
    cuts = [(" ".join(tokens[:at]), " ".join(tokens[at:])) for at in range(1, len(tokens))]
    found = {span for left, right in cuts if (span := _if_both(left, right, now, zone)) is not None}
    if len(found) == 1:
        return _span(*found.pop())
    if found:
        raise UnreadableSpan(words, "not_a_date")
    only = _day(words, now, zone)
    return Span(only, only)


def _if_both(left: str, right: str, now: datetime, zone: ZoneInfo) -> tuple[date, date] | None:
    try:
        return _day(left, now, zone), _day(right, now, zone)
    except UnreadableSpan:
        return None


def _span(first: date, last: date) -> Span:
    if last < first:
        raise BackwardsSpan(f"{last} is before {first}")
    return Span(first, last)


def _day(text: str, now: datetime, zone: ZoneInfo) -> date:
    try:
        reading: DateReading = read_date(text, now, zone)
    except UnreadableDate as refusal:
        raise UnreadableSpan(text, str(refusal.reason)) from refusal
    return reading.day
