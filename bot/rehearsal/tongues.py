"""The story knows the bot's words in English; people read them in their own languages. This finds one in the other."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from html import unescape
from itertools import pairwise
from typing import Any

from bot.rehearsal.paragraphs import plain
from handlers.rules.languages import SPOKEN
from handlers.voice import CATALOGUES, Say

VALUE = r"[ADMST]\d+[a-z]?|Vientiane|Kunming|(?:\w+ )*(?:trainer|point|Alternate|Coordinator)\w*, \w+"
"""What stands for a placeholder in the story's English: names of records, of sides, of people."""
_MONTHS = {name: number for number, name in enumerate(("Apr", "May", "Jun", "Jul", "Aug", "Sep"), 4)}
_WEEKDAY, _MONTH = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)", "|".join(_MONTHS)
_DAY = re.compile(rf"{_WEEKDAY} (\d{{1,2}}) ({_MONTH})")
_FILLED = re.compile(f"{VALUE}|{_DAY.pattern}")
_SPLIT = re.compile(rf"({VALUE}|{_WEEKDAY} \d{{1,2}} (?:{_MONTH}))")
Form = tuple[str, ...]
"""Words of the bot in one language, cut where a value stands that the story does not name."""
_TAG = re.compile(r"<[^<>]*>")


def reads(text: str, english: str) -> bool:
    """Whether a text of the bot says this, in whatever language; parts that a middle dot joins may stand apart."""
    shown = plain(text)
    if english.endswith(" · "):  # the head of a card, which is no language's own
        return english in shown
    return _stands(shown, english) or all(_stands(shown, part) for part in re.split(" · |: ", english))


def _stands(shown: str, english: str) -> bool:
    return any(_in_order(shown, form) for form in forms(english))


def says(label: str, english: str) -> bool:
    """Whether a button's label is this one, in whatever languages it is joined of."""
    parts = [label, *label.split(" · ")]
    return english in parts or any(_whole(part, form) for form in forms(english) for part in parts)


@cache
def forms(english: str) -> tuple[Form, ...]:
    """How these English words of the bot may look in each language."""
    found: list[Form] = [(_said(language, english),) for language in SPOKEN]
    wanted = _pattern(english)
    for language in SPOKEN:
        for sentence, translated in _sentences(language):
            if match := wanted.search(sentence):
                found.append(_filled(translated, match, english, language))
    return tuple(dict.fromkeys(found))


def _in_order(shown: str, form: Form) -> bool:
    """Whether the pieces of a form stand in a text one behind the other, with something between each two."""
    at = shown.find(form[0])
    for before, piece in pairwise(form):
        if at < 0:
            return False
        at = shown.find(piece, at + len(before) + 1)
    return at >= 0


def _whole(label: str, form: Form) -> bool:
    """Whether a label is the form and nothing else."""
    if len(form) == 1:
        return label == form[0]
    return label.startswith(form[0]) and label.endswith(form[-1]) and _in_order(label, form)


def _pattern(english: str) -> re.Pattern[str]:
    """The words with a placeholder wherever a value stands."""
    return re.compile("".join(r"\{(\w+)\}" if _FILLED.fullmatch(part) else re.escape(part) for part in _parts(english)))


def _parts(english: str) -> list[str]:
    return [part for part in _SPLIT.split(english) if part]


def _filled(translated: str, match: re.Match[str], english: str, language: str) -> Form:
    values = [part for part in _parts(english) if _FILLED.fullmatch(part)]
    known = dict(zip(match.groups(), values, strict=True))
    found = [""]
    for number, piece in enumerate(re.split(r"\{(\w+)\}", translated)):
        if number % 2 and piece not in known:
            found.append("")
        else:
            found[-1] += _said(language, known[piece]) if number % 2 else piece
    return tuple(found)


def _said(language: str, value: str) -> str:
    """A value as it stands in a language: dates are written in each their own way."""
    return _DAY.sub(lambda day: Say(language).day(date(2026, _MONTHS[day[2]], int(day[1]))), value)


@cache
def _sentences(language: str) -> tuple[tuple[str, str], ...]:
    """Every sentence without its markup, in English and in this language."""
    from babel.messages.pofile import read_po

    path = CATALOGUES / (language if language != "en" else "lo") / "LC_MESSAGES" / "focalpoint.po"
    with path.open("rb") as file:
        entries = [entry for entry in read_po(file) if entry.id]
    return tuple(_plain_pairs(entries, language))


def _plain_pairs(entries: Iterable[Any], language: str) -> Iterator[tuple[str, str]]:
    for entry in entries:
        ids = entry.id if isinstance(entry.id, tuple) else (entry.id,)
        said = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        for english in ids:
            yield _bare(english), _bare(english if language == "en" else said[0])


def _bare(sentence: str) -> str:
    return plain(unescape(_TAG.sub("", sentence)))
