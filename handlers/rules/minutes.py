"""The minutes of a meeting as facts: what every report of it is made of. No rows, no sentences."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from storage.kinds import DecisionState, MinutesState, Verdict


@dataclass(frozen=True)
class AttendeeFacts:
    """Somebody who was there, or sent word that he does not come; `side` is "" for who belongs to neither."""

    name: str
    title: str
    institution: str
    side: str


@dataclass(frozen=True)
class SaidFacts:
    """One note; `name` and `side` are "" where nobody is named."""

    text: str
    name: str = ""
    side: str = ""


@dataclass(frozen=True)
class PointFacts:
    """A point of the agenda with what was said to it; `text` is "" for what belongs to none."""

    text: str
    speaker: str
    said: tuple[SaidFacts, ...]


@dataclass(frozen=True)
class AnswerFacts:
    """What a side says to the minutes or to a decision; no verdict while it said nothing.

    `recorder` and `evidence` are set when a coordinator wrote it down for the person.
    """

    side: str
    verdict: Verdict | None = None
    person: str = ""
    at: datetime | None = None
    reason: str = ""
    recorder: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class AgreedFacts:
    """A decision recorded in the meeting; `others` are its texts beside the original, by language.

    `answers` are those of the sides as they are by now.
    """

    name: str
    text: str
    others: Mapping[str, str]
    area: str
    state: DecisionState
    answers: tuple[AnswerFacts, ...] = ()


@dataclass(frozen=True)
class StepFacts:
    """A next step: the responsible side, the person if there is one, and by when, as it was in the meeting."""

    name: str
    text: str
    side: str
    person: str
    due: date | None = None
    due_at: datetime | None = None

    @classmethod
    def of(cls, name: str, text: str, side: str, person: str, kept: Mapping[str, Any]) -> "StepFacts":
        """A step whose dates are as an edition keeps them."""
        due = date.fromisoformat(kept["due"]) if kept["due"] else None
        due_at = datetime.fromisoformat(kept["due_at"]) if kept["due_at"] else None
        return cls(name, text, side, person, due, due_at)


def last_day(answer_by: datetime, zone: ZoneInfo) -> date:
    """The day that ends at that instant."""
    return (answer_by - timedelta(seconds=1)).astimezone(zone).date()


@dataclass(frozen=True)
class MinutesFacts:
    """Everything that minutes say. `sides` are (name, institution); `next_number` and `next_at` the meeting after.

    `photo_id` is a photo by its Telegram id, or "". A report adds a block to sign for each side.
    """

    meeting_id: int
    group_id: int
    number: int
    edition: int
    minutes_id: int
    title: str
    group: str
    starts_at: datetime
    ended_at: datetime
    cities: tuple[tuple[str, ZoneInfo], ...]
    sides: tuple[tuple[str, str], ...]
    state: MinutesState
    place: str = ""
    link: str = ""
    languages: tuple[str, ...] = ()
    moderator: str = ""
    minute_taker: str = ""
    interpreter: str = ""
    present: tuple[AttendeeFacts, ...] = ()
    apologies: tuple[AttendeeFacts, ...] = ()
    points: tuple[PointFacts, ...] = ()
    agreed: tuple[AgreedFacts, ...] = ()
    steps: tuple[StepFacts, ...] = ()
    left: tuple[str, ...] = ()
    follows: int | None = None
    next_number: int | None = None
    next_at: datetime | None = None
    photo_id: str = ""
    answer_by: datetime | None = None
    answers: tuple[AnswerFacts, ...] = field(default=())

    @property
    def last_day(self) -> date | None:
        """The last day to object, where the first side is; `answer_by` is its end."""
        return None if self.answer_by is None else last_day(self.answer_by, self.cities[0][1])

    @property
    def args(self) -> dict[str, Any]:
        """What the buttons below the minutes carry."""
        return {"id": self.meeting_id, "group": self.group_id, "minutes": self.minutes_id}
