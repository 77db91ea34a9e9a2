"""Dates in digits, which need no language: 2026-04-20, 20/4, 20.04.2026, each with 14:30 behind or before it."""

import re
from datetime import date, datetime, timedelta

from handlers.rules.date_reading import (
    Days,
    Doubt,
    Found,
    Reason,
    UnreadableDate,
    next_in_year,
    real_day,
    real_time,
    unless_today,
)

_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_NO_YEAR = re.compile(r"(\d{1,2})/(\d{1,2})")
_CLOCK = r"(\d{1,2}):(\d{2})"
_DAY_AND_CLOCK = re.compile(rf"(?:(\S+)[ t])?{_CLOCK}")
_CLOCK_AND_DAY = re.compile(rf"{_CLOCK} (\S+)")


def read(words: str, now: datetime) -> Found | None:
    """A phrase of digits alone; `now` is local. None if there is anything else in it."""
    if match := _DAY_AND_CLOCK.fullmatch(words):
        day, hour, minute = match.groups()
    elif match := _CLOCK_AND_DAY.fullmatch(words):
        hour, minute, day = match.groups()
    else:
        days = read_day(words, now.date())
        return Found(days) if days else None
    days = read_day(day, now.date()) if day else Days(now.date())
    return Found(days, real_time(int(hour), int(minute))) if days else None


def read_day(words: str, today: date) -> Days | None:
    """A day in digits. Day before month; the other order where only that one exists, or as a second meaning."""
    if match := _YEAR_FIRST.fullmatch(words):
        return Days(real_day(int(match[1]), int(match[3]), int(match[4])))
    if match := _YEAR_LAST.fullmatch(words):
        return Days(_day_first(int(match[1]), int(match[3]), int(match[4])))
    if match := _NO_YEAR.fullmatch(words):
        return _without_year(int(match[1]), int(match[2]), today)
    return None


def _day_first(day: int, month: int, year: int) -> date:
    try:
        return real_day(year, month, day)
    except UnreadableDate:
        return real_day(year, day, month)


def _without_year(day: int, month: int, today: date) -> Days:
    readings = [next_in_year(*pair, today) for pair in ((month, day), (day, month)) if _exists(*pair)]
    if not readings:
        raise UnreadableDate(Reason.NO_SUCH_DAY)
    best, other = readings[0], readings[-1]
    if best != other:
        return Days(best, other, Doubt.DAY_OR_MONTH_FIRST)
    return unless_today(best, next_in_year(best.month, best.day, today + timedelta(1)), today)


def _exists(month: int, day: int) -> bool:
    try:
        date(2000, month, day)  # a leap year: 29 February exists
    except ValueError:
        return False
    return True
