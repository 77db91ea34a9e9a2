"""What a meeting's card shows, read from its rows."""

from collections import Counter
from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import working
from handlers.reply import View
from handlers.rules.names import meeting_name
from handlers.rules.slots import fits
from handlers.rules.warnings import DateWarning, Place, Weight, warnings
from handlers.views import meetings as views
from handlers.views.meetings import ComingFacts, ItemFacts, MeetingFacts, SlotFacts
from storage import agendas, attendance, calendars, groups, meeting_slots, meetings, minutes
from storage.kinds import MeetingState
from storage.tables import Meeting, Person, Side


async def card_of(session: AsyncSession, meeting: Meeting) -> View:
    """The card of a meeting as it stands now."""
    return views.card(await facts(session, meeting))


async def facts(session: AsyncSession, meeting: Meeting) -> MeetingFacts:
    """Everything the card shows."""
    before = await meetings.get(session, meeting.follows_id) if meeting.follows_id else None
    after = await meetings.following(session, meeting.id)
    latest = await minutes.latest(session, meeting.id)
    return MeetingFacts(
        id=meeting.id,
        group_id=meeting.group_id,
        number=meeting.number,
        title=meeting.title,
        state=meeting.state,
        minutes=meeting.minutes,
        cities=tuple(await working.cities(session, meeting.group_id)),
        starts_at=meeting.starts_at,
        slots=await _slots(session, meeting),
        coming=await _coming(session, meeting),
        warned=await warned(session, meeting),
        outside=await _outside(session, meeting),
        place=meeting.place,
        link=meeting.link,
        languages=tuple(meeting.languages),
        moderator=await name_of(session, meeting.moderator_id),
        minute_taker=await name_of(session, meeting.minute_taker_id),
        interpreter=await name_of(session, meeting.interpreter_id) or meeting.interpreter,
        items=await items_of(session, meeting),
        follows=meeting_name(before.number) if before else "",
        followed_by=meeting_name(after.number) if after else "",
        minutes_state=latest.state if latest else None,
        has_photo=bool(meeting.photo_id),
    )


async def name_of(session: AsyncSession, person_id: int | None) -> str:
    """What a person is called; "" for nobody."""
    found = await session.get(Person, person_id) if person_id is not None else None
    return found.name if found else ""


async def items_of(session: AsyncSession, meeting: Meeting) -> tuple[ItemFacts, ...]:
    """The agenda in its order."""
    rows = await agendas.of(session, meeting.id)
    return tuple(
        [ItemFacts(row.id, row.text, row.state, row.minutes, await name_of(session, row.speaker_id)) for row in rows]
    )


async def _slots(session: AsyncSession, meeting: Meeting) -> tuple[SlotFacts, ...]:
    """The times to choose from, with the sides that can come."""
    if meeting.state is not MeetingState.PROPOSED:
        return ()
    rows = await meeting_slots.of(session, meeting.id)
    can = await meeting_slots.sides_that_can(session, [row.id for row in rows])
    sides = await groups.sides(session, meeting.group_id)
    return tuple(
        SlotFacts(row.id, row.starts_at, tuple(side.name for side in sides if side.id in can[row.id])) for row in rows
    )


async def _coming(session: AsyncSession, meeting: Meeting) -> ComingFacts:
    rows = await attendance.of(session, meeting.id)
    answers = Counter(row.coming for row in rows if row.person_id is not None)
    return ComingFacts(answers, sum(row.present for row in rows))


async def warned(session: AsyncSession, meeting: Meeting) -> tuple[DateWarning, ...]:
    """The sides for which the day of a fixed meeting is a day off, and years of theirs that nobody confirmed.

    Each side is asked for, so no day off is only mentioned.
    """
    if meeting.state is not MeetingState.FIXED or meeting.starts_at is None:
        return ()
    places = await _places(session, meeting)
    found = warnings(places[0].working.local_date(meeting.starts_at), meeting.starts_at, places)
    return tuple(each for each in found if each.weight is not Weight.MENTION)


async def _outside(session: AsyncSession, meeting: Meeting) -> tuple[str, ...]:
    """The sides that work on that day, but not at that time."""
    if meeting.state is not MeetingState.FIXED or meeting.starts_at is None:
        return ()
    start, found = meeting.starts_at, []
    for place in await _places(session, meeting):
        works = place.working.works_on(place.working.local_date(start))
        if works and not fits(place.working, start, meeting.minutes):
            found.append(place.name)
    return tuple(found)


async def _places(session: AsyncSession, meeting: Meeting) -> Sequence[Place]:
    return [await _place(session, meeting, side) for side in await groups.sides(session, meeting.group_id)]


async def _place(session: AsyncSession, meeting: Meeting, side: Side) -> Place:
    own = await working.of_place(session, side)
    years = {own.local_date(meeting.starts_at).year} if meeting.starts_at else set()
    unconfirmed = await calendars.unconfirmed(session, side.country, years)
    return Place(side.id, side.name, side.country, own, responsible=True, unconfirmed=unconfirmed)
