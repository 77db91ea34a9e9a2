"""A part of the transcript as a picture: `python -m bot.rehearsal.picture TRANSCRIPT FIRST-LAST [FIRST-LAST …]`."""

import sys
from collections.abc import Sequence
from html import escape
from pathlib import Path

COLUMNS, LINE, GLYPH, MARGIN = 88, 19, 8.5, 22
FACES = "DejaVu Sans Mono, Menlo, Consolas, Noto Sans Lao, Noto Sans Mono CJK SC, monospace"
INK, QUIET, HEADING, BUTTON = "#24292f", "#6e7781", "#0a5d7a", "#8a4b08"


def picture(lines: Sequence[str]) -> str:
    """The lines as an SVG in a fixed-width face, headings and buttons in colour."""
    width, height = COLUMNS * GLYPH + 2 * MARGIN, len(lines) * LINE + 2 * MARGIN
    rows = "\n".join(_row(line, MARGIN + (number + 0.8) * LINE) for number, line in enumerate(lines))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'font-family="{FACES}" font-size="14">\n'
        f'<rect width="100%" height="100%" rx="10" fill="#fbfaf7"/>\n{rows}\n</svg>\n'
    )


def _row(line: str, y: float) -> str:
    return f'<text x="{MARGIN}" y="{y:.1f}" fill="{_colour(line)}" xml:space="preserve">{escape(line)}</text>'


def _colour(line: str) -> str:
    words = line.strip()
    if words.startswith("──") or (words.isupper() and not line.startswith(" ")):
        return HEADING
    if words.startswith("["):
        return BUTTON
    return QUIET if "Vientiane / " in line and not line.startswith(" ") else INK


def main(arguments: Sequence[str]) -> None:
    """Write the picture beside the transcript."""
    file, *spans = arguments
    lines = Path(file).read_text(encoding="utf-8").splitlines()
    chosen: list[str] = []
    for span in spans:
        first, _, last = span.partition("-")
        chosen += [*([""] if chosen else []), *lines[int(first) - 1 : int(last)]]
    Path(file).with_suffix(".svg").write_text(picture(chosen), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
