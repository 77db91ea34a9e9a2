"""A record's history in words, a sheet at a time: what is the same for every kind of record."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from markupsafe import Markup

from handlers.reply import Button, Page, Rows, View
from handlers.rules import text
from handlers.views.tasks import Cities
from handlers.voice import Say

WORDS = 200
"""UTF-16 units of what somebody wrote in one line."""


class Dated(Protocol):
    """A change of a record: when it was made."""

    @property
    def at(self) -> datetime:
        """The instant of the change."""


Line = TypeVar("Line", bound=Dated)
Said = Callable[[Say, Line, Cities], list[Markup]]
"""The lines of one change below the moment of it."""


@dataclass(frozen=True)
class HistoryFacts(Generic[Line]):
    """One sheet of a record's history, oldest line first; sheet 1 holds the newest. `args` lead back to the card."""

    name: str
    lines: tuple[Line, ...]
    cities: Cities
    sheet: int
    sheets: int
    args: dict[str, Any]


@dataclass(frozen=True)
class HistoryPresses:
    """What turns to another sheet, and what leads back to the card."""

    sheet: str
    card: str


def history(facts: HistoryFacts[Line], said: Said[Line], presses: HistoryPresses) -> View:
    """The history with buttons to older and newer changes and back to the card."""

    def view(say: Say) -> Page:
        parts = [say("<b>{name}</b>: history", name=facts.name)]
        for line in facts.lines:
            parts.append(Markup("\n").join((say.moment(line.at, facts.cities), *said(say, line, facts.cities))))
        return Page(Markup("\n\n").join(parts), _buttons(say, facts, presses))

    return view


def note(say: Say, words: str) -> Markup:
    """What somebody wrote with a change, in one line."""
    return say("<i>{note}</i>", note=text.clip(" ".join(words.split()), WORDS))


def _buttons(say: Say, facts: HistoryFacts[Line], presses: HistoryPresses) -> Rows:
    turning = []
    if facts.sheet < facts.sheets:
        turning.append(Button(say("‹ Older"), presses.sheet, {**facts.args, "sheet": facts.sheet + 1}))
    if facts.sheet > 1:
        turning.append(Button(say("Newer ›"), presses.sheet, {**facts.args, "sheet": facts.sheet - 1}))
    back = (Button(say("Back to the card"), presses.card, facts.args),)
    return (tuple(turning), back) if turning else (back,)
