"""In which language a text is, and whose wording is still missing. Values in, values out."""

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum, auto

from handlers.rules.languages import SPOKEN, spoken
from handlers.rules.nudging import DecisionStage

LATIN = "LATIN"
SCRIPTS: Mapping[str, frozenset[str]] = {
    "zh": frozenset({"CJK"}),
    "ja": frozenset({"HIRAGANA", "KATAKANA", "CJK"}),
    "ko": frozenset({"HANGUL"}),
    "lo": frozenset({"LAO"}),
    "th": frozenset({"THAI"}),
    "km": frozenset({"KHMER"}),
    "my": frozenset({"MYANMAR"}),
    "ru": frozenset({"CYRILLIC"}),
    "mn": frozenset({"CYRILLIC", "MONGOLIAN"}),
    "ar": frozenset({"ARABIC"}),
    "hi": frozenset({"DEVANAGARI"}),
    "ne": frozenset({"DEVANAGARI"}),
}
"""The scripts of languages that are not written in Latin letters, as Unicode names them."""
WEIGHTS = {"CJK": 3}
"""One Chinese character says as much as about three letters."""
CLEARLY = 2
"""A text is in the script that outweighs every other so many times: a Latin name in it changes nothing."""


class WordingStage(StrEnum):
    """What a side is told whose wording is missing: first its focal point, then its alternate."""

    WORDING_DUE = auto()
    WORDING_LATE = auto()


STAGES: Mapping[DecisionStage, WordingStage] = {
    DecisionStage.ANSWER_DUE: WordingStage.WORDING_DUE,
    DecisionStage.ANSWER_LATE: WordingStage.WORDING_LATE,
}


def named(language: str) -> str:
    """A language as wordings name it, however Telegram or a side writes it: one name for all its variants."""
    return spoken(language) or language.replace("-", "_").partition("_")[0].lower()


def each_named(languages: Iterable[str | None]) -> list[str]:
    """All of these languages, each once, in their order."""
    return list(dict.fromkeys(named(language) for language in languages if language))


def scripts_of(language: str) -> frozenset[str]:
    """The scripts a language is written in."""
    return SCRIPTS.get(language.partition("_")[0], frozenset({LATIN}))


def likely_scripts(text: str) -> frozenset[str]:
    """The scripts a text may be in, such as LAO: the one that outweighs the others, or all that stand in it."""
    weights = Counter[str]()
    for char in text:
        if unicodedata.category(char)[0] in "LM" and (name := unicodedata.name(char, "")):
            script = name.partition(" ")[0].partition("-")[0]
            weights[script] += WEIGHTS.get(script, 1)
    (first, most), (_, next_most) = [*weights.most_common(2), ("", 0), ("", 0)][:2]
    return frozenset({first}) if most and most >= CLEARLY * next_most else frozenset(weights)


def fitting(text: str, languages: Iterable[str]) -> list[str]:
    """Those of the languages the text may be in, as far as its letters tell; all of them where it has no letters."""
    scripts = likely_scripts(text)
    return [language for language in languages if not scripts or scripts & scripts_of(language)]


def language_of(text: str, wishes: Iterable[str | None]) -> str:
    """The language of an original: the first wish that fits the letters, else what the bot speaks, else English."""
    known = each_named([*wishes, *SPOKEN])
    return next(iter(fitting(text, known)), SPOKEN[0])


def read_in(language: str, original: str, others: Mapping[str, str]) -> str:
    """The text as a reader of that language reads it: its wording, else the original."""
    return others.get(language, original)


def missing(sides: Mapping[int, str], original: str, confirmed: Mapping[str, Collection[int]]) -> list[int]:
    """The sides (id to language) that have not confirmed the text in their own language.

    `confirmed` is, for each language that has a wording, the sides that confirmed it. For the original no wording is
    needed: a side that reads it agrees to it, or does not.
    """
    return [
        side_id
        for side_id, language in sides.items()
        if named(language) != original and side_id not in confirmed.get(named(language), ())
    ]
