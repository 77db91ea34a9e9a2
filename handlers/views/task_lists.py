"""A list of tasks, six a page, with a button for each."""

from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, Rows, View
from handlers.rules import text
from handlers.rules.names import task_name
from handlers.views.tasks import Cities, DueFacts, due_words, state_word
from handlers.voice import Say
from storage.kinds import TaskState

LISTED_WORDS = 80
"""UTF-16 units of a task's text in a list."""


class Which(StrEnum):
    """The lists there are."""

    OPEN = auto()
    OVERDUE = auto()
    PERSON = auto()
    AREA = auto()
    SIDE = auto()
    MINE = auto()


@dataclass(frozen=True)
class RowFacts:
    """One part of a task; `person` is empty where nobody is to be named."""

    id: int
    number: int
    part: int
    text: str
    state: TaskState
    side: str
    person: str
    due: DueFacts
    overdue: bool


@dataclass(frozen=True)
class ListFacts:
    """One page of a list; `of` is the id of the person, area or side it is about, `title` the name."""

    group_id: int
    which: Which
    of: int
    title: str
    page: int
    pages: int
    total: int
    rows: tuple[RowFacts, ...]
    cities: Cities

    def args(self, page: int) -> dict[str, Any]:
        """What leads to a page of this list."""
        return {"group": self.group_id, "which": self.which.value, "of": self.of, "page": page}


def listed(facts: ListFacts) -> View:
    """One page of tasks, what is due first on top."""

    def view(say: Say) -> Page:
        lines = [_row(say, row, facts) for row in facts.rows] or [_nothing(say, facts.which)]
        return Page(Markup("\n\n").join([_heading(say, facts), *lines]), _buttons(say, facts))

    return view


def _heading(say: Say, facts: ListFacts) -> Markup:
    title = _title(say, facts)
    if facts.pages < 2:
        return say("<b>{title}</b>: {total}", title=title, total=facts.total)
    return say(
        "<b>{title}</b>: {total} · page {page} of {pages}",
        title=title,
        total=facts.total,
        page=facts.page,
        pages=facts.pages,
    )


def _title(say: Say, facts: ListFacts) -> Markup:
    match facts.which:
        case Which.OPEN:
            return say("Open tasks")
        case Which.OVERDUE:
            return say("Overdue tasks")
        case Which.MINE:
            return say("My open tasks")
        case Which.PERSON:
            return say("Open tasks of {name}", name=say.name(facts.title))
        case Which.AREA | Which.SIDE:
            return say("Open tasks: {name}", name=say.area(facts.title))


def _nothing(say: Say, which: Which) -> Markup:
    if which is Which.OVERDUE:
        return say("Nothing is overdue.")
    return say("Nothing is open here. /task gives a task.")


def _row(say: Say, row: RowFacts, facts: ListFacts) -> Markup:
    shown = text.clip(" ".join(row.text.split()), LISTED_WORDS)
    title = say("<b>{name}</b> {text}", name=task_name(row.number, row.part), text=shown)
    parts = [_due(say, row, facts), Markup.escape(row.side)]
    if row.person:
        parts.append(Markup.escape(say.name(row.person)))
    if row.state is not TaskState.OPEN:
        parts.append(state_word(say, row.state))
    return title + Markup("\n") + Markup(" · ").join(parts)


def _due(say: Say, row: RowFacts, facts: ListFacts) -> Markup:
    due = Markup.escape(due_words(say, row.due, facts.cities))
    return say("{due}, overdue", due=due) if row.overdue else due


def _buttons(say: Say, facts: ListFacts) -> Rows:
    known = {row.number: row for row in reversed(facts.rows)}
    here = facts.args(facts.page)
    cards = [
        Button(task_name(row.number), "task.show", {**here, "id": row.id})
        for row in dict.fromkeys(known[each.number] for each in facts.rows)
    ]
    rows = [tuple(cards[start : start + 3]) for start in range(0, len(cards), 3)]
    return tuple(row for row in (*rows, _pages(say, facts), _others(say, facts)) if row)


def _pages(say: Say, facts: ListFacts) -> tuple[Button, ...]:
    buttons = []
    if facts.page > 1:
        buttons.append(Button(say("‹ Back"), "tasks.page", facts.args(facts.page - 1)))
    if facts.page < facts.pages:
        buttons.append(Button(say("More ›"), "tasks.page", facts.args(facts.page + 1)))
    return tuple(buttons)


def _others(say: Say, facts: ListFacts) -> tuple[Button, ...]:
    labels = ((Which.OPEN, say("Open")), (Which.OVERDUE, say("Overdue")))
    return tuple(
        Button(label, "tasks.page", {"group": facts.group_id, "which": which.value, "of": 0, "page": 1})
        for which, label in labels
        if which is not facts.which
    )
