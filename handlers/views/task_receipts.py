"""The short receipts of what was done to a task."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, Rows, View
from handlers.rules import text
from handlers.views import warnings
from handlers.views.tasks import Cities, DueFacts, due_words, state_word
from handlers.views.warnings import WarningFacts
from handlers.voice import Say
from storage.kinds import TaskState

LINE = Markup("\n")
QUOTED = 40
"""UTF-16 units of what somebody wrote that a receipt repeats."""


def moved(name: str, state: TaskState) -> View:
    """The receipt of a new state."""
    return lambda say: Page(say("{name}: {state}.", name=name, state=state_word(say, state)))


def done_in_private(name: str, args: dict[str, Any]) -> View:
    """The receipt of "done" in private, where something that shows it can be added."""

    def view(say: Say) -> Page:
        said = say("{name} is done. Thank you. A file, a photo or a link can be added as evidence.", name=name)
        return Page(said, ((Button(say("Add evidence"), "task.evidence", args),),))

    return view


def sent_back(name: str) -> View:
    """The receipt of sending a task back."""
    return lambda say: Page(say("{name} is sent back, with your words.", name=name))


def handed_back(name: str, *, speaks: bool) -> View:
    """The receipt of the other side's part, to who `speaks` for it or to a coordinator."""
    if not speaks:
        return lambda say: Page(say("{name}: the other side's part is done.", name=name))
    return lambda say: Page(say("{name}: your part is done, the other side can go on.", name=name))


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
        return Page(say("{name}: {area}.", name=name, area=say.area(area)))

    return view


def reworded(name: str, words: str) -> View:
    """The receipt of other words."""
    return lambda say: Page(say("{name} now reads: {text}", name=name, text=text.clip(" ".join(words.split()), QUOTED)))


def stays(name: str) -> View:
    """The receipt of leaving a task as it is."""
    return lambda say: Page(say("{name} stays as it was.", name=name))


def both(first: View, second: View) -> View:
    """Two receipts of one press."""
    return lambda say: Page(LINE.join((first(say).text, second(say).text)))


@dataclass(frozen=True)
class OtherReading:
    """What was written, the date it was taken for, and the one it may have meant instead, if there is one."""

    written: str
    due: DueFacts
    other: DueFacts | None


@dataclass(frozen=True)
class DueNotes:
    """What is to be said about a date besides that it is set; `args` lead to the task from a message of its own."""

    args: dict[str, Any]
    warned: WarningFacts
    reading: OtherReading | None = None

    @property
    def any(self) -> bool:
        """Whether there is anything to be said."""
        return self.reading is not None or bool(self.warned.found)


def due_set(name: str, due: DueFacts, cities: Cities) -> View:
    """The receipt of a date: always shown with its weekday."""
    return lambda say: Page(say("{name} is due {due}.", name=name, due=due_words(say, due, cities)))


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


def noted(said: View, notes: DueNotes) -> View:
    """A receipt with what else is to be said about the date, and buttons for another one."""

    def view(say: Say) -> Page:
        text = LINE.join([said(say).text, *_notes(say, notes)])
        return Page(text, (*_note_rows(say, notes), (Button(say("Change date"), "task.due", notes.args),)))

    return view


def about_date(name: str, notes: DueNotes) -> View:
    """What is to be said about a date that is set already."""

    def view(say: Say) -> Page:
        first, *others = _notes(say, notes)
        text = LINE.join([Markup("{name}: {first}").format(name=name, first=first), *others])
        other = Button(say("Another date"), "task.due_ask", notes.args)
        return Page(text, (*_note_rows(say, notes), (other,)))

    return view


def _notes(say: Say, notes: DueNotes) -> list[Markup]:
    read = []
    if notes.reading is not None:
        written = text.clip(notes.reading.written, QUOTED)
        day = warnings.day_and_time(say, notes.reading.due, year=True)
        read = [say("I read “{written}” as {day}.", written=written, day=day)]
    return read + warnings.lines(say, notes.warned)


def _note_rows(say: Say, notes: DueNotes) -> Rows:
    rows = warnings.rows(say, notes.warned, notes.args)
    if notes.reading is None or notes.reading.other is None:
        return rows
    label = say("No, {day}", day=warnings.day_and_time(say, notes.reading.other, year=True))
    other = Button(label, "task.due_set", {**notes.args, **warnings.date_args(notes.reading.other)})
    return ((other,), *rows)


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
