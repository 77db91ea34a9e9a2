"""What is said before a meeting, and when its minutes are missing: friendly, short, in private."""

from datetime import date
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, View
from handlers.rules import text
from handlers.rules.meeting_reminders import Reminder
from handlers.rules.names import meeting_name
from handlers.views import meetings
from handlers.views.meetings import MeetingFacts
from handlers.voice import Say
from storage.kinds import Coming

TITLE_UNITS = 120
LINE = Markup("\n")
PARAGRAPH = Markup("\n\n")


def reminder(facts: MeetingFacts, kind: Reminder, coming: Coming | None, say: Say) -> Page:
    """A meeting ahead: whether one comes, or what to know the day and a quarter of an hour before."""
    parts = [_first(say, facts, kind), meetings.time_part(say, facts), meetings.frame(say, facts)]
    if kind is Reminder.DAY_BEFORE:
        parts.append(meetings.agenda(say, facts))
    shown = LINE.join(part for part in parts if part)
    if coming is not None or kind is Reminder.SOON:
        return Page(shown)
    return Page(LINE.join([shown, say("Will you come?")]), (meetings.answering(say, facts.args),))


def _first(say: Say, facts: MeetingFacts, kind: Reminder) -> Markup:
    name, title = meeting_name(facts.number), text.clip(facts.title, TITLE_UNITS)
    match kind:
        case Reminder.ANSWER:
            return say("A friendly reminder: <b>{name}</b> {title} waits for your answer.", name=name, title=title)
        case Reminder.DAY_BEFORE:
            return say("<b>{name}</b> {title} is near:", name=name, title=title)
        case Reminder.SOON:
            return say("<b>{name}</b> {title} begins soon:", name=name, title=title)


def unsaid(name: str, title: str, args: dict[str, Any]) -> View:
    """To whoever called a meeting at a time that can mean more than one, and did not say which."""

    def view(say: Say) -> Page:
        title_shown = text.clip(title, TITLE_UNITS)
        lines = [
            say("A friendly reminder: <b>{name}</b> {title} waits for a time.", name=name, title=title_shown),
            say("It is not clear which time you meant. Please set it."),
        ]
        return Page(LINE.join(lines), ((Button(say("Set a time"), "meeting.set_time", args),),))

    return view


def unchosen(facts: MeetingFacts, say: Say) -> Page:
    """To somebody whose side has chosen no time yet, with the times to choose from."""
    name, title = meeting_name(facts.number), text.clip(facts.title, TITLE_UNITS)
    first = say("A friendly reminder: <b>{name}</b> {title} waits for a time.", name=name, title=title)
    return Page(LINE.join([first, meetings.time_part(say, facts)]), (meetings.numbers(facts),))


def unwritten(name: str, title: str, say: Say) -> Page:
    """To whoever writes the minutes, later to the coordinators: the meeting has no end and no minutes."""
    lines = [
        say("A friendly reminder: <b>{name}</b> {title} has no minutes yet.", name=name,
            title=text.clip(title, TITLE_UNITS)),
        say("<code>/open {name}</code> and <code>/close</code> in the group draft them. If it did not take place, "
            "please call it off: /{link}", name=name, link=name.lower()),
    ]  # fmt: skip
    return Page(LINE.join(lines))


def unanswered(name: str, title: str, last_day: date | None, args: dict[str, Any]) -> View:
    """To a side that has not answered the minutes."""

    def view(say: Say) -> Page:
        lines = [
            say("A friendly reminder: the minutes of <b>{name}</b> {title} wait for the answer of your side.",
                name=name, title=text.clip(title, TITLE_UNITS)),
        ]  # fmt: skip
        if last_day is not None:
            day = say.day(last_day)
            lines.append(say("Without an objection by {day} they stand as they are.", day=day))
        row = (
            Button(say("Read the minutes"), "minutes.show", {key: args[key] for key in ("id", "group")}),
            Button(say("Agree"), "minutes.agree", args),
            Button(say("Object"), "minutes.object", args),
        )
        return Page(LINE.join(lines), (row,))

    return view
