"""The weekly digest: by task, by side, never by person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup

from handlers.reply import Page
from handlers.rules.text import clip
from handlers.rules.wordings import read_in
from handlers.voice import Say

TEXT_UNITS = 100
MOST = 12
"""Lines in a section; the rest is counted."""


@dataclass(frozen=True)
class Entry:
    """A task or decision: its name, text (`others`: in more languages), the sides it waits for, its due or first day.

    `for_wording`: everybody agreed, only the wording of these sides is missing. `waits`: it is a task of another side.
    """

    name: str
    text: str
    sides: tuple[str, ...]
    day: date | None
    others: Mapping[str, str] = field(default_factory=dict)
    for_wording: bool = False
    waits: bool = False


@dataclass(frozen=True)
class DigestFacts:
    """The sections of a digest; at least one has an entry."""

    due: tuple[Entry, ...] = ()
    overdue: tuple[Entry, ...] = ()
    waiting: tuple[Entry, ...] = ()
    undated: tuple[Entry, ...] = ()
    support: tuple[Entry, ...] = ()


def digest(facts: DigestFacts, say: Say) -> Page:
    """How the week stands."""
    parts = [
        say("<b>The week of our working group</b>"),
        *_section(say("<b>Due this week</b>"), facts.due, say),
        *_section(say("<b>Later than planned</b>"), facts.overdue, say),
        *_section(say("<b>Waiting for an answer</b>"), facts.waiting, say, asked=True),
        *_section(say("<b>Support asked for</b>"), facts.support, say, asked=True),
        *_section(say("<b>Without a date</b>"), facts.undated, say),
    ]
    return Page(Markup("\n\n").join(parts))


def _section(heading: Markup, entries: Sequence[Entry], say: Say, *, asked: bool = False) -> list[Markup]:
    if not entries:
        return []
    lines = [heading, *(_line(entry, say, asked=asked) for entry in entries[:MOST])]
    if len(entries) > MOST:
        lines.append(say.n("and {number} more", "and {number} more", len(entries) - MOST))
    return [Markup("\n").join(lines)]


def _line(entry: Entry, say: Say, *, asked: bool) -> Markup:
    text = clip(read_in(say.language, entry.text, entry.others), TEXT_UNITS)
    values = {"name": entry.name, "text": text, "side": say.all_of(entry.sides)}
    day = say.day(entry.day) if entry.day else ""
    if entry.for_wording:
        return say("{name} {text} · agreed; waits for the wording of {side}, since {day}", **values, day=day)
    if asked:
        return say("{name} {text} · waits for {side}, since {day}", **values, day=day)
    if entry.waits:
        return _waiting(say, values, day)
    if not day:
        return say("{name} {text} · {side}", **values)
    return say("{name} {text} · {side}, {day}", **values, day=day)


def _waiting(say: Say, values: Mapping[str, str], day: str) -> Markup:
    if not day:
        return say("{name} {text} · waits for {side}", **values)
    return say("{name} {text} · waits for {side}, {day}", **values, day=day)
