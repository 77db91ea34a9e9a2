"""Stretches of days: months, quarters, and what a plan shows. Values in, values out."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from handlers.rules.date_reading import add_months, month_end
from handlers.rules.recurrence_words import MONTHS
from handlers.rules.spans import Span
from handlers.rules.text import searchable

Days = tuple[date | None, date | None]
LONGEST = 12
"""Months on one picture of a plan."""


def shown_days(periods: Iterable[Days], today: date) -> tuple[date, date]:
    """Whole months around today and every period that was not over two months ago; twelve at most."""
    known = [(first, last) for first, last in periods if first is not None and last is not None]
    earliest = add_months(today.replace(day=1), -2)
    current = [(first, last) for first, last in known if last >= earliest]
    first = max(min([today, *(first for first, _ in current)]).replace(day=1), earliest)
    last = max([today, *(last for _, last in current)])
    end = min(last, add_months(first, LONGEST - 1))
    return first, month_end(end.year, end.month)


def months(first: date, last: date) -> Iterator[date]:
    """The first days of the months from one day to another."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = add_months(month, 1)


def month(day: date) -> Span:
    """The month a day is in."""
    return Span(day.replace(day=1), month_end(day.year, day.month))


def year(day: date) -> Span:
    """The year a day is in."""
    return Span(date(day.year, 1, 1), date(day.year, 12, 31))


def quarter(day: date) -> Span:
    """The quarter a day is in."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    last = add_months(first, 2)
    return Span(first, month_end(last.year, last.month))


_QUARTER = re.compile(r"(?:q|第|ໄຕມາດ\s*(?:ທີ\s*)?)\s*([1-4一二三四])\s*(?:季度|季)?\s*(20\d{2})?")
_YEAR_FIRST = re.compile(r"(20\d{2})\s*年?\s*[-/]?\s*(?:q|第)\s*([1-4一二三四])\s*(?:季度|季)?")
_MONTH = re.compile(r"(20\d{2})\s*(?:-|/|年)\s*(\d{1,2})\s*月?")
_YEAR = re.compile(r"(20\d{2})\s*年?")
_NAMED = re.compile(r"(?:ເດືອນ\s*)?([^\W\d]+)\.?\s*(20\d{2})?")
_NUMBERED = re.compile(
    r"(?:(20\d{2})\s*年)?\s*(\d{1,2}|[一二三四五六七八九十]{1,2})\s*月份?|ເດືອນ\s*(\d{1,2})\s*(20\d{2})?"
)
_NAMES = {searchable(name): number for number, names in enumerate(MONTHS, 1) for name in names}
LAST_QUARTER = (
    "last quarter",
    "previous quarter",
    "上季度",
    "上个季度",
    "上一季度",
    "ໄຕມາດກ່ອນ",
    "ໄຕມາດແລ້ວ",
    "ໄຕມາດຜ່ານມາ",
)
LAST_MONTH = ("last month", "previous month", "上月", "上个月", "ເດືອນກ່ອນ", "ເດືອນແລ້ວ", "ເດືອນຜ່ານມາ")
THIS_YEAR = ("year", "this year", "今年", "本年", "ປີນີ້")
LAST_YEAR = ("last year", "去年", "ປີກາຍ", "ປີກ່ອນ")
THIS_QUARTER = ("", "quarter", "this quarter", "季度", "本季度", "ໄຕມາດ", "ໄຕມາດນີ້")
THIS_MONTH = ("month", "this month", "月", "本月", "这个月", "ເດືອນ", "ເດືອນນີ້")
_NUMERALS = {numeral: number for number, numeral in enumerate("一二三四五六七八九十", 1)} | {"十一": 11, "十二": 12}


def read_period(words: str, today: date) -> Span | None:
    """The year, quarter or month that is asked for, such as "2026", "Q2", "2026 Q2", "第二季度", "2026-04", "April",
    "last quarter"; None for anything else.

    A quarter or month without its year is the last one that has begun.
    """
    asked = " ".join(words.split()).casefold()
    spoken = _spoken(asked, today)
    if spoken is not None:
        return spoken
    if found := _QUARTER.fullmatch(asked):
        return _quarter(found[1], found[2], today)
    if found := _YEAR_FIRST.fullmatch(asked):
        return _quarter(found[2], found[1], today)
    if found := _YEAR.fullmatch(asked):
        return year(date(int(found[1]), 1, 1))
    return _month(asked, today)


def _spoken(asked: str, today: date) -> Span | None:
    """The present or the last one of its kind."""
    for words, period, back in (
        (THIS_QUARTER, quarter, 0), (LAST_QUARTER, quarter, 1), (THIS_MONTH, month, 0), (LAST_MONTH, month, 1),
        (THIS_YEAR, year, 0), (LAST_YEAR, year, 1),
    ):  # fmt: skip
        if asked in words:
            return before(period(today)) if back else period(today)
    return None


def _month(asked: str, today: date) -> Span | None:
    if found := _MONTH.fullmatch(asked):
        return _month_of(int(found[2]), found[1], today)
    if found := _NUMBERED.fullmatch(asked):
        number = found[2] or found[3]
        return _month_of(
            _NUMERALS.get(number) or (int(number) if number.isdecimal() else 0), found[1] or found[4], today
        )
    found = _NAMED.fullmatch(asked)
    return None if found is None else _month_of(_NAMES.get(searchable(found[1]), 0), found[2], today)


def _month_of(number: int, year: str | None, today: date) -> Span | None:
    if not 1 <= number <= 12:
        return None
    first = date(today.year if year is None else int(year), number, 1)
    return month(first if year is not None or first <= today else date(today.year - 1, number, 1))


def _quarter(number: str, year: str | None, today: date) -> Span:
    first = 3 * (_NUMERALS.get(number) or int(number)) - 2
    if year is not None:
        return quarter(date(int(year), first, 1))
    begun = date(today.year, first, 1)
    return quarter(begun if begun <= today else date(today.year - 1, first, 1))


def before(span: Span) -> Span:
    """The year, quarter or month before one that is whole; of any other stretch the month before its first day."""
    return _kind(span)(span.first - timedelta(days=1))


def after(span: Span) -> Span:
    """What comes next after a period: a whole year or quarter after one, else a month."""
    return _kind(span)(span.last + timedelta(days=1))


def _kind(span: Span) -> Callable[[date], Span]:
    return next((kind for kind in (year, quarter) if span == kind(span.first)), month)
