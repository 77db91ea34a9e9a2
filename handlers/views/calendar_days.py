"""Writing days into a calendar, and changing them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, Rows, View
from handlers.rules.calendar_words import Run
from handlers.rules.text import clip
from handlers.views.calendar import LINE, country_name, run_days, run_line
from handlers.voice import Say
from storage.kinds import DayKind

LABEL = 40
"""UTF-16 units of a day on a button."""
MOST_BUTTONS = 90
"""Telegram takes a hundred buttons under a message."""


def kinds(group_id: int, country: str, year: int) -> View:
    """Which kind of days are added."""

    def view(say: Say) -> Page:
        args = {"group": group_id, "country": country}
        rows: Rows = (
            (Button(say("Days off"), "calendar.kind", args | {"kind": DayKind.OFF.value}),),
            (Button(say("Make-up working days"), "calendar.kind", args | {"kind": DayKind.ON.value}),),
            (Button(say("Only to be mentioned"), "calendar.kind", args | {"kind": DayKind.OBSERVANCE.value}),),
            (Button(say("Back"), "calendar.year", args | {"year": year}),),
        )
        return Page(say("{country}: what kind of days are they?", country=country_name(country, say)), rows)

    return view


def ask_days(say: Say) -> Page:
    """The question for the days."""
    text = say("Which day, or from when until when? For example: <code>2027-02-11 – 2027-02-13</code>")
    return Page(text, ask=say("First and last day"))


def ask_name(first: date, last: date) -> View:
    """The question for the name of these days."""

    def view(say: Say) -> Page:
        days = say.day(first, year=True)
        if first != last:
            days = f"{days} – {say.day(last, year=True)}"
        text = say("{days}: what is it called? You can write the name in several languages, one a line.", days=days)
        return Page(text, ask=say("The name"))

    return view


def written(run: Run, press: str, back: dict[str, Any]) -> View:
    """These days stand in the calendar now; a button leads back to it."""

    def view(say: Say) -> Page:
        text = LINE.join((say("This stands in the calendar now:"), run_line(run, say, year=True)))
        return Page(text, ((Button(say("Open the calendar"), press, back),),))

    return view


def pick(group_id: int, country: str, year: int, days: Sequence[Run]) -> View:
    """Every day of a year as a button."""

    def view(say: Say) -> Page:
        back = {"group": group_id, "country": country, "year": year}
        rows = [(_day_button(run, group_id, say),) for run in days[:MOST_BUTTONS]]
        rows.append((Button(say("Back"), "calendar.year", back),))
        return Page(say("Which day shall be changed?"), tuple(rows))

    return view


def _day_button(run: Run, group_id: int, say: Say) -> Button:
    label = clip(f"{run_days(run, say)} · {run.name.spoken(say.language)}", LABEL)
    return Button(label, "calendar.day", {"group": group_id, "day": run.ids[0]})


def one(run: Run, args: dict[str, Any]) -> View:
    """One day with what can be done to it."""

    def view(say: Say) -> Page:
        turn = Button(_other_kind(run.kind, say), "calendar.turn", args)
        rows: Rows = (
            (Button(say("Remove"), "calendar.remove", args), Button(say("Rename"), "calendar.rename", args)),
            (turn,),
            (Button(say("Back"), "calendar.back", {"group": args["group"]}),),
        )
        return Page(run_line(run, say, year=True), rows)

    return view


def _other_kind(kind: DayKind, say: Say) -> Markup:
    return say("Make it a working day") if kind is DayKind.OFF else say("Make it a day off")


def own(group_id: int, side_id: int, side: str, runs: Sequence[Run]) -> View:
    """The days an institution has of its own, and buttons to add and remove some."""

    def view(say: Say) -> Page:
        lines = [run_line(run, say, year=True) for run in runs] or [say("There are none yet.")]
        text = LINE.join((say("<b>{side}: own days</b>", side=side), *lines))
        args = {"group": group_id, "side": side_id}
        rows: Rows = (
            *((_removal(run, group_id, say),) for run in runs[:MOST_BUTTONS]),
            (Button(say("Add days off"), "calendar.kind", args | {"kind": DayKind.OFF.value}),),
            (Button(say("Add working days"), "calendar.kind", args | {"kind": DayKind.ON.value}),),
            (Button(say("Back"), "calendar.back", {"group": group_id}),),
        )
        return Page(text, rows)

    return view


def _removal(run: Run, group_id: int, say: Say) -> Button:
    label = say("Remove: {name}", name=clip(run.name.spoken(say.language), LABEL)).unescape()
    return Button(label, "calendar.own_remove", {"group": group_id, "row": run.ids[0]})
