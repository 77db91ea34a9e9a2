"""A calendar sent as a file: what is wrong with it, what it would change."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, View
from handlers.rules.calendar_csv import Changes, Entry, Fault, Wrong
from handlers.rules.text import clip
from handlers.views.calendar import LINE, country_name
from handlers.voice import Say
from storage.kinds import DayKind

SHOWN_FAULTS = 10
SHOWN_DAYS = 60
QUOTED = 40


def ask(country: str, example: str) -> View:
    """The question for the file."""

    def view(say: Say) -> Page:
        text = say(
            "Please send the days of {country} as a CSV file, or its lines as text. "
            "The kind of a day is off, on, observance or remove. For example:\n<pre>{example}</pre>",
            country=country_name(country, say),
            example=example,
        )
        return Page(text, ask=say("A CSV file"))

    return view


def sheet_faults(say: Say, values: Mapping[str, Any]) -> Markup:
    """Every line that cannot be read, up to a few."""
    faults: Sequence[Fault] = values.get("faults", ())
    lines = [say("Nothing was changed, because some lines cannot be read:")]
    lines += [
        say("line {number}: {fault}", number=fault.line, fault=_fault(fault, say)) for fault in faults[:SHOWN_FAULTS]
    ]
    if len(faults) > SHOWN_FAULTS:
        rest = len(faults) - SHOWN_FAULTS
        lines.append(say.n("and {number} more line", "and {number} more lines", rest))
    return LINE.join(lines)


def _fault(fault: Fault, say: Say) -> Markup:
    text = clip(fault.text, QUOTED)
    match fault.wrong:
        case Wrong.NO_HEADER:
            return say("the first line has to name the columns, at least date and kind")
        case Wrong.TOO_LONG:
            return say("the file is too long for a calendar")
        case Wrong.COUNTRY:
            return say("“{text}” is not the country of this calendar", text=text)
        case Wrong.DATE:
            return say("“{text}” is not a date such as 2027-02-13", text=text)
        case Wrong.KIND:
            return say("“{text}” is not a kind of day", text=text)
        case Wrong.NAME:
            return say("the day needs a name of at most 100 letters")
        case Wrong.TWICE:
            return say("{text} stands in the file twice", text=text)


def preview(country: str, changes: Changes, args: dict[str, Any]) -> View:
    """What the file would change, and the buttons to do it or not."""

    def view(say: Say) -> Page:
        title = say("<b>{country}: this would change</b>", country=country_name(country, say))
        lines = [_line(each, changes, say) for each in changes.all[:SHOWN_DAYS]]
        if len(changes.all) > SHOWN_DAYS:
            lines.append(say.n("and {number} more day", "and {number} more days", len(changes.all) - SHOWN_DAYS))
        lines.append(say.n("{number} day is known already.", "{number} days are known already.", changes.same))
        buttons = (Button(say("Write it"), "calendar.write", args), Button(say("Leave it"), "calendar.drop", args))
        return Page(LINE.join((title, *lines)), (buttons,))

    return view


def _line(entry: Entry, changes: Changes, say: Say) -> Markup:
    day, name = say.day(entry.day, year=True), entry.name.spoken(say.language)
    if entry.kind is None:
        return say("− {day}: removed", day=day)
    if entry in changes.changed:
        return say("~ {day}: {what}", day=day, what=_what(entry.kind, name, say))
    return say("+ {day}: {what}", day=day, what=_what(entry.kind, name, say))


def _what(kind: DayKind, name: str, say: Say) -> Markup:
    if kind is DayKind.ON:
        return say("at work – {name}", name=name)
    return say("{name} (no day off)", name=name) if kind is DayKind.OBSERVANCE else say("{name}", name=name)


def nothing_new(country: str, same: int) -> View:
    """The file says what is known already."""

    def view(say: Say) -> Page:
        return Page(
            say.n(
                "{country}: nothing would change, {number} day is known already.",
                "{country}: nothing would change, {number} days are known already.",
                same,
                country=country_name(country, say),
            )
        )

    return view


def done(number: int, back: dict[str, Any]) -> View:
    """The file is in force."""

    def view(say: Say) -> Page:
        text = say.n("{number} day was changed.", "{number} days were changed.", number)
        return Page(text, ((Button(say("Open the calendar"), "calendar.year", back),),))

    return view


def dropped(say: Say) -> Page:
    """Nothing was done."""
    return Page(say("Nothing was changed."))
