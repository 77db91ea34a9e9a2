"""The tick of meetings: calendar files after a change, reminders, minutes that stand or are missing.

Rows hold what is owed: a meeting says when it wants to be looked at, notices what everybody was told.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import meeting_chases, meeting_invitations
from handlers.meeting_cards import facts
from handlers.meeting_nudging import nudge
from handlers.nudge_facts import GroupFacts, gather
from handlers.reply import Effect, Private
from handlers.rules import meeting_reminders as rules
from handlers.rules.meeting_reminders import Invited, Reminder
from handlers.views import meeting_reminders as views
from storage import attendance, groups, meetings, minutes, notices
from storage.claiming import Leaving
from storage.kinds import MeetingState, MinutesState, Priority
from storage.tables import Attendance, Meeting

AT_ONCE = 20
KEY = "meeting_reminder"
WAITING = {
    "meeting_unsaid": frozenset({MeetingState.ASKED}),
    "meeting_unchosen": frozenset({MeetingState.PROPOSED}),
    "minutes_missing": frozenset({MeetingState.FIXED, MeetingState.OPEN}),
}
"""The states in which something is still missing, by the kind of question about it."""


async def plan(session: AsyncSession, now: datetime) -> Sequence[Effect]:
    """Look at the meetings whose moment has come."""
    effects: list[Effect] = []
    for meeting in await meetings.due_to_look_at(session, now, AT_ONCE):
        await groups.hold(session, meeting.group_id)
        await session.refresh(meeting)
        effects += await _look(session, meeting, now)
        session.add(meeting)
    return effects


async def _look(session: AsyncSession, meeting: Meeting, now: datetime) -> list[Effect]:
    """What is to be said of one meeting, and when to look at it again."""
    group = await gather(session, meeting.group_id, now)
    over = meeting.starts_at is not None and now >= meeting.starts_at + timedelta(minutes=meeting.minutes)
    if meeting.state is MeetingState.FIXED and not over:
        effects, following = await _ahead(session, group, meeting, now)
    elif meeting.state in (MeetingState.FIXED, MeetingState.OPEN):
        effects, following = await meeting_chases.unwritten(session, group, meeting, now)
    elif meeting.state is MeetingState.HELD:
        effects, following = await meeting_chases.unanswered(session, group, meeting, now)
    elif meeting.state is MeetingState.ASKED:
        effects, following = await meeting_chases.unsaid(session, group, meeting, now)
    elif meeting.state is MeetingState.PROPOSED:
        effects, following = await meeting_chases.unchosen(session, group, meeting, now)
    else:
        effects, following = [], None
    meeting.look_at = following
    return effects


async def _ahead(
    session: AsyncSession, group: GroupFacts, meeting: Meeting, now: datetime
) -> tuple[list[Effect], datetime | None]:
    assert meeting.starts_at is not None, "a fixed meeting has a time"
    effects: list[Effect] = list(await meeting_invitations.send(session, meeting, now))
    looks: list[datetime | None] = [meeting.starts_at + timedelta(minutes=meeting.minutes)]
    for row in await attendance.of(session, meeting.id):
        if row.person_id in group.members:
            said, later = await _of_person(session, group, meeting, row, now)
            effects += said
            looks.append(later)
    return effects, min(look for look in looks if look is not None)


async def _of_person(
    session: AsyncSession, group: GroupFacts, meeting: Meeting, row: Attendance, now: datetime
) -> tuple[list[Effect], datetime | None]:
    """What one person hears now, and when there may be something again."""
    assert row.person_id is not None, "guests were left out"
    assert meeting.starts_at is not None, "a fixed meeting has a time"
    invited = await _invited(session, group, meeting, row)
    reminder = rules.due(invited, meeting.starts_at, now, group.quiet)
    if reminder is None:
        return [], rules.next_look(invited, meeting.starts_at, now, group.quiet)
    view = partial(views.reminder, await facts(session, meeting), reminder, row.coming)
    key = f"{KEY}:{meeting.id}:{reminder}:{row.person_id}:{int(meeting.starts_at.timestamp())}"
    if reminder is Reminder.ANSWER:
        effects, later = await nudge(session, group, meeting, row.person_id, key, view, now)
        if not effects:
            return [], later
    else:
        effects = [
            Private(row.person_id, view, meeting.group_id, key, otherwise=view, priority=Priority.NUDGE),
        ]
    await notices.tell(session, row.person_id, _matter(meeting, reminder), now)
    told = Invited(**{**vars(invited), "told": invited.told | {reminder}})
    return effects, rules.next_look(told, meeting.starts_at, now, group.quiet)


async def _invited(session: AsyncSession, group: GroupFacts, meeting: Meeting, row: Attendance) -> Invited:
    assert row.person_id is not None, "guests were left out"
    told = [each for each in Reminder if await notices.told(session, row.person_id, _matter(meeting, each))]
    return Invited(
        person_id=row.person_id,
        working=group.own_time[row.person_id],
        invited_at=meeting.fixed_at or meeting.created_at,
        coming=row.coming,
        told=frozenset(told),
    )


def _matter(meeting: Meeting, reminder: Reminder) -> str:
    """A reminder of one time of a meeting, as it is told once: a time that changes is told anew."""
    assert meeting.starts_at is not None, "a fixed meeting has a time"
    return f"{KEY}:{meeting.id}:{reminder}:{int(meeting.starts_at.timestamp())}"


async def still_wanted(session: AsyncSession, call: Leaving, now: datetime) -> bool:
    """Whether a reminder may be said at this moment: the meeting is as it was, and nobody answered meanwhile.

    Calls that are none are none of ours.
    """
    kind, *rest = call.key.partition(":")[2].removesuffix(":otherwise").split(":")
    match kind:
        case "meeting_reminder":
            return await _is_ahead(session, *rest, now=now)
        case "meeting_off":
            meeting = await meetings.get(session, int(rest[0]))
            return _is_fixed_at(meeting, rest[1])
        case "meeting_unsaid" | "meeting_unchosen" | "minutes_missing":
            meeting = await meetings.get(session, int(rest[0]))
            return meeting is not None and meeting.state in WAITING[kind]
        case "minutes_unanswered":
            row = await minutes.get(session, int(rest[0]))
            return row is not None and row.state is MinutesState.SENT
    return True


async def _is_ahead(
    session: AsyncSession, meeting_id: str, reminder: str, person_id: str, starts: str, *, now: datetime
) -> bool:
    meeting = await meetings.get(session, int(meeting_id))
    row = await attendance.of_person(session, int(meeting_id), int(person_id))
    if row is None or meeting is None or meeting.starts_at is None or not _is_fixed_at(meeting, starts):
        return False
    return rules.is_wanted(Reminder(reminder), row.coming, meeting.starts_at, now)


def _is_fixed_at(meeting: Meeting | None, starts: str) -> bool:
    if meeting is None or meeting.starts_at is None or meeting.state is not MeetingState.FIXED:
        return False
    return int(meeting.starts_at.timestamp()) == int(starts)
