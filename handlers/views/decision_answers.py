"""What is said around an answer: prompts, short receipts, and the sentences for the group."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, View
from handlers.rules.states import OPEN_DECISIONS, REPLACEABLE
from handlers.voice import Say
from storage.kinds import DecisionState, Verdict


def ask_objection(name: str) -> View:
    """The question for the reason of an objection."""

    def view(say: Say) -> Page:
        return Page(
            say("{name}: what is the objection of your side? Please write the reason. /cancel stops.", name=name),
            ask=say("The reason"),
        )

    return view


def ask_withdrawal(name: str) -> View:
    """The question for the reason of a withdrawal."""

    def view(say: Say) -> Page:
        return Page(
            say("{name}: why is it withdrawn? Please write the reason. /cancel keeps it open.", name=name),
            ask=say("The reason"),
        )

    return view


def message_changed(name: str, args: Mapping[str, Any] | None, state: DecisionState) -> View:
    """To whoever changed the message of a proposal; `args` lead to it where he may withdraw it."""

    def view(say: Say) -> Page:
        lead = say("You changed your message. <b>{name}</b> stays as it was: others may have read it.", name=name)
        if state in OPEN_DECISIONS:
            way = say("To propose other words, withdraw it and write <code>/decide</code> anew.")
        elif state in REPLACEABLE:
            way = say("To propose other words: <code>/supersede {name} TEXT</code>.", name=name)
        else:
            way = say("To propose other words, write <code>/decide</code> anew.")
        rows = () if args is None else ((Button(say("Withdraw"), "decision.withdraw", args),),)
        return Page(Markup("\n").join((lead, way)), rows)

    return view


def answered(name: str, verdict: Verdict) -> View:
    """The receipt of an answer."""

    def view(say: Say) -> Page:
        if verdict is Verdict.AGREE:
            return Page(say("{name}: your side agrees.", name=name))
        return Page(say("{name}: the objection of your side is recorded.", name=name))

    return view


def agreed_already(name: str) -> View:
    """The receipt when nothing changed."""
    return lambda say: Page(say("{name}: you have agreed already.", name=name))


def withdrawn(name: str) -> View:
    """The receipt of a withdrawal."""
    return lambda say: Page(say("{name} is withdrawn.", name=name))


def agreed(name: str, instead_of: str) -> View:
    """What the group hears once both sides agreed; `instead_of` is the decision that lost its place, or empty."""

    def view(say: Say) -> Page:
        if instead_of:
            return Page(
                say("<b>{name}</b> is agreed by both sides. It takes the place of {old}.", name=name, old=instead_of)
            )
        return Page(say("<b>{name}</b> is agreed by both sides.", name=name))

    return view


def contested(name: str, side: str, *, reopened: bool) -> View:
    """What the group hears when a recorded answer was contested."""

    def view(say: Say) -> Page:
        said = say(
            "<b>{name}</b>: the answer recorded for {side} was contested by the person it was recorded for. "
            "It no longer counts.",
            name=name,
            side=side,
        )
        return Page(say("{said} {name} is open again.", said=said, name=name) if reopened else said)

    return view
