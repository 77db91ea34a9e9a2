"""The history of a meeting in words."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from handlers.reply import View
from handlers.rules.meeting_changes import MeetingChange
from handlers.views.history import HistoryFacts, HistoryPresses, note
from handlers.views.history import history as sheet
from handlers.views.tasks import Cities
from handlers.voice import Say

PRESSES = HistoryPresses("meeting.history", "meeting.card")


@dataclass(frozen=True)
class LineFacts:
    """One change: who made it (nobody for what came by itself), and the words or the time it is about.

    `whom` is the person for whom a coordinator recorded an answer.
    """

    at: datetime
    change: MeetingChange
    actor: str
    note: str = ""
    starts_at: datetime | None = None
    objected: bool = False
    whom: str = ""


def history(facts: HistoryFacts[LineFacts]) -> View:
    """The history with buttons to older and newer changes and back to the card."""
    return sheet(facts, _line, PRESSES)


def _line(say: Say, line: LineFacts, cities: Cities) -> list[Markup]:
    lines = [sentence(say, line)]
    if line.starts_at is not None:
        lines.append(say("→ {moment}", moment=say.moment(line.starts_at, cities)))
    if line.note:
        lines.append(note(say, line.note))
    return lines


def sentence(say: Say, line: LineFacts) -> Markup:
    """What one change was."""
    name = say.name(line.actor)
    if line.change is MeetingChange.MINUTES_ANSWERED and line.objected:
        return say("{name} objected to the minutes.", name=name)
    if line.change is MeetingChange.MINUTES_RECORDED and line.objected:
        return say("{name} recorded that {person} objects to the minutes.", name=name, person=say.name(line.whom))
    return {
        MeetingChange.CALLED: say("{name} called the meeting.", name=name),
        MeetingChange.TIME_ASKED: say("It was asked which time is meant."),
        MeetingChange.TIMES_PROPOSED: say("Times were proposed."),
        MeetingChange.VOTED: say("{name} said when the side can come.", name=name),
        MeetingChange.FIXED: say("The time was fixed."),
        MeetingChange.MOVED: say("{name} changed the time.", name=name),
        MeetingChange.ARRANGED: say("{name} arranged how it is held.", name=name),
        MeetingChange.ANSWERED: say("{name} answered the invitation.", name=name),
        MeetingChange.CANCELLED: say("{name} called it off.", name=name),
        MeetingChange.ITEM_ADDED: say("{name} added a point to the agenda.", name=name),
        MeetingChange.ITEM_CHANGED: say("{name} changed a point of the agenda.", name=name),
        MeetingChange.ITEM_MOVED_ON: say("A point was left to the next meeting."),
        MeetingChange.OPENED: say("{name} opened the meeting.", name=name),
        MeetingChange.ITEM_BEGUN: say("The next point began."),
        MeetingChange.PRESENT: say("{name} wrote down who is there.", name=name),
        MeetingChange.NOTED: say("{name} took a note.", name=name),
        MeetingChange.CLOSED: say("{name} closed the meeting.", name=name),
        MeetingChange.PHOTO: say("{name} added a photo.", name=name),
        MeetingChange.MINUTES_SENT: say("The minutes were sent to both sides."),
        MeetingChange.MINUTES_ANSWERED: say("{name} agreed to the minutes.", name=name),
        MeetingChange.MINUTES_RECORDED: say(
            "{name} recorded that {person} agrees to the minutes.", name=name, person=say.name(line.whom)
        ),
        MeetingChange.MINUTES_CONTESTED: say("{name} contested the answer to the minutes recorded before.", name=name),
        MeetingChange.MINUTES_STAND: say("Nobody objected in time: the minutes stand."),
    }[line.change]
