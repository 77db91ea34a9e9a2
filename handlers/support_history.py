"""The history of a request for support, read from the journal."""

from datetime import date

from handlers.decision_steps import place_in_list
from handlers.history_sheets import facts, person_name
from handlers.permission import may
from handlers.reply import Edit, Reply, says
from handlers.request import Request
from handlers.rules.names import support_name
from handlers.rules.rights import Act
from handlers.rules.support import SupportChange
from handlers.support_steps import args_of, meant
from handlers.views import support_history as views
from handlers.views.support_history import LineFacts
from storage import journal
from storage.kinds import Subject, SupportKind
from storage.tables import JournalEntry


async def history(request: Request) -> Reply:
    """What happened to a request, in the message of its card; the newest changes stand on the first page."""
    request.here()
    await may(request, Act.SEE)
    row = await meant(request)
    known = await journal.of(request.session, Subject.SUPPORT, row.id)
    name, args = support_name(row.number), {**args_of(row), **(place_in_list(request) or {})}
    return says(Edit(views.history(await facts(request, known, _line, name=name, args=args))))


async def _line(request: Request, entry: JournalEntry) -> LineFacts:
    said = entry.after
    return LineFacts(
        at=entry.at,
        change=SupportChange(entry.change),
        actor=await person_name(request, entry.actor_id),
        note=said.get("note", ""),
        kind=SupportKind(said["kind"]) if said.get("kind") else None,
        activity=said.get("name", ""),
        needed_by=date.fromisoformat(said["needed_by"]) if said.get("needed_by") else None,
    )
