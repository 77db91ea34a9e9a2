"""Names of people without Telegram: a line each, "Name, title, institution". Values in, values out."""

import re
from dataclasses import dataclass

MOST = 40
"""Names that are taken at once."""
PART = 120
"""Letters of each part."""
_BETWEEN = re.compile(r"\s*[,;，；、]\s*")


@dataclass(frozen=True)
class Guest:
    """Somebody who is at a meeting and has no Telegram."""

    name: str
    title: str = ""
    institution: str = ""


def read_guests(words: str) -> tuple[Guest, ...]:
    """Everybody named; what stands behind the second comma is the institution, commas and all."""
    lines = [" ".join(line.split()) for line in words.splitlines()]
    return tuple(guest for line in lines if (guest := _guest(line)) is not None)[:MOST]


def _guest(line: str) -> Guest | None:
    parts = [part[:PART] for part in _BETWEEN.split(line, maxsplit=2)]
    name, title, institution = [*parts, "", ""][:3]
    return Guest(name, title, institution) if name else None
