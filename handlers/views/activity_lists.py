"""The plan: its areas, the activities of one area, and the tasks of one activity."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, Rows, View
from handlers.rules.activities import ActivityState
from handlers.rules.names import activity_name, task_name
from handlers.rules.text import clip
from handlers.rules.wordings import read_in
from handlers.views.activities import period, state_word
from handlers.views.tasks import state_word as task_state
from handlers.voice import Say
from storage.kinds import TaskState

LINE = Markup("\n")
PARAGRAPH = Markup("\n\n")
TITLE = 80
"""UTF-16 units of a title in a list."""


@dataclass(frozen=True)
class AreaFacts:
    """One area of the plan: how many of its activities are in which state. `id` 0 is what belongs to no area."""

    id: int
    name: str
    counts: dict[ActivityState, int]


@dataclass(frozen=True)
class PlanFacts:
    """The plan of a group, area by area."""

    group_id: int
    group: str
    areas: tuple[AreaFacts, ...]


@dataclass(frozen=True)
class RowFacts:
    """An activity in a list; `titles` are those beside the original, by language."""

    id: int
    number: int
    title: str
    titles: dict[str, str]
    state: ActivityState
    first_day: date | None
    last_day: date | None
    lead: str


@dataclass(frozen=True)
class AreaPage:
    """One page of the activities of an area; `area` 0 and no name: those of no area."""

    group_id: int
    area: int
    name: str
    page: int
    pages: int
    total: int
    rows: tuple[RowFacts, ...]

    def args(self, page: int) -> dict[str, Any]:
        """What leads to a page of this list."""
        return {"group": self.group_id, "area": self.area, "page": page}


@dataclass(frozen=True)
class TaskRow:
    """One part of a task of an activity; `late` where its date has passed."""

    id: int
    number: int
    part: int
    text: str
    side: str
    state: TaskState
    due: date | None
    late: bool


@dataclass(frozen=True)
class TaskPage:
    """One page of the tasks of an activity; `args` lead to its card."""

    number: int
    args: dict[str, Any]
    page: int
    pages: int
    total: int
    rows: tuple[TaskRow, ...]


def plan(facts: PlanFacts) -> View:
    """The areas with how their activities stand, and a button for each."""

    def view(say: Say) -> Page:
        title = say("<b>Implementation plan</b>: {group}", group=facts.group)
        if not any(area.counts for area in facts.areas):
            empty = say("Nothing is planned yet. <code>/plan add TITLE #area</code> writes the first activity.")
            return Page(PARAGRAPH.join((title, empty)), (_new(say, facts.group_id),))
        lines = [_area(say, area) for area in facts.areas]
        buttons = [
            Button(_area_name(say, area), "plan.area", {"group": facts.group_id, "area": area.id, "page": 1})
            for area in facts.areas
            if area.counts
        ]
        rows = tuple((button,) for button in buttons)
        picture = (Button(say("As a picture"), "plan.picture", {"group": facts.group_id}),)
        return Page(PARAGRAPH.join((title, LINE.join(lines))), (*rows, picture, _new(say, facts.group_id)))

    return view


def _new(say: Say, group_id: int) -> tuple[Button, ...]:
    return (Button(say("New activity"), "plan.new", {"group": group_id}),)


def _area_name(say: Say, area: AreaFacts) -> Markup:
    return Markup.escape(clip(say.area(area.name), 40)) if area.name else say("Without an area")


def _area(say: Say, area: AreaFacts) -> Markup:
    if not area.counts:
        return say("<b>{area}</b>: nothing planned", area=_area_name(say, area))
    counts = [f"{area.counts[state]} {state_word(say, state)}" for state in ActivityState if area.counts.get(state)]
    return say("<b>{area}</b>: {counts}", area=_area_name(say, area), counts=say.listed(counts))


def area_page(facts: AreaPage) -> View:
    """The activities of one area, six a page."""

    def view(say: Say) -> Page:
        name = say.area(facts.name) or say("Without an area")
        title = say("<b>{area}</b>: {total}", area=name, total=facts.total)
        if facts.pages > 1:
            title = say("{title} · page {page} of {pages}", title=title, page=facts.page, pages=facts.pages)
        rows = [_row(say, row) for row in facts.rows] or [say("Nothing is planned here yet.")]
        return Page(PARAGRAPH.join((title, *rows)), _buttons(say, facts))

    return view


def _row(say: Say, row: RowFacts) -> Markup:
    title = clip(" ".join(read_in(say.language, row.title, row.titles).split()), TITLE)
    first = say("<b>{name}</b> {text}", name=activity_name(row.number), text=title)
    about = [state_word(say, row.state), period(say, row.first_day, row.last_day)]
    if row.lead:
        about.append(Markup.escape(row.lead))
    return first + LINE + Markup(" · ").join(about)


def _buttons(say: Say, facts: AreaPage) -> Rows:
    here = facts.args(facts.page)
    cards = [Button(activity_name(row.number), "activity.show", {**here, "activity": row.id}) for row in facts.rows]
    rows = [tuple(cards[start : start + 3]) for start in range(0, len(cards), 3)]
    turning = _turning(say, facts.page, facts.pages, "plan.area", facts.args(facts.page))
    return tuple(
        row for row in (*rows, turning, (Button(say("All areas"), "plan.all", {"group": facts.group_id}),)) if row
    )


def _turning(
    say: Say, page: int, pages: int, press: str, args: dict[str, Any], key: str = "page"
) -> tuple[Button, ...]:
    before = (Button(say("‹ Back"), press, {**args, key: page - 1}),) if page > 1 else ()
    after = (Button(say("More ›"), press, {**args, key: page + 1}),) if page < pages else ()
    return before + after


def task_page(facts: TaskPage) -> View:
    """The tasks of one activity, in place of its card."""

    def view(say: Say) -> Page:
        name = activity_name(facts.number)
        title = say("<b>Tasks of {name}</b>: {total}", name=name, total=facts.total)
        if facts.pages > 1:
            title = say("{title} · page {page} of {pages}", title=title, page=facts.page, pages=facts.pages)
        nothing = say("There is no task yet. <code>/task TEXT {name}</code> gives one.", name=name)
        rows = [_task(say, row) for row in facts.rows] or [nothing]
        known = {row.number: row for row in reversed(facts.rows)}
        cards = [
            Button(task_name(number), "task.show", {"group": facts.args["group"], "id": known[number].id})
            for number in dict.fromkeys(row.number for row in facts.rows)
        ]
        buttons = [tuple(cards[start : start + 3]) for start in range(0, len(cards), 3)]
        turning = _turning(say, facts.page, facts.pages, "activity.tasks", facts.args, "sheet")
        last = (Button(say("Back to the card"), "activity.card", facts.args),)
        return Page(PARAGRAPH.join((title, *rows)), tuple(row for row in (*buttons, turning, last) if row))

    return view


def _task(say: Say, row: TaskRow) -> Markup:
    text = clip(" ".join(row.text.split()), TITLE)
    first = say("<b>{name}</b> {text}", name=task_name(row.number, row.part), text=text)
    due = say.day(row.due) if row.due is not None else say("no date yet")
    shown = say("{due}, overdue", due=due) if row.late else Markup.escape(due)
    about = [shown, Markup.escape(row.side)]
    if row.state is not TaskState.OPEN:
        about.append(task_state(say, row.state))
    return first + LINE + Markup(" · ").join(about)
