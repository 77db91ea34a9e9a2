"""The history of a request for support in words."""

from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from handlers.reply import View
from handlers.rules.support import SupportChange
from handlers.views.history import HistoryFacts, HistoryPresses, note
from handlers.views.history import history as sheet
from handlers.views.support import kind_word
from handlers.views.tasks import Cities
from handlers.voice import Say
from storage.kinds import SupportKind

PRESSES = HistoryPresses("support.history", "support.card")


@dataclass(frozen=True)
class LineFacts:
    """One change: who made it, and the words, kind or date it is about; empty without one."""

    at: datetime
    change: SupportChange
    actor: str
    note: str = ""
    kind: SupportKind | None = None
    needed_by: date | None = None
    activity: str = ""


def history(facts: HistoryFacts[LineFacts]) -> View:
    """The history with buttons to older and newer changes and back to the card."""
    return sheet(facts, _line, PRESSES)


def _line(say: Say, line: LineFacts, _cities: Cities) -> list[Markup]:
    lines = [sentence(say, line)]
    if line.note:
        lines.append(note(say, line.note))
    return lines


def sentence(say: Say, line: LineFacts) -> Markup:
    """What one change was."""
    name = say.name(line.actor)
    match line.change:
        case SupportChange.ASKED:
            return say("{name} asked for it.", name=name)
        case SupportChange.GRANTED:
            return say("{name} granted it.", name=name)
        case SupportChange.PARTLY:
            return say("{name} granted a part of it.", name=name)
        case SupportChange.DECLINED:
            return say("{name} could not grant it.", name=name)
        case SupportChange.ASKED_BACK:
            return say("{name} asked back.", name=name)
        case SupportChange.EXPLAINED:
            return say("{name} answered the question.", name=name)
        case SupportChange.WITHDRAWN:
            return say("{name} withdrew it.", name=name)
        case SupportChange.KIND:
            kind = kind_word(say, line.kind) if line.kind is not None else Markup()
            return say("{name} chose the kind: {kind}.", name=name, kind=kind)
        case SupportChange.ACTIVITY if line.activity:
            return say("{name} put it under {activity}.", name=name, activity=line.activity)
        case SupportChange.ACTIVITY:
            return say("{name} took it out of its activity.", name=name)
        case SupportChange.NEEDED_BY if line.needed_by is not None:
            return say("{name} set the date: {due}.", name=name, due=say.day(line.needed_by))
        case SupportChange.NEEDED_BY:
            return say("{name} took the date away.", name=name)
