"""A meeting while it goes on: opened, from point to point, who is there, closed."""

from handlers import meeting_steps as steps
from handlers import members
from handlers.meeting_minutes import drafted
from handlers.meeting_records import running
from handlers.permission import may
from handlers.refusals import MeetingGoesOn, NothingWritten, StaleButton
from handlers.reply import Answer, Edit, Post, Reply, says
from handlers.request import Request
from handlers.rules.guest_words import Guest, read_guests
from handlers.rules.meeting_changes import MeetingChange
from handlers.rules.names import meeting_name
from handlers.rules.rights import Act
from handlers.views import sessions as views
from handlers.words import kept
from storage import agendas, attendance, groups, meetings
from storage.kinds import ItemState, MeetingState
from storage.tables import AgendaItem, Meeting, Side

GUESTS_LIMIT = 1500
PEOPLE = 6


async def open_(request: Request) -> Reply:
    """/open M2 or [Open the meeting]: it begins, with the first point. Raises MeetingGoesOn."""
    meeting = await (steps.meant(request) if request.args else _named(request))
    await may(request, Act.RUN_MEETING, owners=steps.owners(meeting))
    steps.still(meeting, steps.AHEAD)
    other = await meetings.running(request.session, meeting.group_id)
    if other is not None:
        raise MeetingGoesOn(name=meeting_name(other.number))
    before = {"state": meeting.state}
    meeting.state, meeting.opened_at = MeetingState.OPEN, request.now
    meeting.starts_at = meeting.starts_at or request.now
    await steps.note(request, meeting, MeetingChange.OPENED, before)
    await _here(request, meeting)
    await _begin(request, meeting, await _next_item(request, meeting))
    if request.heard.press is None:
        return says(await steps.shown(request, meeting))
    return await steps.acknowledged(request, meeting, views.opened(meeting_name(meeting.number)))


async def _named(request: Request) -> Meeting:
    meeting, _ = await steps.named(request, "open")
    return meeting


async def next_(request: Request) -> Reply:
    """/next or [Next point]: what was spoken of is done, the next one begins."""
    meeting = await _running(request)
    await _end_item(request, meeting)
    item = await _next_item(request, meeting)
    await _begin(request, meeting, item)
    said = views.item(meeting_name(meeting.number), item.text if item else None)
    if item is None and request.heard.press is None:
        return says(Answer(said), await steps.refreshed(request, meeting))
    return await steps.acknowledged(request, meeting, said)


async def here(request: Request) -> Reply:
    """[I am here]."""
    meeting = await steps.meant(request)
    await may(request, Act.ANSWER_INVITATION)
    steps.still(meeting, frozenset({MeetingState.OPEN}))
    await _here(request, meeting)
    return await steps.acknowledged(request, meeting, views.here(meeting_name(meeting.number)))


async def somebody(request: Request) -> Reply:
    """[Somebody else]: the members who are not there yet, to press who is; then the one pressed."""
    meeting = await _running(request)
    if "person" in request.args:
        await _there(request, meeting, request.args["person"])
    there = {row.person_id for row in await attendance.of(request.session, meeting.id) if row.present}
    found = [each for each in await members.candidates(request.session, meeting.group_id) if each[1].id not in there]
    names = await members.place_names(request.session, meeting.group_id)
    pages = max(1, -(-len(found) // PEOPLE))
    page = min(max(request.args.get("sheet", 1), 1), pages)
    rows = tuple((person.id, person.name, names[member.side_id]) for member, person in found)
    view = views.people(
        meeting_name(meeting.number), _args(meeting), rows[(page - 1) * PEOPLE : page * PEOPLE], page, pages
    )
    return says(Edit(view), await steps.refreshed(request, meeting))


async def ask_guests(request: Request) -> Reply:
    """[By name]: asks for those who have no Telegram."""
    meeting = await _running(request)
    return await steps.ask(request, meeting, kind="session.guests", view=views.ask_guests(meeting_name(meeting.number)))


async def guests(request: Request) -> Reply:
    """Names were typed, a line each: they are there."""
    meeting = await _running(request)
    words = kept(request.words, GUESTS_LIMIT, NothingWritten(command="names"))
    sides = await groups.sides(request.session, meeting.group_id)
    found = read_guests(words)
    for guest in found:
        side = _side_of(guest, sides)
        row = await attendance.add_guest(
            request.session,
            meeting_id=meeting.id,
            name=guest.name,
            title=guest.title,
            institution=_institution(guest, side),
            side_id=side.id if side else None,
            by=request.person.id,
            at=request.now,
        )
        # A name stands in the attendance alone, never in the journal.
        await steps.write(request, meeting, MeetingChange.PRESENT, None, attendance=row.id)
    return await steps.acknowledged(request, meeting, views.guests(meeting_name(meeting.number), len(found)))


async def close(request: Request) -> Reply:
    """/close or [Close the meeting]: it is over, and its minutes are drafted at once."""
    meeting = await _running(request)
    await _end_item(request, meeting)
    before = {"state": meeting.state}
    meeting.state, meeting.closed_at = MeetingState.HELD, request.now
    await steps.note(request, meeting, MeetingChange.CLOSED, before)
    effects = await drafted(request, meeting)
    left = await agendas.of(request.session, meeting.id, {ItemState.WAITING, ItemState.MOVED})
    view = views.closed(meeting_name(meeting.number), meeting.title, len(left), _args(meeting))
    post = Post(meeting.group_id, view, key=f"meeting_closed:{meeting.id}")
    return await steps.acknowledged(request, meeting, views.is_closed(meeting_name(meeting.number)), post, *effects)


async def _running(request: Request) -> Meeting:
    """The meeting that goes on, where the asker may run it."""
    meeting = await (steps.meant(request) if request.args else running(request))
    await may(request, Act.RUN_MEETING, owners=steps.owners(meeting))
    steps.still(meeting, frozenset({MeetingState.OPEN}))
    return meeting


def _args(meeting: Meeting) -> dict[str, int]:
    return {"id": meeting.id, "group": meeting.group_id}


async def _here(request: Request, meeting: Meeting) -> None:
    await attendance.invite(request.session, meeting.id, [request.mine()])
    await _present(request, meeting, request.person.id)


async def _there(request: Request, meeting: Meeting, person_id: int) -> None:
    found = [each[0] for each in await members.candidates(request.session, meeting.group_id) if each[1].id == person_id]
    if not found:
        raise StaleButton
    await attendance.invite(request.session, meeting.id, found)
    await _present(request, meeting, person_id)


async def _present(request: Request, meeting: Meeting, person_id: int) -> None:
    row = await attendance.of_person(request.session, meeting.id, person_id)
    assert row is not None, "who is invited has a row"
    if not row.present:
        await attendance.be_there(request.session, row, request.now, request.person.id)
        await steps.write(request, meeting, MeetingChange.PRESENT, None, person=person_id)


def _side_of(guest: Guest, sides: list[Side]) -> Side | None:
    """The one side whose name, city or institution stands in what was written as the institution."""
    wanted = guest.institution.casefold()
    names = [(side, (side.institution, side.name, side.city)) for side in sides]
    found = [side for side, known in names if wanted and any(_fits(each, wanted) for each in known)]
    return found[0] if len(found) == 1 else None


def _institution(guest: Guest, side: Side | None) -> str:
    """As it was written; the side's own where only its name or city was."""
    if side is None or guest.institution.casefold() not in (side.name.casefold(), side.city.casefold()):
        return guest.institution
    return side.institution


def _fits(name: str, wanted: str) -> bool:
    return name.casefold() in wanted or wanted in name.casefold()


async def _next_item(request: Request, meeting: Meeting) -> AgendaItem | None:
    return next(iter(await agendas.of(request.session, meeting.id, {ItemState.WAITING})), None)


async def _begin(request: Request, meeting: Meeting, item: AgendaItem | None) -> None:
    if item is not None:
        item.state = ItemState.RUNNING
        request.session.add(item)
        await request.session.flush()
        await steps.write(request, meeting, MeetingChange.ITEM_BEGUN, None, item=item.id)


async def _end_item(request: Request, meeting: Meeting) -> None:
    item = await agendas.running(request.session, meeting.id)
    if item is not None:
        item.state = ItemState.DONE
        request.session.add(item)
        await request.session.flush()
