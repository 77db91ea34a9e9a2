"""What is said about invitations, and to those who came by one."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, View
from handlers.voice import Say
from storage.kinds import Role

PARAGRAPH = Markup("\n\n")


def choose_side(sides: Sequence[tuple[int, str]], args: dict[str, Any]) -> View:
    """To a coordinator: the sides as (id, name)."""

    def view(say: Say) -> Page:
        rows = tuple((Button(name, "invite.side", {**args, "side": side_id}),) for side_id, name in sides)
        return Page(say("To which side do you invite?"), rows)

    return view


def invitation(group: str, side: str, link: str) -> View:
    """The link, with a button that copies it."""

    def view(say: Say) -> Page:
        said = say(
            "Pass this link on to one person. It works once, within a week, "
            "and makes that person a member of <b>{group}</b>, for {side}.",
            group=group,
            side=side,
        )
        return Page(PARAGRAPH.join((said, Markup("{}").format(link))), ((Button(say("Copy the link"), copy=link),),))

    return view


def sent(say: Say) -> Page:
    """As a toast in the group."""
    return Page(say("An invitation is only for one person. I sent it to you in private."))


def open_first(link: str) -> View:
    """Behind a mention in the group, for somebody I cannot write to."""

    def view(say: Say) -> Page:
        said = say("an invitation is shown in private only. Please open the private chat and write /people there.")
        return Page(said, ((Button(say("Open private chat"), url=link),),))

    return view


def welcome_coordinator(person: str, group: str) -> View:
    """To somebody whom the command line made a coordinator."""

    def view(say: Say) -> Page:
        parts = [
            say("Welcome, {person}. You are a coordinator of <b>{group}</b>.", person=say.name(person), group=group),
            say(
                "To begin: add me to the chat of the group and write <code>/link CODE</code> there. "
                "Then everybody writes /join, and you name the focal points with /focal."
            ),
            say("/status shows you how things stand in all your groups. /mechanism changes the rules of one."),
        ]
        return Page(PARAGRAPH.join(parts), ((Button(say("What you can write"), "help.show"),),))

    return view


def came(person: str, place: str, role: Role) -> View:
    """To the group: somebody is there by invitation."""

    def view(say: Say) -> Page:
        name = say.name(person)
        if role is Role.COORDINATOR:
            return Page(say("{person} is a coordinator of this group.", person=name))
        return Page(say("{person} joined by invitation, for {place}.", person=name, place=place))

    return view
