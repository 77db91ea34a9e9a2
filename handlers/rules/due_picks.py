"""The dates that are offered as buttons when a task needs one."""

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from handlers.rules.working_time import ONE_DAY, WorkingTime

WEEK = 7 * ONE_DAY
DAYS_LOOKED_AT = 60
"""Days on either side of a wish among which a day that suits is looked for."""
Suits = Callable[[date], bool]


class PickKind(StrEnum):
    """Why a date is offered."""

    TODAY = auto()
    NEXT = auto()
    WEEK_END = auto()
    MONDAY = auto()
    WEEK = auto()
    TWO_WEEKS = auto()
    MONTH = auto()


@dataclass(frozen=True)
class Pick:
    """One date that is offered."""

    kind: PickKind
    day: date


def due_picks(today: date, working: Sequence[WorkingTime]) -> list[Pick]:
    """Dates on which everybody works, each once and in order.

    Today, the next such day, the end of this week, the beginning of the next one, in one week, in two weeks, the end
    of the month.
    """

    def suits(day: date) -> bool:
        return all(each.works_on(day) for each in working)

    sunday = today + (6 - today.weekday()) * ONE_DAY
    days = {
        PickKind.TODAY: today if suits(today) else None,
        PickKind.NEXT: _from(today + ONE_DAY, suits),
        PickKind.WEEK_END: _back(sunday, today, suits),
        PickKind.MONDAY: _from(sunday + ONE_DAY, suits),
        PickKind.WEEK: _from(today + WEEK, suits),
        PickKind.TWO_WEEKS: _from(today + 2 * WEEK, suits),
        PickKind.MONTH: _back(_month_end(today), today, suits),
    }
    found: dict[date, Pick] = {}
    for kind, day in days.items():
        if day is not None:
            found.setdefault(day, Pick(kind, day))
    return sorted(found.values(), key=lambda pick: pick.day)


def _month_end(today: date) -> date:
    return today.replace(day=monthrange(today.year, today.month)[1])


def _from(day: date, suits: Suits) -> date | None:
    days = (day + n * ONE_DAY for n in range(DAYS_LOOKED_AT))
    return next((each for each in days if suits(each)), None)


def _back(day: date, today: date, suits: Suits) -> date | None:
    """The last day up to that one which suits and is still ahead."""
    days = (day - n * ONE_DAY for n in range((day - today).days))
    return next((each for each in days if suits(each)), None)
