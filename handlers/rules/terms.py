"""A group's own words: terms of the glossary that it wants to read differently in one language.

Only whole terms change, the longest first: whoever says something else for "focal point" leaves "alternate focal point"
as it is. Tags, placeholders, commands and examples in <code> stay as they are; values never come near.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from markupsafe import Markup

from handlers.rules.glossary import concepts
from handlers.rules.languages import SPOKEN
from handlers.rules.text import clean, units

LONGEST = 40
"""UTF-16 units of a word of one's own: it also stands on buttons."""
# What no word is looked for in: examples, tags, placeholders, commands.
_KEPT = r"<code>.*?</code>|<[^<>]*>|\{[^{}]*\}|/\w+"
_BY_LETTERS = frozenset({"en"})
"""Languages whose words end at spaces, begin with a capital and have a plural in s."""

Words = Mapping[str, str]
"""What a group says, by the term of the glossary (folded) it says it for."""


class UnreadableTerm(ValueError):
    """What was typed is not `term = word`, or its term is none of the glossary's."""


@cache
def terms(language: str) -> frozenset[str]:
    """Every term of the glossary in a language, folded."""
    return frozenset(_fold(term) for concept in concepts() for term in concept.get(language, ()))


def language_of(term: str) -> str | None:
    """The language in whose glossary a term stands; None for no term."""
    return next((language for language in SPOKEN if _fold(term) in terms(language)), None)


def read(typed: str) -> tuple[str, str, str]:
    """`term = word` as (language, folded term, word). Raises UnreadableTerm."""
    term, _, word = (part.strip() for part in clean(typed).replace("＝", "=").partition("="))
    language = language_of(term)
    if language is None or not word or units(word) > LONGEST or "\n" in word:
        raise UnreadableTerm(typed)
    return language, _fold(term), word


def replacing(language: str, words: Words) -> Callable[[str], str]:
    """A function that puts a group's words into a sentence of that language before its values are filled in."""
    if not words:
        return str
    pattern = _pattern(language, frozenset(words))

    def replaced(found: re.Match[str]) -> str:
        term = found["term"]
        if term is None or _fold(term) not in words:
            return found[0]
        return _dressed(words[_fold(term)], term, found["plural"] or "")

    return lambda sentence: pattern.sub(replaced, sentence)


def _dressed(word: str, term: str, plural: str) -> str:
    shown = word[:1].upper() + word[1:] if term[:1].isupper() else word
    # The sentence is Telegram's HTML and is formatted afterwards: what people typed is neither.
    return str(Markup.escape(shown + plural)).replace("{", "{{").replace("}", "}}")


@cache
def _pattern(language: str, more: frozenset[str]) -> re.Pattern[str]:
    known = sorted(terms(language) | more, key=len, reverse=True)
    either = "|".join(re.escape(term) for term in known)
    if language in _BY_LETTERS:
        return re.compile(rf"{_KEPT}|\b(?P<term>{either})(?P<plural>s?)\b", re.IGNORECASE | re.DOTALL)
    return re.compile(rf"{_KEPT}|(?P<term>{either})(?P<plural>)", re.IGNORECASE | re.DOTALL)


def _fold(term: str) -> str:
    return " ".join(term.split()).casefold()


def by_language(rows: Iterable[tuple[str, str, str]]) -> Mapping[str, Words]:
    """(language, term, word) by language, as `replacing` takes it."""
    found: dict[str, dict[str, str]] = {}
    for language, term, word in rows:
        found.setdefault(language, {})[term] = word
    return found
