"""Starting a playbook: the questions, the event to be looked at, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, View
from handlers.rules.month_grid import DaysOff, Month
from handlers.rules.names import activity_name, task_name, task_names
from handlers.rules.playbooks import Party, Playbook, spoken_in
from handlers.rules.text import clip
from handlers.rules.wordings import read_in
from handlers.views import month_grid
from handlers.views.activities import period
from handlers.views.month_grid import GridPresses
from handlers.views.playbooks import role
from handlers.voice import Say

LINE = Markup("\n")
PARAGRAPH = Markup("\n\n")
LABEL = 40
LISTED = 80
NAMED_OFF = 6
Args = dict[str, Any]


@dataclass(frozen=True)
class PreviewFacts:
    """The event as it would be begun; `roles` are what a part is called, by language, and the side that has it."""

    args: Args
    title: str
    first: date
    last: date
    roles: tuple[tuple[Mapping[str, str], str], ...]
    area: str
    tasks: int
    late: int
    undated: int
    off: tuple[DaysOff, ...]


@dataclass(frozen=True)
class LateStep:
    """A part of a task whose date has passed already."""

    id: int
    number: int
    part: int
    text: str
    side: str
    due: date | None


@dataclass(frozen=True)
class SummaryFacts:
    """The event that was begun; `more` counts the late steps beyond those named."""

    number: int
    title: str
    args: Args
    first: date | None
    last: date | None
    tasks: int
    first_task: int
    last_task: int
    late: tuple[LateStep, ...]
    more: int
    untouched: bool
    titles: Mapping[str, str] = field(default_factory=dict)


def month(playbook: Playbook, grid: Month, first: date | None, args: Args) -> View:
    """The first day of the event in a month of days to press; the last one where `first` is known."""

    def view(say: Say) -> Page:
        title, name = _title(say, playbook), month_grid.name(say, grid)
        question = say("<b>{title}</b>: which is the first day? <b>{month}</b>", title=title, month=name)
        if first is not None:
            day = say.day(first, year=True)
            question = say(
                "<b>{title}</b> begins on {day}. Which is the last day? <b>{month}</b>",
                title=title,
                day=day,
                month=name,
            )
        rows = month_grid.rows(say, grid, GridPresses("playbook.day", "playbook.month", args))
        return Page(LINE.join((question, month_grid.legend(say, grid))), (*rows, (_leave(say, args),)))

    return view


def _title(say: Say, playbook: Playbook) -> str:
    return spoken_in(playbook.title, say.language)


def _leave(say: Say, args: Args) -> Button:
    return Button(say("Leave it"), "playbook.leave", args)


def host(playbook: Playbook, sides: Sequence[tuple[int, str]], args: Args) -> View:
    """Which side hosts?"""

    def view(say: Say) -> Page:
        part = role(say, playbook.roles, Party.HOST)
        question = say("<b>{title}</b>: which side is this: {role}?", title=_title(say, playbook), role=part)
        rows = tuple(
            (Button(clip(name, LABEL), "playbook.host", {**args, "choice": number}),) for number, name in sides
        )
        return Page(question, (*rows, (_leave(say, args),)))

    return view


def area(playbook: Playbook, areas: Sequence[tuple[int, str]], args: Args) -> View:
    """Which area?"""

    def view(say: Say) -> Page:
        rows = [
            (Button(clip(say.area(name), LABEL), "playbook.area", {**args, "choice": number}),)
            for number, name in areas
        ]
        none = (Button(say("No area"), "playbook.area", {**args, "choice": 0}), _leave(say, args))
        return Page(say("<b>{title}</b>: which area?", title=_title(say, playbook)), (*rows, none))

    return view


def title(playbook: Playbook, args: Args) -> View:
    """What is it called?"""

    def view(say: Say) -> Page:
        usual = Button(clip(_title(say, playbook), LABEL), "playbook.usual", args)
        other = Button(say("Another title"), "playbook.ask_title", args)
        return Page(say("What is the event called?"), ((usual,), (other, _leave(say, args))))

    return view


def ask_title(say: Say) -> Page:
    """The question for a title of its own."""
    return Page(say("Please write the title of the event."), ask=say("The title"))


def preview(facts: PreviewFacts) -> View:
    """The whole event, to be begun or not."""

    def view(say: Say) -> Page:
        lines = [
            say("<b>{title}</b>", title=facts.title),
            say("When: {period}", period=period(say, facts.first, facts.last)),
        ]
        lines += [
            say("{role}: {side}", role=spoken_in(names, say.language), side=side)
            for names, side in facts.roles
            if names
        ]
        if facts.area:
            lines.append(say("Area: {area}", area=say.area(facts.area)))
        buttons = (
            Button(say("Begin"), "playbook.begin", facts.args),
            Button(say("Other dates"), "playbook.again", facts.args),
        )
        return Page(
            PARAGRAPH.join((LINE.join(lines), LINE.join(_numbers(say, facts)))), (buttons, (_leave(say, facts.args),))
        )

    return view


def _numbers(say: Say, facts: PreviewFacts) -> list[Markup]:
    lines = [say.n("{number} task will be written.", "{number} tasks will be written.", facts.tasks)]
    if facts.late:
        lines.append(say.n("{number} is late already.", "{number} are late already.", facts.late))
    if facts.undated:
        lines.append(say.n("{number} has no date yet.", "{number} have no date yet.", facts.undated))
    return [*lines, *days_off(say, facts.off)]


def days_off(say: Say, off: Sequence[DaysOff]) -> list[Markup]:
    """The days off that an event meets, each in a line; nothing where there are none."""
    named = [month_grid.days_off(say, each) for each in off[:NAMED_OFF]]
    return [say("The event meets days off:"), *named] if named else []


def summary(facts: SummaryFacts, *, buttons: bool) -> View:
    """What was begun, and what of it is late and may be ticked off."""

    def view(say: Say) -> Page:
        name = activity_name(facts.number)
        title = read_in(say.language, facts.title, facts.titles)
        head = say(
            "<b>{name}</b> {title} is begun: {period}.",
            name=name,
            title=clip(title, LISTED),
            period=period(say, facts.first, facts.last),
        )
        count = say.n(
            "{number} task: {names}.", "{number} tasks: {names}.", facts.tasks,
            names=task_names(facts.first_task, facts.last_task),
        )  # fmt: skip
        parts = [head + LINE + count]
        if facts.late:
            asked = say("These steps are late already. Which of them are done?") if buttons else say("Late already:")
            lines = [_late(say, each) for each in facts.late]
            more = [say.n("… and {number} more", "… and {number} more", facts.more)] if facts.more else []
            parts.append(LINE.join((asked, *lines, *more)))
        return Page(PARAGRAPH.join(parts), _rows(say, facts) if buttons else ())

    return view


def _late(say: Say, late: LateStep) -> Markup:
    due = "" if late.due is None else say.day(late.due)
    text = clip(" ".join(late.text.split()), LISTED)
    return say(
        "<b>{name}</b> {due} · {side}: {text}",
        name=task_name(late.number, late.part),
        due=due,
        side=late.side,
        text=text,
    )


def _rows(say: Say, facts: SummaryFacts) -> tuple[tuple[Button, ...], ...]:
    ticks = [
        Button(f"✓ {task_name(each.number, each.part)}", "playbook.tick", {**facts.args, "part": each.id})
        for each in facts.late
    ]
    rows = [tuple(ticks[start : start + 3]) for start in range(0, len(ticks), 3)]
    if facts.late:
        rows.append((Button(say("All of them are done"), "playbook.tick_all", facts.args),))
    if facts.untouched:
        rows.append((Button(say("Take it back"), "playbook.undo", facts.args),))
    return (*rows, (Button(say("Tasks"), "activity.tasks", facts.args),))


def begun_already(say: Say) -> Page:
    """A second press."""
    return Page(say("That is begun already."))


def left(say: Say) -> Page:
    """Nothing was begun."""
    return Page(say("Nothing was changed."))


def taken_back(name: str, tasks: int) -> View:
    """The event is off again."""
    return lambda say: Page(
        say.n(
            "{name} is taken back, with its {number} task.",
            "{name} is taken back, with its {number} tasks.",
            tasks,
            name=name,
        )
    )
