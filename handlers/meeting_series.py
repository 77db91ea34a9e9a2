"""A meeting that follows another, with what was left over; and the photo of a meeting."""

from handlers import meeting_steps as steps
from handlers import meeting_times
from handlers.permission import may
from handlers.refusals import NoEvidence
from handlers.reply import Reply, says
from handlers.request import Request
from handlers.rules.meeting_changes import MeetingChange
from handlers.rules.names import meeting_name
from handlers.rules.rights import Act
from handlers.views import meeting_notes as views
from storage import agendas, meetings
from storage.kinds import ItemState, MeetingState
from storage.meetings import MeetingDraft
from storage.tables import Meeting

LEFT = frozenset({ItemState.WAITING, ItemState.MOVED})
HAD = frozenset({MeetingState.OPEN, MeetingState.HELD})
KEPT = ("title", "language", "search_text", "minutes", "place", "link", "languages")
POSTS = ("moderator_id", "minute_taker_id", "interpreter_id", "interpreter")


async def follow(request: Request) -> Reply:
    """[Next meeting]: the same again, with the points that were left over and times to choose from."""
    before = await steps.meant(request)
    await may(request, Act.CALL_MEETING)
    steps.still(before, frozenset({MeetingState.HELD}))
    known = await meetings.following(request.session, before.id)
    if known is not None:
        return says(await steps.shown(request, known))
    draft = MeetingDraft(
        **{name: getattr(before, name) for name in (*KEPT, *POSTS)},
        created_by=request.person.id,
        bot_id=request.heard.bot_id,
        update_id=request.heard.update_id,
        created_at=request.now,
        follows_id=before.id,
    )
    meeting = await meetings.add(request.session, group=request.here(), draft=draft)
    after = {"number": meeting.number, "title": meeting.title, "follows": before.id}
    await steps.write(request, meeting, MeetingChange.CALLED, None, **after)
    await _take_over(request, before, meeting)
    effects = await meeting_times.begin(request, meeting, None)
    return says(await steps.shown(request, meeting), await steps.refreshed(request, before), *effects)


async def _take_over(request: Request, before: Meeting, meeting: Meeting) -> None:
    """What was left over stands on the agenda of the next meeting, in the same order."""
    for part, left in enumerate(await agendas.of(request.session, before.id, LEFT)):
        row = await agendas.add(
            request.session,
            meeting_id=meeting.id,
            text=left.text,
            by=left.added_by,
            bot_id=request.heard.bot_id,
            update_id=request.heard.update_id,
            at=request.now,
            part=part,
            minutes=left.minutes,
            speaker_id=left.speaker_id,
            subject=left.subject,
            subject_id=left.subject_id,
            from_id=left.id,
        )
        left.state = ItemState.MOVED
        request.session.add(left)
        await steps.write(request, before, MeetingChange.ITEM_MOVED_ON, None, item=left.id, to=row.id)


async def photo(request: Request) -> Reply:
    """/photo M2 with a photo, or as a reply to one: it is kept with the minutes. Raises NoEvidence."""
    request.here()
    await may(request, Act.TAKE_NOTE)
    meeting, _ = await steps.named(request, "photo")
    steps.still(meeting, HAD)
    quoted = request.heard.reply_to.attachments if request.heard.reply_to else ()
    photos = [each for each in (*request.attachments, *quoted) if each.kind == "photo"]
    if not photos:
        raise NoEvidence
    meeting.photo_id, meeting.photo_by = photos[0].file_id, request.person.id
    await steps.note(request, meeting, MeetingChange.PHOTO, None, photo=True)
    return await steps.acknowledged(request, meeting, views.photo(meeting_name(meeting.number)))
