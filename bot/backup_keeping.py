"""Which of the copies made by the running bot are kept: close together of late, further apart of old. Pure."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

EVERY = timedelta(hours=1)
HOURLY, DAILY, WEEKLY = 24, 7, 5
KEPT: tuple[tuple[int, Callable[[datetime], object]], ...] = (
    (HOURLY, lambda at: (at.date(), at.hour)),
    (DAILY, lambda at: at.date()),
    (WEEKLY, lambda at: at.isocalendar()[:2]),
)
"""How many stretches of time keep their newest copy, and what makes two moments belong to the same one."""


def is_due(made: Iterable[datetime], now: datetime) -> bool:
    """Whether a copy is to be made; one from the future was made by a wrong clock and tells nothing."""
    return all(now - at >= EVERY for at in made if at <= now)


def to_drop(made: Iterable[datetime], now: datetime) -> list[datetime]:
    """The copies no stretch needs any more, oldest first; one from the future is left for somebody to look at."""
    past = sorted((at for at in made if at <= now), reverse=True)
    kept = {at for most, stretch in KEPT for at in _newest_of_each(past, stretch)[:most]}
    return [at for at in reversed(past) if at not in kept]


def _newest_of_each(newest_first: list[datetime], stretch: Callable[[datetime], object]) -> list[datetime]:
    found: dict[object, datetime] = {}
    for at in newest_first:
        found.setdefault(stretch(at), at)
    return list(found.values())
