"""The living card of a meeting: its time in both cities, how it is held, who comes, its agenda."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, Rows, View
from handlers.rules import text
from handlers.rules.names import meeting_name
from handlers.rules.warnings import DateWarning
from handlers.views import warnings
from handlers.views.language import language_name
from handlers.views.tasks import Cities
from handlers.voice import Say
from storage.kinds import Coming, ItemState, MeetingState, MinutesState

LINE = Markup("\n")
PARAGRAPH = Markup("\n\n")
SHOWN_ITEMS = 8
ITEM_UNITS = 80
PLACE_UNITS = 200
NAME = 60


@dataclass(frozen=True)
class SlotFacts:
    """A proposed time, with the sides that can come then."""

    id: int
    starts_at: datetime
    sides: tuple[str, ...] = ()


@dataclass(frozen=True)
class ComingFacts:
    """How many of those invited gave which answer (None: none yet), and how many are there."""

    answers: Mapping[Coming | None, int] = field(default_factory=dict)
    present: int = 0


@dataclass(frozen=True)
class ItemFacts:
    """One point of the agenda."""

    id: int
    text: str
    state: ItemState
    minutes: int | None = None
    speaker: str = ""


@dataclass(frozen=True)
class MeetingFacts:
    """Everything a card shows. `outside` are the sides for which it lies outside working hours."""

    id: int
    group_id: int
    number: int
    title: str
    state: MeetingState
    minutes: int
    cities: Cities
    starts_at: datetime | None = None
    slots: tuple[SlotFacts, ...] = ()
    coming: ComingFacts = field(default_factory=ComingFacts)
    warned: tuple[DateWarning, ...] = ()
    outside: tuple[str, ...] = ()
    place: str = ""
    link: str = ""
    languages: tuple[str, ...] = ()
    moderator: str = ""
    minute_taker: str = ""
    interpreter: str = ""
    items: tuple[ItemFacts, ...] = ()
    follows: str = ""
    followed_by: str = ""
    minutes_state: MinutesState | None = None
    has_photo: bool = False

    @property
    def args(self) -> dict[str, Any]:
        """What every button of the card carries."""
        return {"id": self.id, "group": self.group_id}


def state_word(say: Say, state: MeetingState) -> Markup:
    """A meeting's state in words."""
    return {
        MeetingState.ASKED: say("time not clear yet"),
        MeetingState.PROPOSED: say("time being chosen"),
        MeetingState.FIXED: say("fixed"),
        MeetingState.OPEN: say("going on"),
        MeetingState.HELD: say("held"),
        MeetingState.CANCELLED: say("called off"),
    }[state]


def minutes_word(say: Say, state: MinutesState) -> Markup:
    """The state of minutes in words."""
    return {
        MinutesState.SENT: say("with both sides"),
        MinutesState.AGREED: say("agreed by both sides"),
        MinutesState.OBJECTED: say("objected to"),
        MinutesState.UNOPPOSED: say("no objection in time"),
    }[state]


def card(facts: MeetingFacts) -> View:
    """The card of a meeting, and what can be done."""

    def view(say: Say) -> Page:
        parts = (_heading(say, facts), time_part(say, facts), frame(say, facts), agenda(say, facts), _state(say, facts))
        return Page(PARAGRAPH.join(part for part in parts if part), _buttons(say, facts))

    return view


def _heading(say: Say, facts: MeetingFacts) -> Markup:
    head = say("<b>{name}</b> · {state}", name=meeting_name(facts.number), state=state_word(say, facts.state))
    return LINE.join([head, Markup("<b>{}</b>").format(facts.title)])


def time_part(say: Say, facts: MeetingFacts) -> Markup:
    """The time in both cities, or the times to choose from, with what speaks against it."""
    if facts.state is MeetingState.ASKED:
        return say("It is not clear yet which time is meant: whoever called the meeting is asked first.")
    if facts.state is MeetingState.PROPOSED:
        return _choice(say, facts)
    if facts.starts_at is None:
        return Markup("")
    lines = [when(say, facts.starts_at, facts), *warnings.told(say, facts.warned)]
    if facts.outside:
        lines.append(say("This is outside the working hours of {sides}.", sides=say.all_of(facts.outside)))
    return LINE.join(lines)


def when(say: Say, at: datetime, facts: MeetingFacts) -> Markup:
    """A beginning in both cities, and how long it takes."""
    length = say.n("{number} minute", "{number} minutes", facts.minutes)
    return say("{moment} · {length}", moment=say.moment(at, facts.cities), length=length)


def _choice(say: Say, facts: MeetingFacts) -> Markup:
    if not facts.slots:
        return say("There is no time yet: both sides have no hours of that length in common. Please set one.")
    lines = [
        say.n(
            "When can you come? The focal points press the numbers ({number} minute).",
            "When can you come? The focal points press the numbers ({number} minutes).",
            facts.minutes,
        )
    ]
    for number, slot in enumerate(facts.slots, 1):
        moment = say.moment(slot.starts_at, facts.cities)
        can = say(" ✓ {sides}", sides=say.all_of(slot.sides)) if slot.sides else Markup("")
        lines.append(Markup("{}. {}{}").format(number, moment, can))
    return LINE.join(lines)


def frame(say: Say, facts: MeetingFacts) -> Markup:
    """Place, link, people and languages: what is known of them."""
    lines = []
    if facts.place:
        lines.append(say("Place: {place}", place=text.clip(facts.place, PLACE_UNITS)))
    if facts.link:
        lines.append(say("Link: {link}", link=text.clip(facts.link, PLACE_UNITS)))
    if facts.moderator:
        lines.append(say("Moderator: {name}", name=_name(say, facts.moderator)))
    if facts.minute_taker:
        lines.append(say("Minutes: {name}", name=_name(say, facts.minute_taker)))
    if facts.interpreter:
        lines.append(say("Interpreter: {name}", name=_name(say, facts.interpreter)))
    if facts.languages:
        names = say.all_of([language_name(say, language) for language in facts.languages])
        lines.append(say("Languages: {names}", names=names))
    if facts.follows:
        lines.append(say("It follows {name}.", name=facts.follows))
    return LINE.join(lines)


def _name(say: Say, name: str) -> str:
    return say.name(text.clip(name, NAME))


def agenda(say: Say, facts: MeetingFacts) -> Markup:
    """The points of the agenda; the one spoken of now is marked."""
    if not facts.items:
        return Markup("")
    lines = [say("<b>Agenda</b>")]
    lines += [item_line(say, number, item) for number, item in enumerate(facts.items[:SHOWN_ITEMS], 1)]
    if len(facts.items) > SHOWN_ITEMS:
        lines.append(say.n("… and {number} more", "… and {number} more", len(facts.items) - SHOWN_ITEMS))
    return LINE.join(lines)


def item_line(say: Say, number: int, item: ItemFacts) -> Markup:
    """One point with its minutes and who speaks."""
    sign = {ItemState.RUNNING: "▶ ", ItemState.DONE: "✓ ", ItemState.MOVED: "→ "}.get(item.state, "")
    about = [say.n("{number} minute", "{number} minutes", item.minutes)] if item.minutes else []
    if item.speaker:
        about.append(Markup("{}").format(_name(say, item.speaker)))
    line = Markup("{sign}{number}. {text}").format(
        sign=sign, number=number, text=text.clip(" ".join(item.text.split()), ITEM_UNITS)
    )
    return line if not about else Markup("{} · {}").format(line, Markup(" · ").join(about))


def _state(say: Say, facts: MeetingFacts) -> Markup:
    match facts.state:
        case MeetingState.FIXED:
            return _answers(say, facts.coming.answers)
        case MeetingState.OPEN:
            return say("Present: {number}", number=facts.coming.present)
        case MeetingState.HELD:
            return _held(say, facts)
    return Markup("")


def _answers(say: Say, answers: Mapping[Coming | None, int]) -> Markup:
    return say(
        "Coming: {yes} · perhaps: {maybe} · not: {no} · no answer yet: {silent}",
        yes=answers.get(Coming.YES, 0),
        maybe=answers.get(Coming.MAYBE, 0),
        no=answers.get(Coming.NO, 0),
        silent=answers.get(None, 0),
    )


def _held(say: Say, facts: MeetingFacts) -> Markup:
    lines = [say("Present: {number}", number=facts.coming.present)]
    if facts.minutes_state is not None:
        lines.append(say("Minutes: {state}", state=minutes_word(say, facts.minutes_state)))
    if facts.followed_by:
        lines.append(say("{name} follows.", name=facts.followed_by))
    return LINE.join(lines)


def _buttons(say: Say, facts: MeetingFacts) -> Rows:
    args = facts.args
    told = Button(say("History"), "meeting.history", args)
    shape = (Button(say("Agenda"), "agenda.show", args), Button(say("Arrange"), "meeting.arrange", args), told)
    match facts.state:
        case MeetingState.ASKED:
            return ((Button(say("Set a time"), "meeting.set_time", args),), shape)
        case MeetingState.PROPOSED:
            return (*_slot_buttons(say, facts), shape)
        case MeetingState.FIXED:
            return (answering(say, args), shape, (Button(say("Open the meeting"), "meeting.open", args),))
        case MeetingState.OPEN:
            return (*_session(say, args), shape)
        case MeetingState.HELD:
            return (_after(say, facts), (told,))
    return ((told,),)


def _session(say: Say, args: dict[str, Any]) -> Rows:
    return (
        (Button(say("I am here"), "session.here", args), Button(say("Somebody else"), "session.somebody", args)),
        (Button(say("Next point"), "session.next", args), Button(say("Close the meeting"), "session.close", args)),
    )


def _after(say: Say, facts: MeetingFacts) -> tuple[Button, ...]:
    stands = facts.minutes_state in (MinutesState.AGREED, MinutesState.UNOPPOSED)
    read = Button(say("Read the minutes"), "minutes.show", facts.args)
    again = Button(say("Draft again"), "minutes.again", facts.args)
    following = Button(say("Next meeting"), "meeting.follow", facts.args)
    return (read, following) if stands else (read, again, following)


def _slot_buttons(say: Say, facts: MeetingFacts) -> Rows:
    others = (
        Button(say("Other times"), "meeting.others", facts.args),
        Button(say("Set a time"), "meeting.set_time", facts.args),
    )
    return tuple(row for row in (numbers(facts), others) if row)


def numbers(facts: MeetingFacts) -> tuple[Button, ...]:
    """The proposed times by their numbers."""
    return tuple(
        Button(str(number), "meeting.vote", {**facts.args, "slot": slot.id})
        for number, slot in enumerate(facts.slots, 1)
    )


def answering(say: Say, args: dict[str, Any]) -> tuple[Button, ...]:
    """The three answers to an invitation."""
    return (
        Button(say("Coming"), "meeting.coming", {**args, "coming": Coming.YES.value}),
        Button(say("Perhaps"), "meeting.coming", {**args, "coming": Coming.MAYBE.value}),
        Button(say("Not coming"), "meeting.coming", {**args, "coming": Coming.NO.value}),
    )
