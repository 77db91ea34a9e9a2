"""A meeting as an iCalendar file (RFC 5545, 5546): one event that keeps its UID, with an alarm."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers.files import MadeFile
from handlers.rules.names import meeting_name
from handlers.views import meetings
from handlers.views.meetings import MeetingFacts
from handlers.voice import Say
from storage.kinds import MeetingState

if TYPE_CHECKING:
    from icalendar import Alarm

ENDING = ".ics"
ALARM = timedelta(minutes=15)
ORGANISER = "mailto:nobody@focalpoint.invalid"
"""A calendar wants an address of whoever invites; nobody is to write to it."""


@dataclass(frozen=True)
class EventFacts:
    """What stands in the file. `zone` is the reader's; `uid` stays the same for ever, `sequence` only grows."""

    meeting: MeetingFacts
    uid: str
    sequence: int
    group: str
    starts_at: datetime
    ends_at: datetime
    zone: ZoneInfo
    written_at: datetime


def written(facts: EventFacts, say: Say) -> MadeFile:
    """The file. A meeting that was called off is taken out of the calendar by it."""
    from icalendar import Calendar, Event, vCalAddress

    cancelled = facts.meeting.state is MeetingState.CANCELLED
    calendar, event = Calendar(), Event()
    calendar.add("prodid", "-//Focalpoint//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    organiser = vCalAddress(ORGANISER)
    organiser.params["CN"] = facts.group
    event.add("uid", facts.uid)
    event.add("sequence", facts.sequence)
    event.add("dtstamp", facts.written_at)
    event.add("organizer", organiser)
    event.add("dtstart", facts.starts_at.astimezone(facts.zone))
    event.add("dtend", facts.ends_at.astimezone(facts.zone))
    event.add("summary", _summary(facts))
    event.add("description", _description(facts, say))
    where = say.listed(each for each in (facts.meeting.place, facts.meeting.link) if each)
    event.add("location", where.unescape())
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if not cancelled:
        event.add_component(_alarm(facts))
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return MadeFile(meeting_name(facts.meeting.number) + ENDING, calendar.to_ical())


def _alarm(facts: EventFacts) -> "Alarm":
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _summary(facts))
    alarm.add("trigger", -ALARM)
    return alarm


def _summary(facts: EventFacts) -> str:
    return f"{meeting_name(facts.meeting.number)} {facts.meeting.title}"


def _description(facts: EventFacts, say: Say) -> str:
    """Both cities' times, how it is held, and the agenda, as plain text."""
    times = say.in_cities(facts.starts_at, facts.meeting.cities)
    parts = (facts.group, times, meetings.frame(say, facts.meeting), meetings.agenda(say, facts.meeting))
    return "\n\n".join(_plain(part) for part in parts if part)


def _plain(part: str | Markup) -> str:
    return "\n".join(Markup(line).striptags() for line in part.split("\n")) if isinstance(part, Markup) else part
