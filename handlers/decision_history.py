"""The history of a decision, read from the journal."""

from math import ceil

from handlers import working
from handlers.decision_steps import meant, place_in_list
from handlers.permission import may
from handlers.reply import Edit, Reply, says
from handlers.request import Request
from handlers.rules.decision_changes import DecisionChange
from handlers.rules.names import decision_name
from handlers.rules.rights import Act
from handlers.views import decision_history as views
from handlers.views.decision_history import HistoryFacts, LineFacts
from storage import decisions, journal
from storage.kinds import DecisionState, Subject, Verdict
from storage.tables import Decision, JournalEntry, Person, Side

LINES = 5
"""Changes on one page."""


async def history(request: Request) -> Reply:
    """What happened to a decision, in the message of its card; the newest changes stand on the first page."""
    request.here()
    await may(request, Act.SEE)
    decision = await meant(request)
    return says(Edit(views.history(await _facts(request, decision, request.args.get("sheet", 1)))))


async def _facts(request: Request, decision: Decision, wanted: int) -> HistoryFacts:
    entries = await journal.of(request.session, Subject.DECISION, decision.id)
    known = [entry for entry in entries if entry.change in set(DecisionChange)]
    sheets = max(1, ceil(len(known) / LINES))
    sheet = min(max(wanted, 1), sheets)
    end = len(known) - (sheet - 1) * LINES
    shown = known[max(0, end - LINES) : end]
    return HistoryFacts(
        name=decision_name(decision.number),
        lines=tuple([await _line(request, entry) for entry in shown]),
        cities=tuple(await working.cities(request.session, decision.group_id)),
        sheet=sheet,
        sheets=sheets,
        args={"id": decision.id, "group": decision.group_id, **(place_in_list(request) or {})},
    )


async def _line(request: Request, entry: JournalEntry) -> LineFacts:
    after = entry.after
    return LineFacts(
        at=entry.at,
        change=DecisionChange(entry.change),
        state=DecisionState(after["state"]),
        actor=await _person(request, entry.actor_id),
        side=await _side(request, after.get("side")),
        verdict=Verdict(after["verdict"]) if "verdict" in after else None,
        person=await _person(request, after.get("person")),
        other=await _other(request, after.get("by") or after.get("instead_of")),
        reason=after.get("reason", ""),
        evidence=after.get("evidence", ""),
        language=after.get("language", ""),
        words=after.get("text", "") if entry.change == DecisionChange.WORDED else "",
        before=DecisionState(entry.before["state"]) if "state" in entry.before else None,
    )


async def _person(request: Request, person_id: int | None) -> str:
    found = await request.session.get(Person, person_id) if person_id is not None else None
    return found.name if found else ""


async def _side(request: Request, side_id: int | None) -> str:
    found = await request.session.get(Side, side_id) if side_id is not None else None
    return found.name if found else ""


async def _other(request: Request, decision_id: int | None) -> str:
    found = await decisions.get(request.session, decision_id) if decision_id is not None else None
    return decision_name(found.number) if found else ""
