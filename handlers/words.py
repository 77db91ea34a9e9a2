"""Words as they are kept: cleaned, not empty, not longer than a card can show."""

from handlers.refusals import Refusal, TooLong
from handlers.rules import text


def kept(written: str, limit: int, missing: Refusal) -> str:
    """Words as they are kept; raises `missing` where there are none, and TooLong over `limit` UTF-16 units."""
    words = text.clean(written)
    if text.visibly_empty(words):
        raise missing
    if text.units(words) > limit:
        raise TooLong(limit=limit, length=text.units(words))
    return words
