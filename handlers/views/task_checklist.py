"""The checklist of a task."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, View
from handlers.rules.text import clip
from handlers.voice import Say

LABEL = 50
"""UTF-16 units of a step on its button."""


@dataclass(frozen=True)
class StepFacts:
    """One step."""

    id: int
    text: str
    done: bool

    @property
    def shown(self) -> str:
        """As it stands on its button and in the list."""
        return f"{'☑' if self.done else '☐'} {self.text}"


def steps(name: str, lines: Sequence[StepFacts], args: dict[str, Any]) -> View:
    """The steps as buttons: a press ticks one, another opens it again."""

    def view(say: Say) -> Page:
        done = sum(line.done for line in lines)
        title = say("<b>{name}</b>: {done} of {all} steps done", name=name, done=done, all=len(lines))
        shown = [Markup.escape(line.shown) for line in lines]
        rows = [(Button(clip(line.shown, LABEL), "task.tick", {**args, "step": line.id}),) for line in lines]
        last = (Button(say("Add a step"), "task.step", args),)
        return Page(Markup("\n").join([title, *shown]), (*rows, last))

    return view


def ask_step(name: str) -> View:
    """The question for a step."""

    def view(say: Say) -> Page:
        question = say("{name}: what is the next step? Please write it in a few words. /cancel stops.", name=name)
        return Page(question, ask=say("A step"))

    return view


def added(name: str, number: int) -> View:
    """The receipt of a step."""
    return lambda say: Page(say("Step {number} of {name} is written down.", number=number, name=name))


def ticked(words: str, *, ticked: bool) -> View:
    """The toast of a tick."""

    def view(say: Say) -> Page:
        shown = clip(words, LABEL)
        return Page(say("Done: {step}", step=shown) if ticked else say("Open again: {step}", step=shown))

    return view
