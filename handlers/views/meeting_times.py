"""Receipts and questions around the time of a meeting."""

from datetime import date, datetime

from handlers.reply import Page, View
from handlers.views.tasks import Cities
from handlers.voice import Say


def voted(name: str, can: bool) -> View:
    """The receipt of a number that was pressed; pressed again, it is taken back."""

    def view(say: Say) -> Page:
        if can:
            return Page(say("{name}: your side can come then. Press it again to take that back.", name=name))
        return Page(say("{name}: your side cannot come then.", name=name))

    return view


def fixed(name: str) -> View:
    """The receipt of a time that is fixed."""
    return lambda say: Page(say("{name}: the time is fixed, and everybody is invited.", name=name))


def stays(name: str, starts_at: datetime, cities: Cities) -> View:
    """The receipt of a time that is kept although somebody is off then."""
    return lambda say: Page(say("{name} stays: {moment}", name=name, moment=say.moment(starts_at, cities)))


def proposed(name: str) -> View:
    """The receipt of new times to choose from."""
    return lambda say: Page(say("{name}: there are new times to choose from.", name=name))


def not_that_day(name: str, day: date) -> View:
    """Why other days are proposed than the one that was asked for."""
    return lambda say: Page(
        say(
            "{name}: on {day} both sides have no hours of that length in common. These are the next ones.",
            name=name,
            day=say.day(day),
        )
    )


def ask_time(name: str) -> View:
    """The question for a time."""

    def view(say: Say) -> Page:
        question = say(
            "{name}: when? For example 12 May 10:00, or tomorrow 14:00 Kunming. A day alone gets times to choose "
            "from. /cancel stops.",
            name=name,
        )
        return Page(question, ask=say("Day and time"))

    return view
