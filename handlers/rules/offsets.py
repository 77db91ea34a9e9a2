"""When a step of a playbook is due: calendar days counted from an event, rounded to working days.

D is the first day of the event, E the last. What falls before D is rounded back and what falls after E forward to a
day on which everybody works whose step it is; during the event nothing is moved. "middle" is the day in the middle, or
the last working day before it, "every 7" repeats a step until E, "open" has no date.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from handlers.rules.working_time import ONE_DAY, SEARCH_DAYS, WorkingTime

MOST_TURNS = 60
"""How often one step may repeat."""
LONGEST = 1000
"""Days between a step and its event."""
_MINUS = str.maketrans("−–—＋", "---+")
_OFFSET = re.compile(
    r"(?P<anchor>[DE])\s*(?:(?P<sign>[+-])\s*(?P<days>\d{1,4}))?(?:\s*,?\s*every\s+(?P<every>\d{1,3})(?:\s+days?)?)?",
    re.IGNORECASE,
)


class Anchor(StrEnum):
    """What an offset is counted from."""

    FIRST = "D"
    LAST = "E"
    MIDDLE = "middle"
    OPEN = "open"


@dataclass(frozen=True)
class Offset:
    """So many calendar days from the anchor; repeated every so many days until the last day, where `every` is set."""

    anchor: Anchor
    days: int = 0
    every: int = 0

    def __str__(self) -> str:
        days = f"{self.days:+d}" if self.days else ""
        return f"{self.anchor}{days}" + (f" every {self.every}" if self.every else "")


def parse(written: str) -> Offset | None:
    """An offset as "D-100", "E+5", "middle", "D+7 every 7" or "open"; None for anything else."""
    text = " ".join(written.translate(_MINUS).split())
    if text.casefold() in (Anchor.MIDDLE, Anchor.OPEN):
        return Offset(Anchor(text.casefold()))
    found = _OFFSET.fullmatch(text)
    if found is None:
        return None
    days = int(found["days"] or 0) * (-1 if found["sign"] == "-" else 1)
    every = int(found["every"] or 0)
    if abs(days) > LONGEST or (found["every"] and not every):
        return None
    return Offset(Anchor(found["anchor"].upper()), days, every)


def days_of(offset: Offset, first: date, last: date) -> list[date | None]:
    """The calendar days of a step before they are rounded: several where it repeats, None where it has no date."""
    if offset.anchor is Anchor.OPEN:
        return [None]
    if offset.anchor is Anchor.MIDDLE:
        return [first + timedelta((last - first).days // 2)]
    start = (first if offset.anchor is Anchor.FIRST else last) + timedelta(offset.days)
    if not offset.every:
        return [start]
    turns = max((last - start).days // offset.every + 1, 0)
    return [start + timedelta(turn * offset.every) for turn in range(min(turns, MOST_TURNS))]


def rounded(day: date, first: date, last: date, parties: Sequence[WorkingTime]) -> date:
    """That day, rounded away from the event to one on which all of them work; itself where there is none near."""
    if first <= day <= last:
        return day
    step = -ONE_DAY if day < first else ONE_DAY
    days = (day + turn * step for turn in range(SEARCH_DAYS))
    return next((each for each in days if all(party.works_on(each) for party in parties)), day)


def planned(offset: Offset, first: date, last: date, parties: Sequence[WorkingTime]) -> list[date | None]:
    """When a step is due, once for each time it is to be done."""
    days = days_of(offset, first, last)
    if offset.anchor is Anchor.MIDDLE:
        return [_in_the_middle(first, day, parties) for day in days if day is not None]
    return [None if day is None else rounded(day, first, last, parties) for day in days]


def _in_the_middle(first: date, day: date, parties: Sequence[WorkingTime]) -> date:
    """Nobody chose the middle of an event: on a day off it is the last working day before, still in the event."""
    before = (day - turn * ONE_DAY for turn in range((day - first).days + 1))
    return next((each for each in before if all(party.works_on(each) for party in parties)), day)
