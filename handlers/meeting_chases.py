"""What is missing after 3 and 7 days: what time was meant or suits, minutes, answers to them; minutes that stand."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.meeting_cards import facts
from handlers.meeting_nudging import nudge
from handlers.nudge_facts import GroupFacts
from handlers.reply import Effect, Post, View
from handlers.rules.meeting_changes import MeetingChange
from handlers.rules.meeting_reminders import chases_reached, next_chase
from handlers.rules.minutes import last_day
from handlers.rules.names import meeting_name
from handlers.views import meeting_minutes, meeting_reminders
from storage import journal, meeting_slots, minutes, notices
from storage.journal import Cause
from storage.kinds import MinutesState, Subject
from storage.tables import Meeting, Minutes

Said = tuple[list[Effect], datetime | None]
"""What is said, and when to look again."""


async def unsaid(session: AsyncSession, group: GroupFacts, meeting: Meeting, now: datetime) -> Said:
    """Which time is meant was asked and never answered: whoever called the meeting is asked again."""
    following, reached = next_chase(meeting.created_at, now), chases_reached(meeting.created_at, now)
    if not reached:
        return [], following
    args = {"id": meeting.id, "group": meeting.group_id}
    view = meeting_reminders.unsaid(meeting_name(meeting.number), meeting.title, args)
    key = f"meeting_unsaid:{meeting.id}:{reached}"
    return await _ask(session, group, meeting, [meeting.created_by], key, view, now, following)


async def unchosen(session: AsyncSession, group: GroupFacts, meeting: Meeting, now: datetime) -> Said:
    """Times are proposed, and a side has chosen none: whoever speaks for it is asked."""
    following, reached = next_chase(meeting.created_at, now), chases_reached(meeting.created_at, now)
    rows = await meeting_slots.of(session, meeting.id)
    if not reached or not rows:
        return [], following
    chosen = set().union(*(await meeting_slots.sides_that_can(session, [row.id for row in rows])).values())
    silent = [side.id for side in group.sides if side.id not in chosen]
    asked = [person_id for side_id in silent for person_id in _speaker(group, side_id, reached)]
    view = partial(meeting_reminders.unchosen, await facts(session, meeting))
    key = f"meeting_unchosen:{meeting.id}:{rows[0].round}.{reached}"
    return await _ask(session, group, meeting, asked, key, view, now, following)


async def unwritten(session: AsyncSession, group: GroupFacts, meeting: Meeting, now: datetime) -> Said:
    """The meeting is past and was never closed: whoever writes its minutes is asked, then the coordinators."""
    assert meeting.starts_at is not None, "it had a time"
    since = meeting.starts_at + timedelta(minutes=meeting.minutes)
    reached = chases_reached(since, now)
    if not reached:
        return [], next_chase(since, now)
    writer = next(each for each in (meeting.minute_taker_id, meeting.moderator_id, meeting.created_by) if each)
    asked = [writer] if reached == 1 else [each.id for each in group.coordinators] or [writer]
    view = partial(meeting_reminders.unwritten, meeting_name(meeting.number), meeting.title)
    key = f"minutes_missing:{meeting.id}:{reached}"
    return await _ask(session, group, meeting, asked, key, view, now, next_chase(since, now))


async def unanswered(session: AsyncSession, group: GroupFacts, meeting: Meeting, now: datetime) -> Said:
    """The minutes wait for the sides: those silent are asked; without an objection in time the minutes stand."""
    row = await minutes.latest(session, meeting.id)
    if row is None or row.state is not MinutesState.SENT:
        return [], None
    if row.answer_by is not None and now >= row.answer_by:
        return [await _stand(session, meeting, row, now)], None
    following = _earliest(next_chase(row.drafted_at, now), row.answer_by)
    reached = chases_reached(row.drafted_at, now)
    if not reached:
        return [], following
    given = await minutes.standing(session, row.id)
    asked = [
        person_id for side in group.sides if side.id not in given for person_id in _speaker(group, side.id, reached)
    ]
    args = {"id": meeting.id, "group": meeting.group_id, "minutes": row.id}
    zone = group.working[group.sides[0].id].zone
    day = None if row.answer_by is None else last_day(row.answer_by, zone)
    view = meeting_reminders.unanswered(meeting_name(meeting.number), meeting.title, day, args)
    return await _ask(session, group, meeting, asked, f"minutes_unanswered:{row.id}:{reached}", view, now, following)


async def _stand(session: AsyncSession, meeting: Meeting, row: Minutes, now: datetime) -> Effect:
    """The time to object that was announced is over."""
    await minutes.close(session, row, MinutesState.UNOPPOSED, now)
    meeting.version += 1
    await journal.append(
        session,
        Cause(at=now),
        subject=Subject.MEETING,
        subject_id=meeting.id,
        group_id=meeting.group_id,
        change=MeetingChange.MINUTES_STAND,
        after={"state": meeting.state, "edition": row.edition},
    )
    view = meeting_minutes.unopposed(meeting_name(meeting.number), meeting.title)
    return Post(meeting.group_id, view, key=f"minutes_stand:{row.id}")


def _speaker(group: GroupFacts, side_id: int, reached: int) -> Iterable[int]:
    """First the focal point; the second time his alternate, if there is one."""
    side = group.side(side_id)
    order = (side.focal_point, side.alternate) if reached == 1 else (side.alternate, side.focal_point)
    return [each.id for each in order if each is not None][:1]


async def _ask(
    session: AsyncSession,
    group: GroupFacts,
    meeting: Meeting,
    asked: Iterable[int],
    key: str,
    view: View,
    now: datetime,
    following: datetime | None,
) -> Said:
    """Ask each of them once, at his moment."""
    effects: list[Effect] = []
    for person_id in asked:
        if person_id in group.members and not await notices.told(session, person_id, key):
            said, later = await nudge(session, group, meeting, person_id, f"{key}:{person_id}", view, now)
            if said:
                await notices.tell(session, person_id, key, now)
                effects += said
            else:
                following = _earliest(following, later)
    return effects, following


def _earliest(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)
