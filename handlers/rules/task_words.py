"""What stands in a line that gives a task: the text, who is to do it, the area, the date."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from handlers.heard import Mention

_NAME = re.compile(r"@(\w{1,64})")
_INSIDE = re.compile(r"(?<!\S)@\w{1,64}")
_LAST = re.compile(r"(?:^|\s)(\S+)\s*$")
_FIRST = re.compile(r"^\s*(\S+)(?:\s+|$)")
_AROUND = ",;:.!?()"
# A thousand letters in a row that nobody writes: Egyptian hieroglyphs. A message has at most 100 mentions.
_FIRST_SIGN = 0x13000


@dataclass(frozen=True)
class TaskWords:
    """A line taken apart. `who` stood before or behind the text, `perhaps` inside it; `tag` is an area's."""

    text: str
    who: tuple[Mention, ...] = ()
    perhaps: tuple[Mention, ...] = ()
    tag: str | None = None


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


def read_task(words: str, signs: Signs, tags: Collection[str]) -> TaskWords:
    """Take mentions and the tag of an area off both ends of a line; what stands inside the text stays there.

    `words` has its signs put in and its date taken out. The first tag from the end counts; unknown ones are text.
    """
    known = {tag.casefold() for tag in tags}
    rest, behind = _peel(words, _LAST, signs, known)
    rest, before = _peel(rest, _FIRST, signs, known)
    tokens = [*before, *reversed(behind)]
    who = [mention for token in tokens if (mention := signs.read(token))]
    tag = next((token for token in reversed(tokens) if token.startswith("#")), None)
    inside = [mention for token in _INSIDE.findall(rest) if (mention := signs.read(token))]
    return TaskWords(signs.take(rest).strip(), _once(who), _once(inside), _bare(tag) if tag else None)


def _peel(words: str, end: re.Pattern[str], signs: Signs, known: set[str]) -> tuple[str, list[str]]:
    tokens: list[str] = []
    while (found := end.search(words)) and _is_handle(found[1], signs, known):
        tokens.append(found[1])
        words = words[: found.start()] + words[found.end() :]
    return words, tokens


def _is_handle(token: str, signs: Signs, known: set[str]) -> bool:
    return signs.read(token) is not None or (token.startswith("#") and _bare(token) in known)


def _bare(tag: str) -> str:
    return tag.removeprefix("#").rstrip(_AROUND).casefold()


def _once(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    return tuple({mention.telegram_id or (mention.username or "").casefold(): mention for mention in mentions}.values())
