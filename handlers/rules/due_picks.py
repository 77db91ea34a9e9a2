"""The dates that are offered as buttons when a task needs one."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from handlers.rules.working_time import ONE_DAY, WorkingTime

WEEK = 7 * ONE_DAY


class PickKind(StrEnum):
    """Why a date is offered."""

    TODAY = auto()
    NEXT = auto()
    AFTER_NEXT = auto()
    WEEK = auto()
    MONTH = auto()


@dataclass(frozen=True)
class Pick:
    """One date that is offered."""

    kind: PickKind
    day: date


def due_picks(today: date, working: WorkingTime) -> list[Pick]:
    """Today, the next two working days, in a week, and the last working day of the month; working days alone, once."""
    days = {
        PickKind.TODAY: today if working.works_on(today) else None,
        PickKind.NEXT: working.add_working_days(today, 1),
        PickKind.AFTER_NEXT: working.add_working_days(today, 2),
        PickKind.WEEK: working.working_day_on_or_after(today + WEEK),
        PickKind.MONTH: _month_end(today, working),
    }
    found: dict[date, Pick] = {}
    for kind, day in days.items():
        if day is not None:
            found.setdefault(day, Pick(kind, day))
    return sorted(found.values(), key=lambda pick: pick.day)


def _month_end(today: date, working: WorkingTime) -> date | None:
    last = today.replace(day=monthrange(today.year, today.month)[1])
    day = working.working_day_on_or_before(last)
    return day if day is not None and day > today else None
