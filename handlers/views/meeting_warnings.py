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


def became_off(facts: MeetingFacts, starts_at: datetime, others: Sequence[datetime], say: Say) -> Page:
    """Why that day does not suit, the nearest days on which both sides work, and a button that keeps it."""
    first = say(
        "<b>{name}</b> {title} falls on a day off:",
        name=meeting_name(facts.number),
        title=text.clip(facts.title, TITLE_UNITS),
    )
    asked = say("Would another day be better?")
    choices = tuple(Button(_shown(say, at), "meeting.move", {**facts.args, "at": at.isoformat()}) for at in others)
    last = (
        Button(
            say("Keep {day}", day=_shown(say, starts_at)), "meeting.keep", {**facts.args, "at": starts_at.isoformat()}
        ),
        Button(say("Set a time"), "meeting.set_time", facts.args),
    )
    return Page(LINE.join([first, meetings.time_part(say, facts), asked]), tuple(filter(None, (choices, last))))


def _shown(say: Say, at: datetime) -> str:
    return day_and_time(say, DueFacts(at.date(), at))
