"""Years as they are written in a date: 2027, the Buddhist 2570, a short 27, or none."""

from datetime import date, timedelta

from handlers.rules.date_reading import Days, Doubt, Reason, UnreadableDate, next_in_year, real_day, unless_today

_BUDDHIST_AHEAD = 543
_BUDDHIST_YEARS = range(2500, 2700)
_CENTURY = 2000
_NEAR = (0, 1, -1, 2, -2, 3, -3)
_A_YEAR = timedelta(330)


def year_of(digits: str) -> tuple[int, Doubt | None]:
    """The year that four or two digits mean, and what to ask about it."""
    year = int(digits)
    if len(digits) == 2:
        return _CENTURY + year, Doubt.SHORT_YEAR
    if year in _BUDDHIST_YEARS:
        return year - _BUDDHIST_AHEAD, Doubt.BUDDHIST_YEAR
    return year, None


def in_year(digits: str | None, month: int, day: int, today: date) -> Days:
    """A day of the year that is written; of the coming twelve months where none is."""
    if digits:
        year, doubt = year_of(digits)
        return Days(real_day(year, month, day), doubt=doubt)
    best = next_in_year(month, day, today)
    return unless_today(best, next_in_year(month, day, today + timedelta(1)), today)


def with_weekday(days: Days, weekday: int, today: date) -> Days:
    """A date beside which a weekday (0 is Monday) stands: the reading on which both agree.

    Where none does, the date and the nearest such weekday are both to be offered. UnreadableDate(WEEKDAY_DIFFERS)
    where the words leave more than that open.
    """
    readings = [day for day in (days.best, days.second) if day]
    if fitting := [day for day in readings if day.weekday() == weekday]:
        return Days(fitting[0], doubt=days.doubt if days.doubt and days.doubt.asks else None)
    if days.doubt is not None or _was_meant_of_last_year(days.best, weekday, today):
        raise UnreadableDate(Reason.WEEKDAY_DIFFERS)
    near = next(days.best + timedelta(away) for away in _NEAR if (days.best.weekday() + away) % 7 == weekday)
    return Days(days.best, near, Doubt.WEEKDAY_DIFFERS)


def _was_meant_of_last_year(day: date, weekday: int, today: date) -> bool:
    """Tuesday 2 March, written on 10 March: the day that is just over, not the one of next year."""
    if day - today < _A_YEAR or (day.month, day.day) == (2, 29):
        return False
    return day.replace(year=day.year - 1).weekday() == weekday
