"""Notes taken while a meeting goes on: what was said, by whom if that is written."""

from handlers import meeting_steps as steps
from handlers import members
from handlers.meeting_records import now_on, running
from handlers.permission import may
from handlers.refusals import NothingWritten, WhoIsThat
from handlers.reply import Reply, says
from handlers.request import Request
from handlers.rules.meeting_changes import MeetingChange
from handlers.rules.names import meeting_name, read_meeting_name
from handlers.rules.rights import Act
from handlers.rules.task_words import Signs, read_task
from handlers.rules.wordings import language_of
from handlers.views import meeting_notes as views
from handlers.words import kept
from storage import attendance, groups, minutes, notes
from storage.kinds import MeetingState, MinutesState
from storage.tables import Meeting

NOTE_LIMIT = 1000
LATE = frozenset({MeetingState.HELD})


async def note(request: Request) -> Reply:
    """/note [M2] [@who] TEXT: a note under the point spoken of now; after the meeting, named, until it is agreed.

    As a reply to a message it takes the words of that message, and who wrote them as who said so.
    """
    request.here()
    await may(request, Act.TAKE_NOTE)
    meeting, words = await _meant(request)
    said, person_id = await _who(request, words)
    guest_id = None
    if person_id is None:
        said, guest_id = await _guest(request, meeting, said)
    place = await now_on(request)
    row = await notes.add(
        request.session,
        meeting_id=meeting.id,
        item_id=place.agenda_item_id if place.meeting_id == meeting.id else None,
        text=kept(said, NOTE_LIMIT, NothingWritten(command="note")),
        language=language_of(said, [side.language for side in await groups.sides(request.session, meeting.group_id)]),
        by=request.person.id,
        bot_id=request.heard.bot_id,
        update_id=request.heard.update_id,
        at=request.now,
        person_id=person_id,
        guest_id=guest_id,
    )
    await steps.write(request, meeting, MeetingChange.NOTED, None, note=row.id)
    return says(steps.receipt(request, views.noted(meeting_name(meeting.number))))


async def _meant(request: Request) -> tuple[Meeting, str]:
    """The meeting that goes on, or the one named that is over and not yet agreed on."""
    first, *rest = request.words.split(maxsplit=1) or [""]
    number = read_meeting_name(first)
    if number is None:
        return await running(request), request.words
    meeting = await steps.by_number(request, number)
    if meeting.state is not MeetingState.OPEN:
        steps.still(meeting, LATE)
        latest = await minutes.latest(request.session, meeting.id)
        if latest is not None and latest.state in (MinutesState.AGREED, MinutesState.UNOPPOSED):
            steps.still(meeting, frozenset())
    return meeting, "".join(rest)


async def _who(request: Request, words: str) -> tuple[str, int | None]:
    """The words without the mention before them, and whom it means; raises WhoIsThat."""
    quoted = request.heard.reply_to
    if not words and quoted is not None and not quoted.from_this_bot:
        sender = quoted.sender and await members.by_account(
            request.session, request.here().id, quoted.sender.telegram_id
        )
        return quoted.text, sender[1].id if sender else None
    signs = Signs(request.mentions)
    line = read_task(signs.put(words), signs, ())
    if not line.who or not words.lstrip().startswith((line.who[0].shown, "@")):
        return words, None
    member = await members.who(request.session, request.here().id, line.who[0])
    if member is None:
        raise WhoIsThat(shown=line.who[0].shown)
    return line.text.lstrip(" :,："), member[1].id


async def _guest(request: Request, meeting: Meeting, words: str) -> tuple[str, int | None]:
    """The words without "Name:" before them, where that is somebody who is there without Telegram."""
    name, colon, rest = words.replace("：", ":", 1).partition(":")
    for row in await attendance.of(request.session, meeting.id) if colon and rest.strip() else []:
        if row.name is not None and row.name.casefold() == " ".join(name.split()).casefold():
            return rest.strip(), row.id
    return words, None
