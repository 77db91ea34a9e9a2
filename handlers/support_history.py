"""The history of a request for support, read from the journal."""

from datetime import date

from handlers import working
from handlers.decision_steps import place_in_list
from handlers.history_sheets import person_name, sheet_of
from handlers.permission import may
from handlers.reply import Edit, Reply, says
from handlers.request import Request
from handlers.rules.names import support_name
from handlers.rules.rights import Act
from handlers.rules.support import SupportChange
from handlers.support_steps import args_of, meant
from handlers.views import support_history as views
from handlers.views.history import HistoryFacts
from handlers.views.support_history import LineFacts
from storage import journal
from storage.kinds import Subject, SupportKind
from storage.tables import JournalEntry, SupportRequest


async def history(request: Request) -> Reply:
    """What happened to a request, in the message of its card; the newest changes stand on the first page."""
    request.here()
    await may(request, Act.SEE)
    return says(Edit(views.history(await _facts(request, await meant(request)))))


async def _facts(request: Request, row: SupportRequest) -> HistoryFacts[LineFacts]:
    known = await journal.of(request.session, Subject.SUPPORT, row.id)
    shown, sheet, sheets = sheet_of(known, request.args.get("sheet", 1))
    return HistoryFacts(
        name=support_name(row.number),
        lines=tuple([await _line(request, entry) for entry in shown]),
        cities=tuple(await working.cities(request.session, row.group_id)),
        sheet=sheet,
        sheets=sheets,
        args={**args_of(row), **(place_in_list(request) or {})},
    )


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
