"""One text out of the same text in several languages: what is the same in all of them stands once.

A view is rendered in each language and the results are laid side by side, line by line. What people wrote, names and
numbers come out the same, so they stand once and the words around them in each language: "Reason" with its text becomes
"理由 / ເຫດຜົນ: …". Lines that have nothing in common stand below each other.
"""

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

BETWEEN_TEXTS = "\n\n"
BETWEEN_WORDS = " / "
TELLING = 6
"""Letters and digits in common from which on two lines are laid into one, however long it gets."""
SHORT = 48
"""Visible characters in all, up to which two lines are laid into one anyway."""
FEW_WORDS = 30
"""Visible characters before a colon, up to which they name what stands behind it."""

_ATOM = re.compile(r"<([a-z][\w-]*)\b[^<>]*>.*?</\1>|<[^<>]*>|&[#\w]{1,32};|\w+|.", re.DOTALL)
_ELEMENT = re.compile(r"(<([a-z][\w-]*)\b[^<>]*>)(.*)(</\2>)", re.DOTALL)
_TAG = re.compile(r"<(/?)[^<>]*>")
_FIELD_ENDS = "·:：,，(（/–-•"
_BEFORE_CLOCK = re.compile(r",? (?=\d\d:\d\d )")
"""Where a day ends and its time begins, in whatever language."""
_LOOSE = " :：,，、"


Atoms = list[str]
"""A line in pieces that are never taken apart: tags with what is inside, words, single signs."""


@dataclass(frozen=True)
class Laid:
    """Lines laid into one: the text, and how many letters and digits of it are common to all."""

    text: str
    common: int


def together(texts: Sequence[str]) -> str:
    """Telegram HTML in several languages as one text. Each is the same view, so it has the same lines."""
    versions = list(dict.fromkeys(texts))
    if len(versions) == 1:
        return versions[0]
    blocks = [list(_blocks(version)) for version in versions]
    if len({len(each) for each in blocks}) > 1:
        return BETWEEN_TEXTS.join(versions)
    return "\n".join(_block(same) for same in zip(*blocks, strict=True))


def label(labels: Sequence[str], between: str) -> str:
    """Plain words of a button in several languages, with `between` where they differ."""
    return _label(tuple(labels), between)


@lru_cache(maxsize=1024)
def _label(labels: tuple[str, ...], between: str) -> str:
    return html.unescape(_lay([html.escape(each, quote=False) for each in labels], between).text)


def _blocks(text: str) -> Iterator[str]:
    """The lines of a text; lines inside one tag stay together."""
    block, depth = "", 0
    for line in text.split("\n"):
        block = f"{block}\n{line}" if depth else line
        depth += sum(-1 if tag[1] else 1 for tag in _TAG.finditer(line))
        if not depth:
            yield block
    if depth:
        yield block


def _block(versions: Sequence[str]) -> str:
    laid = _lay(versions, BETWEEN_WORDS)
    read = len(_read(laid.text))
    if laid.common >= TELLING or read <= SHORT or laid.text in versions:
        return laid.text
    return "\n".join(dict.fromkeys(versions))


def _lay(versions: Sequence[str], between: str) -> Laid:
    """Several versions of a line as one: common beginning, what differs, common end."""
    if len(set(versions)) == 1:
        return Laid(versions[0], _letters(versions[0]))
    elements = _alike(versions)
    if elements:
        return _inside(elements, between)
    atoms = [[found[0] for found in _ATOM.finditer(version)] for version in versions]
    fields = _fields(atoms, _at_dots, " · ", between) or _fields(atoms, _at_colon, ": ", between)
    if fields is not None:
        return fields
    begin, end = _common_ends(atoms)
    head, tail = "".join(atoms[0][:begin]), "".join(atoms[0][len(atoms[0]) - end :])
    middles = [each[begin : len(each) - end] for each in atoms]
    middle = _differing(middles, between, before=bool(head), after=bool(tail))
    return Laid(head + middle.text + tail, _letters(head) + middle.common + _letters(tail))


def _alike(versions: Sequence[str]) -> list[re.Match[str]]:
    """The versions as one and the same element, such as a moment; none where they are not."""
    elements = [found for version in versions if (found := _ELEMENT.fullmatch(version))]
    same = len(elements) == len(versions) and len({each[1] for each in elements}) == 1
    return elements if same else []


def _inside(elements: Sequence[re.Match[str]], between: str) -> Laid:
    opening, closing = elements[0][1], elements[0][4]
    inners = [each[3] for each in elements]
    if opening.startswith("<tg-time"):
        return Laid(opening + _moment(inners) + closing, TELLING)
    if any("\n" in inner for inner in inners):
        return Laid(opening + together(inners) + closing, TELLING)
    laid = _lay(inners, between)
    return Laid(opening + laid.text + closing, laid.common)


def _fields(atoms: Sequence[Atoms], cut: Callable[[Atoms], list[Atoms]], glue: str, between: str) -> Laid | None:
    """Lines that all consist of the same number of fields, laid into one field by field."""
    cuts = [cut(each) for each in atoms]
    if len({len(each) for each in cuts}) > 1 or len(cuts[0]) == 1:
        return None
    laid = [_lay(["".join(part).strip() for part in same], between) for same in zip(*cuts, strict=True)]
    return Laid(glue.join(each.text for each in laid).rstrip(), sum(each.common for each in laid))


def _at_dots(atoms: Atoms) -> list[Atoms]:
    borders = [at for at, atom in enumerate(atoms) if atom == "·" and 0 < at < len(atoms) - 1]
    starts = [0, *(at + 1 for at in borders)]
    return [atoms[start:end] for start, end in zip(starts, [*borders, len(atoms)], strict=True)]


def _at_colon(atoms: Atoms) -> list[Atoms]:
    """What a line begins with, in a few words, and the rest: cut at a colon that is in no time or address."""
    for at, atom in enumerate(atoms):
        if len(_read("".join(atoms[:at]))) > FEW_WORDS:
            break
        if atom == "：" or (atom == ":" and atoms[at + 1 : at + 2] in ([], [" "])):
            return [atoms[:at], atoms[at + 1 :]]
    return [atoms]


def _moment(inners: Sequence[str]) -> str:
    """A moment in several cities: each date once in every language, then the clocks."""
    versions = [[_BEFORE_CLOCK.split(part, 1) for part in inner.split(BETWEEN_WORDS)] for inner in inners]
    if len({tuple(clock for *_, clock in parts) for parts in versions}) > 1:
        return BETWEEN_WORDS.join(inners)
    shown, last = [], ""
    for same in zip(*versions, strict=True):
        day = " · ".join(dict.fromkeys(day for day, *_ in same))
        shown.append(same[0][-1] if day == last else f"{day}, {same[0][-1]}")
        last = day
    return BETWEEN_WORDS.join(shown)


def _common_ends(atoms: Sequence[Atoms]) -> tuple[int, int]:
    """How many atoms all begin with, and how many of the rest all end with."""
    shortest = min(len(each) for each in atoms)
    begin = next((at for at in range(shortest) if len({each[at] for each in atoms}) > 1), shortest)
    room = shortest - begin
    end = next((at for at in range(room) if len({each[-1 - at] for each in atoms}) > 1), room)
    return begin, end


def _differing(middles: Sequence[Atoms], between: str, *, before: bool, after: bool) -> Laid:
    elements = _alike(["".join(each) for each in middles])
    if elements:
        return _inside(elements, between)
    anchor = _anchor(middles)
    if anchor is not None:
        left, run, right = anchor
        laid = [_lay(["".join(each) for each in side], between) for side in (left, right)]
        return Laid(laid[0].text + run + laid[1].text, laid[0].common + _letters(run) + laid[1].common)
    words = list(dict.fromkeys(text for each in middles if (text := "".join(each))))
    if not any(_letters(word) for word in words):  # each language's full stop: one is enough
        return Laid("".join(words[:1]), 0)
    for at, text in enumerate(words):
        front = text.lstrip(_LOOSE) if before and at else text
        words[at] = front.rstrip(_LOOSE) if after and at < len(words) - 1 else front
    return Laid(between.join(word for word in words if word), 0)


def _anchor(middles: Sequence[Atoms]) -> tuple[list[Atoms], str, list[Atoms]] | None:
    """What stands in the midst of both versions as a field of its own, with what is before and behind it."""
    if len(middles) != 2:
        return None
    first, second = middles
    run = SequenceMatcher(None, first, second, autojunk=False).find_longest_match()
    text = "".join(first[run.a : run.a + run.size])
    if _letters(text) < 2 or text.strip()[0] not in _FIELD_ENDS or text.strip()[-1] not in _FIELD_ENDS:
        return None
    left = [first[: run.a], second[: run.b]]
    right = [first[run.a + run.size :], second[run.b + run.size :]]
    return (left, text, right) if all(left) and all(right) else None


def _letters(text: str) -> int:
    return sum(char.isalnum() for char in _read(text))


def _read(text: str) -> str:
    return html.unescape(_TAG.sub("", text))
