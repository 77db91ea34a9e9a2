"""A record's history in words, a sheet at a time: what is the same for every kind of record."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from markupsafe import Markup

from handlers.reply import Button, Page, Rows, View
from handlers.views.tasks import Cities
from handlers.voice import Say

Line = TypeVar("Line")


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


def history(facts: HistoryFacts[Line], said: Callable[[Say, Line], list[Markup]], presses: HistoryPresses) -> View:
    """The history with buttons to older and newer changes and back to the card; `said` are the lines of a change."""

    def view(say: Say) -> Page:
        parts = [say("<b>{name}</b>: history", name=facts.name)]
        parts += [Markup("\n").join(said(say, line)) for line in facts.lines]
        return Page(Markup("\n\n").join(parts), _buttons(say, facts, presses))

    return view


def _buttons(say: Say, facts: HistoryFacts[Line], presses: HistoryPresses) -> Rows:
    turning = []
    if facts.sheet < facts.sheets:
        turning.append(Button(say("‹ Older"), presses.sheet, {**facts.args, "sheet": facts.sheet + 1}))
    if facts.sheet > 1:
        turning.append(Button(say("Newer ›"), presses.sheet, {**facts.args, "sheet": facts.sheet - 1}))
    back = (Button(say("Back to the card"), presses.card, facts.args),)
    return (tuple(turning), back) if turning else (back,)
