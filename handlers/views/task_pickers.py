"""Choosing by button: a person, a date, an area, a side."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, Rows, View
from handlers.rules import text
from handlers.rules.due_picks import Pick, PickKind
from handlers.rules.month_grid import Month
from handlers.views import month_grid
from handlers.views.month_grid import GridPresses
from handlers.voice import Say

LABEL = 40
"""UTF-16 units of a name on a button."""


@dataclass(frozen=True)
class PickFacts:
    """What every picker knows: the task's name, and the arguments that its buttons carry.

    `aside` is true in a message of its own, which has no card to go back to.
    """

    name: str
    args: dict[str, Any]

    @property
    def aside(self) -> bool:
        """Whether the picker stands in a message of its own."""
        return bool(self.args.get("aside"))


@dataclass(frozen=True)
class PeopleFacts:
    """One page of the members: (person id, name, side). `shown` is the handle that nobody could read, or empty."""

    pick: PickFacts
    people: tuple[tuple[int, str, str], ...]
    page: int
    pages: int
    shown: str = ""


def people(facts: PeopleFacts) -> View:
    """Whose task is it?"""

    def view(say: Say) -> Page:
        if facts.shown:
            question = say("{name}: who is {shown}?", name=facts.pick.name, shown=say.name(facts.shown))
        else:
            question = say("{name}: who does it?", name=facts.pick.name)
        rows = tuple((_person(say, facts, *each),) for each in facts.people)
        return Page(question, tuple(row for row in (*rows, _turning(say, facts), _back(say, facts.pick)) if row))

    return view


def _person(say: Say, facts: PeopleFacts, person_id: int, name: str, side: str) -> Button:
    label = say("{name} · {side}", name=text.clip(name, LABEL), side=text.clip(side, LABEL)) if side else _plain(name)
    return Button(label, "task.give", {**facts.pick.args, "person": person_id})


def _plain(name: str) -> Markup:
    return Markup.escape(text.clip(name, LABEL))


def _turning(say: Say, facts: PeopleFacts) -> tuple[Button, ...]:
    args, buttons = facts.pick.args, []
    if facts.page > 1:
        buttons.append(Button(say("‹ Back"), "task.who", {**args, "sheet": facts.page - 1}))
    if facts.page < facts.pages:
        buttons.append(Button(say("More ›"), "task.who", {**args, "sheet": facts.page + 1}))
    return tuple(buttons)


def days(facts: PickFacts, picks: tuple[Pick, ...], problem: View | None = None) -> View:
    """By when? With dates on which both sides work; `problem` says why a date that was given is none."""

    def view(say: Say) -> Page:
        question = say("{name}: by when?", name=facts.name)
        if problem is not None:
            question = problem(say).text + Markup("\n") + question
        buttons = [_day(say, facts, pick) for pick in picks]
        rows = tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))
        return Page(question, tuple(row for row in (*rows, _others(say, facts), _back(say, facts)) if row))

    return view


def _others(say: Say, facts: PickFacts) -> tuple[Button, ...]:
    return (
        Button(say("Calendar"), "task.month", facts.args),
        Button(say("Another date"), "task.due_ask", facts.args),
    )


def _day(say: Say, facts: PickFacts, pick: Pick) -> Button:
    return Button(_pick(say, pick), "task.due_set", {**facts.args, "date": pick.day.isoformat()})


def _pick(say: Say, pick: Pick) -> Markup:
    day = say.day(pick.day)
    match pick.kind:
        case PickKind.TODAY:
            return say("Today, {day}", day=day)
        case PickKind.WEEK_END:
            return say("End of the week, {day}", day=day)
        case PickKind.MONDAY:
            return say("Next week, {day}", day=day)
        case PickKind.WEEK:
            return say("In a week, {day}", day=day)
        case PickKind.TWO_WEEKS:
            return say("In two weeks, {day}", day=day)
        case PickKind.MONTH:
            return say("End of the month, {day}", day=day)
        case PickKind.NEXT:
            return Markup.escape(day)


def calendar(facts: PickFacts, month: Month) -> View:
    """By when? With a month of days to press."""

    def view(say: Say) -> Page:
        question = say("{name}: by when?", name=facts.name)
        title = Markup("{question} <b>{month}</b>").format(question=question, month=month_grid.name(say, month))
        grid = month_grid.rows(say, month, GridPresses("task.due_set", "task.month", facts.args))
        back = (Button(say("Back"), "task.due", facts.args), Button(say("Another date"), "task.due_ask", facts.args))
        return Page(title + Markup("\n") + month_grid.legend(say, month), (*grid, back))

    return view


def more(facts: PickFacts) -> View:
    """What is wanted less often than the buttons of the card."""

    def view(say: Say) -> Page:
        rows: Rows = (
            (Button(say("Steps"), "task.steps", facts.args), Button(say("After"), "task.after", facts.args)),
            (Button(say("Area"), "task.area", facts.args), Button(say("Activity"), "task.activity", facts.args)),
            (Button(say("Repeat"), "task.repeat", facts.args), Button(say("Drop"), "task.drop", facts.args)),
            _back(say, facts),
        )
        return Page(say("<b>{name}</b>: what is to be changed?", name=facts.name), tuple(row for row in rows if row))

    return view


def areas(facts: PickFacts, choices: tuple[tuple[int, str], ...]) -> View:
    """Which area does it belong to?"""

    def view(say: Say) -> Page:
        buttons = [(_area(facts, area_id, _plain(say.area(name))),) for area_id, name in choices]
        none = (_area(facts, 0, say("No area")),)
        rows: Rows = (*buttons, none, _back(say, facts))
        return Page(say("{name}: which area?", name=facts.name), tuple(row for row in rows if row))

    return view


def _area(facts: PickFacts, area_id: int, label: Markup) -> Button:
    return Button(label, "task.area_set", {**facts.args, "area": area_id})


def activities(facts: PickFacts, choices: tuple[tuple[int, str], ...], page: int, pages: int) -> View:
    """Which activity does it belong to?"""

    def view(say: Say) -> Page:
        buttons = [(_activity(facts, activity_id, _plain(name)),) for activity_id, name in choices]
        before = (Button(say("‹ Back"), "task.activity", {**facts.args, "sheet": page - 1}),) if page > 1 else ()
        after = (Button(say("More ›"), "task.activity", {**facts.args, "sheet": page + 1}),) if page < pages else ()
        rows: Rows = (*buttons, before + after, (_activity(facts, 0, say("No activity")),), _back(say, facts))
        return Page(say("{name}: which activity?", name=facts.name), tuple(row for row in rows if row))

    return view


def _activity(facts: PickFacts, activity_id: int, label: Markup) -> Button:
    return Button(label, "task.activity", {**facts.args, "activity": activity_id})


def sides(facts: PickFacts, choices: tuple[tuple[int, str], ...]) -> View:
    """Whose task is it, while it is nobody's?"""

    def view(say: Say) -> Page:
        buttons = tuple(Button(_plain(name), "task.side", {**facts.args, "side": side_id}) for side_id, name in choices)
        who = Button(say("Who?"), "task.who", facts.args)
        return Page(say("{name}: which side does it?", name=facts.name), (buttons, (who,)))

    return view


def _back(say: Say, facts: PickFacts) -> tuple[Button, ...]:
    if facts.aside:
        return ()
    return (Button(say("Back to the card"), "task.card", facts.args),)
