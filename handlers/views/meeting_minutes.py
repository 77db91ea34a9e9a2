"""What is said around the minutes of a meeting: questions, receipts, and what the group hears."""

from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, View
from handlers.rules import text
from handlers.voice import Say
from storage.kinds import Verdict

TITLE_UNITS = 120
LINE = Markup("\n")


def in_private(say: Say) -> Page:
    """The receipt of minutes that come in private."""
    return Page(say("The minutes come in the private chat."))


def asked_in_group(name: str, args: dict[str, Any]) -> View:
    """Behind a mention, to a focal point whom no private message reaches."""

    def view(say: Say) -> Page:
        row = (
            Button(say("Read the minutes"), "minutes.show", {key: args[key] for key in ("id", "group")}),
            Button(say("Agree"), "minutes.agree", args),
            Button(say("Object"), "minutes.object", args),
        )
        return Page(say("the minutes of {name} wait for the answer of your side.", name=name), (row,))

    return view


def paper(name: str) -> View:
    """What stands below the document."""
    return lambda say: Page(say("Minutes of {name}, with places to sign", name=name))


def ask_objection(name: str) -> View:
    """The question for the reason of an objection."""

    def view(say: Say) -> Page:
        question = say("{name}: what is not right in the minutes? Please write it. /cancel stops.", name=name)
        return Page(question, ask=say("The reason"))

    return view


def answered(name: str, verdict: Verdict) -> View:
    """The receipt of an answer."""

    def view(say: Say) -> Page:
        if verdict is Verdict.AGREE:
            return Page(say("{name}: your side agrees to the minutes.", name=name))
        return Page(say("{name}: the objection of your side to the minutes is recorded.", name=name))

    return view


def objection(name: str, side: str, reason: str, args: dict[str, Any]) -> View:
    """To whoever runs the meeting: what a side objects to."""

    def view(say: Say) -> Page:
        lines = [
            say("<b>{name}</b>: {side} objects to the minutes.", name=name, side=side),
            say("Reason: {reason}", reason=reason),
            say("<code>/note {name} TEXT</code> adds a note; then draft them again.", name=name),
        ]
        return Page(LINE.join(lines), ((Button(say("Draft again"), "minutes.again", args),),))

    return view


def sent_again(name: str) -> View:
    """The receipt of a new edition."""
    return lambda say: Page(say("{name}: the minutes are with both sides again.", name=name))


def agreed(name: str, title: str) -> View:
    """To the group: both sides agreed to the minutes."""

    def view(say: Say) -> Page:
        shown = text.clip(title, TITLE_UNITS)
        return Page(say("The minutes of <b>{name}</b> {title} are agreed by both sides.", name=name, title=shown))

    return view


def unopposed(name: str, title: str) -> View:
    """To the group: nobody objected in the time that was announced."""

    def view(say: Say) -> Page:
        shown = text.clip(title, TITLE_UNITS)
        return Page(
            say("Nobody objected to the minutes of <b>{name}</b> {title} in time; they stand.", name=name, title=shown)
        )

    return view


def contested(name: str, side: str, *, reopened: bool) -> View:
    """To the group: an answer recorded for somebody no longer counts."""

    def view(say: Say) -> Page:
        said = say(
            "The answer of {side} to the minutes of <b>{name}</b> was contested by the person it was recorded for. "
            "It no longer counts.",
            name=name,
            side=side,
        )
        return Page(say("{said} The minutes wait for an answer again.", said=said) if reopened else said)

    return view
