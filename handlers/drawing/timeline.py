"""The implementation plan as a picture: a bar for each activity, both sides' days off shaded, today marked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.drawing.svg import FAINT, INK, RULE, Sheet, fitting, legend, width_of
from handlers.rules.activities import ActivityState

WIDTH, MARGIN = 720.0, 24.0
LEFT = MARGIN
ROOM = WIDTH - 2 * MARGIN
BAR, ROW, STRIP = 14.0, 46.0, 12.0
ONE_DAY = timedelta(days=1)
SHADE, OFF, TODAY = "#eef1f4", "#c9b79c", "#d1495b"
COLOURS: Mapping[ActivityState, str] = {
    ActivityState.PLANNED: "#8fa3b5",
    ActivityState.ON_TRACK: "#1e74c4",
    ActivityState.AT_RISK: "#e09f1f",
    ActivityState.LATE: "#d1495b",
    ActivityState.DONE: "#2e7d32",
}


@dataclass(frozen=True)
class ActivityBar:
    """An activity that has days: both ends included."""

    name: str
    title: str
    first: date
    last: date
    state: ActivityState
    done: int = 0
    total: int = 0


@dataclass(frozen=True)
class Strip:
    """A side by name, and its days off within the picture."""

    name: str
    off: frozenset[date]


@dataclass(frozen=True)
class Timeline:
    """A plan from one day to another, both included. `more` is how many activities found no room or have no days."""

    group: str
    first: date
    last: date
    today: date
    bars: tuple[ActivityBar, ...]
    strips: tuple[Strip, ...]
    more: int = 0


@dataclass(frozen=True)
class Words:
    """What stands on the picture beside names: in the reader's language, or in two at once."""

    title: str
    day: str
    today: str
    off: str
    nothing: str
    more: str
    states: Mapping[ActivityState, str]
    months: Mapping[date, str]
    """What the months are called, by their first days."""


def draw(facts: Timeline, words: Words) -> str:
    """The picture as SVG: readable on a phone held upright."""
    return _Drawing(facts, words).document()


class _Drawing:
    def __init__(self, facts: Timeline, words: Words) -> None:
        self._facts, self._words = facts, words
        self._sheet = Sheet(WIDTH)
        self._scale = ROOM / ((facts.last - facts.first).days + 1)

    def document(self) -> str:
        facts, words, sheet = self._facts, self._words, self._sheet
        sheet.text(LEFT, 44, fitting(facts.group, 24, ROOM), size=24)
        sheet.text(LEFT, 70, fitting(f"{words.title} · {words.day}", 14, ROOM), size=14, colour=FAINT)
        meanings = {words.states[state]: colour for state, colour in COLOURS.items()} | {words.off: OFF}
        top = legend(sheet, LEFT, 100, meanings) + 22
        body = top + 26 + len(facts.strips) * (STRIP + 16)
        bottom = body + max(len(facts.bars), 1) * ROW + 8
        self._shade(body - 6, bottom)
        self._months(top, bottom)
        self._strips(top + 22)
        self._today(body - 6, bottom)
        for number, bar in enumerate(facts.bars):
            self._bar(bar, body + number * ROW)
        if not facts.bars:
            sheet.text(LEFT, body + 24, words.nothing, colour=FAINT)
        if facts.more:
            sheet.text(LEFT, bottom + 22, words.more, size=13, colour=FAINT)
        return sheet.document(MARGIN)

    def _x(self, day: date) -> float:
        return LEFT + (day - self._facts.first).days * self._scale

    def _shade(self, top: float, bottom: float) -> None:
        """Days on which nobody works, behind everything."""
        if self._facts.strips:
            nobody = frozenset.intersection(*(strip.off for strip in self._facts.strips))
            for first, days in runs(nobody):
                self._sheet.box(self._x(first), top, days * self._scale, bottom - top, SHADE)

    def _months(self, top: float, bottom: float) -> None:
        for first, name in self._words.months.items():
            x = max(self._x(first), LEFT)
            room = min(self._x(_next_month(first)), LEFT + ROOM) - x
            self._sheet.line(x, top - 8, x, bottom, RULE)
            if room > width_of(name, 12) * 0.8:
                self._sheet.text(x + 4, top + 4, fitting(name, 12, room), size=12, colour=FAINT)

    def _strips(self, top: float) -> None:
        for number, strip in enumerate(self._facts.strips):
            y = top + number * (STRIP + 16)
            self._sheet.text(LEFT, y, fitting(strip.name, 12, ROOM), size=12, colour=INK)
            self._sheet.box(LEFT, y + 5, ROOM, STRIP - 4, SHADE)
            for first, days in runs(strip.off):
                self._sheet.box(self._x(first), y + 5, days * self._scale, STRIP - 4, OFF)

    def _today(self, top: float, bottom: float) -> None:
        if self._facts.first <= self._facts.today <= self._facts.last:
            x = self._x(self._facts.today) + self._scale / 2
            self._sheet.line(x, top, x, bottom, TODAY, width=2)
            right = x > LEFT + ROOM * 0.8
            place = x - 5 if right else x + 5
            anchor = "end" if right else "start"
            self._sheet.text(place, bottom - 2, self._words.today, size=12, colour=TODAY, anchor=anchor)

    def _bar(self, bar: ActivityBar, top: float) -> None:
        x = max(self._x(bar.first), LEFT)
        end = min(self._x(bar.last + ONE_DAY), LEFT + ROOM)
        facts = f" · {bar.done}/{bar.total}" if bar.total else ""
        about = f"{self._words.states[bar.state]}{facts}"
        room = ROOM - width_of(about, 12) - 12
        self._sheet.text(LEFT, top + 14, fitting(f"{bar.name} {bar.title}", 14, room), size=14)
        self._sheet.text(LEFT + ROOM, top + 14, about, size=12, colour=FAINT, anchor="end")
        self._sheet.box(x, top + 20, max(end - x, 4), BAR, COLOURS[bar.state], round_=4)


def runs(days: Sequence[date] | frozenset[date]) -> list[tuple[date, int]]:
    """Days that follow one another, as the first of them and their number."""
    found: list[tuple[date, int]] = []
    for day in sorted(days):
        if found and found[-1][0] + found[-1][1] * ONE_DAY == day:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((day, 1))
    return found


def _next_month(first: date) -> date:
    return (first.replace(day=1) + 32 * ONE_DAY).replace(day=1)
