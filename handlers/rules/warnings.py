"""What speaks against a date, and which days near it suit both sides. Values in, values out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum, auto

from handlers.rules.day_layers import DayName, Layer
from handlers.rules.working_time import ONE_DAY, SEARCH_DAYS, WorkingTime
from storage.kinds import YearState


class Weight(StrEnum):
    """How much a warning weighs: it asks for another day, is mentioned, or is noted once."""

    ASK = auto()
    MENTION = auto()
    NOTE = auto()


@dataclass(frozen=True)
class Place:
    """One side as a date is judged by it.

    `unconfirmed` are years that nobody confirmed in its country, `observed` its feasts on which people work.
    """

    side_id: int
    name: str
    country: str
    working: WorkingTime
    responsible: bool = False
    unconfirmed: Mapping[int, YearState] = field(default_factory=dict)
    observed: Mapping[date, DayName] = field(default_factory=dict)

    def day_of(self, day: date, at: datetime | None) -> date:
        """The date over there: the due date, or that of the instant where a time was given."""
        return day if at is None else self.working.local_date(at)


@dataclass(frozen=True)
class Doer:
    """A person responsible for what is due, by name, and when he works."""

    name: str
    side_id: int
    working: WorkingTime


@dataclass(frozen=True)
class DateWarning:
    """One thing that speaks against a date, at one side: a day off, or a year of its country that nobody confirmed.

    Or the feast of a day on which people work (`observed`); or a `person` who is away then, or in another `city`.
    """

    weight: Weight
    side_id: int
    side: str
    day: date
    layer: Layer | None = None
    name: DayName | None = None
    country: str = ""
    state: YearState = YearState.CONFIRMED
    observed: bool = False
    person: str = ""
    city: str = ""

    @property
    def reason(self) -> str:
        """What tells this warning from others about the same date; the holiday's name may be corrected later."""
        return f"{self.layer}:{self.side_id}"


def warnings(
    day: date, at: datetime | None, places: Sequence[Place], doers: Sequence[Doer] = ()
) -> tuple[DateWarning, ...]:
    """What speaks against a due date: days off first, those of the responsible sides before the others'."""
    ordered = sorted(places, key=lambda place: not place.responsible)
    off = [warning for place in ordered if (warning := _day_off(place, place.day_of(day, at))) is not None]
    own = [warning for doer in doers if (warning := _elsewhere(doer, day, at, ordered)) is not None]
    return (*_less_the_same_weekend(off), *own, *_observed(ordered, day, at), *_unconfirmed(ordered, day, at))


def _elsewhere(doer: Doer, day: date, at: datetime | None, places: Sequence[Place]) -> DateWarning | None:
    """That a person is on leave on a day on which his side works, which asks; or on a journey, which is mentioned."""
    own, place = doer.working, next(place for place in places if place.side_id == doer.side_id)
    there = day if at is None else own.local_date(at)
    if own.why(there).layer is Layer.LEAVE and place.working.works_on(there):
        return DateWarning(Weight.ASK, place.side_id, place.name, there, Layer.LEAVE, person=doer.name)
    city = next((stay.city for stay in reversed(own.stays) if stay.first <= there <= stay.last), "")
    if not city or not own.works_on(there):
        return None
    return DateWarning(Weight.MENTION, place.side_id, place.name, there, person=doer.name, city=city)


def _observed(places: Sequence[Place], day: date, at: datetime | None) -> list[DateWarning]:
    """The feasts of that day, each country's once."""
    found: dict[str, DateWarning] = {}
    for place in places:
        there = place.day_of(day, at)
        name = place.observed.get(there)
        if name is not None:
            warning = DateWarning(Weight.MENTION, place.side_id, place.name, there, name=name, observed=True)
            found.setdefault(place.country, warning)
    return list(found.values())


def _day_off(place: Place, day: date) -> DateWarning | None:
    reason = place.working.why(day)
    if reason.works:
        return None
    weight = Weight.ASK if place.responsible else Weight.MENTION
    return DateWarning(weight, place.side_id, place.name, day, reason.layer, reason.name)


def _less_the_same_weekend(off: list[DateWarning]) -> list[DateWarning]:
    """Nobody needs to hear that a Sunday is one on the other side too."""
    asked = any(each.weight is Weight.ASK for each in off)
    return [each for each in off if not (asked and each.weight is Weight.MENTION and each.layer is Layer.WEEK)]


def _unconfirmed(places: Sequence[Place], day: date, at: datetime | None) -> list[DateWarning]:
    found: dict[str, DateWarning] = {}
    for place in places:
        there = place.day_of(day, at)
        state = place.unconfirmed.get(there.year)
        if state is not None:
            note = DateWarning(Weight.NOTE, place.side_id, place.name, there, country=place.country, state=state)
            found.setdefault(place.country, note)
    return list(found.values())


def nearest(day: date, today: date, places: Sequence[Place], doers: Sequence[Doer] = ()) -> tuple[date, ...]:
    """The last day before and the first day after on which every side and everybody works; none that is past."""
    before = (day - n * ONE_DAY for n in range(1, (day - today).days + 1))
    after = (day + n * ONE_DAY for n in range(1, SEARCH_DAYS))
    found = (next((each for each in days if _all_work((*places, *doers), each)), None) for days in (before, after))
    return tuple(each for each in found if each is not None)


def _all_work(those: Sequence[Place | Doer], day: date) -> bool:
    return all(each.working.works_on(day) for each in those)
