"""Which script a letter belongs to: each has fonts of its own, in pictures and in documents."""

from collections.abc import Iterator
from enum import StrEnum, auto
from itertools import groupby


class Script(StrEnum):
    """The scripts of the three languages; everything else is set like Latin."""

    LATIN = auto()
    LAO = auto()
    CHINESE = auto()


def script_of(letter: str) -> Script:
    """The script of one letter."""
    if "\u0e80" <= letter <= "\u0eff":
        return Script.LAO
    return Script.CHINESE if letter >= "\u2e80" else Script.LATIN


def runs(words: str) -> Iterator[tuple[Script, str]]:
    """The words in pieces of one script each."""
    for script, piece in groupby(words, key=script_of):
        yield script, "".join(piece)
