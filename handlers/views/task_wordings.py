"""What is asked of somebody who changed the message that gave a task."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, View
from handlers.rules import text
from handlers.views.tasks import Cities, DueFacts, due_words
from handlers.voice import Say

SHOWN = 300
"""UTF-16 units of each wording: they are compared, not read anew."""


@dataclass(frozen=True)
class ChangeFacts:
    """What the task says, and what the message says by now: "" and no date where that is the same.

    `people` is whether other persons are named. `args` lead to the task and carry what it would say; `changes` is
    whether the reader may let it.
    """

    name: str
    before: str
    words: str
    due: DueFacts
    people: bool
    cities: Cities
    args: Mapping[str, Any]
    changes: bool


def changed(facts: ChangeFacts) -> View:
    """A changed message changes no record by itself: the two beside each other, and buttons."""

    def view(say: Say) -> Page:
        lines = [say("You changed your message. <b>{name}</b> is still as it was.", name=facts.name)]
        if facts.words:
            lines.append(say("Before: {text}", text=_short(facts.before)))
            lines.append(say("Now: {text}", text=_short(facts.words)))
        if facts.due.day is not None:
            lines.append(say("Now due: {due}", due=due_words(say, facts.due, facts.cities)))
        if facts.people:
            lines.append(say("Its persons change by <code>/assign {name} @who</code> only.", name=facts.name))
        return Page(Markup("\n").join(lines), (_choice(say, facts),) if facts.changes else ())

    return view


def _choice(say: Say, facts: ChangeFacts) -> tuple[Button, ...]:
    change = Button(say("Change {name}", name=facts.name), "task.reword", facts.args)
    way_back = {name: value for name, value in facts.args.items() if name in ("id", "group")}
    return (change, Button(say("Keep as it is"), "task.stays", way_back))


def _short(words: str) -> str:
    return text.clip(" ".join(words.split()), SHOWN)
