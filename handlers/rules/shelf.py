"""Shared files: what can happen to one, in the words in which the journal keeps it."""

from enum import StrEnum


class FileChange(StrEnum):
    """The words are stored: a new one may be added, none may be changed."""

    SHARED = "file shared"
    AREA = "area of a file changed"
    TAKEN_OFF = "file taken off the shelf"
