"""What reading a date gives, why it may fail, and the arithmetic of days that every language's grammar shares."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum, auto


class Reason(StrEnum):
    """Why a phrase is not taken as a date."""

    NOT_A_DATE = auto()
    NO_SUCH_DAY = auto()
    NO_SUCH_TIME = auto()
    WEEKDAY_DIFFERS = auto()
    PAST = auto()
    TOO_FAR = auto()


class Doubt(StrEnum):
    """What the words leave open, so that the answer can ask about it."""

    TODAY_OR_LATER = auto()
    THIS_OR_NEXT_WEEK = auto()
    DAY_OR_MONTH_FIRST = auto()
    FRIDAY_OR_SUNDAY = auto()
    SOME_DAY_OF_A_WEEK = auto()


class UnreadableDate(ValueError):
    """The phrase is no date that can be taken; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Reading:
    """One meaning of a phrase: a day, and a wall-clock time if one was given."""

    day: date
    at: time | None = None


@dataclass(frozen=True, slots=True)
class DateReading:
    """What a phrase means, in the zone of the reader, and a second meaning worth offering."""

    day: date
    at: time | None = None
    second: Reading | None = None
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """What a grammar makes of the words for a day, before anybody asks whether it is past."""

    best: date
    second: date | None = None
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a grammar makes of a whole phrase."""

    days: Days
    at: time | None = None


def real_day(year: int, month: int, day: int) -> date:
    """The date, or UnreadableDate(NO_SUCH_DAY)."""
    try:
        return date(year, month, day)
    except ValueError:
        raise UnreadableDate(Reason.NO_SUCH_DAY) from None


def real_time(hour: int, minute: int) -> time:
    """The time of day, or UnreadableDate(NO_SUCH_TIME). There is no 24:00: it could be either midnight."""
    try:
        return time(hour, minute)
    except ValueError:
        raise UnreadableDate(Reason.NO_SUCH_TIME) from None


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def add_months(day: date, months: int) -> date:
    """The same day that many months later, or the last one of a month that is too short."""
    years, month = divmod(day.month - 1 + months, 12)
    end = month_end(day.year + years, month + 1)
    return min(end, end.replace(day=min(day.day, end.day)))


def next_in_year(month: int, day: int, today: date) -> date:
    """The next such date from today on; 29 February waits for its leap year. UnreadableDate if no year has it."""
    for year in range(today.year, today.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise UnreadableDate(Reason.NO_SUCH_DAY)


def next_in_month(day: int, today: date) -> date:
    """The next day of that number from today on; UnreadableDate if no month has it."""
    for months in range(3):
        end = month_end(*_month_after(today, months))
        if 1 <= day <= end.day and end.replace(day=day) >= today:
            return end.replace(day=day)
    raise UnreadableDate(Reason.NO_SUCH_DAY)


def _month_after(today: date, months: int) -> tuple[int, int]:
    years, month = divmod(today.month - 1 + months, 12)
    return today.year + years, month + 1


def unless_today(best: date, later: date, today: date) -> Days:
    """A date without its year or month: if it is today, then it may be the next one that was meant."""
    return Days(best, later, Doubt.TODAY_OR_LATER) if best == today else Days(best)
