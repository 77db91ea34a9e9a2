"""A month as a calendar of buttons: what is free on which side, and a press on a day."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from markupsafe import Markup

from handlers.reply import Button, Rows
from handlers.rules.month_grid import DaysOff, GridDay, Mark, Month
from handlers.voice import Say

CLOSED = "–"
"""A day that is past, or none of this month: it cannot be chosen."""
NAMED = 8
"""Named days off that a month lists."""


@dataclass(frozen=True)
class GridPresses:
    """What a day means and what turns the leaf, each with the arguments that go along; the date is added."""

    day: str
    leaf: str
    args: dict[str, Any]


def legend(say: Say, month: Month) -> Markup:
    """What the signs mean, and the days off that have a name."""
    marks = say("· a day off on one side, × on both sides, [ ] today")
    return Markup("\n").join([marks, *(days_off(say, each) for each in month.off[:NAMED])])


def days_off(say: Say, off: DaysOff) -> Markup:
    """Days off with their name, and whose they are."""
    days = say.day(off.first) if off.first == off.last else f"{say.day(off.first)} – {say.day(off.last)}"
    return say("{days}: {name} ({sides})", days=days, name=off.name.spoken(say.language), sides=say.all_of(off.sides))


def rows(say: Say, month: Month, presses: GridPresses) -> Rows:
    """The leaves to turn, the weekdays, and a row for each week."""
    return (
        _leaves(month, presses),
        tuple(_still(name) for name in _weekdays(say)),
        *(tuple(_day(day, presses) for day in week) for week in month.weeks),
    )


def _leaves(month: Month, presses: GridPresses) -> tuple[Button, ...]:
    """The month stands between them in numbers, which are the same in every language and fit."""
    middle = (_still(f"{month.first:%m/%Y}"),)
    before = () if month.before is None else (_dated("‹", presses.leaf, presses.args, month.before),)
    after = () if month.after is None else (_dated("›", presses.leaf, presses.args, month.after),)
    return before + middle + after


def name(say: Say, month: Month) -> str:
    """The month in words, such as "April 2026"."""
    return say.month(month.first, year=True)


def _weekdays(say: Say) -> list[str]:
    from babel.dates import get_day_names

    width: Literal["short", "narrow"] = "short" if say.language == "en" else "narrow"
    names = get_day_names(width, context="stand-alone", locale=say.language)
    return [names[day] for day in range(7)]


def _day(day: GridDay | None, presses: GridPresses) -> Button:
    if day is None or not day.open:
        return _still(CLOSED)
    return _dated(_label(day), presses.day, presses.args, day.day)


def _label(day: GridDay) -> str:
    mark = {Mark.ALL: "", Mark.SOME: "·", Mark.NOBODY: "×"}[day.mark]
    label = f"{mark}{day.day.day}"
    return f"[{label}]" if day.today else label


def _dated(label: str, press: str, args: dict[str, Any], day: date) -> Button:
    return Button(label, press, {**args, "date": day.isoformat()})


def _still(label: str) -> Button:
    """A button that does nothing: Telegram knows no other way to write into a table."""
    return Button(label, "calendar.still", {})
