"""The nudging ladder of a group: which stage comes how many working days before or after the due date."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum, auto
from itertools import pairwise

FARTHEST_RUNG = 60
CATCH_UP_DAYS = 7
DEFAULT_LADDER = "-5 -1 0 +1 person; +2 focal; +5 coordinator"


class Stage(StrEnum):
    """What somebody is told about a task. Among stages of the same day the later one here is told."""

    LATER = auto()  # the person asked to hear again on this day
    EARLIEST = auto()  # the third rung before the due date, counted back from it
    EARLY = auto()
    SOON = auto()  # the last rung before the due date
    TODAY = auto()
    LATE = auto()  # the first rung after the due date
    STILL_LATE = auto()
    BLOCKED = auto()  # the focal point hears that it is blocked
    FOCAL_POINT = auto()  # the focal point hears that it is late
    WAITING = auto()  # the other side hears that the task waits for it
    COORDINATOR = auto()
    LISTED = auto()  # too old to nudge about: listed as overdue


class Recipient(StrEnum):
    """Who is meant, before anybody asks who is away."""

    PERSON = auto()
    FOCAL_POINT = auto()
    OTHER_FOCAL = auto()
    COORDINATOR = auto()


RECIPIENT_WORDS = {
    "person": Recipient.PERSON,
    "focal": Recipient.FOCAL_POINT,
    "coordinator": Recipient.COORDINATOR,
}
ESCALATIONS = {Recipient.FOCAL_POINT: Stage.FOCAL_POINT, Recipient.COORDINATOR: Stage.COORDINATOR}
RECIPIENT_ORDER = tuple(RECIPIENT_WORDS.values())

# Counted outward from the due date, so that a rung added farther out leaves the names of the others alone.
STAGES_BEFORE = (Stage.SOON, Stage.EARLY, Stage.EARLIEST)
STAGES_AFTER = (Stage.LATE, Stage.STILL_LATE)


@dataclass(frozen=True)
class Rung:
    """One step: working days from the due date (below zero before it), what is told, and to whom."""

    offset: int
    stage: Stage
    recipient: Recipient


@dataclass(frozen=True)
class Ladder:
    """The rungs from the earliest to the latest. `catch_up_days` are calendar days after which a rung is old."""

    rungs: tuple[Rung, ...]
    catch_up_days: int = CATCH_UP_DAYS

    def __post_init__(self) -> None:
        if not self.rungs:
            raise ValueError(f'The ladder has no rung. Write for example "{DEFAULT_LADDER}".')
        if self.catch_up_days < 1:
            raise ValueError("The catch-up window has at least one day.")

    @classmethod
    def parse(cls, text: str, catch_up_days: int = CATCH_UP_DAYS) -> "Ladder":
        """A ladder such as "-5 -1 0 +1 person; +2 focal; +5 coordinator".

        Raises ValueError with one plain sentence.
        """
        steps = sorted(_read_steps(text), key=lambda step: step[0])
        _check(steps)
        return cls(tuple(_rungs(steps)), catch_up_days)

    def format(self) -> str:
        """The ladder as `parse` reads it."""
        parts = []
        for word, recipient in RECIPIENT_WORDS.items():
            offsets = [rung.offset for rung in self.rungs if rung.recipient is recipient]
            if offsets:
                parts.append(" ".join([*(f"{offset:+d}" if offset else "0" for offset in offsets), word]))
        return "; ".join(parts)


Step = tuple[int, Recipient]


def _read_steps(text: str) -> Iterator[Step]:
    for part in filter(None, (each.strip() for each in text.split(";"))):
        *offsets, word = part.split()
        if word.lower() not in RECIPIENT_WORDS:
            raise ValueError(f'"{part}" does not say who hears: end it with person, focal or coordinator.')
        if not offsets:
            raise ValueError(f'"{part}" does not say when: write for example "+2 {word}".')
        for offset in offsets:
            yield _offset(offset), RECIPIENT_WORDS[word.lower()]


def _offset(text: str) -> int:
    if re.fullmatch(r"[+-]?\d{1,3}", text, re.ASCII) is None:
        raise ValueError(f'"{text}" is not a number of working days. Write for example -5, 0 or +2.')
    if abs(int(text)) > FARTHEST_RUNG:
        raise ValueError(f'"{text}" is too far: a rung is at most {FARTHEST_RUNG} working days away.')
    return int(text)


def _check(steps: list[Step]) -> None:
    for (one, first), (two, second) in pairwise(steps):
        if one == two:
            raise ValueError(f"Two rungs stand on the same day ({one:+d}): a task is told once a day.")
        if RECIPIENT_ORDER.index(first) > RECIPIENT_ORDER.index(second):
            raise ValueError("The ladder climbs from the person to the focal point to the coordinator.")
    for recipient in ESCALATIONS:
        offsets = [offset for offset, who in steps if who is recipient]
        if len(offsets) > 1:
            raise ValueError("The focal point and the coordinator have one rung each.")
        if any(offset < 1 for offset in offsets):
            raise ValueError("The focal point and the coordinator hear only after the due date.")


def _rungs(steps: list[Step]) -> Iterator[Rung]:
    own = [offset for offset, recipient in steps if recipient is Recipient.PERSON]
    before = [offset for offset in reversed(own) if offset < 0]
    after = [offset for offset in own if offset > 0]
    stages = {0: Stage.TODAY, **_named(before, STAGES_BEFORE), **_named(after, STAGES_AFTER)}
    for offset, recipient in steps:
        yield Rung(offset, ESCALATIONS.get(recipient) or stages[offset], recipient)


def _named(offsets: Iterable[int], stages: tuple[Stage, ...]) -> dict[int, Stage]:
    offsets = list(offsets)
    if len(offsets) > len(stages):
        raise ValueError("The person has at most three rungs before the due date and two after it.")
    return dict(zip(offsets, stages, strict=False))
