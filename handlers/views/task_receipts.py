"""The short receipts of what was done to a task."""

from typing import Any

from handlers.reply import Button, Page, View
from handlers.views.tasks import Cities, DueFacts, due_words, state_word
from handlers.voice import Say
from storage.kinds import TaskState


def moved(name: str, state: TaskState) -> View:
    """The receipt of a new state."""
    return lambda say: Page(say("{name}: {state}.", name=name, state=state_word(say, state)))


def done_in_private(name: str, args: dict[str, Any]) -> View:
    """The receipt of "done" in private, where something that shows it can be added."""

    def view(say: Say) -> Page:
        said = say("{name} is done. Thank you. A file, a photo or a link can be added as evidence.", name=name)
        return Page(said, ((Button(say("Add evidence"), "task.evidence", args),),))

    return view


def accepted(name: str) -> View:
    """The receipt of an acceptance."""
    return lambda say: Page(say("{name} is accepted.", name=name))


def declined(name: str) -> View:
    """The receipt of a refusal."""
    return lambda say: Page(say("{name} is declined, with your reason. The focal point will see to it.", name=name))


def given_to(name: str, person: str, *, asked: bool) -> View:
    """The receipt of giving a task to somebody."""

    def view(say: Say) -> Page:
        if asked:
            return Page(
                say("{name} is given to {person}, who is asked to accept it.", name=name, person=say.name(person))
            )
        return Page(say("{name} is given to {person}.", name=name, person=say.name(person)))

    return view


def on_side(name: str, side: str) -> View:
    """The receipt of choosing the side of a task."""
    return lambda say: Page(say("{name} is a task of {side}.", name=name, side=side))


def in_area(name: str, area: str) -> View:
    """The receipt of choosing an area; "" for none."""

    def view(say: Say) -> Page:
        if not area:
            return Page(say("{name} has no area.", name=name))
        return Page(say("{name}: {area}.", name=name, area=area))

    return view


def due_set(name: str, due: DueFacts, cities: Cities, args: dict[str, Any] | None = None) -> View:
    """The receipt of a date: always shown with its weekday, and with a button to change it where `args` are given."""

    def view(say: Say) -> Page:
        said = say("{name} is due {due}.", name=name, due=due_words(say, due, cities))
        return Page(said, ((Button(say("Change date"), "task.due", args),),) if args else ())

    return view


def due_asked(name: str, due: DueFacts, cities: Cities) -> View:
    """The receipt of a date that the focal point has to accept first."""

    def view(say: Say) -> Page:
        shown = due_words(say, due, cities)
        return Page(
            say(
                "{name}: your focal point is asked to accept {due}. Until then the old date holds.",
                name=name,
                due=shown,
            )
        )

    return view


def due_kept(name: str, due: DueFacts, cities: Cities) -> View:
    """The receipt of keeping the date."""
    return lambda say: Page(say("{name} stays due {due}.", name=name, due=due_words(say, due, cities)))


def evidence_added(name: str, number: int) -> View:
    """The receipt of evidence."""

    def view(say: Say) -> Page:
        return Page(
            say.n("Added to {name}. Thank you.", "{number} pieces added to {name}. Thank you.", number, name=name)
        )

    return view
