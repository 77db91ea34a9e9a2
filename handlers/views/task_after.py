"""What is said about a task that comes after another."""

from handlers.reply import Page, View
from handlers.voice import Say


def ask_after(name: str) -> View:
    """The question for the other task."""

    def view(say: Say) -> Page:
        question = say(
            "{name}: which task has to be done before it? Write its name, for example T12, or “off”. /cancel stops.",
            name=name,
        )
        return Page(question, ask="T12")

    return view


def comes_after(name: str, other: str) -> View:
    """The receipt of an order."""
    return lambda say: Page(say("{name} comes after {other}.", name=name, other=other))


def alone(name: str) -> View:
    """The receipt of taking it away."""
    return lambda say: Page(say("{name} waits for no other task.", name=name))
