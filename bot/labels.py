"""Buttons that fit a phone: labels in the languages of a group, and rows short enough to be read."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from handlers.reply import Button, Rows

COLUMNS = 36
"""Latin letters that fit into a row of buttons over the whole width of a small phone, with the space around them."""
GRID = 6
"""Buttons from which on a row is a line of a table, such as a week, and stays one."""


@lru_cache(maxsize=512)
def width(label: str) -> int:
    """The columns of a label: Chinese signs take two, marks above and below a letter none."""
    return sum(_columns(char) for char in label)


def _columns(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def room(buttons: int) -> int:
    """The columns of a label in a row of so many buttons."""
    return COLUMNS // buttons - 1


def fitting(rows: Rows) -> Rows:
    """The same buttons in rows on which each label can be read whole, as far as there is such a row."""
    return tuple(shorter for row in rows for shorter in _shorter(row))


def _shorter(row: tuple[Button, ...]) -> Sequence[tuple[Button, ...]]:
    size = _in_a_line(tuple(button.label for button in row))
    if size == len(row):
        return [row]
    return [row[start : start + size] for start in range(0, len(row), size)]


@lru_cache(maxsize=1024)
def _in_a_line(labels: tuple[str, ...]) -> int:
    """How many of the buttons of a row stand beside each other."""
    if len(labels) >= GRID or not labels:
        return len(labels)
    widest = max(width(label) for label in labels)
    most = next((number for number in range(len(labels), 1, -1) if widest <= room(number)), 1)
    lines = -(-len(labels) // most)
    return -(-len(labels) // lines)
