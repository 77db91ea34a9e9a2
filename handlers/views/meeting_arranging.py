"""Arranging a meeting by buttons: what there is to choose, and the questions that wait for a typed answer."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, Rows, View
from handlers.rules import text
from handlers.views.language import own_name
from handlers.voice import Say
from storage.kinds import MeetingState

LENGTHS = (30, 45, 60, 90, 120, 180, 240)
LABEL = 40
TITLE_UNITS = 120


@dataclass(frozen=True)
class PeopleFacts:
    """One page of the members: (person id, name, side), for one post of a meeting."""

    name: str
    args: dict[str, Any]
    post: str
    people: tuple[tuple[int, str, str], ...]
    page: int
    pages: int


def menu(name: str, args: dict[str, Any], state: MeetingState) -> View:
    """What there is to arrange."""

    def view(say: Say) -> Page:
        rows: Rows = (
            (Button(say("Place or link"), "meeting.ask_place", args), Button(say("Length"), "meeting.length", args)),
            (_post(say("Moderator"), "moderator", args), _post(say("Minute taker"), "minute_taker", args)),
            (_post(say("Interpreter"), "interpreter", args), Button(say("Languages"), "meeting.languages", args)),
        )
        if state in (MeetingState.ASKED, MeetingState.PROPOSED, MeetingState.FIXED):
            last = (
                Button(say("Set a time"), "meeting.set_time", args),
                Button(say("Call the meeting off"), "meeting.call_off", args),
            )
            rows = (*rows, last)
        return Page(say("{name}: what shall be arranged?", name=name), (*rows, _back(say, args)))

    return view


def _post(label: Markup, post: str, args: dict[str, Any]) -> Button:
    return Button(label, "meeting.who", {**args, "post": post})


def _back(say: Say, args: dict[str, Any]) -> tuple[Button, ...]:
    return (Button(say("Back to the card"), "meeting.card", args),)


def people(facts: PeopleFacts) -> View:
    """Who is it?"""

    def view(say: Say) -> Page:
        question = {
            "moderator": say("{name}: who leads the meeting?", name=facts.name),
            "minute_taker": say("{name}: who writes the minutes?", name=facts.name),
            "interpreter": say("{name}: who interprets?", name=facts.name),
        }[facts.post]
        rows = [(_person(say, facts, *each),) for each in facts.people]
        nobody = Button(say("Nobody"), "meeting.person", {**facts.args, "post": facts.post, "person": 0})
        others = [nobody]
        if facts.post == "interpreter":
            others.append(Button(say("Somebody else"), "meeting.ask_interpreter", facts.args))
        last = (_turning(say, facts), tuple(others), _back(say, facts.args))
        return Page(question, tuple(row for row in (*rows, *last) if row))

    return view


def _person(say: Say, facts: PeopleFacts, person_id: int, name: str, side: str) -> Button:
    shown = text.clip(name, LABEL)
    label = say("{name} · {side}", name=shown, side=text.clip(side, LABEL)) if side else Markup.escape(shown)
    return Button(label, "meeting.person", {**facts.args, "post": facts.post, "person": person_id})


def _turning(say: Say, facts: PeopleFacts) -> tuple[Button, ...]:
    args, buttons = {**facts.args, "post": facts.post}, []
    if facts.page > 1:
        buttons.append(Button(say("‹ Back"), "meeting.who", {**args, "sheet": facts.page - 1}))
    if facts.page < facts.pages:
        buttons.append(Button(say("More ›"), "meeting.who", {**args, "sheet": facts.page + 1}))
    return tuple(buttons)


def languages(name: str, args: dict[str, Any], offered: Sequence[str], spoken: Collection[str]) -> View:
    """In which languages is it held?"""

    def view(say: Say) -> Page:
        rows = tuple(
            (Button(f"✓ {own_name(each)}" if each in spoken else own_name(each), "meeting.languages",
                    {**args, "language": each}),)
            for each in offered
        )  # fmt: skip
        return Page(say("{name}: in which languages is it held?", name=name), (*rows, _back(say, args)))

    return view


def lengths(name: str, args: dict[str, Any], minutes: int) -> View:
    """How long does it take?"""

    def view(say: Say) -> Page:
        buttons = [
            Button(say.n("{number} minute", "{number} minutes", each), "meeting.length", {**args, "minutes": each})
            for each in LENGTHS
            if each != minutes
        ]
        rows = tuple(tuple(buttons[start : start + 3]) for start in range(0, len(buttons), 3))
        return Page(say("{name}: how long does it take?", name=name), (*rows, _back(say, args)))

    return view


def ask_place(name: str) -> View:
    """The question for a place or a link."""

    def view(say: Say) -> Page:
        question = say("{name}: where is it held? A room, a link, or both. /cancel stops.", name=name)
        return Page(question, ask=say("A room or a link"))

    return view


def ask_interpreter(name: str) -> View:
    """The question for the name of an interpreter."""

    def view(say: Say) -> Page:
        return Page(say("{name}: what is the interpreter called? /cancel stops.", name=name), ask=say("A name"))

    return view


def ask_cancel(name: str) -> View:
    """The question why a meeting is called off."""

    def view(say: Say) -> Page:
        question = say("{name}: why is it called off? Please write the reason. /cancel keeps it.", name=name)
        return Page(question, ask=say("The reason"))

    return view


def arranged(name: str) -> View:
    """The receipt of a change."""
    return lambda say: Page(say("{name}: it is written down.", name=name))


def is_cancelled(name: str) -> View:
    """The receipt of calling off."""
    return lambda say: Page(say("{name} is called off.", name=name))


def cancelled(name: str, title: str, reason: str) -> View:
    """To the group: it does not take place, and why."""

    def view(say: Say) -> Page:
        first = say("<b>{name}</b> {title} is called off.", name=name, title=text.clip(title, TITLE_UNITS))
        return Page(Markup("\n").join([first, say("Reason: {reason}", reason=reason)]))

    return view
