"""What is said when people are invited to a meeting, and when they answer."""

from datetime import datetime

from markupsafe import Markup

from handlers.reply import Page, View
from handlers.rules import text
from handlers.rules.names import meeting_name
from handlers.views import meetings
from handlers.views.meetings import MeetingFacts
from handlers.views.tasks import Cities
from handlers.voice import Say
from storage.kinds import Coming, MeetingState

LINE = Markup("\n")
TITLE_UNITS = 120


def invitation(facts: MeetingFacts, *, changed: bool) -> View:
    """The words under a calendar file: what it is about, when, how; with the answers as buttons."""

    def view(say: Say) -> Page:
        lines = [_first(say, facts, changed=changed), meetings.time_part(say, facts), meetings.frame(say, facts)]
        if facts.state is MeetingState.CANCELLED:
            return Page(LINE.join([lines[0], say("The file takes it out of your calendar.")]))
        lines.append(say("The file puts it into your calendar. Will you come?"))
        return Page(LINE.join(line for line in lines if line), (meetings.answering(say, facts.args),))

    return view


def _first(say: Say, facts: MeetingFacts, *, changed: bool) -> Markup:
    name, title = meeting_name(facts.number), text.clip(facts.title, TITLE_UNITS)
    if facts.state is MeetingState.CANCELLED:
        return say("<b>{name}</b> {title} is called off.", name=name, title=title)
    if changed:
        return say("<b>{name}</b> {title} has changed:", name=name, title=title)
    return say("You are invited to <b>{name}</b> {title}", name=name, title=title)


def answered(name: str, coming: Coming) -> View:
    """The receipt of an answer."""

    def view(say: Say) -> Page:
        match coming:
            case Coming.YES:
                return Page(say("{name}: you are coming.", name=name))
            case Coming.MAYBE:
                return Page(say("{name}: perhaps you are coming.", name=name))
            case Coming.NO:
                return Page(say("{name}: you are not coming.", name=name))

    return view


def fixed(name: str, title: str, at: datetime, cities: Cities) -> View:
    """To the group: the time that was chosen."""

    def view(say: Say) -> Page:
        shown = text.clip(title, TITLE_UNITS)
        moment = say.moment(at, cities)
        return Page(say("<b>{name}</b> {title} is fixed: {moment}", name=name, title=shown, moment=moment))

    return view
