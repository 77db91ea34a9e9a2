"""What speaks against a date: said where the date is set, and to the person responsible when it turned up later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, Rows
from handlers.rules.text import clip
from handlers.rules.warnings import DateWarning, Weight
from handlers.views.calendar import UnconfirmedYear, unconfirmed
from handlers.views.tasks import Cities, DueFacts, due_words
from handlers.voice import Say

LINE = Markup("\n")
TEXT_UNITS = 160
LISTED = 12
"""Tasks in one message; the others are counted."""


@dataclass(frozen=True)
class WarningFacts:
    """What speaks against a due date, and the nearest ones on which both sides work."""

    due: DueFacts
    found: tuple[DateWarning, ...] = ()
    choices: tuple[DueFacts, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether another day is to be asked for."""
        return any(each.weight is Weight.ASK for each in self.found)


@dataclass(frozen=True)
class TaskWarning:
    """A task whose due date became a day off; `args` lead to it."""

    name: str
    text: str
    warned: WarningFacts
    args: dict[str, Any]


def lines(say: Say, facts: WarningFacts) -> list[Markup]:
    """Every warning in a line, and the question whether it shall be another day."""
    found = told(say, facts.found)
    return [*found, say("Would another day be better?")] if facts.asks else found


def told(say: Say, found: Sequence[DateWarning]) -> list[Markup]:
    """What speaks against a date, each in a line."""
    return [_line(say, each) for each in found]


def _line(say: Say, warning: DateWarning) -> Markup:
    if warning.weight is Weight.NOTE:
        return unconfirmed([UnconfirmedYear(warning.country, warning.day.year, warning.state)], say)
    day = say.day(warning.day)
    if warning.person:
        return _elsewhere(say, warning, day)
    if warning.name is not None:
        name = warning.name.spoken(say.language)
        if warning.observed:
            return say("{day} is {name} for {side}, no day off.", day=day, side=warning.side, name=name)
        return say("{day} is a day off for {side}: {name}.", day=day, side=warning.side, name=name)
    return say("{day} is no working day for {side}.", day=day, side=warning.side)


def _elsewhere(say: Say, warning: DateWarning, day: str) -> Markup:
    person = say.name(warning.person)
    if warning.city:
        return say("On {day} {person} is in {city}.", day=day, person=person, city=warning.city)
    return say("{person} is away on {day}.", person=person, day=day)


def rows(say: Say, facts: WarningFacts, args: dict[str, Any]) -> Rows:
    """The days that suit both sides, and a button that keeps the date; none where nothing is asked."""
    if not facts.asks:
        return ()
    others = tuple(_choice(day_and_time(say, each), each, args) for each in facts.choices)
    keep = _choice(say("Keep {day}", day=day_and_time(say, facts.due)), facts.due, {**args, "sure": 1})
    return tuple(row for row in (others, (keep,)) if row)


def _choice(label: str, due: DueFacts, args: dict[str, Any]) -> Button:
    return Button(label, "task.due_set", {**args, **date_args(due)})


def date_args(due: DueFacts) -> dict[str, str]:
    """A date as a button carries it."""
    assert due.day is not None, "no date is no choice"
    at = {} if due.at is None else {"at": due.at.isoformat()}
    return {"date": due.day.isoformat(), **at}


def day_and_time(say: Say, due: DueFacts, *, year: bool = False) -> str:
    """A date on a button: with the time where one was given, by the clock of whoever gave it."""
    day = "" if due.day is None else say.day(due.day, year=year)
    return day if due.at is None else say.day_at(day, clock(due.at))


def clock(at: datetime) -> str:
    """The time of day on the clock the instant was given by, such as "09:05"."""
    return f"{at:%H:%M}"


def became_off(tasks: Sequence[TaskWarning], cities: Cities, group: str, say: Say) -> Page:
    """To the person responsible: due dates that fall on days off by now, with days that suit both sides."""
    heading = say.n(
        "{group}: a due date falls on a day off.",
        "{group}: {number} due dates fall on days off.",
        len(tasks),
        group=group,
    )
    parts = [heading, *(_task(say, each, cities) for each in tasks[:LISTED])]
    if len(tasks) > LISTED:
        parts.append(say.n("… and {number} more", "… and {number} more", len(tasks) - LISTED))
    page_rows = rows(say, tasks[0].warned, tasks[0].args) if len(tasks) == 1 else _rows(say, tasks[:LISTED])
    return Page(Markup("\n\n").join(parts), page_rows)


def _task(say: Say, task: TaskWarning, cities: Cities) -> Markup:
    title = Markup("<b>{name}</b> {text}").format(name=task.name, text=clip(task.text, TEXT_UNITS))
    due = say("Due: {due}", due=due_words(say, task.warned.due, cities))
    return LINE.join([title, due, *(_line(say, each) for each in task.warned.found if each.weight is Weight.ASK)])


def _rows(say: Say, tasks: Sequence[TaskWarning]) -> Rows:
    return tuple((Button(say("{name}: another date", name=task.name), "task.due", task.args),) for task in tasks)


def in_group(names: Sequence[str], say: Say) -> Page:
    """To somebody whom no private message reaches: which tasks to look at."""
    shown = say.all_of(names[:LISTED])
    return Page(say("the due dates of {names} fall on days off. /due sets another one.", names=shown))
