"""Stretches of days: months, quarters, and what a plan shows. Values in, values out."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from handlers.rules.date_reading import add_months, month_end
from handlers.rules.spans import Span

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


def quarter(day: date) -> Span:
    """The quarter a day is in."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    last = add_months(first, 2)
    return Span(first, month_end(last.year, last.month))


_QUARTER = re.compile(r"(?:q|第|ໄຕມາດ\s*(?:ທີ\s*)?)\s*([1-4一二三四])\s*(?:季度|季)?\s*(\d{4})?")
_YEAR_FIRST = re.compile(r"(\d{4})\s*年?\s*[-/]?\s*(?:q|第)\s*([1-4一二三四])\s*(?:季度|季)?")
_MONTH = re.compile(r"(\d{4})\s*(?:-|/|年)\s*(\d{1,2})\s*月?")
THIS_QUARTER = ("", "quarter", "this quarter", "季度", "本季度", "ໄຕມາດ", "ໄຕມາດນີ້")
THIS_MONTH = ("month", "this month", "月", "本月", "这个月", "ເດືອນ", "ເດືອນນີ້")
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4}


def read_period(words: str, today: date) -> Span | None:
    """The quarter or month that is asked for, such as "Q2", "2026 Q2", "第二季度", "2026-04"; None for anything else.

    A quarter without its year is the last one that has begun.
    """
    asked = " ".join(words.split()).casefold()
    if asked in THIS_QUARTER:
        return quarter(today)
    if asked in THIS_MONTH:
        return month(today)
    if found := _QUARTER.fullmatch(asked):
        return _quarter(found[1], found[2], today)
    if found := _YEAR_FIRST.fullmatch(asked):
        return _quarter(found[2], found[1], today)
    found = _MONTH.fullmatch(asked)
    return (
        month(date(int(found[1]), int(found[2]), 1)) if found and 1 <= int(found[2]) <= 12 and int(found[1]) else None
    )


def _quarter(number: str, year: str | None, today: date) -> Span | None:
    first = 3 * (_NUMERALS.get(number) or int(number)) - 2
    if year is not None:
        return quarter(date(int(year), first, 1)) if int(year) else None
    begun = date(today.year, first, 1)
    return quarter(begun if begun <= today else date(today.year - 1, first, 1))


def before(span: Span) -> Span:
    """The quarter or month before one that is whole; of any other stretch the month before its first day."""
    day = span.first - timedelta(days=1)
    return quarter(day) if span == quarter(span.first) else month(day)


def after(span: Span) -> Span:
    """What comes next after a period: as many whole months as a quarter has after a quarter, else a month."""
    day = span.last + timedelta(days=1)
    return quarter(day) if span == quarter(span.first) else month(day)
