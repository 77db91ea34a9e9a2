"""The history of a meeting, read from the journal."""

from datetime import datetime

from handlers import meeting_steps as steps
from handlers.history_sheets import facts, person_name
from handlers.permission import may
from handlers.reply import Edit, Reply, says
from handlers.request import Request
from handlers.rules.meeting_changes import MeetingChange
from handlers.rules.names import meeting_name
from handlers.rules.rights import Act
from handlers.views import meeting_history as views
from handlers.views.meeting_history import LineFacts
from storage import journal
from storage.kinds import Subject, Verdict
from storage.tables import JournalEntry


async def history(request: Request) -> Reply:
    """What happened to a meeting, in the message of its card; the newest changes stand on the first page."""
    group = request.here()
    await may(request, Act.SEE)
    meeting = await steps.meant(request)
    known = await journal.of(request.session, Subject.MEETING, meeting.id)
    name, args = meeting_name(meeting.number), {"id": meeting.id, "group": group.id}
    return says(Edit(views.history(await facts(request, known, _line, name=name, args=args))))


async def _line(request: Request, entry: JournalEntry) -> LineFacts:
    said = entry.after
    return LineFacts(
        at=entry.at,
        change=MeetingChange(entry.change),
        actor=await person_name(request, entry.actor_id),
        note=said.get("reason") or said.get("text") or said.get("evidence") or "",
        starts_at=datetime.fromisoformat(said["starts_at"]) if said.get("starts_at") else None,
        objected=said.get("verdict") == Verdict.OBJECT,
        whom=await person_name(request, said.get("person")),
    )
