"""What is asked of somebody who changed the message that gave a task."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from markupsafe import Markup

from handlers.refusals import Refusal
from handlers.reply import Button, Page, View
from handlers.rules import text
from handlers.views import refusals
from handlers.views.tasks import Cities, DueFacts, due_words
from handlers.voice import Say

SHOWN = 300
"""UTF-16 units of each wording: they are compared, not read anew."""


class ByHand(NamedTuple):
    """Which of these the message says otherwise by now, and only a command or the card can change."""

    people: bool = False
    date: bool = False
    area: bool = False


@dataclass(frozen=True)
class ChangeFacts:
    """What the task says, and what the message says by now: "" and no date where that is the same.

    `args` lead to the task and carry what it would say; `refused` is why the reader cannot let it.
    """

    name: str
    before: str
    due_before: DueFacts
    words: str
    due: DueFacts
    by_hand: ByHand
    cities: Cities
    args: Mapping[str, Any]
    refused: Refusal | None = None


def changed(facts: ChangeFacts) -> View:
    """A changed message changes no record by itself: the two beside each other, and buttons."""

    def view(say: Say) -> Page:
        lines = [say("You changed your message. <b>{name}</b> is still as it was.", name=facts.name)]
        if facts.words:
            lines.append(say("Before: {text}", text=_short(facts.before)))
            lines.append(say("Now: {text}", text=_short(facts.words)))
        if facts.due.day is not None:
            lines.append(_dates(say, facts))
        if facts.refused is not None:
            lines.append(refusals.sentence(facts.refused)(say).text)
        lines += _by_hand(say, facts)
        offers = bool(facts.words or facts.due.day) and facts.refused is None
        return Page(Markup("\n").join(lines), (_choice(say, facts),) if offers else ())

    return view


def _dates(say: Say, facts: ChangeFacts) -> Markup:
    was = due_words(say, facts.due_before, facts.cities)
    wanted = due_words(say, facts.due, facts.cities, year=True)
    return say("Due: {due}. Your message says: {wanted}", due=was, wanted=wanted)


def _by_hand(say: Say, facts: ChangeFacts) -> list[Markup]:
    lines, name = [], facts.name
    if facts.by_hand.people:
        lines.append(say("Its persons change by <code>/assign {name} @who</code> only.", name=name))
    if facts.by_hand.date:
        lines.append(say("Its date changes by <code>/due {name} DATE</code> only.", name=name))
    if facts.by_hand.area:
        lines.append(say("Its area changes below its card only: {more}, {area}.", more=say("More"), area=say("Area")))
    return lines


def _choice(say: Say, facts: ChangeFacts) -> tuple[Button, ...]:
    change = Button(say("Change {name}", name=facts.name), "task.reword", facts.args)
    way_back = {name: value for name, value in facts.args.items() if name in ("id", "group")}
    return (change, Button(say("Keep as it is"), "task.stays", way_back))


def _short(words: str) -> str:
    return text.clip(" ".join(words.split()), SHOWN)
