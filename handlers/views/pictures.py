"""The words on pictures and below them: on a picture all languages of the readers side by side."""

from collections.abc import Callable, Sequence
from datetime import date

from markupsafe import Markup

from handlers.drawing import status, timeline
from handlers.drawing.status import Part
from handlers.drawing.timeline import Timeline
from handlers.reply import Page
from handlers.rules.activities import ActivityState
from handlers.rules.periods import months
from handlers.views.activities import state_word
from handlers.voice import Say

BETWEEN = " · "


def standing(say: Say) -> Page:
    """What stands below the picture of a status."""
    return Page(say("How things stand. What is past its date counts as later than planned, whatever its state."))


def plan(say: Say) -> Page:
    """What stands below the picture of a plan."""
    return Page(say("The implementation plan. Grey bands are days on which nobody works."))


def status_words(voices: Sequence[Say], day: date) -> status.Words:
    """The words on the picture of a status."""
    return status.Words(
        title=_all(voices, lambda say: say("How things stand")),
        day=_all(voices, lambda say: say.day(day, year=True)),
        areas=_all(voices, lambda say: say("By area")),
        sides=_all(voices, lambda say: say("By side")),
        nothing=_all(voices, lambda say: say("No task yet")),
        parts={part: _all(voices, _counting(part)) for part in Part},
    )


def area_name(voices: Sequence[Say], name: str) -> str:
    """The name of an area, of which some are known in every language."""
    return _all(voices, lambda say: say.area(name))


def no_area(voices: Sequence[Say]) -> str:
    """What belongs to none."""
    return _all(voices, lambda say: say("without an area"))


def _counting(part: Part) -> Callable[[Say], str]:
    return lambda say: _part(say, part)


def _part(say: Say, part: Part) -> Markup:
    return {
        Part.DONE: say("done"),
        Part.DOING: say("in progress"),
        Part.WAITING: say("waiting or blocked"),
        Part.OPEN: say("not begun"),
        Part.LATE: say("later than planned"),
    }[part]


def plan_words(voices: Sequence[Say], facts: Timeline) -> timeline.Words:
    """The words on the picture of a plan."""
    return timeline.Words(
        title=_all(voices, lambda say: say("Implementation plan")),
        day=_all(voices, lambda say: say.day(facts.today, year=True)),
        today=_all(voices, lambda say: say("today")),
        off=_all(voices, lambda say: say("day off")),
        nothing=_all(voices, lambda say: say("No activity has dates yet")),
        more=_all(voices, lambda say: say.n("{number} more activity", "{number} more activities", facts.more)),
        states={state: _all(voices, _stating(state)) for state in ActivityState},
        months={first: _all(voices, _naming(first)) for first in months(facts.first, facts.last)},
    )


def _stating(state: ActivityState) -> Callable[[Say], str]:
    return lambda say: state_word(say, state)


def _naming(month: date) -> Callable[[Say], str]:
    return lambda say: say.month(month)


def _all(voices: Sequence[Say], words: Callable[[Say], str]) -> str:
    """The same words in every language, each wording once and without markup."""
    return BETWEEN.join(dict.fromkeys(Markup(words(say)).unescape() for say in voices))
