"""What a coordinator hears of somebody who is not at work for long."""

from datetime import date

from markupsafe import Markup

from handlers.reply import Page, View
from handlers.voice import Say


def gone(person: str, group: str, back_on: date | None, instead: str) -> View:
    """Who is not at work until when, and who is asked meanwhile ("" for nobody)."""

    def view(say: Say) -> Page:
        return Page(Markup(" ").join((_until(say, person, group, back_on), _meanwhile(say, instead))))

    return view


def _until(say: Say, person: str, group: str, back_on: date | None) -> Markup:
    if back_on is None:
        return say("{group}: {person} is not at work for a long time.", group=group, person=say.name(person))
    return say(
        "{group}: {person} is at work again on {day}.",
        group=group,
        person=say.name(person),
        day=say.day(back_on, year=True),
    )


def _meanwhile(say: Say, instead: str) -> Markup:
    if instead:
        return say("I ask {person} meanwhile.", person=say.name(instead))
    return say("That side has nobody else who could be asked meanwhile.")
