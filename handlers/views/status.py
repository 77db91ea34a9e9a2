"""How a group stands: bars by side and area, what is late, what waits. In a group by task, never by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, Rows, View
from handlers.rules.bars import bar
from handlers.rules.text import clip
from handlers.views.calendar import UnconfirmedYear, unconfirmed
from handlers.views.tasks import Cities, DueFacts, due_words, state_word
from handlers.voice import Say
from storage.kinds import TaskState

TEXT_UNITS = 80
LABEL = 40
"""UTF-16 units of a group's name on a button."""
LINE = Markup("\n")
PARAGRAPH = Markup("\n\n")
SHOWN_STATES = (
    TaskState.DONE,
    TaskState.REPORTED,
    TaskState.IN_PROGRESS,
    TaskState.OPEN,
    TaskState.WAITING,
    TaskState.BLOCKED,
)


@dataclass(frozen=True)
class ShareFacts:
    """How many of a side's or an area's tasks are done; no name for tasks without an area."""

    name: str
    done: int
    total: int


@dataclass(frozen=True)
class LateFacts:
    """An overdue task by its name, such as T17b. `person` is empty in groups; `id` and `number` open its card."""

    id: int
    name: str
    text: str
    side: str
    due: DueFacts
    person: str = ""


@dataclass(frozen=True)
class HeldFacts:
    """A record that waits for sides for some days; for none of them once all answered and one objected.

    `for_wording`: everybody agreed, only the wording of these sides is missing. `of_project` is a request for support.
    """

    name: str
    sides: tuple[str, ...]
    days: int
    is_decision: bool = False
    to_accept: bool = False
    for_wording: bool = False
    of_project: bool = False


@dataclass(frozen=True)
class StatusFacts:
    """A group, or a part of it named in `narrowed`. `late` is the first page of all `late_total` parts of tasks that
    are overdue; `late_tasks` counts the parts of one task once."""

    group: str
    group_id: int
    states: tuple[tuple[TaskState, int], ...]
    sides: tuple[ShareFacts, ...] = ()
    areas: tuple[ShareFacts, ...] = ()
    late: tuple[LateFacts, ...] = ()
    late_total: int = 0
    late_tasks: int = 0
    held: tuple[HeldFacts, ...] = ()
    held_total: int = 0
    unreached: tuple[str, ...] = ()
    unconfirmed: tuple[UnconfirmedYear, ...] = ()
    cities: Cities = ()
    narrowed: str = ""
    from_overview: bool = False


@dataclass(frozen=True)
class LatePage:
    """One page of everything that is overdue."""

    group_id: int
    page: int
    pages: int
    total: int
    late: tuple[LateFacts, ...]
    cities: Cities


@dataclass(frozen=True)
class GroupLine:
    """One group in a coordinator's list."""

    id: int
    name: str
    done: int
    total: int
    overdue: int
    open_decisions: int


def standing(facts: StatusFacts) -> View:
    """How one group stands."""

    def view(say: Say) -> Page:
        parts = [
            _heading(say, facts),
            _shares(say, say("<b>By side</b>"), facts.sides),
            _shares(say, say("<b>By area</b>"), facts.areas),
            _late_section(say, facts),
            _held_section(say, facts),
            _unreached(say, facts),
            unconfirmed(facts.unconfirmed, say),
        ]
        return Page(PARAGRAPH.join(part for part in parts if part), _buttons(say, facts))

    return view


def _heading(say: Say, facts: StatusFacts) -> Markup:
    title = say("<b>{group}</b>", group=facts.group)
    if facts.narrowed:
        title = say("{title} · {part}", title=title, part=say.area(facts.narrowed))
    return LINE.join((title, _total(say, facts)))


def _total(say: Say, facts: StatusFacts) -> Markup:
    numbers = dict(facts.states)
    counted = [(state, numbers.get(state, 0)) for state in SHOWN_STATES]
    total = sum(number for _, number in counted)
    if not total:
        return say("No task yet. /task gives one.")
    words = [
        say("{number} {state}", number=number, state=state_word(say, state)) for state, number in counted if number
    ]
    return say.n("{number} task: {states}", "{number} tasks: {states}", total, states=say.listed(words))


def _shares(say: Say, title: Markup, shares: Sequence[ShareFacts]) -> Markup:
    if not shares:
        return Markup()
    return LINE.join((title, *(_share(say, share) for share in shares)))


def _share(say: Say, share: ShareFacts) -> Markup:
    return say(
        "{bar} {done}/{total} {name}",
        bar=bar(share.done, share.total),
        done=share.done,
        total=share.total,
        name=say.area(share.name) or say("without an area"),
    )


def _late_section(say: Say, facts: StatusFacts) -> Markup:
    if not facts.late:
        return Markup()
    title = say("<b>Later than planned</b>: {total}", total=facts.late_tasks)
    return LINE.join((title, *(_late(say, task, facts.cities) for task in facts.late), *_more(say, facts)))


def _more(say: Say, facts: StatusFacts) -> list[Markup]:
    left = facts.late_total - len(facts.late)
    return [say.n("and {number} more", "and {number} more", left)] if left > 0 else []


def _late(say: Say, task: LateFacts, cities: Cities) -> Markup:
    line = say(
        "<b>{name}</b> {text} · {side}, {due}",
        name=task.name,
        text=clip(" ".join(task.text.split()), TEXT_UNITS),
        side=task.side,
        due=due_words(say, task.due, cities),
    )
    return say("{line} · {person}", line=line, person=say.name(task.person)) if task.person else line


def _held_section(say: Say, facts: StatusFacts) -> Markup:
    if not facts.held:
        return Markup()
    lines = [say("<b>Waiting</b>"), *(_held(say, each) for each in facts.held)]
    if (left := facts.held_total - len(facts.held)) > 0:
        lines.append(say.n("and {number} more", "and {number} more", left))
    return LINE.join(lines)


def _held(say: Say, held: HeldFacts) -> Markup:
    days = say.n("{number} day", "{number} days", held.days) if held.days else say("since today")
    if held.of_project:
        waits = say.all_of(held.sides) or say("the project")
        return say("{name}: support, waits for {side}, {days}", name=held.name, side=waits, days=days)
    if not held.sides:
        return say("{name}: objected to, {days}", name=held.name, days=days)
    sides = say.all_of(held.sides)
    if held.to_accept:
        return say("{name}: waits to be accepted by {sides}, {days}", name=held.name, sides=sides, days=days)
    if held.for_wording:
        return say("{name}: agreed; waits for the wording of {sides}, {days}", name=held.name, sides=sides, days=days)
    return say("{name}: waits for {sides}, {days}", name=held.name, sides=sides, days=days)


def _unreached(say: Say, facts: StatusFacts) -> Markup:
    if not facts.unreached:
        return Markup()
    shown = say.all_of([say.name(name) for name in facts.unreached])
    return LINE.join((say("<b>No private chat with me</b>"), say("{names}", names=shown)))


def _buttons(say: Say, facts: StatusFacts) -> Rows:
    args = {"group": facts.group_id, "page": 1}
    row = []
    if facts.late_total:
        row.append(Button(say("Later than planned"), "overdue.page", args))
    if any(held.is_decision for held in facts.held):
        row.append(Button(say("Open decisions"), "decisions.page", {**args, "choice": "open"}))
    picture = (Button(say("As a picture"), "status.picture", {"group": facts.group_id}),)
    if any(held.of_project for held in facts.held):
        row.append(Button(say("Support"), "support.page", {**args, "choice": "open"}))
    back = (Button(say("All my groups"), "status.overview", {"page": 1}),) if facts.from_overview else ()
    return tuple(each for each in (tuple(row), picture, back) if each)


def late(facts: LatePage) -> View:
    """One page of what is overdue, the longest first, with a button for each."""

    def view(say: Say) -> Page:
        if not facts.total:
            return Page(say("Nothing is later than planned."))
        title = say("<b>Later than planned</b>: {total}", total=facts.total)
        if facts.pages > 1:
            title = say("{title} · page {page} of {pages}", title=title, page=facts.page, pages=facts.pages)
        lines = [_late(say, task, facts.cities) for task in facts.late]
        return Page(PARAGRAPH.join((title, LINE.join(lines))), _late_buttons(say, facts))

    return view


def _late_buttons(say: Say, facts: LatePage) -> Rows:
    cards = [Button(task.name, "task.show", {"id": task.id, "group": facts.group_id}) for task in facts.late]
    rows = [tuple(cards[start : start + 3]) for start in range(0, len(cards), 3)]
    return (*rows, *_turning(say, "overdue.page", facts.page, facts.pages, {"group": facts.group_id}))


def _turning(say: Say, press: str, page: int, pages: int, args: dict[str, Any]) -> Rows:
    buttons = []
    if page > 1:
        buttons.append(Button(say("‹ Back"), press, {**args, "page": page - 1}))
    if page < pages:
        buttons.append(Button(say("More ›"), press, {**args, "page": page + 1}))
    return (tuple(buttons),) if buttons else ()


def overview(lines: Sequence[GroupLine], page: int, pages: int) -> View:
    """Every group of a coordinator, one line each, and a button into each."""

    def view(say: Say) -> Page:
        parts = (say("<b>Your working groups</b>"), LINE.join(_group(say, line) for line in lines))
        into = tuple((Button(clip(line.name, LABEL), "status.group", {"group": line.id}),) for line in lines)
        return Page(PARAGRAPH.join(parts), (*into, *_turning(say, "status.overview", page, pages, {})))

    return view


def _group(say: Say, line: GroupLine) -> Markup:
    words = [
        say(
            "<b>{group}</b>: {bar} {done}/{total}",
            group=line.name,
            bar=bar(line.done, line.total),
            done=line.done,
            total=line.total,
        )
    ]
    if line.overdue:
        words.append(say.n("{number} later than planned", "{number} later than planned", line.overdue))
    if line.open_decisions:
        words.append(say.n("{number} open decision", "{number} open decisions", line.open_decisions))
    return Markup(" · ").join(words)
