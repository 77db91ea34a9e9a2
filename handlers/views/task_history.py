"""The history of a task in words."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from handlers.reply import View
from handlers.rules import text
from handlers.rules.task_changes import REPORTS, TaskChange
from handlers.views.history import HistoryFacts, HistoryPresses, note
from handlers.views.history import history as sheet
from handlers.views.tasks import NO_DATE, Cities, DueFacts, due_words
from handlers.voice import Say
from storage.kinds import Role

WAS = 300
"""UTF-16 units of what a task said before."""


@dataclass(frozen=True)
class LineFacts:
    """One change: who made it in which role, to which part, and what it speaks of; empty where there is nothing."""

    at: datetime
    change: TaskChange
    actor: str
    role: Role = Role.MEMBER
    part: str = ""
    person: str = ""
    place: str = ""
    offered: bool = False
    due: DueFacts = NO_DATE
    note: str = ""
    evidence: int = 0
    was: str = ""


PRESSES = HistoryPresses("task.history", "task.card")


def history(facts: HistoryFacts[LineFacts]) -> View:
    """The history with buttons to older and newer changes and back to the card."""
    return sheet(facts, _line, PRESSES)


def _line(say: Say, line: LineFacts, cities: Cities) -> list[Markup]:
    said = sentence(say, line, cities)
    lines = [say("{part}: {said}", part=line.part, said=said) if line.part else said]
    if line.note and line.change is not TaskChange.REPEATS:
        lines.append(note(say, line.note))
    if line.was:
        lines.append(say("Before: {text}", text=text.clip(" ".join(line.was.split()), WAS)))
    if line.evidence:
        lines.append(say.n("{number} piece of evidence", "{number} pieces of evidence", line.evidence))
    return lines


def sentence(say: Say, line: LineFacts, cities: Cities) -> Markup:
    """What one change was."""
    if line.change in REPORTS:
        return _report(say, line)
    if line.change in (TaskChange.DUE, TaskChange.DUE_ASKED, TaskChange.DUE_KEPT):
        return _date(say, line, due_words(say, line.due, cities))
    return _giving(say, line)


def _report(say: Say, line: LineFacts) -> Markup:
    name = _actor(say, line)
    match line.change:
        case TaskChange.PROGRESS:
            return say("{name}: in progress.", name=name)
        case TaskChange.WAITING:
            return say("{name}: with the other side.", name=name)
        case TaskChange.BLOCKED:
            return say("{name}: blocked.", name=name)
        case TaskChange.DONE:
            return say("{name}: done.", name=name)
        case TaskChange.SUBMITTED:
            return say("{name} reported it as done.", name=name)
        case TaskChange.CONFIRMED:
            return say("{name} confirmed that it is done.", name=name)
        case TaskChange.HANDED_BACK:
            return say("{name}: the other side's part is done.", name=name)
        case TaskChange.SENT_BACK:
            return say("{name} sent it back.", name=name)
        case TaskChange.DROPPED:
            return say("{name} dropped it.", name=name)
        case _:
            return say("{name} reopened it.", name=name)


def _date(say: Say, line: LineFacts, due: str | Markup) -> Markup:
    name = _actor(say, line)
    match line.change:
        case TaskChange.DUE:
            return say("{name} set the date: {due}.", name=name, due=due)
        case TaskChange.DUE_ASKED:
            return say("{name} asked for another date: {due}.", name=name, due=due)
        case _:
            return say("{name} kept the date: {due}.", name=name, due=due)


def _giving(say: Say, line: LineFacts) -> Markup:
    name, person = _actor(say, line), say.name(line.person)
    match line.change:
        case TaskChange.ACCEPTED:
            return say("{name} accepted it for {person}.", name=name, person=person)
        case TaskChange.DECLINED:
            return say("{name} declined it.", name=name)
        case TaskChange.MOVED:
            return say("{name} made it a task of {side}.", name=name, side=line.place)
        case TaskChange.AREA if line.place:
            return say("{name} put it into the area {area}.", name=name, area=say.area(line.place))
        case TaskChange.AREA:
            return say("{name} took it out of its area.", name=name)
        case TaskChange.TEXT:
            return say("{name} put it into other words.", name=name)
        case TaskChange.ACTIVITY:
            return say("{name} changed the activity it belongs to.", name=name)
        case TaskChange.REPEATS if line.note:
            return say("{name} lets it come again.", name=name)
        case TaskChange.REPEATS:
            return say("{name} lets it come no more.", name=name)
        case TaskChange.REPEATED:
            return say("It was given again, by its rule.")
        case TaskChange.STEP:
            return say("{name} added a step.", name=name)
        case TaskChange.TICKED:
            return say("{name} ticked a step.", name=name)
        case TaskChange.UNTICKED:
            return say("{name} opened a step again.", name=name)
        case TaskChange.AFTER if line.note:
            return say("{name} put it after another task.", name=name)
        case TaskChange.AFTER:
            return say("{name} let it wait for no other task.", name=name)
        case TaskChange.EVIDENCE:
            return say("{name} added evidence.", name=name)
        case _ if not line.person:
            return say("{name} wrote it down for nobody yet.", name=name)
        case _ if line.offered:
            return say("{name} offered it to {person}.", name=name, person=person)
        case _:
            return say("{name} gave it to {person}.", name=name, person=person)


def _actor(say: Say, line: LineFacts) -> Markup | str:
    if line.role is Role.COORDINATOR:
        return say("{name} (coordinator)", name=say.name(line.actor))
    if line.role is Role.ALTERNATE:
        return say("{name} (alternate)", name=say.name(line.actor))
    return say.name(line.actor)
