"""The time of day in English: 5pm, at 9, 15:00, half past three, noon, 3 in the afternoon, tomorrow morning at 9."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from functools import cache

from handlers.rules.date_hours import at_clock, in_part
from handlers.rules.date_reading import Days, Found, Reason, UnreadableDate, real_time

_PARTS: Mapping[str, range] = {
    "morning": range(1, 12),
    "afternoon": range(12, 19),
    "evening": range(16, 24),
    "night": range(19, 24),  # the hours after midnight belong to either day
    "am": range(1, 12),
    "pm": range(12, 24),
}
_CLOCK = (
    r"(?:(?:12 )?(?:(?P<noon>noon|midday)|(?P<midnight>midnight))|(?P<four>\d{4}) ?(?:hours|hrs|hr|h)"
    r"|(?P<hour>\d{1,2})(?:(?P<sep>[:.h])(?P<minute>\d{2}))?"
    r"(?: ?(?P<half>[ap])\.?m\.?| ?(?P<sharp>o'?clock|hours|hrs|hr|h))?"
    r"(?: (?:in the (?P<part>morning|afternoon|evening)|at (?P<late>night)))?)"
)
_LEAD = "(?P<lead>at |by |before |until |till )?"
_OF_DAY = re.compile(r"(?P<day>.+) (?P<part>morning|afternoon|evening|night|[ap]\.?m)\.?")
_PART_FIRST = re.compile(r"(?:in )?(?:the )?(?P<part>morning|afternoon|evening|night) of (?P<day>.+)")
_FIRST_THING = re.compile(r"1st thing (?:on )?(?P<day>.+)")


@dataclass(frozen=True, slots=True)
class Timed:
    """The words for the day ("" for the time alone) and for the part of it beside a time."""

    rest: str
    part: str | None
    match: re.Match[str]

    def on(self, days: Days) -> Found:
        """The day with the time; UnreadableDate where there is no such time, or it could be two that far apart."""
        match = self.match
        if match["midnight"]:
            raise UnreadableDate(Reason.NO_SUCH_TIME)  # the one before the day, or the one behind it?
        if match["noon"]:
            return Found(days, time(12))
        hour, minute = (match["four"][:2], match["four"][2:]) if match["four"] else (match["hour"], match["minute"])
        part = match["part"] or match["late"] or self.part
        if match["half"]:
            return _with_half(days, int(hour), int(minute or 0), match["half"], part)
        if part and (part, hour) != ("night", "24"):
            real_time(int(hour), int(minute or 0))
            return in_part(days, int(hour), int(minute or 0), _PARTS[part])
        return at_clock(days, hour, minute)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return (
        re.compile(rf"(?:(?P<rest>.+?) )??{_LEAD}{_CLOCK}"),
        re.compile(rf"{_LEAD}{_CLOCK}(?: on| of)? (?P<rest>.+)"),
    )


def timed(words: str) -> Iterator[Timed]:
    """Every way to take a time of day off the words."""
    for pattern in _patterns():
        match = pattern.fullmatch(words)
        if match is None:
            continue
        rest, part = day_and_part(match["rest"] or "")
        if part or _is_a_time(match):
            yield Timed(rest, part, match)


def day_and_part(words: str) -> tuple[str, str | None]:
    """The words for the day and for the part of it: tomorrow, morning; None for the part where none is said."""
    if words == "tonight":
        return "today", "night"
    if match := _PART_FIRST.fullmatch(words) or _OF_DAY.fullmatch(words):
        return ("today" if match["day"] == "this" else match["day"]), match["part"].replace(".", "")
    match = _FIRST_THING.fullmatch(words)
    return (match["day"], "morning") if match else (words, None)


def _is_a_time(match: re.Match[str]) -> bool:
    """Whether something says that the number is an hour. 20.04 may be a date, 15.30 is none."""
    if not match["hour"]:
        return True
    if match["sep"] == "." and not match["lead"]:
        return not match["sharp"] and (match["half"] is not None or not 1 <= int(match["minute"]) <= 12)
    said = (match["minute"], match["half"], match["sharp"], match["part"], match["late"])
    return any(said) or match["lead"] == "at "


def _with_half(days: Days, hour: int, minute: int, half: str, part: str | None) -> Found:
    """12am is refused: noon, or one of two midnights."""
    if not 1 <= hour <= 12 or (hour == 12 and half == "a"):
        raise UnreadableDate(Reason.NO_SUCH_TIME)
    at = real_time(hour % 12 + (12 if half == "p" else 0), minute)
    if part and at.hour not in _PARTS[part]:
        raise UnreadableDate(Reason.NO_SUCH_TIME)
    return Found(days, at)
