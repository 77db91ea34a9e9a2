"""A month as a calendar shows it: weeks from Monday to Sunday, each day with who is off."""

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from handlers.rules.date_reading import add_months, month_end
from handlers.rules.day_layers import DayName, Layer
from handlers.rules.spans import Span
from handlers.rules.working_time import ONE_DAY, WorkingTime

MONTHS_AHEAD = 18


class Mark(StrEnum):
    """Who works on a day."""

    ALL = auto()
    SOME = auto()
    NOBODY = auto()


@dataclass(frozen=True)
class GridDay:
    """One day of a month: who works, and whether it can be chosen or lies behind."""

    day: date
    mark: Mark
    open: bool
    today: bool = False


@dataclass(frozen=True)
class DaysOff:
    """Days in a row that have one name at the same sides, both ends included."""

    first: date
    last: date
    name: DayName
    sides: tuple[str, ...]


@dataclass(frozen=True)
class Month:
    """A month: its weeks with None where another month's days stand, its named days off, and the months beside it."""

    first: date
    weeks: tuple[tuple[GridDay | None, ...], ...]
    off: tuple[DaysOff, ...]
    before: date | None
    after: date | None


Sides = Sequence[tuple[str, WorkingTime]]
"""The sides whose days off are marked, by name."""


def month(
    asked: date, today: date, sides: Sides, *, first_day: date | None = None, last_day: date | None = None
) -> Month:
    """The month of that day, or the nearest one that has days to choose.

    They can be chosen from `first_day`, else today, to `last_day`, else the end of the month 18 months ahead.
    """
    choice = Span(first_day or today, last_day or _end_of(add_months(today.replace(day=1), MONTHS_AHEAD)))
    earliest, latest = choice.first.replace(day=1), choice.last.replace(day=1)
    first = min(max(asked.replace(day=1), earliest), latest)
    return Month(
        first=first,
        weeks=tuple(_week(week, first, today, sides, choice) for week in _weeks(first)),
        off=_named(first, today, sides),
        before=(first - ONE_DAY).replace(day=1) if first > earliest else None,
        after=add_months(first, 1) if first < latest else None,
    )


def _end_of(first: date) -> date:
    return month_end(first.year, first.month)


def _weeks(first: date) -> list[list[date]]:
    return Calendar().monthdatescalendar(first.year, first.month)


def _week(week: list[date], first: date, today: date, sides: Sides, choice: Span) -> tuple[GridDay | None, ...]:
    return tuple(_grid_day(day, today, sides, choice) if day.month == first.month else None for day in week)


def _grid_day(day: date, today: date, sides: Sides, choice: Span) -> GridDay:
    working = {working.works_on(day) for _, working in sides}
    mark = Mark.SOME if len(working) > 1 else Mark.NOBODY if working == {False} else Mark.ALL
    return GridDay(day, mark, open=choice.first <= day <= choice.last, today=day == today)


def _named(first: date, today: date, sides: Sides) -> tuple[DaysOff, ...]:
    return days_off(max(first, today), month_end(first.year, first.month), sides)


def days_off(day: date, last: date, sides: Sides) -> tuple[DaysOff, ...]:
    """The days off between two days that have a name; plain weekends have none."""
    found: list[DaysOff] = []
    while day <= last:
        for name, at in _names_of(day, sides).items():
            _lengthen(found, day, name, at)
        day += ONE_DAY
    return tuple(found)


def _names_of(day: date, sides: Sides) -> dict[DayName, tuple[str, ...]]:
    found: dict[DayName, tuple[str, ...]] = {}
    for side, working in sides:
        reason = working.why(day)
        if not reason.works and reason.layer is not Layer.WEEK and reason.name is not None:
            found[reason.name] = (*found.get(reason.name, ()), side)
    return found


def _lengthen(found: list[DaysOff], day: date, name: DayName, sides: tuple[str, ...]) -> None:
    for at, known in enumerate(found):
        if (known.last, known.name, known.sides) == (day - ONE_DAY, name, sides):
            found[at] = DaysOff(known.first, day, name, sides)
            return
    found.append(DaysOff(day, day, name, sides))
