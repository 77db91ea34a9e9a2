"""Whether a decision still holds: the question to the group, and the receipts."""

from datetime import date
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, View
from handlers.rules.text import clip
from handlers.voice import Say

WORDS = 600
"""UTF-16 units of a decision's text in the question."""


def ask_day(name: str) -> View:
    """The question for a day."""

    def view(say: Say) -> Page:
        question = say(
            "{name}: on which day shall I ask whether it still holds? For example in 6 months, or “off”. "
            "/cancel stops.",
            name=name,
        )
        return Page(question, ask=say("A date"))

    return view


def will_ask(name: str, day: date | None) -> View:
    """The receipt of a day; None for none."""

    def view(say: Say) -> Page:
        if day is None:
            return Page(say("{name}: I do not ask whether it still holds.", name=name))
        return Page(say("{name}: I ask on {day} whether it still holds.", name=name, day=say.day(day, year=True)))

    return view


def question(name: str, words: str, args: dict[str, Any]) -> View:
    """The question to the group on that day."""

    def view(say: Say) -> Page:
        lines = [
            say("Does <b>{name}</b> still hold? Each side is asked.", name=name),
            Markup.escape(clip(words, WORDS)),
        ]
        rows = (
            (
                Button(say("It still holds"), "decision.holds", args),
                Button(say("Replace it"), "decision.replace", args),
            ),
            (Button(say("Open {name}", name=name), "decision.show", args),),
        )
        return Page(Markup("\n\n").join(lines), rows)

    return view


def noted(name: str, side: str) -> View:
    """The receipt of one side's answer."""
    return lambda say: Page(say("{name} still holds for {side}.", name=name, side=side))


def still_holds(name: str) -> View:
    """What the group hears once both sides said so."""
    return lambda say: Page(say("{name} still holds: both sides said so.", name=name))


def how_to_replace(name: str) -> View:
    """How a new proposal takes its place."""
    return lambda say: Page(say("Write /supersede {name} and the new text. Both sides then agree to it.", name=name))
