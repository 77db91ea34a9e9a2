"""What the transcript is written on: lines, with the colours of a terminal or without."""

from collections.abc import Callable
from typing import Any

import click


class Paper:
    """Takes lines; colours are signs of the terminal around the same words."""

    def __init__(self, echo: Callable[[str], None], *, colour: bool) -> None:
        self._echo = echo
        self._colour = colour

    def line(self, words: str = "") -> None:
        """One line."""
        self._echo(words)

    def styled(self, words: str, **style: Any) -> str:
        """The words in a style of `click.style`, where colours are wanted."""
        return click.style(words, **style) if self._colour else words
