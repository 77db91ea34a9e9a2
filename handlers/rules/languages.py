"""Which language a person reads, and in which order a group reads its two; named as the catalogues are."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

SPOKEN = ("en", "zh_Hans", "lo")
"""The languages the catalogues speak; the first one stands in for every other."""
OWN_NAMES: Mapping[str, str] = {"en": "English", "zh_Hans": "中文", "lo": "ພາສາລາວ"}
"""What each calls itself: the same in every language, so that everybody finds his own."""
ALTERNATING = "alternating"
"""The order of a group in which each post starts with the language the last one ended with."""


@lru_cache(maxsize=256)
def spoken(language: str | None) -> str | None:
    """The catalogue for a language as Telegram or a side writes it ("en-US", "zh-TW"); None where there is none."""
    wanted = (language or "").replace("-", "_").lower()
    exact = [known for known in SPOKEN if known.lower() == wanted]
    related = [known for known in SPOKEN if known.partition("_")[0].lower() == wanted.partition("_")[0]]
    return next(iter(exact + related), None)


def first_spoken(languages: Iterable[str | None]) -> str:
    """The first of several wishes that can be met, else English."""
    return next((known for language in languages if (known := spoken(language)) is not None), SPOKEN[0])


def all_spoken(languages: Iterable[str | None]) -> list[str]:
    """Those of several that there are catalogues for, each once; English where there is none."""
    found = dict.fromkeys(known for language in languages if (known := spoken(language)) is not None)
    return list(found) or [SPOKEN[0]]


def starting_with(language: str | None, languages: Sequence[str]) -> list[str]:
    """The same languages with one of them in front; as they are where it is none of them."""
    if language not in languages:
        return list(languages)
    at = languages.index(language)
    return [*languages[at:], *languages[:at]]


def in_order(languages: Sequence[str], order: str, turn: int) -> list[str]:
    """The languages of a group's post. `order` is ALTERNATING or the one that comes first, `turn` counts the posts."""
    first = languages[turn % len(languages)] if order == ALTERNATING else order
    return starting_with(first, languages)
