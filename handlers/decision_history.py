"""The history of a decision, read from the journal."""

from datetime import date

from handlers.decision_steps import meant, place_in_list
from handlers.history_sheets import facts, person_name, side_name
from handlers.permission import may
from handlers.reply import Edit, Reply, says
from handlers.request import Request
from handlers.rules.decision_changes import DecisionChange
from handlers.rules.names import decision_name
from handlers.rules.rights import Act
from handlers.views import decision_history as views
from handlers.views.decision_history import LineFacts
from storage import decisions, journal
from storage.kinds import DecisionState, Subject, Verdict
from storage.tables import JournalEntry


async def history(request: Request) -> Reply:
    """What happened to a decision, in the message of its card; the newest changes stand on the first page."""
    group = request.here()
    await may(request, Act.SEE)
    decision = await meant(request)
    entries = await journal.of(request.session, Subject.DECISION, decision.id)
    known = [entry for entry in entries if entry.change in set(DecisionChange)]
    args = {"id": decision.id, "group": group.id, **(place_in_list(request) or {})}
    found = await facts(request, known, _line, name=decision_name(decision.number), args=args)
    return says(Edit(views.history(found)))


async def _line(request: Request, entry: JournalEntry) -> LineFacts:
    after = entry.after
    return LineFacts(
        at=entry.at,
        change=DecisionChange(entry.change),
        state=DecisionState(after["state"]),
        actor=await person_name(request, entry.actor_id),
        side=await side_name(request, after.get("side")),
        verdict=Verdict(after["verdict"]) if "verdict" in after else None,
        person=await person_name(request, after.get("person")),
        other=await _other(request, after.get("by") or after.get("instead_of")),
        reason=after.get("reason", ""),
        evidence=after.get("evidence", ""),
        language=after.get("language", ""),
        words=after.get("text", "") if entry.change == DecisionChange.WORDED else "",
        day=date.fromisoformat(after["day"]) if after.get("day") else None,
        before=DecisionState(entry.before["state"]) if "state" in entry.before else None,
    )


async def _other(request: Request, decision_id: int | None) -> str:
    found = await decisions.get(request.session, decision_id) if decision_id is not None else None
    return decision_name(found.number) if found else ""
