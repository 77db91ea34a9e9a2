"""The questions about an activity, and the short receipts of what was done to one."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, View
from handlers.rules.month_grid import Month
from handlers.views import month_grid
from handlers.views.activities import period
from handlers.views.language import language_name
from handlers.views.month_grid import GridPresses
from handlers.voice import Say

LINE = Markup("\n")


def new(tags: Sequence[str]) -> View:
    """What is the new activity called?"""

    def view(say: Say) -> Page:
        areas = " ".join(f"#{tag}" for tag in tags)
        text = say("What is the activity called? An area can stand behind it: {areas}. /cancel stops.", areas=areas)
        return Page(text, ask=say("The title"))

    return view


def ask(what: str, name: str, **values: str) -> View:
    """The question for one part of an activity; `what` says which."""

    def view(say: Say) -> Page:
        asked = {
            "output": lambda: say("{name}: what is it to bring? Please write the expected output.", name=name),
            "delay": lambda: say("{name}: why is it delayed? Please write it in a few words.", name=name),
            "task": lambda: say(
                "{name}: what is to be done? Please write it as behind /task, with @who and by DATE.", name=name
            ),
            "drop": lambda: say("{name}: why is it called off? Its open tasks are cancelled with it.", name=name),
            "indicators": lambda: say(
                "{name}: what is counted, and how much is meant? One a line, for example "
                "<code>Trainers trained: 20</code>",
                name=name,
            ),
            "count": lambda: say("{name}: how much is it by now? {text}", name=name, text=values.get("text", "")),
            "participants": lambda: say(
                "{name}: how many women and how many men of {side} took part? For example <code>5 4</code>",
                name=name,
                side=values.get("side", ""),
            ),
            "title": lambda: say(
                "{name}: please write its title in {language}.",
                name=name,
                language=language_name(say, values.get("language", "")),
            ),
        }[what]()
        return Page(asked, ask=say("Your words"))

    return view


def month(grid: Month, name: str, first: date | None, args: dict[str, Any]) -> View:
    """The first day of an activity in a month of days to press; the last one where `first` is known."""

    def view(say: Say) -> Page:
        title = month_grid.name(say, grid)
        question = say("{name}: which is the first day? <b>{month}</b>", name=name, month=title)
        if first is not None:
            day = say.day(first, year=True)
            question = say(
                "{name} begins on {day}. Which is the last day? <b>{month}</b>", name=name, day=day, month=title
            )
        chosen = args if first is None else {**args, "first": first.isoformat()}
        rows = month_grid.rows(say, grid, GridPresses("activity.day", "activity.month", chosen))
        back = (Button(say("Back to the card"), "activity.card", args),)
        return Page(LINE.join((question, month_grid.legend(say, grid))), (*rows, back))

    return view


def written(name: str) -> View:
    """The receipt of any change."""
    return lambda say: Page(say("{name}: written down.", name=name))


def belongs(task: str, activity: str) -> View:
    """The receipt of moving a task to an activity, or to none."""
    if not activity:
        return lambda say: Page(say("{task} belongs to no activity now.", task=task))
    return lambda say: Page(say("{task} belongs to {activity} now.", task=task, activity=activity))


def dated(name: str, first: date, last: date) -> View:
    """The receipt of a period."""
    return lambda say: Page(say("{name}: {period}.", name=name, period=period(say, first, last)))


def dropped(name: str, tasks: int) -> View:
    """The receipt of calling an activity off."""
    return lambda say: Page(
        say.n(
            "{name} is called off, and {number} open task with it.",
            "{name} is called off, and {number} open tasks with it.",
            tasks,
            name=name,
        )
    )
