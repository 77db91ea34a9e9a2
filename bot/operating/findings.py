"""What a look at the installation finds: one graded plain line each."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum, auto

from bot.exits import Exit


class Grade(StrEnum):
    """Nothing to do, worth a look, or to be put right."""

    OK = auto()
    LOOK = auto()
    WRONG = auto()


@dataclass(frozen=True)
class Finding:
    """One line for the operator; `str()` is how it is printed."""

    grade: Grade
    text: str

    def __str__(self) -> str:
        return f"{self.grade}: {self.text}"


def fine(text: str) -> Finding:
    """Nothing to do here."""
    return Finding(Grade.OK, text)


def look(text: str) -> Finding:
    """Somebody should look at this; the bot works."""
    return Finding(Grade.LOOK, text)


def wrong(text: str) -> Finding:
    """This has to be put right."""
    return Finding(Grade.WRONG, text)


def exit_code(findings: Iterable[Finding]) -> Exit:
    """Whether anything has to be put right."""
    return Exit.WRONG if any(finding.grade is Grade.WRONG for finding in findings) else Exit.FINE
