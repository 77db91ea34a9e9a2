"""A due date as somebody wrote it: read by his own wall clock, with a second reading where there is one."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from handlers import working
from handlers.refusals import DateUnread
from handlers.request import Request
from handlers.rules.dates import UnreadableDate, read_date
from handlers.views.tasks import DueFacts


@dataclass(frozen=True)
class DueReading:
    """What was taken, what was written, and what it may have meant instead."""

    due: DueFacts
    written: str
    other: DueFacts | None = None


async def read_due(request: Request, written: str) -> DueReading:
    """A date, with an instant if a time was given; raises DateUnread with the reason."""
    zone = ZoneInfo((await working.place_of(request.session, request.mine())).zone)
    try:
        found = read_date(written, request.now, zone)
    except UnreadableDate as unreadable:
        raise DateUnread(text=written, reason=unreadable.reason) from unreadable
    second = found.second
    other = _due(second.day, second.at, zone) if second is not None else None
    return DueReading(_due(found.day, found.at, zone), written, other)


def _due(day: date, at: time | None, zone: ZoneInfo) -> DueFacts:
    return DueFacts(day, datetime.combine(day, at, tzinfo=zone) if at is not None else None)
