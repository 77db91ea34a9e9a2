"""What stands in a line that gives a task: the text, who is to do it, the area, the date."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from handlers.heard import Mention
from handlers.rules.names import activity_name, read_activity_name

_NAME = re.compile(r"@(\w{1,64})")
_INSIDE = re.compile(r"(?<!\S)@\w{1,64}")
_LAST = re.compile(r"(?:^|\s)(\S+)\s*$")
_FIRST = re.compile(r"^\s*(\S+)(?:\s+|$)")
_PAPER = re.compile(r"(?:\b(?:on|in|size|format|paper|an)|用|ກະດາດ|ຂະໜາດ)\s*A[3-5]\W*$", re.IGNORECASE)
"""An activity may be called as a size of paper is: "print on A4" means the paper."""
_AROUND = ",;:.!?()"
# A thousand letters in a row that nobody writes: Egyptian hieroglyphs. A message has at most 100 mentions.
_FIRST_SIGN = 0x13000
_MOST_HANDLES = 50
"""Persons, areas and activities taken off one end of a line; of what is behind them nobody waits for the reading."""


@dataclass(frozen=True)
class TaskWords:
    """A line taken apart. `who` stood before or behind the text, `perhaps` inside it; `tag` is an area's.

    `activity` is the number of an activity.
    """

    text: str
    who: tuple[Mention, ...] = ()
    perhaps: tuple[Mention, ...] = ()
    tag: str | None = None
    activity: int | None = None


class Signs:
    """Stands one sign without spaces in for every mention that has none of its own, so that a line can be split."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        named = [mention for mention in mentions if mention.telegram_id is not None]
        self._by_sign = {f"@{chr(_FIRST_SIGN + number)}": mention for number, mention in enumerate(named)}

    def put(self, words: str) -> str:
        """The line with signs for the mentions."""
        for sign, mention in self._by_sign.items():
            words = words.replace(mention.shown, sign, 1)
        return words

    def take(self, words: str) -> str:
        """The line as it was written."""
        for sign, mention in self._by_sign.items():
            words = words.replace(sign, mention.shown)
        return words

    def read(self, token: str) -> Mention | None:
        """Whom one token means; None when it is no mention."""
        bare = token.strip(_AROUND)
        found = _NAME.fullmatch(bare)
        return self._by_sign.get(bare) or (Mention(bare, username=found[1]) if found else None)


def read_task(words: str, signs: Signs, tags: Collection[str], activities: Collection[int] = ()) -> TaskWords:
    """Take mentions, the tag of an area and the name of an activity off both ends of a line; the rest is its text.

    `words` has its signs put in and its date taken out. The first tag from the end counts; unknown ones are text, and
    so is A4 where it is the size of paper.
    """
    known = {tag.casefold() for tag in tags} | {activity_name(number) for number in activities}
    rest, behind = _peel(words, _LAST, signs, known)
    rest, before = _peel(rest, _FIRST, signs, known)
    tokens = [*before, *reversed(behind)]
    who = [mention for token in tokens if (mention := signs.read(token))]
    tag = next((token for token in reversed(tokens) if token.startswith("#")), None)
    numbers = [number for token in reversed(tokens) if (number := read_activity_name(token.strip(_AROUND)))]
    inside = [mention for token in _INSIDE.findall(rest) if (mention := signs.read(token))]
    return TaskWords(
        signs.take(rest).strip(), _once(who), _once(inside), _bare(tag) if tag else None, next(iter(numbers), None)
    )


def _peel(words: str, end: re.Pattern[str], signs: Signs, known: set[str]) -> tuple[str, list[str]]:
    tokens: list[str] = []
    while len(tokens) < _MOST_HANDLES and (found := end.search(words)) and _is_handle(found[1], signs, known):
        if _PAPER.search(words):
            break
        tokens.append(found[1])
        words = words[: found.start()] + words[found.end() :]
    return words, tokens


def _is_handle(token: str, signs: Signs, known: set[str]) -> bool:
    if token.startswith("#"):
        return _bare(token) in known
    return signs.read(token) is not None or token.strip(_AROUND).upper() in known


def _bare(tag: str) -> str:
    return tag.removeprefix("#").rstrip(_AROUND).casefold()


def _once(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    return tuple({mention.telegram_id or (mention.username or "").casefold(): mention for mention in mentions}.values())
