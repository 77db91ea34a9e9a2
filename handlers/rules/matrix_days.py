"""Dates as spreadsheets write them: a count of days, or a date with the time of midnight behind it."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from handlers.rules.date_reading import Days

EPOCH = date(1899, 12, 30)
"""Day 0 of the count that spreadsheets keep; right from March 1900 on."""
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
"""Between these a number of five digits is a day, and never a year or an amount."""
_COUNT = re.compile(r"(\d{5})(?:[.,]\d+)?")
_WITH_TIME = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?")


def day_in(written: str, read: Callable[[str], Days | None]) -> Days | None:
    """The day a cell means; `read` takes what people write in words and figures. None where none can be read."""
    count = _COUNT.fullmatch(written)
    if count is not None:
        day = EPOCH + timedelta(days=int(count[1]))
        return Days(day) if EARLIEST <= day < LATEST else None
    with_time = _WITH_TIME.fullmatch(written)
    return read(with_time[1] if with_time is not None else written)
