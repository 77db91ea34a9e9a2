"""To whoever can move a meeting: its day is a day off by now."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from handlers.reply import Button, Page
from handlers.rules import text
from handlers.rules.names import meeting_name
from handlers.views import meetings
from handlers.views.meetings import MeetingFacts
from handlers.views.tasks import DueFacts
from handlers.views.warnings import day_and_time
from handlers.voice import Say

TITLE_UNITS = 120
LINE = Markup("\n")


def became_off(facts: MeetingFacts, others: Sequence[datetime], say: Say) -> Page:
    """Why that day does not suit, and the nearest days on which both sides work."""
    first = say(
        "<b>{name}</b> {title} falls on a day off:",
        name=meeting_name(facts.number),
        title=text.clip(facts.title, TITLE_UNITS),
    )
    asked = say("Would another day be better?")
    choices = tuple(
        Button(day_and_time(say, DueFacts(at.date(), at)), "meeting.move", {**facts.args, "at": at.isoformat()})
        for at in others
    )
    other = Button(say("Set a time"), "meeting.set_time", facts.args)
    return Page(LINE.join([first, meetings.time_part(say, facts), asked]), tuple(filter(None, (choices, (other,)))))
