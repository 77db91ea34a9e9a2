"""Dates in digits, which need no language: 2027-04-20, 20/4, 20.04.2027, each with 14:30 behind or before it."""

import re
from datetime import date, datetime

from handlers.rules.date_hours import at_clock
from handlers.rules.date_reading import Days, Doubt, Found, Reason, UnreadableDate, next_in_year, real_day
from handlers.rules.date_years import in_year, year_of

_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_IN_ONE = re.compile(r"(20\d\d)(\d\d)(\d\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_SHORT_YEAR = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d\d)")
_NO_YEAR = re.compile(r"(\d{1,2})/(\d{1,2})")
_CLOCK = r"(\d{1,2}):(\d{2})"
_LEAP_YEAR = 2000
_DAY_AND_CLOCK = re.compile(rf"(?:(\S+)[ t])?{_CLOCK}(?:(?<=[ t]\d\d:\d\d):00)?")
_CLOCK_AND_DAY = re.compile(rf"{_CLOCK} (\S+)")


def read(words: str, now: datetime, *, month_first: bool = False) -> Found | None:
    """A phrase of digits alone; `now` is local. None if there is anything else in it."""
    if not words[0].isdecimal():
        return None
    if match := _DAY_AND_CLOCK.fullmatch(words):
        day, hour, minute = match.groups()
    elif match := _CLOCK_AND_DAY.fullmatch(words):
        hour, minute, day = match.groups()
    else:
        days = read_day(words, now.date(), month_first=month_first)
        return Found(days) if days else None
    days = read_day(day, now.date(), month_first=month_first) if day else Days(now.date())
    return at_clock(days, hour, minute) if days else None


def read_day(words: str, today: date, *, month_first: bool = False) -> Days | None:
    """A day in digits, day before month unless told otherwise; the other order where that one alone exists.

    Where both exist and differ the other one is the second meaning; not so with points, which put the day first.
    """
    if match := _YEAR_FIRST.fullmatch(words):
        return in_year(match[1], int(match[3]), int(match[4]), today)
    if match := _IN_ONE.fullmatch(words):
        return in_year(match[1], int(match[2]), int(match[3]), today)
    if match := _YEAR_LAST.fullmatch(words):
        return _with_year(match, month_first=month_first)
    if match := _SHORT_YEAR.fullmatch(words):
        return _with_short_year(match, today, month_first=month_first)
    if match := _NO_YEAR.fullmatch(words):
        return _without_year(int(match[1]), int(match[2]), today, month_first=month_first)
    return None


def _with_year(match: re.Match[str], *, month_first: bool) -> Days:
    year, doubt = year_of(match[4])
    days = _orders(year, int(match[1]), int(match[3]), month_first=month_first and match[2] != ".")
    if len(days) == 1 or match[2] == ".":
        return Days(days[0], doubt=doubt)
    return Days(days[0], days[1], doubt or Doubt.DAY_OR_MONTH_FIRST)


def _with_short_year(match: re.Match[str], today: date, *, month_first: bool) -> Days:
    """15/3/27, also 27/3/15 with the year first: what is ahead; two digits never say it for sure."""
    one, middle, last = int(match[1]), int(match[3]), int(match[4])
    found = [day for year, pair in ((last, (one, middle)), (one, (last, middle))) for day in _any(year, *pair)]
    if month_first:
        found.sort(key=lambda day: day.month != one)
    ahead = [day for day in dict.fromkeys(found) if today <= day] or found
    if not ahead:
        raise UnreadableDate(Reason.NO_SUCH_DAY)
    return Days(ahead[0], ahead[1] if len(ahead) > 1 else None, Doubt.SHORT_YEAR)


def _any(year: int, one: int, two: int) -> list[date]:
    try:
        return _orders(2000 + year, one, two, month_first=False)
    except UnreadableDate:
        return []


def _without_year(one: int, two: int, today: date, *, month_first: bool) -> Days:
    pairs = [(day.month, day.day) for day in _orders(_LEAP_YEAR, one, two, month_first=month_first)]
    if len(pairs) == 1:
        return in_year(None, *pairs[0], today)
    best, other = (next_in_year(*pair, today) for pair in pairs)
    return Days(best, other, Doubt.DAY_OR_MONTH_FIRST)


def _orders(year: int, one: int, two: int, *, month_first: bool) -> list[date]:
    """The one or two days that a day and a month in either order can be; UnreadableDate if there is none."""
    pairs = ((one, two), (two, one)) if month_first else ((two, one), (one, two))
    found = [real_day(year, *pair) for pair in pairs if _exists(year, *pair)]
    if not found:
        raise UnreadableDate(Reason.NO_SUCH_DAY)
    return list(dict.fromkeys(found))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
