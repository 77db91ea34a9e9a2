"""What is said when somebody joins a working group."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, View
from handlers.voice import Say

PARAGRAPH = Markup("\n\n")


def choose_side(group: str, places: Sequence[tuple[int, str]]) -> View:
    """The sides as (id, name); id 0 is the supporting organisation."""

    def view(say: Say) -> Page:
        rows = tuple((Button(name, "join.side", {"side": side_id}),) for side_id, name in places)
        return Page(
            say("Which side of <b>{group}</b> are you on? Each of you presses for himself or herself.", group=group),
            rows,
        )

    return view


def asked(place: str, confirming: Sequence[str]) -> View:
    """As a toast: who is asked to confirm, or that nobody is there who could."""

    def view(say: Say) -> Page:
        if not confirming:
            return Page(
                say(
                    "Noted for {place}. Nobody here can confirm it yet: "
                    "ask the person who runs the bot to make a coordinator.",
                    place=place,
                )
            )
        names = say.all_of([say.name(name[:30]) for name in confirming[:3]])
        return Page(say("Noted for {place}. To be confirmed by: {names}.", place=place, names=names))

    return view


def already(group: str, place: str) -> View:
    """He is a member; his side or organisation."""

    def view(say: Say) -> Page:
        return Page(say("You are already a member of {group}, for {place}.", group=group, place=place))

    return view


def confirm(person: str, place: str, group: str, args: dict[str, Any]) -> View:
    """The question to whoever may confirm."""

    def view(say: Say) -> Page:
        said = say(
            "{person} asks to join <b>{group}</b> for {place}. Do you confirm it?",
            person=say.name(person),
            group=group,
            place=place,
        )
        return Page(said, ((Button(say("Confirm"), "join.confirm", args), Button(say("No"), "join.refuse", args)),))

    return view


def settled(person: str, place: str, *, joined: bool) -> View:
    """What became of the wish."""

    def view(say: Say) -> Page:
        if joined:
            return Page(say("{person} is a member, for {place}.", person=say.name(person), place=place))
        return Page(say("{person} is not a member, for {place}.", person=say.name(person), place=place))

    return view


def waits(say: Say) -> Markup:
    """To whoever asked to join and does not know that this is not enough."""
    return say(
        "You have asked to join this working group. "
        "The focal point of your side or a coordinator has still to confirm it."
    )


def chosen_again(person: str, place: str) -> View:
    """In place of a question about a side that was given up for another since."""
    return lambda say: Page(
        say("{person} has chosen again and now asks to join for {place}.", person=say.name(person), place=place)
    )


def welcome(person: str, group: str, place: str) -> View:
    """The first private message to a new member."""

    def view(say: Say) -> Page:
        parts = [
            say(
                "Welcome, {person}. You are a member of <b>{group}</b>, for {place}.",
                person=say.name(person),
                group=group,
                place=place,
            ),
            say(
                "I remind you here, once a working day at most, in your own working time. "
                "/mine lists your tasks, /away FROM TO says when you are not there."
            ),
        ]
        return Page(PARAGRAPH.join(parts), ((Button(say("What you can write"), "help.show"),),))

    return view


def welcome_in_group(place: str, link: str) -> View:
    """The same behind a mention in the group, for somebody I cannot write to yet."""

    def view(say: Say) -> Page:
        said = say(
            "welcome, you are a member for {place}. Please open the private chat once, so that I can remind you there.",
            place=place,
        )
        return Page(said, ((Button(say("Open private chat"), url=link),),))

    return view
