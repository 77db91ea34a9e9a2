"""Laying out what people wrote for a terminal: wrapped by the width letters take there, invisible signs left out."""

import re
import unicodedata

WIDTH = 78
_INVISIBLE = re.compile("[\u200b\u2060\u2066-\u2069]")


def plain(text: str) -> str:
    """The text without the signs that only keep names from turning the line around."""
    return _INVISIBLE.sub("", text)


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: Chinese letters two, vowels that stand above others none."""
    return sum(_columns(letter) for letter in text)


def _columns(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def wrapped(text: str, width: int = WIDTH) -> list[str]:
    """The lines of a text, broken at spaces, or anywhere in a word that is longer than a line."""
    return [line for paragraph in plain(text).split("\n") for line in _wrap(paragraph, width)]


def _wrap(paragraph: str, width: int) -> list[str]:
    lines, line = [], ""
    for word in re.findall(r"\S+\s*", paragraph):
        if line and columns(line + word.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        for letter in word:
            if columns(line + letter) > width and not letter.isspace():
                lines.append(line)
                line = ""
            line += letter
    return [*lines, line.rstrip()]


def keyboard(labels: list[str], width: int = WIDTH) -> list[str]:
    """Buttons as [Agree] [Object], in as many lines as they take."""
    lines: list[str] = []
    for label in labels:
        shown = f"[{label}]"
        if lines and columns(f"{lines[-1]} {shown}") <= width:
            lines[-1] += f" {shown}"
        else:
            lines.append(shown)
    return lines


def changed(before: str, after: str) -> str:
    """The lines of a text that were not there before, each whole."""
    known = set(before.split("\n"))
    return "\n".join(line for line in after.split("\n") if line and line not in known)
