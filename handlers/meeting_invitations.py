"""Inviting everybody to a meeting whose time is fixed, and the calendar files that follow every change."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import meeting_steps as steps
from handlers import working
from handlers.meeting_cards import facts
from handlers.permission import may
from handlers.reply import Effect, File, Post, Reply
from handlers.request import Request
from handlers.rules.meeting_changes import MeetingChange
from handlers.rules.names import meeting_name
from handlers.rules.rights import Act
from handlers.views import meeting_invitations as views
from storage import attendance, notices, people
from storage.kinds import Coming, MeetingState, Priority, Role
from storage.tables import Attendance, Meeting

MAKER = "calendar_file"


async def fixed(request: Request, meeting: Meeting, at: datetime) -> tuple[Effect, ...]:
    """The time is fixed, or changed: everybody is invited with a file for his calendar, and asked anew."""
    before = meeting.starts_at
    moved = before is not None and before != at
    meeting.state, meeting.starts_at = MeetingState.FIXED, at
    meeting.fixed_at = meeting.fixed_at or request.now
    if moved:
        meeting.sequence += 1
        await attendance.ask_anew(request.session, meeting.id)
    members = [member for member, _ in await people.members(request.session, meeting.group_id)]
    invited = [member for member in members if member.role is not Role.OBSERVER]
    await attendance.invite(request.session, meeting.id, invited)
    change = MeetingChange.MOVED if moved else MeetingChange.FIXED
    await steps.note(request, meeting, change, {"starts_at": before} if moved else None, starts_at=at)
    files = await send(request.session, meeting, request.now)
    return (*await _posted(request, meeting), *files)


async def answer(request: Request) -> Reply:
    """[Coming], [Perhaps], [Not coming]: the presser's answer; the latest counts."""
    meeting = await steps.meant(request)
    await may(request, Act.ANSWER_INVITATION)
    steps.still(meeting, frozenset({MeetingState.FIXED, MeetingState.OPEN}))
    member, coming = request.mine(), Coming(request.args["coming"])
    await attendance.invite(request.session, meeting.id, [member])
    row = await attendance.of_person(request.session, meeting.id, request.person.id)
    assert row is not None, "who is invited has a row"
    if row.coming is not coming:
        await attendance.answer(request.session, row, coming, request.now)
        after = {"person": request.person.id, "coming": coming}
        await steps.write(request, meeting, MeetingChange.ANSWERED, None, **after)
    return await steps.acknowledged(request, meeting, views.answered(meeting_name(meeting.number), coming))


async def send(session: AsyncSession, meeting: Meeting, now: datetime) -> tuple[Effect, ...]:
    """The calendar file as it is by now to everybody who has not this edition of it yet."""
    rows = [row for row in await attendance.of(session, meeting.id) if row.person_id is not None]
    wanted = [row for row in rows if await _may_have(session, meeting, row)]
    files: list[Effect] = []
    for row in wanted:
        assert row.person_id is not None, "guests were left out"
        if await notices.tell(session, row.person_id, matter(meeting), now):
            files.append(await _file(session, meeting, row.person_id))
    return tuple(files)


def matter(meeting: Meeting) -> str:
    """The edition of a meeting's calendar file, as it is told once."""
    return f"calendar_file:{meeting.id}:{meeting.sequence}:{meeting.state}"


async def _may_have(session: AsyncSession, meeting: Meeting, row: Attendance) -> bool:
    """Members of the group, but for those who said that they do not come."""
    if row.coming is Coming.NO:
        return False
    return await people.active(session, row.person_id or 0, meeting.group_id) is not None


async def _file(session: AsyncSession, meeting: Meeting, person_id: int) -> File:
    shown = await facts(session, meeting)
    return File(
        MAKER,
        args_of(meeting, person_id),
        views.invitation(shown, changed=meeting.sequence > 0),
        person_id=person_id,
        group_id=meeting.group_id,
        key=f"{matter(meeting)}:{person_id}",
        priority=Priority.NUDGE,
    )


def args_of(meeting: Meeting, person_id: int) -> dict[str, Any]:
    """What the calendar file of a meeting is made of for one person."""
    return {"meeting": meeting.id, "person": person_id}


async def _posted(request: Request, meeting: Meeting) -> Iterable[Effect]:
    """The group hears of a time that was chosen by pressing, or in private; a command shows the card itself."""
    if request.heard.command and not request.heard.private:
        return ()
    cities = tuple(await working.cities(request.session, meeting.group_id))
    assert meeting.starts_at is not None, "it was just fixed"
    view = views.fixed(meeting_name(meeting.number), meeting.title, meeting.starts_at, cities)
    return (Post(meeting.group_id, view, key=f"meeting_fixed:{meeting.id}:{meeting.version}"),)
