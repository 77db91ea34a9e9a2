"""When a meeting is: a time that was given, or times both sides share, chosen by those who speak for them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from handlers import meeting_steps as steps
from handlers import working
from handlers.due_notes import question_of_time
from handlers.due_reading import DueReading, known_to, languages_of, read_due, zone_of_asker
from handlers.meeting_invitations import fixed
from handlers.meeting_steps import acknowledged, ask, back_to_card, meant, owners, still
from handlers.permission import can, may
from handlers.refusals import NoCommonHours, NotYours, StaleButton
from handlers.reply import Answer, Edit, Effect, Reply, Toast, says
from handlers.request import Request
from handlers.rules import slots as rules
from handlers.rules.dates import Doubt, Reason, UnreadableDate, read_date
from handlers.rules.meeting_changes import MeetingChange
from handlers.rules.meeting_words import Told, split_time
from handlers.rules.names import meeting_name
from handlers.rules.rights import Act
from handlers.rules.two_weeks import Stretch
from handlers.rules.working_time import MIDNIGHT, WorkingTime, at_wall
from handlers.views import meeting_times as views
from handlers.views.tasks import DueFacts
from storage import groups, meeting_slots, meetings, people
from storage.kinds import MeetingState, Role
from storage.tables import Meeting, MeetingSlot, Side

PROPOSED = frozenset({MeetingState.PROPOSED})


async def understand(request: Request) -> tuple[str, DueReading | None]:
    """The title and the time in the words of a command; raises DateUnread where the time is past or none."""
    languages, known, zone = await languages_of(request), await known_to(request), await zone_of_asker(request)

    def told(phrase: str) -> Told:
        try:
            found = read_date(phrase, request.now, zone, languages, known)
        except UnreadableDate as unreadable:
            return Told.NOTHING if unreadable.reason is Reason.NOT_A_DATE else Told.REFUSED
        if found.doubt is Doubt.SEVERAL_MONTHS:  # nobody calls a meeting for a quarter: "Report on Q2" is a title
            return Told.NOTHING
        return Told.DAY if found.at is None else Told.TIME

    quoted = request.heard.reply_to.text.partition("\n")[0] if request.heard.reply_to else ""
    title, phrase = split_time(request.words or quoted, told)
    return title, None if phrase is None else await read_due(request, phrase)


async def begin(request: Request, meeting: Meeting, time: DueReading | None) -> tuple[Effect, ...]:
    """Fix a meeting at the time given for sure; only ask about a doubtful one; propose what suits both sides else."""
    if time is not None and _in_doubt(time):
        meeting.state = MeetingState.ASKED
        await steps.note(request, meeting, MeetingChange.TIME_ASKED)
        return (await _which(request, meeting, time),)
    if time is not None and time.due.at is not None:
        return await fixed(request, meeting, time.due.at)
    found, effects = await _times_on(request, meeting, time.due if time else None)
    await _propose(request, meeting, found)
    return effects


def _in_doubt(time: DueReading) -> bool:
    """Whether whoever wrote it says first what was meant: everybody would be invited to a time that was guessed."""
    return time.asks_for_day if time.due.at is None else time.asks or time.other is not None


async def _which(request: Request, meeting: Meeting, time: DueReading) -> Answer:
    args = {"id": meeting.id, "group": meeting.group_id}
    presses = {"chosen": "meeting.move", "again": "meeting.set_time"}
    return await question_of_time(request, meeting_name(meeting.number), args, time, **presses)


async def vote(request: Request) -> Reply:
    """A number was pressed: whoever speaks for a side can come then; a coordinator fixes it."""
    meeting, slot = await _slot(request)
    still(meeting, PROPOSED)
    if await can(request, Act.FIX_MEETING_TIME):
        return await _fix(request, meeting, slot.starts_at)
    side_id = request.mine().side_id
    await may(request, Act.CHOOSE_MEETING_TIME, side_id=side_id, asked_at=meeting.created_at)
    if side_id is None:
        raise NotYours
    row = await meeting_slots.vote(
        request.session, slot_id=slot.id, side_id=side_id, person_id=request.person.id, at=request.now
    )
    await steps.note(request, meeting, MeetingChange.VOTED, None, slot=slot.starts_at, side=side_id, can=row.can)
    can_come = (await meeting_slots.sides_that_can(request.session, [slot.id]))[slot.id]
    if {side.id for side in await groups.sides(request.session, meeting.group_id)} <= can_come:
        return await _fix(request, meeting, slot.starts_at)
    return await acknowledged(request, meeting, views.voted(meeting_name(meeting.number), row.can))


async def others(request: Request) -> Reply:
    """[Other times]: the next ones that suit both sides. Raises NoCommonHours."""
    meeting = await _arrangeable(request)
    still(meeting, PROPOSED)
    before = await meeting_slots.of(request.session, meeting.id)
    last = before[-1].starts_at if before else None
    found = await _found(request, meeting, after=last)
    if not found:
        raise NoCommonHours(minutes=meeting.minutes)
    await _propose(request, meeting, found)
    return await back_to_card(request, meeting, views.proposed(meeting_name(meeting.number)))


async def set_time(request: Request) -> Reply:
    """[Set a time]: asks for it."""
    meeting = await _arrangeable(request)
    still(meeting, steps.AHEAD)
    return await ask(request, meeting, kind="meeting.time", view=views.ask_time(meeting_name(meeting.number)))


async def time_typed(request: Request) -> Reply:
    """The time was typed: it is fixed; a day alone gets times of that day to choose from, a doubt is asked about."""
    meeting = await _arrangeable(request)
    still(meeting, steps.AHEAD)
    read = await read_due(request, request.words)
    if _in_doubt(read):
        return says(await _which(request, meeting, read))
    if read.due.at is not None:
        return await _fix(request, meeting, read.due.at)
    return await _choose_on(request, meeting, read.due)


async def move(request: Request) -> Reply:
    """A time that suits both sides or was meant was pressed, or a day; raises StaleButton once it is past."""
    meeting = await _arrangeable(request)
    still(meeting, steps.AHEAD)
    if "at" not in request.args:
        return await _choose_on(request, meeting, DueFacts(await _day_ahead(request)))
    at = datetime.fromisoformat(request.args["at"])
    if at <= request.now:
        raise StaleButton
    return await _fix(request, meeting, at)


async def keep(request: Request) -> Reply:
    """[Keep]: the time stays although somebody is off then; what asked about it becomes the receipt.

    Raises StaleButton once the meeting is at another time, or past.
    """
    meeting = await _arrangeable(request)
    at = datetime.fromisoformat(request.args["at"])
    if meeting.state is not MeetingState.FIXED or meeting.starts_at != at or at <= request.now:
        raise StaleButton
    cities = tuple(await working.cities(request.session, meeting.group_id))
    said = views.stays(meeting_name(meeting.number), at, cities)
    return says(Toast(said), Edit(said))


async def _day_ahead(request: Request) -> date:
    day = date.fromisoformat(request.args["date"])
    if day < request.now.astimezone(await zone_of_asker(request)).date():
        raise StaleButton
    return day


async def _choose_on(request: Request, meeting: Meeting, on: DueFacts) -> Reply:
    """Times of that day take the place of the time there was. Raises NoCommonHours."""
    found, effects = await _times_on(request, meeting, on)
    if not found:
        raise NoCommonHours(minutes=meeting.minutes)
    meeting.state, meeting.starts_at = MeetingState.PROPOSED, None
    await _propose(request, meeting, found)
    return await acknowledged(request, meeting, views.proposed(meeting_name(meeting.number)), *effects)


async def anew(request: Request, meeting: Meeting) -> None:
    """The length changed: what is proposed has to suit it."""
    await _propose(request, meeting, await _found(request, meeting))


async def _arrangeable(request: Request) -> Meeting:
    meeting = await meant(request)
    await may(request, Act.ARRANGE_MEETING, owners=owners(meeting))
    return meeting


async def _slot(request: Request) -> tuple[Meeting, MeetingSlot]:
    meeting = await meant(request)
    rows = {row.id: row for row in await meeting_slots.of(request.session, meeting.id)}
    if request.args["slot"] not in rows:
        raise StaleButton
    return meeting, rows[request.args["slot"]]


async def _fix(request: Request, meeting: Meeting, at: datetime) -> Reply:
    effects = await fixed(request, meeting, at)
    return await acknowledged(request, meeting, views.fixed(meeting_name(meeting.number)), *effects)


async def _times_on(
    request: Request, meeting: Meeting, on: DueFacts | None
) -> tuple[tuple[datetime, ...], tuple[Effect, ...]]:
    """Times on that day, or soon where none was asked for; where the day has none, the next ones, and a word on it."""
    found = await _found(request, meeting, on)
    if found or on is None or on.day is None:
        return found, ()
    first = (await groups.sides(request.session, meeting.group_id))[0]
    found = await _found(request, meeting, after=at_wall(on.day, MIDNIGHT, ZoneInfo(first.zone)))
    said = Answer(views.not_that_day(meeting_name(meeting.number), on.day))
    return found, (said,) if found else ()


async def _propose(request: Request, meeting: Meeting, found: tuple[datetime, ...]) -> None:
    await meeting_slots.propose(request.session, meeting.id, found)
    await steps.note(request, meeting, MeetingChange.TIMES_PROPOSED, None, times=[each.isoformat() for each in found])


async def _found(
    request: Request, meeting: Meeting, on: DueFacts | None = None, after: datetime | None = None
) -> tuple[datetime, ...]:
    """Times that suit those who speak for both sides, on that day if one was asked for."""
    first, second = [await _time_of(request, side) for side in await groups.sides(request.session, meeting.group_id)][
        :2
    ]
    taken = await _taken(request, meeting)
    if on is not None and on.day is not None:
        return rules.slots_on(first, second, on.day, request.now, meeting.minutes, taken)
    return rules.slots(first, second, request.now, meeting.minutes, after=after, taken=taken)


async def _time_of(request: Request, side: Side) -> WorkingTime:
    """When the focal point of a side works, with leave and journeys; the side itself where nobody holds the post."""
    holder = await people.holder(request.session, side.group_id, side.id, Role.FOCAL_POINT)
    if holder is None:
        return await working.of_place(request.session, side)
    return await working.of_member(request.session, holder[0], request.now.date())


async def _taken(request: Request, meeting: Meeting) -> list[Stretch]:
    """When the group has other meetings."""
    return [
        (each.starts_at, each.starts_at + timedelta(minutes=each.minutes))
        for each in await meetings.coming(request.session, meeting.group_id)
        if each.starts_at is not None and each.id != meeting.id
    ]
