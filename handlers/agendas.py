"""The agenda of a meeting: added to in words, ordered by buttons, with what is still open offered."""

from handlers import meeting_steps as steps
from handlers import members
from handlers.agenda_offers import offered, text_of
from handlers.meeting_cards import items_of
from handlers.permission import may
from handlers.refusals import NothingWritten, StaleButton, WhoIsThat
from handlers.reply import Answer, Edit, Reply, View, says
from handlers.request import Request
from handlers.rules.agenda_words import ItemWords, read_item
from handlers.rules.meeting_changes import MeetingChange
from handlers.rules.names import meeting_name
from handlers.rules.rights import Act
from handlers.rules.task_words import Signs
from handlers.views import agendas as views
from handlers.words import kept
from storage import agendas
from storage.kinds import ItemState, Subject
from storage.tables import AgendaItem, Meeting

ITEM_LIMIT = 300
PEOPLE = 6


async def agenda(request: Request) -> Reply:
    """/agenda M2 [TEXT [@who] [10 min]]: shows it, or adds a point. Raises NothingWritten, WhoIsThat."""
    request.here()
    meeting, words = await steps.named(request, "agenda")
    if not words:
        await may(request, Act.SEE)
        return says(Answer(await _editor(request, meeting)))
    return await _add(request, meeting, words)


async def show(request: Request) -> Reply:
    """[Agenda]: its points and what can be done with them, in place of the card."""
    request.here()
    await may(request, Act.SEE)
    return says(Edit(await _editor(request, await steps.meant(request))))


async def ask_text(request: Request) -> Reply:
    """[Add a point]: asks for it."""
    meeting = await _open_to_change(request)
    return await steps.ask(request, meeting, kind="agenda.text", view=views.ask_text(meeting_name(meeting.number)))


async def typed(request: Request) -> Reply:
    """A point was typed."""
    return await _add(request, await _open_to_change(request), request.words)


async def take(request: Request) -> Reply:
    """A decision or task that was offered becomes a point."""
    meeting, subject = await _open_to_change(request), Subject(request.args["subject"])
    text = await text_of(request, subject, request.args["of"])
    known = await agendas.of(request.session, meeting.id)
    if not any((item.subject, item.subject_id) == (subject, request.args["of"]) for item in known):
        await _write(request, meeting, ItemWords(text), subject=subject, subject_id=request.args["of"])
    return says(Edit(await _editor(request, meeting)), await steps.refreshed(request, meeting))


async def item(request: Request) -> Reply:
    """One point: its place, minutes, and who speaks."""
    meeting, row = await _item(request)
    return says(Edit(await _item_view(request, meeting, row)))


async def move(request: Request) -> Reply:
    """[Up], [Down]: the point changes places with the one before or behind it."""
    meeting, row = await _item(request)
    rows = await agendas.of(request.session, meeting.id)
    place = [each.id for each in rows].index(row.id) + request.args["by"]
    if 0 <= place < len(rows):
        await agendas.swap(request.session, row, rows[place])
        await _changed(request, meeting, row, position=row.position)
    return says(Edit(await _editor(request, meeting)), await steps.refreshed(request, meeting))


async def minutes(request: Request) -> Reply:
    """How many minutes a point takes."""
    meeting, row = await _item(request)
    row.minutes = request.args["minutes"] or None
    await _changed(request, meeting, row, minutes=row.minutes)
    return says(Edit(await _editor(request, meeting)), await steps.refreshed(request, meeting))


async def speaker(request: Request) -> Reply:
    """Who speaks to a point: the members to choose from, then the one chosen."""
    meeting, row = await _item(request)
    if "person" not in request.args:
        return says(Edit(await _speakers(request, meeting, row)))
    row.speaker_id = request.args["person"] or None
    await _changed(request, meeting, row, speaker=row.speaker_id)
    return says(Edit(await _editor(request, meeting)), await steps.refreshed(request, meeting))


async def leave(request: Request) -> Reply:
    """[For later]: a point is left to the next meeting; pressed again, it is back."""
    meeting, row = await _item(request)
    row.state = ItemState.WAITING if row.state is ItemState.MOVED else ItemState.MOVED
    await _changed(request, meeting, row, item_state=row.state)
    return says(Edit(await _editor(request, meeting)), await steps.refreshed(request, meeting))


async def _add(request: Request, meeting: Meeting, words: str) -> Reply:
    await may(request, Act.ADD_TO_AGENDA)
    steps.still(meeting, steps.LIVE)
    signs = Signs(request.mentions)
    read = read_item(signs.put(kept(words, ITEM_LIMIT, NothingWritten(command="agenda"))), signs)
    await _write(request, meeting, read)
    return await steps.acknowledged(request, meeting, views.added(meeting_name(meeting.number)))


async def _write(
    request: Request,
    meeting: Meeting,
    read: ItemWords,
    *,
    subject: Subject | None = None,
    subject_id: int | None = None,
) -> None:
    row = await agendas.add(
        request.session,
        meeting_id=meeting.id,
        text=kept(read.text, ITEM_LIMIT, NothingWritten(command="agenda")),
        by=request.person.id,
        bot_id=request.heard.bot_id,
        update_id=request.heard.update_id,
        at=request.now,
        minutes=read.minutes,
        speaker_id=await _speaker_id(request, read),
        subject=subject,
        subject_id=subject_id,
    )
    await steps.write(request, meeting, MeetingChange.ITEM_ADDED, None, item=row.id, text=row.text)


async def _speaker_id(request: Request, read: ItemWords) -> int | None:
    if read.who is None:
        return None
    member = await members.who(request.session, request.here().id, read.who)
    if member is None:
        raise WhoIsThat(shown=read.who.shown)
    return member[1].id


async def _changed(request: Request, meeting: Meeting, row: AgendaItem, **after: object) -> None:
    request.session.add(row)
    await request.session.flush()
    await steps.write(request, meeting, MeetingChange.ITEM_CHANGED, None, item=row.id, **after)


async def _open_to_change(request: Request) -> Meeting:
    meeting = await steps.meant(request)
    await may(request, Act.ADD_TO_AGENDA)
    steps.still(meeting, steps.LIVE)
    return meeting


async def _item(request: Request) -> tuple[Meeting, AgendaItem]:
    meeting = await _open_to_change(request)
    row = await agendas.get(request.session, request.args["item"])
    if row is None or row.meeting_id != meeting.id:
        raise StaleButton
    return meeting, row


async def _editor(request: Request, meeting: Meeting) -> View:
    args = {"id": meeting.id, "group": meeting.group_id}
    items = await items_of(request.session, meeting)
    live = meeting.state in steps.LIVE
    offers = await offered(request, meeting) if live else ()
    return views.editor(meeting_name(meeting.number), args, items, offers, live=live)


async def _item_view(request: Request, meeting: Meeting, row: AgendaItem) -> View:
    items = await items_of(request.session, meeting)
    number = [each.id for each in items].index(row.id) + 1
    args = {"id": meeting.id, "group": meeting.group_id, "item": row.id}
    return views.item(meeting_name(meeting.number), args, number, items[number - 1])


async def _speakers(request: Request, meeting: Meeting, row: AgendaItem) -> View:
    found = await members.candidates(request.session, meeting.group_id)
    names = await members.place_names(request.session, meeting.group_id)
    pages = max(1, -(-len(found) // PEOPLE))
    page = min(max(request.args.get("sheet", 1), 1), pages)
    rows = tuple(
        (person.id, person.name, names[member.side_id]) for member, person in found[(page - 1) * PEOPLE : page * PEOPLE]
    )
    args = {"id": meeting.id, "group": meeting.group_id, "item": row.id}
    return views.speakers(row.text, args, rows, page, pages)
