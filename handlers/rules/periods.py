"""Stretches of days: months, quarters, and what a plan shows. Values in, values out."""

from collections.abc import Iterable, Iterator
from datetime import date

from handlers.rules.date_reading import add_months, month_end
from handlers.rules.spans import Span

Days = tuple[date | None, date | None]
LONGEST = 12
"""Months on one picture of a plan."""


def shown_days(periods: Iterable[Days], today: date) -> tuple[date, date]:
    """Whole months around today and every period that is not over, twelve at most; both ends included."""
    known = [(first, last) for first, last in periods if first is not None and last is not None]
    current = [(first, last) for first, last in known if last >= today]
    first = min([today, *(first for first, _ in current)]).replace(day=1)
    first = max(first, add_months(today.replace(day=1), -2))
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
