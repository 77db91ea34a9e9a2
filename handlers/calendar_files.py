"""The calendar file of a meeting for one person: read here, written in his language and his zone."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import working
from handlers.files import Make
from handlers.language import language_of
from handlers.meeting_cards import facts
from handlers.views import calendar_files as views
from handlers.views.calendar_files import EventFacts
from handlers.voices import voices
from storage import groups, people
from storage.tables import Meeting


async def gather(session: AsyncSession, args: Mapping[str, Any], now: datetime) -> Make:
    """What the file says: the meeting as it is by now."""
    meeting = await session.get_one(Meeting, args["meeting"])
    person = await people.get(session, args["person"])
    member = await people.membership(session, person.id, meeting.group_id)
    at = meeting.starts_at or meeting.created_at
    own = None if member is None else await working.of_member(session, member, now.date())
    cities = await working.cities(session, meeting.group_id)
    event = EventFacts(
        meeting=await facts(session, meeting),
        uid=f"meeting-{meeting.id}-{meeting.bot_id}-{int(meeting.created_at.timestamp())}@focalpoint.invalid",
        sequence=meeting.sequence,
        group=(await groups.get(session, meeting.group_id)).name,
        starts_at=at,
        ends_at=at + timedelta(minutes=meeting.minutes),
        zone=cities[0][1] if own is None else own.zone_at(at),
        written_at=now,
    )
    language = await language_of(session, person, meeting.group_id)
    (say,) = await voices(session, [language], meeting.group_id)
    return partial(views.written, event, say)
