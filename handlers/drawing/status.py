"""How a group stands as a picture: one bar for each area and each side, in the colours of what their tasks are."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto

from handlers.drawing.svg import FAINT, INK, RULE, Sheet, fitting, legend

WIDTH, MARGIN, NAMES, NUMBERS = 720.0, 24.0, 250.0, 64.0
BAR, ROW = 20.0, 40.0


class Part(StrEnum):
    """What a task counts as; one that is overdue counts as late, whatever its state."""

    DONE = auto()
    DOING = auto()
    WAITING = auto()
    OPEN = auto()
    LATE = auto()


COLOURS: Mapping[Part, str] = {
    Part.DONE: "#2e7d32",
    Part.DOING: "#1e74c4",
    Part.WAITING: "#8e6bbf",
    Part.OPEN: "#b4bec8",
    Part.LATE: "#d1495b",
}


@dataclass(frozen=True)
class Line:
    """One area or side by its name, and how many of its tasks are what."""

    name: str
    counts: Mapping[Part, int]

    @property
    def total(self) -> int:
        """All its tasks."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class Words:
    """What stands on the picture beside names: in the reader's language, or in two at once."""

    title: str
    day: str
    areas: str
    sides: str
    nothing: str
    parts: Mapping[Part, str]


@dataclass(frozen=True)
class StatusPicture:
    """A group, or a part of it, in numbers."""

    group: str
    areas: tuple[Line, ...]
    sides: tuple[Line, ...]


def draw(facts: StatusPicture, words: Words) -> str:
    """The picture as SVG: readable on a phone held upright."""
    sheet = Sheet(WIDTH)
    sheet.text(MARGIN, 44, fitting(facts.group, 24, WIDTH - 2 * MARGIN), size=24)
    sheet.text(MARGIN, 70, fitting(f"{words.title} · {words.day}", 14, WIDTH - 2 * MARGIN), size=14, colour=FAINT)
    bottom = legend(sheet, MARGIN, 100, {words.parts[part]: colour for part, colour in COLOURS.items()})
    if not (facts.areas or facts.sides):
        sheet.text(MARGIN, bottom + 40, words.nothing, colour=FAINT)
        return sheet.document(MARGIN)
    bottom = _block(sheet, bottom + 36, words.areas, facts.areas)
    _block(sheet, bottom + 16, words.sides, facts.sides)
    return sheet.document(MARGIN)


def _block(sheet: Sheet, top: float, title: str, lines: tuple[Line, ...]) -> float:
    """The bars below a heading, all on one scale; where the next block may begin."""
    sheet.text(MARGIN, top, title, size=16)
    sheet.line(MARGIN, top + 9, WIDTH - MARGIN, top + 9, RULE)
    most = max((line.total for line in lines), default=0)
    for number, line in enumerate(lines):
        _bar(sheet, top + 22 + number * ROW, line, most)
    return top + 30 + len(lines) * ROW


def _bar(sheet: Sheet, top: float, line: Line, most: int) -> None:
    sheet.text(MARGIN, top + 15, fitting(line.name, 15, NAMES - 12))
    room, x = WIDTH - 2 * MARGIN - NAMES - NUMBERS, MARGIN + NAMES
    for part, colour in COLOURS.items():
        count = line.counts.get(part, 0)
        wide = room * count / most
        sheet.box(x, top, max(wide - 1, 0), BAR, colour)
        if count and wide > 9 * len(str(count)) + 4:
            ink = INK if part is Part.OPEN else "#ffffff"
            sheet.text(x + wide / 2, top + 15, str(count), size=13, colour=ink, anchor="middle")
        x += wide
    done = f"{line.counts.get(Part.DONE, 0)} / {line.total}"
    sheet.text(WIDTH - MARGIN, top + 15, done, size=14, colour=FAINT, anchor="end")
