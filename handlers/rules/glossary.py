"""The working group's own words in its three languages, and how a search uses them."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files

from handlers.rules.text import searchable

LANGUAGES: Mapping[str, str] = {"en": "en", "zh": "zh_Hans", "lo": "lo"}
"""The columns of glossary.tsv and the language each is in."""

Spelling = tuple[str, ...]
"""Pieces of a text, all of which have to stand in it; one with a space in front has to begin a word."""
Word = tuple[Spelling, ...]
"""Ways of writing one thing, one of which is enough."""

BETWEEN_VARIANTS = " | "
# What people write between two words; a text that has the words without it is meant too.
_JOINING = frozenset({"和", "与", "及", "或", "的", "ແລະ", "ຫລື", "ຂອງ", "ກັບ", "and", "or"})
_PAUSES = re.compile(r"[,;、，；。“”„«»\"()（）「」《》]")
_UNSPACED = re.compile("[\u0e80-\u0eff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")
_LATIN = re.compile("[a-z]")


@cache
def concepts() -> tuple[Mapping[str, tuple[str, ...]], ...]:
    """Every concept with its terms by language, the usual one first."""
    text = files(__package__).joinpath("glossary.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(
        {language: tuple(row[column].split(BETWEEN_VARIANTS)) for column, language in LANGUAGES.items()} for row in rows
    )


def read(query: str) -> tuple[Word, ...]:
    """What a search looks for: every word of the query in each way of writing it that the glossary knows."""
    tokens = [folded for token in _PAUSES.sub(" ", query).split() if (folded := searchable(token))]
    return tuple(dict.fromkeys(_words(tokens))) or tuple(_meant((token,)) for token in tokens)


def as_typed(words: Iterable[Word]) -> tuple[str, ...]:
    """The pieces of a query as they were typed; with a space on both sides where they have to be whole words."""
    typed = dict.fromkeys(piece for word in words for piece in word[0])
    return tuple(piece if _UNSPACED.search(piece) else f" {piece} " for piece in typed)


def _words(tokens: list[str]) -> Iterator[Word]:
    start = 0
    while start < len(tokens):
        end = _end_of_term(tokens, start)
        if end:
            yield _meant(tuple(tokens[start:end]))
        elif tokens[start] not in _JOINING:
            yield from _pieces(tokens[start])
        start = end or start + 1


def _end_of_term(tokens: list[str], start: int) -> int:
    """Behind the longest term that begins there; 0 where none does."""
    for end in range(min(len(tokens), start + _most_tokens()), start, -1):
        if _known(searchable(*tokens[start:end])):
            return end
    return 0


def _pieces(token: str) -> Iterator[Word]:
    """A word as it stands; one without spaces, as Chinese and Lao are written, by the terms in it.

    A text that has all of it has all its pieces too, so nothing is lost by the cut.
    """
    found = list(_cut(token)) if _UNSPACED.search(token) else [token]
    kept = [piece for piece in found if piece not in _JOINING] or found
    for piece in kept:
        yield _meant((piece,))


def _cut(text: str) -> Iterator[str]:
    rest = ""
    start = 0
    while start < len(text):
        term = next((term for term in _unspaced_terms() if text.startswith(term, start)), "")
        if term and rest:
            yield rest
            rest = ""
        if term:
            yield term
        else:
            rest += text[start]
        start += len(term) or 1
    if rest:
        yield rest


def _meant(tokens: Spelling) -> Word:
    """The tokens as they were typed, or any other way of writing the concept they name."""
    others = dict.fromkeys((_spelled(term),) for term in _same(searchable(*tokens)))
    return tuple(dict.fromkeys((tokens, *others)))


def _spelled(term: str) -> str:
    # Otherwise the ILO would be found in every pilot.
    return f" {term}" if _LATIN.match(term) else term


def _same(term: str) -> Iterable[str]:
    return _terms().get(term) or _terms().get(_singular(term), ())


def _known(term: str) -> bool:
    return bool(_same(term))


def _singular(term: str) -> str:
    return term[:-1] if _LATIN.match(term) and term.endswith("s") else term


@cache
def _terms() -> Mapping[str, tuple[str, ...]]:
    """Each term as a search folds it, with every term that means the same, itself among them."""
    found: dict[str, dict[str, None]] = {}
    for concept in concepts():
        together = [searchable(term) for terms in concept.values() for term in terms]
        for term in together:
            found.setdefault(term, {}).update(dict.fromkeys(together))
    return {term: tuple(same) for term, same in found.items()}


@cache
def _unspaced_terms() -> tuple[str, ...]:
    """The terms that may stand in a text without spaces, longest first."""
    return tuple(sorted((term for term in _terms() if _UNSPACED.match(term)), key=len, reverse=True))


@cache
def _most_tokens() -> int:
    return max(len(term.split()) for term in _terms())
