"""The minutes of a meeting as a Word document that both sides sign, in the languages of both."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import meeting_steps as steps
from handlers import minutes_facts
from handlers.files import MadeFile, Make, WithFile
from handlers.papers import word
from handlers.permission import may
from handlers.refusals import NotNow, StaleButton
from handlers.reply import File, Reply, says
from handlers.request import Request
from handlers.rules.languages import all_spoken
from handlers.rules.names import meeting_name
from handlers.rules.rights import Act
from handlers.views import meeting_minutes as texts
from handlers.views import minutes_papers as views
from handlers.voices import voices
from storage import groups, meetings


async def asked(request: Request) -> Reply:
    """[As a Word document] below the minutes. Raises NotNow where there are none."""
    request.here()
    await may(request, Act.SEE)
    meeting = await steps.meant(request)
    if await minutes_facts.latest(request.session, meeting) is None:
        raise NotNow(name=meeting_name(meeting.number), state=f"meeting_{meeting.state}")
    languages = all_spoken(side.language for side in await groups.sides(request.session, meeting.group_id))
    args = {"meeting": meeting.id, "languages": languages}
    return says(File("minutes", args, texts.paper(meeting_name(meeting.number)), group_id=meeting.group_id))


async def minutes_file(session: AsyncSession, args: Mapping[str, Any], _now: datetime) -> Make | WithFile:
    """Reads what the document says; `args` are "meeting" and "languages". A photo has to be fetched first."""
    meeting = await meetings.get(session, args["meeting"])
    facts = None if meeting is None else await minutes_facts.latest(session, meeting)
    if facts is None:
        raise StaleButton
    spoken = await voices(session, args["languages"], facts.group_id)
    day = facts.starts_at.astimezone(facts.cities[0][1]).date()
    name = f"minutes-{meeting_name(facts.number)}-{day.isoformat()}.docx"

    def make(photo: bytes | None) -> MadeFile:
        return MadeFile(name, word.docx(views.paper(facts, spoken, photo)))

    return WithFile(facts.photo_id, make) if facts.photo_id else lambda: make(None)
