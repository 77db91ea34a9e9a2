"""What the steps on a decision share: finding it, asking for words, acknowledging."""

from typing import Any

from handlers import asking
from handlers.decision_cards import card_of
from handlers.refusals import NotNow, StaleButton
from handlers.reply import Answer, Edit, Effect, React, RefreshCard, Reply, Toast, View, says
from handlers.request import Request
from handlers.rules.names import decision_name
from handlers.rules.states import OPEN_DECISIONS
from storage import decisions
from storage.kinds import Subject
from storage.tables import Decision

WRITTEN = "✍"
"""The reaction to typed words: they are taken down, which is no applause for an objection."""


async def meant(request: Request) -> Decision:
    """The decision a press or a typed answer is about; raises StaleButton outside its group."""
    found = await decisions.get(request.session, request.args["id"])
    if found is None or found.group_id != request.here().id:
        raise StaleButton
    return found


def still_open(decision: Decision) -> None:
    """Raises NotNow once the decision takes no answer any more."""
    if decision.state not in OPEN_DECISIONS:
        raise NotNow(name=decision_name(decision.number), state=decision.state)


async def ask(request: Request, decision: Decision, *, kind: str, view: View, **args: Any) -> Reply:
    """Ask the person for words about a decision; they come back to the dialogue's handler with these args."""
    about = {"id": decision.id, "group": decision.group_id, **args}
    return await asking.ask(request, kind=kind, view=view, args=about)


async def acknowledged(request: Request, decision: Decision, said: View, *then: Effect) -> Reply:
    """The quietest acknowledgement there is here, the cards brought up to date, and what else follows."""
    effects = [_receipt(request, said), await refreshed(request, decision)]
    if request.heard.press and (back := place_in_list(request)):
        effects.append(Edit(await card_of(request.session, decision, back=back)))
    return says(*effects, *then)


async def refreshed(request: Request, decision: Decision) -> Effect:
    """Every living card of a decision as it stands now."""
    return RefreshCard(Subject.DECISION, decision.id, await card_of(request.session, decision))


def place_in_list(request: Request) -> dict[str, Any] | None:
    """The page of the list from which the pressed card was opened; None for a living card."""
    back: dict[str, Any] = {name: request.args[name] for name in ("choice", "page") if name in request.args}
    return back or None


def _receipt(request: Request, said: View) -> Effect:
    if request.heard.press:
        return Toast(said)
    return Answer(said) if request.heard.private else React(otherwise=said, emoji=WRITTEN)
