"""What stands in a line that adds to an agenda: the text, how many minutes, who speaks. Values in, values out."""

import re
from dataclasses import dataclass

from handlers.heard import Mention
from handlers.rules.task_words import Signs, read_task

MOST_MINUTES = 480
_MINUTES = re.compile(r"[\s,;，、(（]*(\d{1,3})\s*(?:minutes?|mins?\.?|'|分钟|分|ນາທີ)[\s)）.]*$", re.IGNORECASE)


@dataclass(frozen=True)
class ItemWords:
    """A line taken apart: "Module plan @trainer 15 min"."""

    text: str
    minutes: int | None = None
    who: Mention | None = None


def read_item(words: str, signs: Signs) -> ItemWords:
    """Take the minutes and the mention off the end of a line, in either order. `words` has its signs put in."""
    rest, minutes = _minutes(words)
    line = read_task(rest, signs, ())
    if minutes is None:
        text, minutes = _minutes(line.text)
        return ItemWords(text.strip(), minutes, next(iter(line.who), None))
    return ItemWords(line.text, minutes, next(iter(line.who), None))


def _minutes(words: str) -> tuple[str, int | None]:
    found = _MINUTES.search(words)
    if found is None or not 0 < int(found[1]) <= MOST_MINUTES or not words[: found.start()].strip():
        return words, None
    return words[: found.start()], int(found[1])
