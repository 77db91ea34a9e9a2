"""What is said about working in another city."""

from datetime import date
from typing import Any

from handlers.reply import Button, Page, View
from handlers.voice import Say


def ask(say: Say) -> Page:
    """The question for the days and the city."""
    return Page(
        say("From when until when do you work elsewhere, and in which city? For example: {example}",
            example=say("<code>13 April to 17 April Kunming</code>")),
        ask=say("Days and city"),
    )  # fmt: skip


def written(first: date, last: date, city: str, args: dict[str, Any]) -> View:
    """The days with their weekdays and the city, and a button to call it off."""

    def view(say: Say) -> Page:
        text = say(
            "From {first} to {last} you work in {city}, both days included. "
            "I remind you then in working hours there, by the days off of your own side.",
            first=say.day(first, year=True),
            last=say.day(last, year=True),
            city=city,
        )
        return Page(text, ((Button(say("Call off"), "travel.call_off", args),),))

    return view


def ended(first: date, last: date, city: str) -> View:
    """The journey of these days is over, or called off."""

    def view(say: Say) -> Page:
        days = f"{say.day(first)} – {say.day(last)}"
        return Page(say("Your stay in {city} ({days}) has ended or is called off.", city=city, days=days))

    return view
