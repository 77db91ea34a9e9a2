"""Shared files: what can happen to one, in the words in which the journal keeps it."""

from collections.abc import Collection
from enum import StrEnum


class FileChange(StrEnum):
    """The words are stored: a new one may be added, none may be changed."""

    SHARED = "file shared"
    AREA = "area of a file changed"
    TAKEN_OFF = "file taken off the shelf"


def without_links(words: str, links: Collection[str]) -> str:
    """The words beside the links they were shared with; a link inside a sentence stays there."""
    rest = words.strip()
    while link := next((link for link in links if rest.startswith(link) or rest.endswith(link)), None):
        rest = rest.removeprefix(link).removesuffix(link).strip()
    return rest
