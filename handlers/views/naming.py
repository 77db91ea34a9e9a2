"""What is said when focal points and alternates are named."""

from typing import Any

from handlers.reply import Button, Page, View
from handlers.voice import Say
from storage.kinds import Role


def named_focal_point(person: str, side: str, answering: str) -> View:
    """To the coordinator: who has to confirm."""

    def view(say: Say) -> Page:
        said = say(
            "{person} is named focal point of {side}. It counts once {side} says yes: {answering} is asked.",
            person=say.name(person),
            side=side,
            answering=say.name(answering),
        )
        return Page(said)

    return view


def confirm_focal_point(person: str, side: str, group: str, args: dict[str, Any]) -> View:
    """The question to that side."""

    def view(say: Say) -> Page:
        said = say(
            "A coordinator of <b>{group}</b> names {person} focal point of {side}. Do you agree for {side}?",
            person=say.name(person),
            side=side,
            group=group,
        )
        return Page(said, ((Button(say("Agree"), "focal.accept", args), Button(say("No"), "focal.decline", args)),))

    return view


def is_focal_point(person: str, side: str) -> View:
    """He is it now."""

    def view(say: Say) -> Page:
        return Page(say("{person} is the focal point of {side}.", person=say.name(person), side=side))

    return view


def not_focal_point(person: str, side: str) -> View:
    """He is not, and nobody asks any more."""

    def view(say: Say) -> Page:
        said = say("{person} does not become focal point of {side}.", person=say.name(person), side=side)
        return Page(said)

    return view


def is_alternate(person: str, side: str) -> View:
    """He is it now."""

    def view(say: Say) -> Page:
        return Page(say("{person} is the alternate of {side}.", person=say.name(person), side=side))

    return view


def your_post(role: Role, side: str, group: str) -> View:
    """To the person himself, in private: what it means."""

    def view(say: Say) -> Page:
        if role is Role.FOCAL_POINT:
            return Page(
                say(
                    "You are now the focal point of {side} in <b>{group}</b>. You agree or object to decisions for "
                    "your side, confirm its new members, and name your alternate with /alternate.",
                    side=side,
                    group=group,
                )
            )
        return Page(
            say(
                "You are now the alternate of {side} in <b>{group}</b>. You act for your side while the focal point "
                "is away, or after 48 hours without an answer.",
                side=side,
                group=group,
            )
        )

    return view
