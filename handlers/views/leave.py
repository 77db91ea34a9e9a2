"""What is said about days away."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, View
from handlers.rules.month_grid import Month
from handlers.views import month_grid
from handlers.views.month_grid import GridPresses
from handlers.voice import Say


def ask(calendar: dict[str, Any] | None) -> View:
    """The question for the days; `calendar` are the arguments of a button that opens one, None where none does."""

    def view(say: Say) -> Page:
        question = say("From when until when are you away? For example: <code>13 April to 17 April</code>")
        rows = () if calendar is None else ((Button(say("Calendar"), "leave.month", calendar),),)
        return Page(question, rows, ask=say("Your first and last day"))

    return view


def month(grid: Month, first: date | None, args: dict[str, Any]) -> View:
    """The first day of a leave in a month of days to press; the last one where `first` is known."""

    def view(say: Say) -> Page:
        name = month_grid.name(say, grid)
        question = say("Which is your first day away? <b>{month}</b>", month=name)
        if first is not None:
            day = say.day(first, year=True)
            question = say("You are away from {day}. Which is your last day? <b>{month}</b>", day=day, month=name)
        chosen = args if first is None else {**args, "first": first.isoformat()}
        rows = month_grid.rows(say, grid, GridPresses("leave.picked", "leave.month", chosen))
        return Page(Markup("\n").join((question, month_grid.legend(say, grid))), rows)

    return view


def written(first: date, last: date, stand_in: str, args: dict[str, Any]) -> View:
    """The days with their weekdays, who is asked meanwhile ("" for nobody), and buttons to change them."""

    def view(say: Say) -> Page:
        parts = [_days(say, first, last), _meanwhile(say, stand_in)]
        row = (Button(say("Other dates"), "leave.change", args), Button(say("Call off"), "leave.call_off", args))
        return Page(Markup(" ").join(parts), (row,))

    return view


def _days(say: Say, first: date, last: date) -> Markup:
    if first == last:
        return say("You are away on {day}.", day=say.day(first, year=True))
    return say(
        "You are away from {first} to {last}, both days included.",
        first=say.day(first, year=True),
        last=say.day(last, year=True),
    )


def _meanwhile(say: Say, stand_in: str) -> Markup:
    if stand_in:
        return say("I do not remind you then; {person} is asked meanwhile.", person=say.name(stand_in))
    return say("I do not remind you then. Your side has nobody else who could be asked meanwhile.")


def ended(days: Sequence[tuple[date, date]]) -> View:
    """The leave of these days is over, or called off."""

    def view(say: Say) -> Page:
        spans = say.all_of([f"{say.day(first)} – {say.day(last)}" for first, last in days])
        return Page(say("You are no longer away: your leave ({days}) has ended or is called off.", days=spans))

    return view
