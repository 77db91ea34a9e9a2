"""When a task that repeats is due next: days of the calendar, rounded to working days. Values in, values out."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto

from handlers.rules.working_time import WorkingTime

ONE_DAY = timedelta(days=1)
LAST = 31
"""The last day of a month, however many it has."""


class Every(StrEnum):
    """The period."""

    WEEK = auto()
    TWO_WEEKS = auto()
    MONTH = auto()
    QUARTER = auto()
    YEAR = auto()


class Where(StrEnum):
    """Where in the period: on a day, or on its first or last working day."""

    DAY = auto()
    FIRST_WORKING = auto()
    LAST_WORKING = auto()


@dataclass(frozen=True)
class Repeat:
    """A rule. `day` is a weekday (0 is Monday) of weeks, else a day of the month; `month` only of years.

    A day that a month does not have is its last one. The days of a quarter are those of its first month, but `LAST`
    is the last day of the quarter.
    """

    every: Every
    day: int = 0
    where: Where = Where.DAY
    month: int = 0

    def format(self) -> str:
        """The rule as it is kept."""
        return f"{self.every}:{self.where}:{self.day}:{self.month}"

    @classmethod
    def parse(cls, text: str) -> "Repeat":
        """A rule as `format` wrote it. Raises ValueError."""
        every, where, day, month = text.split(":")
        return cls(Every(every), int(day), Where(where), int(month))


def next_after(rule: Repeat, last: date, today: date, working: WorkingTime) -> date:
    """The first day of the rule after `last` whose due date is not past by `today`: what was missed is not made up."""
    day = _following(rule, last, working)
    while due_on(day, working) < today:
        day = _following(rule, day, working)
    return day


def due_on(day: date, working: WorkingTime) -> date:
    """The due date of an occurrence: the last working day up to it."""
    return working.working_day_on_or_before(day) or day


def _following(rule: Repeat, last: date, working: WorkingTime) -> date:
    if rule.every is Every.WEEK:
        return last + ((rule.day - last.weekday() - 1) % 7 + 1) * ONE_DAY
    if rule.every is Every.TWO_WEEKS:
        # Counted from the last one, moved to its weekday.
        return last + (14 + (rule.day - last.weekday() + 3) % 7 - 3) * ONE_DAY
    year, month = _period(rule, last)
    day = _in_period(rule, year, month, working)
    while day <= last:
        year, month = _add_months(year, month, _MONTHS[rule.every])
        day = _in_period(rule, year, month, working)
    return day


_MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.YEAR: 12}


def _period(rule: Repeat, day: date) -> tuple[int, int]:
    """The first month of the period that holds a day."""
    if rule.every is Every.YEAR:
        return day.year, rule.month
    if rule.every is Every.QUARTER:
        return day.year, (day.month - 1) // 3 * 3 + 1
    return day.year, day.month


def _in_period(rule: Repeat, year: int, month: int, working: WorkingTime) -> date:
    end_year, end_month = _add_months(year, month, 2) if rule.every is Every.QUARTER else (year, month)
    end = date(end_year, end_month, monthrange(end_year, end_month)[1])
    if rule.where is Where.FIRST_WORKING:
        return working.working_day_on_or_after(date(year, month, 1)) or date(year, month, 1)
    if rule.where is Where.LAST_WORKING:
        return working.working_day_on_or_before(end) or end
    if rule.day >= LAST:
        return end
    return date(year, month, min(rule.day, monthrange(year, month)[1]))


def _add_months(year: int, month: int, months: int) -> tuple[int, int]:
    year, month = year + (month - 1 + months) // 12, (month - 1 + months) % 12 + 1
    return year, month
