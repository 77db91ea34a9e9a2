"""The questions about a task that wait for a typed answer."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, View
from handlers.rules import text
from handlers.rules.date_reading import Doubt
from handlers.views import warnings
from handlers.views.tasks import Cities, DueFacts, due_words
from handlers.voice import Say
from storage.kinds import TaskState

QUOTED = 40
"""UTF-16 units of what somebody wrote that a question repeats."""


def ask_reason(name: str, state: TaskState) -> View:
    """The question why a task is blocked or cancelled."""

    def view(say: Say) -> Page:
        if state is TaskState.BLOCKED:
            question = say("{name}: what stands in the way? Please write it in a few words. /cancel stops.", name=name)
        else:
            question = say("{name}: why is it dropped? Please write the reason. /cancel keeps it.", name=name)
        return Page(question, ask=say("The reason"))

    return view


def ask_proof(name: str) -> View:
    """The question for something that shows that a task is done, where the group asks for it."""

    def view(say: Say) -> Page:
        question = say(
            "{name}: this group asks for evidence. Please send a file, a photo or a link. /cancel stops.", name=name
        )
        return Page(question, ask=say("A file, a photo or a link"))

    return view


def ask_send_back(name: str) -> View:
    """The question what is missing."""

    def view(say: Say) -> Page:
        return Page(
            say("{name}: what is missing? Please write it in a few words. /cancel stops.", name=name),
            ask=say("What is missing"),
        )

    return view


def ask_decline(name: str) -> View:
    """The question why somebody declines a task."""

    def view(say: Say) -> Page:
        return Page(
            say("{name}: why can you not take it? Please write the reason. /cancel stops.", name=name),
            ask=say("The reason"),
        )

    return view


def ask_due(name: str) -> View:
    """The question for a date."""

    def view(say: Say) -> Page:
        question = say(
            "{name}: by when? For example 30 April, Friday, in 3 days, or 30/4 15:00. /cancel stops.", name=name
        )
        return Page(question, ask=say("A date"))

    return view


def ask_evidence(name: str) -> View:
    """The question for something that shows that a task is done."""

    def view(say: Say) -> Page:
        question = say("{name}: please send a file, a photo or a link. /cancel stops.", name=name)
        return Page(question, ask=say("A file, a photo or a link"))

    return view


@dataclass(frozen=True)
class WhichDate:
    """What was written as a date, what it probably means, and the second meaning if there is one.

    `chosen` is what a meaning that is pressed does, `again` asks for another date, `month` shows days ("" for none).
    What is no deadline is asked about without saying so.
    """

    name: str
    args: dict[str, Any]
    written: str
    due: DueFacts
    doubt: Doubt
    cities: Cities = ()
    other: DueFacts | None = None
    chosen: str = "task.due_set"
    again: str = "task.due_ask"
    month: str = "task.month"
    is_deadline: bool = True


def which_date(facts: WhichDate) -> View:
    """What was meant, where taking it for granted would be guessing: nothing is set before a button is pressed."""

    def view(say: Say) -> Page:
        asked = say("{name}: {question}", name=facts.name, question=_which(say, facts))
        asked = Markup("\n").join([asked, *_in_cities(say, facts)])
        month = (Button(say("Calendar"), facts.month, facts.args),) if facts.month else ()
        others = (*month, Button(say("Another date"), facts.again, facts.args))
        return Page(asked, (*((each,) for each in _meanings(say, facts)), others))

    return view


def _which(say: Say, facts: WhichDate) -> Markup:
    written = text.clip(facts.written, QUOTED)
    due = due_words(say, facts.due, facts.cities) if facts.due.at else warnings.day_and_time(say, facts.due, year=True)
    match facts.doubt:
        case Doubt.WEEKDAY_DIFFERS:
            return say("in “{written}” weekday and date do not fit together. Which day is meant?", written=written)
        case Doubt.BUDDHIST_YEAR:
            return say("“{written}” looks like a year of the Buddhist era. Is {due} meant?", written=written, due=due)
        case Doubt.SHORT_YEAR:
            return say("the year in “{written}” is short. Is {due} meant?", written=written, due=due)
        case Doubt.SOME_DAY | Doubt.SOME_DAY_OF_A_WEEK | Doubt.SEVERAL_MONTHS if not facts.is_deadline:
            return say("“{written}” is more than one day. Is {due} meant?", written=written, due=due)
        case Doubt.SOME_DAY | Doubt.SOME_DAY_OF_A_WEEK | Doubt.SEVERAL_MONTHS:
            return say("“{written}” is more than one day. Is it due by {due}?", written=written, due=due)
        case Doubt.WHICH_HOLIDAY:
            return say("there is more than one holiday of that name. Which day is meant?")
        case Doubt.WHOSE_DAY:
            return say("it is another day there by now. Which day is meant?")
        case Doubt.FAR_AHEAD:
            return say("“{written}” is far ahead. Is {due} meant?", written=written, due=due)
        case Doubt.MORNING_OR_EVENING:
            return say("“{written}”: at which time of the day?", written=written)
        case Doubt.PART_OF_DAY:
            return say("a part of the day is no hour. Is {due} enough, or shall there be a time?", due=due)
    return say("“{written}” can be read in two ways. Which one is meant?", written=written)


def _in_cities(say: Say, facts: WhichDate) -> list[Markup]:
    """Readings with a time as both cities' clocks will show it, where the question names none: a button shows one."""
    if facts.other is None and facts.doubt is not Doubt.WEEKDAY_DIFFERS:
        return []
    readings = (facts.due, *(() if facts.other is None else (facts.other,)))
    return [Markup.escape(due_words(say, each, facts.cities)) for each in readings if each.at is not None]


def _meanings(say: Say, facts: WhichDate) -> tuple[Button, ...]:
    shown = warnings.day_and_time(say, facts.due, year=True)
    first = _meaning(say("Yes, {day}", day=shown) if facts.other is None else Markup.escape(shown), facts.due, facts)
    if facts.other is None:
        return (first,)
    return first, _meaning(Markup.escape(warnings.day_and_time(say, facts.other, year=True)), facts.other, facts)


def _meaning(label: Markup, due: DueFacts, facts: WhichDate) -> Button:
    return Button(label, facts.chosen, {**facts.args, **warnings.date_args(due)})
