"""How a task repeats, in words."""

from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, View
from handlers.rules.recurrence import LAST, Every, Repeat, Where
from handlers.voice import Say


def words(say: Say, rule: Repeat) -> Markup:
    """A rule as people say it."""
    if rule.every in (Every.WEEK, Every.TWO_WEEKS):
        day = _weekday(say, rule.day)
        if rule.every is Every.WEEK:
            return say("every week on {day}", day=day)
        return say("every two weeks on {day}", day=day)
    if rule.every is Every.YEAR:
        return say("every year on {day}", day=_day_of_year(say, rule))
    return _quarterly(say, rule) if rule.every is Every.QUARTER else _monthly(say, rule)


def _monthly(say: Say, rule: Repeat) -> Markup:
    if rule.where is Where.FIRST_WORKING:
        return say("on the first working day of every month")
    if rule.where is Where.LAST_WORKING:
        return say("on the last working day of every month")
    if rule.day >= LAST:
        return say("on the last day of every month")
    return say("every month, day {day}", day=rule.day)


def _quarterly(say: Say, rule: Repeat) -> Markup:
    if rule.where is Where.FIRST_WORKING:
        return say("on the first working day of every quarter")
    if rule.where is Where.LAST_WORKING:
        return say("on the last working day of every quarter")
    if rule.day >= LAST:
        return say("on the last day of every quarter")
    return say("every quarter, day {day} of its first month", day=rule.day)


def _weekday(say: Say, day: int) -> str:
    from babel.dates import get_day_names

    return str(get_day_names("wide", context="stand-alone", locale=say.language)[day])


def _day_of_year(say: Say, rule: Repeat) -> str:
    from datetime import date

    from babel.dates import format_skeleton

    return format_skeleton("MMMMd", date(2024, rule.month, rule.day), locale=say.language)


def choose(name: str, choices: tuple[Repeat, ...], args: dict[str, Any], *, repeats: bool) -> View:
    """How often? The usual rules as buttons."""

    def view(say: Say) -> Page:
        rows = [(Button(words(say, rule), "task.repeat_set", {**args, "rule": rule.format()}),) for rule in choices]
        last = [Button(say("Write it yourself"), "task.repeat_ask", args)]
        if repeats:
            last.append(Button(say("No longer"), "task.repeat_set", {**args, "rule": ""}))
        back = (Button(say("Back to the card"), "task.card", args),)
        return Page(say("{name}: how often does it come again?", name=name), (*rows, tuple(last), back))

    return view


def ask_rule(name: str) -> View:
    """The question for a rule."""

    def view(say: Say) -> Page:
        question = say(
            "{name}: how often? For example every Monday, every month on the 5th, "
            "first working day of the month, quarterly. /cancel stops.",
            name=name,
        )
        return Page(question, ask=say("A rule"))

    return view


def repeats(name: str, rule: Repeat) -> View:
    """The receipt of a rule."""
    return lambda say: Page(say("{name} comes again {rule}.", name=name, rule=words(say, rule)))


def ended(name: str) -> View:
    """The receipt of taking it away."""
    return lambda say: Page(say("{name} does not come again.", name=name))
