"""What reading a date gives, why it may fail, and the arithmetic of days that every language's grammar shares."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum, auto
from zoneinfo import ZoneInfo

from handlers.rules.working_time import WorkingTime

LANGUAGES = ("en", "zh_Hans", "lo")
"""Those in which dates are read."""


class Reason(StrEnum):
    """Why a phrase is not taken as a date."""

    NOT_A_DATE = auto()
    NO_SUCH_DAY = auto()
    NO_SUCH_TIME = auto()
    WEEKDAY_DIFFERS = auto()
    PAST = auto()
    TOO_FAR = auto()
    NO_CALENDAR = auto()
    """A holiday of a year whose calendar nobody has given yet."""


class Doubt(StrEnum):
    """What the words leave open, so that the answer can offer a second reading or, where it `asks`, ask first."""

    TODAY_OR_LATER = auto()
    """A weekday, or a date without its year, that is today: today, or the next one?"""
    THIS_OR_NEXT_WEEK = auto()
    """Next Friday: the one of next week, or the coming one?"""
    DAY_OR_MONTH_FIRST = auto()
    """4/5: 4 May or 5 April?"""
    FRIDAY_OR_SUNDAY = auto()
    """The end of a week: of the working week, or of the whole one?"""
    BEFORE_OR_ON = auto()
    """Before Friday: on Friday at the latest, or on Thursday?"""
    SOME_DAY_OF_A_WEEK = auto()
    """A week, not a day; the day given is a proposal, a working day where there is one. Asks."""
    SOME_DAY = auto()
    """Another period, such as the first ten days of a month; the day given is a proposal. Asks."""
    SEVERAL_MONTHS = auto()
    """A quarter, half a year or a range of months; the day given is the last working day of it. Asks."""
    WEEKDAY_DIFFERS = auto()
    """Weekday and date contradict each other: the date, or the nearest day that is such a weekday? Asks."""
    WHICH_HOLIDAY = auto()
    """Two countries have a holiday of that name: before the nearer one, or before the other? Asks."""
    BUDDHIST_YEAR = auto()
    """2570, taken as the Buddhist year that is 2027. Asks."""
    SHORT_YEAR = auto()
    """15/3/27, taken as 2027. Asks."""
    WHOSE_DAY = auto()
    """Tomorrow by the clocks of a place where it is tomorrow already: by the reader's own day, or by theirs? Asks."""
    FAR_AHEAD = auto()
    """More than 18 months ahead: perhaps the year is wrong. Asks."""
    MORNING_OR_EVENING = auto()
    """3 o'clock without a part of the day: 15:00 or 03:00? Asks."""
    PART_OF_DAY = auto()
    """A part of a day without an hour: the day is given without a time, and that part is lost. Asks."""

    @property
    def asks(self) -> bool:
        """Whether the person has to confirm the reading before anything is set."""
        return self not in _OFFERS


_OFFERS = frozenset(
    {
        Doubt.TODAY_OR_LATER,
        Doubt.THIS_OR_NEXT_WEEK,
        Doubt.DAY_OR_MONTH_FIRST,
        Doubt.FRIDAY_OR_SUNDAY,
        Doubt.BEFORE_OR_ON,
    }
)
"""Doubts for which the best reading can be set at once, and the other one offered beside it."""


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
    """What a phrase means, and a second meaning worth offering.

    `zone` is that of a place the words name (15:00 Vientiane time): day and times are on its clocks. Else it is None.
    """

    day: date
    at: time | None = None
    second: Reading | None = None
    doubt: Doubt | None = None
    zone: ZoneInfo | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """What a grammar makes of the words for a day, before anybody asks whether it is past."""

    best: date
    second: date | None = None
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a grammar makes of a whole phrase: days, a time on the wall if one was given, and another it may be.

    `doubt` is what the words leave open of the time; that of the days stands with them. `ends_day` is 24:00: the whole
    day, until its end.
    """

    days: Days
    at: time | None = None
    other_at: time | None = None
    doubt: Doubt | None = None
    ends_day: bool = False


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days off that have a name, both ends included; `name` is folded as phrases are."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Known:
    """What a grammar may use beyond the words: the working time of who has to act, and the holidays around.

    Holidays of this year that are over tell a name that is past from one that is unknown.
    """

    working: WorkingTime | None = None
    holidays: tuple[Holiday, ...] = ()


NOTHING_KNOWN = Known()

Grammar = Callable[[str, datetime, Known], Found | None]
"""Takes the folded phrase, the local now and what is known; None if the phrase is no date in this language.

Raises UnreadableDate where the phrase is a date that does not exist. Past and far dates are left to the caller.
"""


def real_day(year: int, month: int, day: int) -> date:
    """The date, or UnreadableDate(NO_SUCH_DAY)."""
    try:
        return date(year, month, day)
    except ValueError:
        raise UnreadableDate(Reason.NO_SUCH_DAY) from None


def real_time(hour: int, minute: int) -> time:
    """The time of day, or UnreadableDate(NO_SUCH_TIME). 24:00 is none: it is the end of a day."""
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
