"""To which meeting and agenda item a record belongs that is made while a meeting goes on."""

from dataclasses import dataclass

from handlers.refusals import NoMeetingOn
from handlers.request import Request
from storage import agendas, meetings
from storage.tables import Meeting


@dataclass(frozen=True)
class NowOn:
    """The meeting that goes on and the point spoken of; None for neither."""

    meeting_id: int | None = None
    agenda_item_id: int | None = None


async def now_on(request: Request) -> NowOn:
    """What goes on in the group at hand."""
    group = request.here()
    meeting = await meetings.running(request.session, group.id) if group.last_meeting else None
    if meeting is None:
        return NowOn()
    item = await agendas.running(request.session, meeting.id)
    return NowOn(meeting.id, item.id if item else None)


async def running(request: Request) -> Meeting:
    """The meeting that goes on; raises NoMeetingOn."""
    meeting = await meetings.running(request.session, request.here().id)
    if meeting is None:
        raise NoMeetingOn
    return meeting
