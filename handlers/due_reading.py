"""A due date as somebody wrote it: in his own words first, by his own wall clock, with what it may mean instead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from handlers import working
from handlers.language import language_of
from handlers.refusals import DateUnread
from handlers.request import Request
from handlers.rules.dates import Doubt, UnreadableDate, read_date
from handlers.rules.languages import SPOKEN, starting_with
from handlers.views.tasks import DueFacts
from storage.tables import Side

MILD = frozenset({Doubt.TODAY_OR_LATER, Doubt.THIS_OR_NEXT_WEEK, Doubt.DAY_OR_MONTH_FIRST, Doubt.FRIDAY_OR_SUNDAY})
"""Doubts in which the likelier reading is taken and the other one offered; in any other one nothing is taken yet."""


@dataclass(frozen=True)
class DueReading:
    """What was read, what was written ("" where a button was pressed), and what it may have meant instead."""

    due: DueFacts
    written: str = ""
    other: DueFacts | None = None
    doubt: Doubt | None = None

    @property
    def asks(self) -> bool:
        """Whether the person has to say first what he meant."""
        return self.doubt is not None and self.doubt not in MILD


async def read_due(request: Request, written: str, side: Side | None = None) -> DueReading:
    """A date, with an instant if a time was given; raises DateUnread with the reason.

    Working days are those of `side`, else of the asker's own place.
    """
    zone = await zone_of_asker(request)
    try:
        found = read_date(written, request.now, zone, await languages_of(request))
    except UnreadableDate as unreadable:
        raise DateUnread(text=written, reason=unreadable.reason) from unreadable
    second = found.second
    other = _due(second.day, second.at, zone) if second is not None else None
    return DueReading(_due(found.day, found.at, zone), written, other, found.doubt)


async def zone_of_asker(request: Request) -> ZoneInfo:
    """The zone whose clocks the asker lives by now, also on a journey."""
    own = await working.of_member(request.session, request.mine(), request.now.date())
    return own.zone_at(request.now)


async def languages_of(request: Request) -> Sequence[str]:
    """The languages in which the asker's dates are read: his own first, then the others."""
    group_id = None if request.group is None else request.group.id
    return starting_with(await language_of(request.session, request.person, group_id), SPOKEN)


def _due(day: date, at: time | None, zone: ZoneInfo) -> DueFacts:
    return DueFacts(day, datetime.combine(day, at, tzinfo=zone) if at is not None else None)
