"""The message that proposed a decision was changed: others may have read it, so the proposal stays as it was."""

from handlers import edits
from handlers.decisions import TEXT_LIMIT
from handlers.permission import can
from handlers.refusals import NothingWritten
from handlers.reply import Reply, says
from handlers.request import Request
from handlers.rules.decision_changes import DecisionChange
from handlers.rules.names import decision_name
from handlers.rules.rights import Act
from handlers.rules.states import OPEN_DECISIONS
from handlers.views import decision_answers as views
from handlers.words import kept
from storage.kinds import Subject
from storage.tables import Decision


async def edited(request: Request) -> Reply:
    """Say that it stays, and how another text is proposed; nothing where the text is the same."""
    entries = await edits.made_by(request, Subject.DECISION, DecisionChange.PROPOSED)
    if not entries:
        return edits.no_record(request)
    words = kept(request.words or _quoted(request), TEXT_LIMIT, NothingWritten(command="decide"))
    if words == entries[0].after["text"]:
        return says()
    decision = await request.session.get_one(Decision, entries[0].subject_id)
    withdraws = decision.state in OPEN_DECISIONS and await can(
        request, Act.WITHDRAW_DECISION, owners=[decision.proposed_by]
    )
    args = {"id": decision.id, "group": decision.group_id}
    view = views.message_changed(decision_name(decision.number), args if withdraws else None, decision.state)
    return says(edits.aside(request, view))


def _quoted(request: Request) -> str:
    return request.heard.reply_to.text if request.heard.reply_to else ""
