"""The title and the time in a line that calls a meeting: "/meet Module plan at 12 May 10:00". Values in, values out."""

import re
from collections.abc import Callable
from enum import StrEnum, auto

MOST_WORDS = 8
"""A date has no more words than that."""
_WORDS = "by|at|on|from|@|于|在|ໃນວັນທີ|ວັນທີ|ເວລາ"
_BEFORE = re.compile(rf"(?:^|[\s,;，、])(?:{_WORDS})$", re.IGNORECASE)
_BEGINNING = re.compile(rf"(?:{_WORDS})\s", re.IGNORECASE)
_LOOSE = " \t,;，、"


class Told(StrEnum):
    """What a phrase tells: nothing of the kind, a date that cannot be taken, a day, or a day and a time."""

    NOTHING = auto()
    REFUSED = auto()
    DAY = auto()
    TIME = auto()


def split_time(words: str, told: Callable[[str], Told]) -> tuple[str, str | None]:
    """The title, and the words of the day or time behind it, else None.

    The longest end of the line that tells a time counts; one that tells a day alone, or a date that is past, only
    behind "at", "on" and such, since "Plan for May" is a title. A title is never empty.
    """
    starts = [found.start() for found in re.finditer(r"(?<=\s)\S", words)][-MOST_WORDS:]
    for start in starts:
        title, phrase = words[:start].rstrip(_LOOSE), words[start:].strip(_LOOSE)
        announced = _BEFORE.search(title)
        tells = told(phrase)
        needs = tells in (Told.DAY, Told.REFUSED)
        if tells is Told.TIME or (needs and (announced or _BEGINNING.match(phrase))):
            return (title[: announced.start()].rstrip(_LOOSE) if announced else title) or title, phrase
    return words, None
