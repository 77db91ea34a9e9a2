"""A due date as somebody wrote it: in his own words first, by his own wall clock, with what it may mean instead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import working
from handlers.language import language_of
from handlers.refusals import DateUnread
from handlers.request import Request
from handlers.rules.dates import Doubt, Holiday, Known, UnreadableDate, read_date
from handlers.rules.holiday_names import holidays
from handlers.rules.languages import SPOKEN, starting_with
from handlers.views.tasks import DueFacts
from storage import calendars, groups, own_days
from storage.kinds import DayKind
from storage.remembering import once
from storage.tables import Side

AHEAD = timedelta(days=1827)
"""So far ahead a holiday may lie whose year is named: a date may not be further."""


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
        return self.doubt is not None and self.doubt.asks

    @property
    def asks_for_day(self) -> bool:
        """The same where a day alone is wanted: an hour that is in doubt changes nothing then."""
        return self.asks and self.doubt not in (Doubt.MORNING_OR_EVENING, Doubt.PART_OF_DAY)


async def read_due(request: Request, written: str, side: Side | None = None) -> DueReading:
    """A date, with an instant if a time was given; raises DateUnread with the reason.

    Working days are those of `side`, else of the asker's own place.
    """
    own = await zone_of_asker(request)
    try:
        found = read_date(written, request.now, own, await languages_of(request), await known_to(request, side))
    except UnreadableDate as unreadable:
        raise DateUnread(text=written, reason=unreadable.reason) from unreadable
    zone, second = found.zone or own, found.second
    other = _due(second.day, second.at, zone) if second is not None else None
    return DueReading(_due(found.day, found.at, zone), written, other, found.doubt)


async def known_to(request: Request, side: Side | None = None) -> Known:
    """The working days and holidays by which a date is read: those of `side`, else of the asker's own place."""
    place = side or await working.place_of(request.session, request.mine())
    return Known(await working.of_place(request.session, place), await _holidays(request))


async def _holidays(request: Request) -> tuple[Holiday, ...]:
    """The named days of both countries and institutions from this year on, those that are over too."""
    session, group_id, today = request.session, request.here().id, request.now.date()
    return await once(session, ("holidays", group_id, today), lambda: _read_holidays(session, group_id, today))


async def _read_holidays(session: AsyncSession, group_id: int, today: date) -> tuple[Holiday, ...]:
    named, sides = [], await groups.sides(session, group_id)
    first = today.replace(month=1, day=1)
    for country in {side.country for side in sides}:
        rows = await calendars.rows(session, country, first, today + AHEAD)
        named += [(row.day, working.name_of(row)) for row in rows if row.kind is not DayKind.ON]
    for side in sides:
        own = await own_days.of_side(session, side.id, since=first)
        named += [(row.first_day, working.own_name_of(row)) for row in own if row.kind is DayKind.OFF]
    return holidays(named)


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
