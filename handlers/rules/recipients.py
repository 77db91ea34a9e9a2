"""Who hears a nudge, once it is known who is away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from handlers.rules.ladder import Recipient
from handlers.rules.nudging import DecisionStage
from handlers.rules.working_time import WorkingTime

LONGEST_WAIT = 5
"""Working days of the side within which somebody has to be at work to be asked himself."""


@dataclass(frozen=True)
class PersonFacts:
    """A person and the days he is away, both ends of each pair included.

    `gone` says that he does not work within the next five working days of his side, for whatever reason.
    """

    id: int
    leave: tuple[tuple[date, date], ...] = ()
    gone: bool = False

    def away_on(self, day: date) -> bool:
        """Whether somebody else is asked in his place that day: he is on leave, or gone for long."""
        return self.gone or any(first <= day <= last for first, last in self.leave)


@dataclass(frozen=True)
class SideFacts:
    """Who speaks for a side."""

    focal_point: PersonFacts | None = None
    alternate: PersonFacts | None = None


def recipient(
    meant: Recipient,
    on: date,
    *,
    person: PersonFacts | None,
    side: SideFacts,
    other: SideFacts,
    coordinators: tuple[PersonFacts, ...] = (),
) -> PersonFacts | None:
    """Who is told on that day in place of the one who is meant; None while nobody who may be told is there.

    `person` is the one responsible, `side` his side and `other` the one across the border. For a side for which nobody
    speaks the coordinators hear it.
    """
    asked = coordinators if meant is Recipient.COORDINATOR else _asked(meant, person, side, other)
    return _first_there(asked if any(asked) else coordinators, on)


def _asked(
    meant: Recipient, person: PersonFacts | None, side: SideFacts, other: SideFacts
) -> tuple[PersonFacts | None, ...]:
    """Who of the sides is asked, one after the other."""
    if meant is Recipient.OTHER_FOCAL:
        return other.focal_point, other.alternate
    if meant is Recipient.FOCAL_POINT:
        return _above(person, side)
    if person is None:
        return side.focal_point, side.alternate
    return person, side.alternate, side.focal_point


def decision_recipient(stage: DecisionStage, on: date, side: SideFacts) -> PersonFacts | None:
    """Who of the side that has not answered is told on that day; None while neither of the two is there."""
    if stage is DecisionStage.ANSWER_LATE:
        return _first_there((side.alternate, side.focal_point), on)
    return _first_there((side.focal_point, side.alternate), on)


def is_gone(own: WorkingTime, place: WorkingTime, now: datetime) -> bool:
    """Whether somebody works on none of the next five working days of his side; `place` is when the side works."""
    begins = own.next_moment(now)
    if begins is None:
        return True
    return place.working_days_between(own.local_date(now), own.local_date(begins)) > LONGEST_WAIT


def stand_in(person: PersonFacts, side: SideFacts, on: date) -> PersonFacts | None:
    """Who of his side is asked in a person's place; None while neither the alternate nor the focal point is there."""
    others = (each for each in (side.alternate, side.focal_point) if each is not None and each.id != person.id)
    return _first_there(others, on)


def _above(person: PersonFacts | None, side: SideFacts) -> tuple[PersonFacts | None, ...]:
    """Whom to turn to when the person did not answer: a focal point does not supervise himself."""
    focal, alternate = side.focal_point, side.alternate
    if person is not None and focal is not None and person.id == focal.id:
        return alternate, focal
    return focal, alternate


def _first_there(people: Iterable[PersonFacts | None], on: date) -> PersonFacts | None:
    return next((each for each in people if each is not None and not each.away_on(on)), None)
