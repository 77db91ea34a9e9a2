"""Numbers as people write them: indicators with their targets, what was counted, women and men."""

import re

LONGEST = 100
"""Letters of an indicator."""
MOST = 5
"""Indicators of one activity."""
_NUMBER = r"\d+(?:[.,]\d+)?"
_TARGET = re.compile(rf"^(?P<text>.*?)\s*[:：=–-]?\s*(?P<target>{_NUMBER})\s*$")
_LAO = str.maketrans("໐໑໒໓໔໕໖໗໘໙０１２３４５６７８９", "01234567890123456789")


def read_indicators(words: str) -> list[tuple[str, float | None]]:
    """What is counted and how much of it is meant, one a line; None where no number stands at the end."""
    lines = [" ".join(line.split()) for line in words.splitlines() if line.strip()]
    return [_indicator(line) for line in lines[:MOST]]


def _indicator(line: str) -> tuple[str, float | None]:
    found = _TARGET.match(line.translate(_LAO))
    if found is None or not found["text"]:
        return line[:LONGEST], None
    return line[: len(found["text"])].strip()[:LONGEST], _number(found["target"])


def read_count(words: str) -> float | None:
    """The number a person counted; None where there is not exactly one."""
    found = re.findall(_NUMBER, words.translate(_LAO))
    return _number(found[0]) if len(found) == 1 else None


def read_people(words: str) -> tuple[int, int] | None:
    """How many women and how many men; None where there are not exactly two whole numbers."""
    found = re.findall(r"\d+", words.translate(_LAO))
    if len(found) != 2 or any(len(each) > 5 for each in found):
        return None
    return int(found[0]), int(found[1])


def _number(written: str) -> float:
    return float(written.replace(",", "."))
