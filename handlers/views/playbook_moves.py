"""An event whose days changed: what moved with it, what did not, and the days off it meets now."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from handlers.reply import Page, View
from handlers.rules.month_grid import DaysOff
from handlers.rules.names import task_name
from handlers.views.playbook_starting import LINE, PARAGRAPH, days_off
from handlers.voice import Say

MOST_MOVED = 40


@dataclass(frozen=True)
class MovedStep:
    """A task with the date it had and the one it has."""

    number: int
    before: date | None
    after: date | None


def moved(
    name: str,
    steps: Sequence[MovedStep],
    by_hand: Sequence[str],
    beyond: Sequence[str],
    off: Sequence[DaysOff] = (),
) -> View:
    """Which steps moved with the event, which stayed as they were dated or it is too short for, and days off."""

    def view(say: Say) -> Page:
        parts = [] if steps else [say("<b>{name}</b> has other days now.", name=name)]
        if steps:
            head = say.n(
                "<b>{name}</b>: {number} step moved.", "<b>{name}</b>: {number} steps moved.", len(steps), name=name
            )
            parts.append(LINE.join((head, *(_moved(say, each, _year(steps)) for each in steps[:MOST_MOVED]))))
        if by_hand:
            parts.append(say("Dated by hand, so left as they are: {names}.", names=say.all_of(by_hand)))
        if beyond:
            parts.append(say("The event is too short for these by now: {names}.", names=say.all_of(beyond)))
        if off:
            parts.append(LINE.join(days_off(say, off)))
        return Page(PARAGRAPH.join(parts))

    return view


def _year(steps: Sequence[MovedStep]) -> int | None:
    """The year of most of the dates, which goes without saying."""
    years = Counter(day.year for step in steps for day in (step.before, step.after) if day is not None)
    return max(years, key=years.__getitem__, default=None)


def _moved(say: Say, step: MovedStep, year: int | None) -> Markup:
    days = [say.day(day, year=day.year != year) if day else say("no date yet") for day in (step.before, step.after)]
    return say("{name}: {before} → {after}", name=task_name(step.number), before=days[0], after=days[1])
