"""Fixed meetings on days off: told once, at work, to whoever can move them, with days that suit both sides."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.meeting_cards import facts
from handlers.nudge_facts import GroupFacts
from handlers.reply import Effect, Private
from handlers.rules import moments
from handlers.rules.recipients import PersonFacts
from handlers.rules.warnings import DateWarning, Place, Weight, nearest, warnings
from handlers.views import meeting_warnings as views
from storage import meetings, notices
from storage.kinds import MeetingState, Priority
from storage.tables import Meeting

SOON = timedelta(hours=1)
"""How long to wait for somebody of whom nobody knows when he works next."""
KEY = "meeting_off"


async def look_over(session: AsyncSession, group: GroupFacts, now: datetime) -> tuple[list[Effect], list[datetime]]:
    """What is said of a group's meetings now, and the moments at which others may hear of them."""
    effects: list[Effect] = []
    looks: list[datetime] = []
    for meeting in await meetings.coming(session, group.group.id):
        if meeting.state is MeetingState.FIXED and meeting.starts_at is not None and meeting.starts_at > now:
            said, later = await _of_meeting(session, group, meeting, meeting.starts_at, now)
            effects += said
            looks += later
    return effects, looks


async def _of_meeting(
    session: AsyncSession, group: GroupFacts, meeting: Meeting, starts_at: datetime, now: datetime
) -> tuple[list[Effect], list[datetime]]:
    places = [Place(side.id, side.name, side.country, group.working[side.id], responsible=True) for side in group.sides]
    local = starts_at.astimezone(places[0].working.zone)
    found = [each for each in warnings(local.date(), starts_at, places) if each.weight is Weight.ASK]
    effects: list[Effect] = []
    looks: list[datetime] = []
    for person_id in _movers(group, meeting, found):
        new = [each for each in found if not await notices.told(session, person_id, _matter(meeting, each))]
        moment = moments.moment(person_id, group.own_time[person_id], now, group.quiet) if new else None
        if new and (moment is None or moment > now):
            looks.append(moment or now + SOON)
        elif new:
            for each in new:
                await notices.tell(session, person_id, _matter(meeting, each), now)
            effects.append(await _told(session, meeting, person_id, local, _others(local, now, places)))
    return effects, looks


def _movers(group: GroupFacts, meeting: Meeting, found: Sequence[DateWarning]) -> list[int]:
    """Who called the meeting, and who speaks for the sides that are off then."""
    sides = [group.side(each.side_id) for each in found]
    speakers = [_there(group, side.focal_point, side.alternate) for side in sides]
    asked = [group.person(meeting.created_by), *speakers] if found else []
    return list(dict.fromkeys(each.id for each in asked if each is not None))


def _there(group: GroupFacts, *speakers: PersonFacts | None) -> PersonFacts | None:
    present = (each for each in speakers if each is not None and not each.away_on(group.today(each.id)))
    return next(present, None)


def _others(local: datetime, now: datetime, places: Sequence[Place]) -> tuple[datetime, ...]:
    """The same time on the nearest days on which both sides work."""
    days: Sequence[date] = nearest(local.date(), now.astimezone(local.tzinfo).date(), places)
    found = (datetime.combine(day, local.time(), tzinfo=local.tzinfo) for day in days)
    return tuple(each for each in found if each > now)


async def _told(
    session: AsyncSession, meeting: Meeting, person_id: int, local: datetime, others: Sequence[datetime]
) -> Private:
    view = partial(views.became_off, await facts(session, meeting), local, others)
    key = f"{KEY}:{meeting.id}:{int(local.timestamp())}:{person_id}:{meeting.version}"
    return Private(person_id, view, meeting.group_id, key, otherwise=view, priority=Priority.NUDGE)


def _matter(meeting: Meeting, warning: DateWarning) -> str:
    assert meeting.starts_at is not None, "only fixed meetings are looked at"
    return f"{KEY}:{meeting.id}:{int(meeting.starts_at.timestamp())}:{warning.reason}"
