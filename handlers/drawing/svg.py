"""A sheet to draw on: rectangles, lines and texts that fit, gathered into one SVG document."""

import json
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path

from handlers.rules.scripts import Script, runs
from handlers.rules.text import clean

FAMILIES = {Script.LATIN: "Noto Sans", Script.LAO: "Noto Sans Lao", Script.CHINESE: "Noto Sans CJK SC"}
"""The fonts that travel with the program."""
INK, FAINT, PAPER, RULE = "#1f2933", "#66727f", "#ffffff", "#d5dbe1"
MORE = "…"
ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}
FONTS = Path(__file__).parents[1] / "fonts"


class Sheet:
    """Gathers shapes; lengths are in units of a picture that is `width` wide."""

    def __init__(self, width: float) -> None:
        self.width = width
        self.height = 0.0
        self._shapes: list[str] = []

    def box(self, x: float, y: float, width: float, height: float, fill: str, *, round_: float = 0) -> None:
        """A filled rectangle; one without any width leaves nothing."""
        if width > 0 and height > 0:
            self._add("rect", x=x, y=y, width=width, height=height, fill=fill, rx=round_)
            self.height = max(self.height, y + height)

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str, *, width: float = 1) -> None:
        """A straight line."""
        self._add("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour, stroke_width=width)

    def text(
        self, x: float, y: float, words: str, *, size: float = 15, colour: str = INK, anchor: str = "start"
    ) -> None:
        """Words with their baseline at y; `anchor` is "start", "middle" or "end"."""
        drawn = "".join(letter for letter in clean(words) if letter.isprintable())
        x -= width_of(drawn, size) * ANCHORS[anchor]
        # Left to look for fonts by itself, the renderer leaves letters out: beside a ligature, behind Lao vowels.
        for script, piece in runs(drawn):
            self._add("text", escape(piece), x=x, y=y, font_size=size, fill=colour, font_family=FAMILIES[script])
            x += width_of(piece, size)
        self.height = max(self.height, y + size / 3)

    def document(self, margin: float) -> str:
        """The whole picture, with some paper below the lowest shape."""
        height = self.height + margin
        size = f'width="{self.width:g}" height="{height:g}" viewBox="0 0 {self.width:g} {height:g}"'
        paper = f'<rect width="100%" height="100%" fill="{PAPER}"/>'
        inside = paper + "".join(self._shapes)
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-kerning="none" xml:space="preserve">{inside}</svg>'

    def _add(self, name: str, inside: str = "", /, **attributes: float | str) -> None:
        written = " ".join(f'{key.replace("_", "-")}="{_value(value)}"' for key, value in attributes.items())
        self._shapes.append(f"<{name} {written}>{inside}</{name}>" if inside else f"<{name} {written}/>")


def _value(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.5g}"


def width_of(words: str, size: float) -> float:
    """How wide words will be."""
    known = _widths()
    return size * sum(known.get(letter, 1.0) for letter in words)


@cache
def _widths() -> dict[str, float]:
    found: dict[str, float] = json.loads((FONTS / "widths.json").read_text(encoding="utf-8"))
    return found


def fitting(words: str, size: float, width: float) -> str:
    """The words on one line, ending early where they are wider than that."""
    line = " ".join(words.split())
    if width_of(line, size) <= width:
        return line
    kept = line
    while kept and width_of(kept + MORE, size) > width:
        kept = kept[:-1]
    return kept.rstrip() + MORE


def legend(sheet: Sheet, x: float, y: float, entries: Mapping[str, str]) -> float:
    """What the colours mean, by word; goes on below where a line is full. The baseline of the last line."""
    start, size = x, 13.0
    for words, colour in entries.items():
        wide = width_of(words, size) + 34
        if x > start and x + wide > sheet.width - 24:
            x, y = start, y + 24
        sheet.box(x, y - 11, 12, 12, colour, round_=3)
        sheet.text(x + 18, y, words, size=size, colour=FAINT)
        x += wide
    return y
