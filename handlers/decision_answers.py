"""Agreeing, objecting and withdrawing: what a side, or the one who proposed, says to a decision."""

from handlers.decision_settling import enter, note, replaced, settle
from handlers.decision_steps import acknowledged, ask, meant, refreshed, still_open
from handlers.permission import may
from handlers.refusals import NotYours, ReasonNeeded
from handlers.reply import Reply
from handlers.request import Request
from handlers.rules.decision_changes import DecisionChange
from handlers.rules.names import decision_name
from handlers.rules.rights import Act
from handlers.rules.states import after_withdrawal
from handlers.said import in_own_words
from handlers.views import decision_answers as views
from handlers.words import kept
from storage import answers, decisions
from storage.kinds import Verdict
from storage.tables import Answer, Decision

REASON_LIMIT = 1000
"""UTF-16 units of a reason or of evidence."""


async def agree(request: Request) -> Reply:
    """The presser's side agrees."""
    decision = await meant(request)
    side_id = await _voice(request, decision)
    still_open(decision)
    name = decision_name(decision.number)
    if await _said_already(request, decision, side_id):
        return await acknowledged(request, decision, views.agreed_already(name))
    return await _answer(request, decision, side_id, Verdict.AGREE)


async def object_to(request: Request) -> Reply:
    """The presser's side objects: asks for the reason."""
    decision = await meant(request)
    await _voice(request, decision)
    still_open(decision)
    view = views.ask_objection(decision_name(decision.number))
    return await ask(request, decision, kind="decision.reason", view=view)


async def objected(request: Request) -> Reply:
    """The reason of an objection was typed: now it counts."""
    decision = await meant(request)
    side_id = await _voice(request, decision)
    still_open(decision)
    reason = kept(request.words, REASON_LIMIT, ReasonNeeded(command="object"))
    return await _answer(request, decision, side_id, Verdict.OBJECT, reason)


async def withdraw(request: Request) -> Reply:
    """The one who proposed, or a coordinator, wants an open proposal back: asks for the reason."""
    decision = await meant(request)
    await may(request, Act.WITHDRAW_DECISION, owners={decision.proposed_by})
    still_open(decision)
    view = views.ask_withdrawal(decision_name(decision.number))
    return await ask(request, decision, kind="decision.withdraw_reason", view=view)


async def withdrawn(request: Request) -> Reply:
    """The reason of a withdrawal was typed: the proposal is closed."""
    decision = await meant(request)
    await may(request, Act.WITHDRAW_DECISION, owners={decision.proposed_by})
    still_open(decision)
    reason = kept(request.words, REASON_LIMIT, ReasonNeeded(command="withdraw"))
    before = decision.state
    enter(request, decision, after_withdrawal(before))
    await note(request, decision, DecisionChange.WITHDRAWN, before, reason=reason)
    old = await replaced(request, decision)
    also = (await refreshed(request, old),) if old else ()
    return await acknowledged(request, decision, views.withdrawn(decision_name(decision.number)), *also)


async def _voice(request: Request, decision: Decision) -> int:
    """The side the asker speaks for; raises NotYours. An alternate also when his side was silent for 48 hours."""
    member = request.mine()
    answer = await _standing(request, decision, member.side_id)
    since = decision.proposed_at if answer is None else None
    await may(request, Act.ANSWER_DECISION, side_id=member.side_id, asked_at=since)
    if member.side_id is None:
        raise NotYours
    return member.side_id


async def _said_already(request: Request, decision: Decision, side_id: int) -> bool:
    answer = await _standing(request, decision, side_id)
    own = answer is not None and answer.person_id == request.person.id and answer.recorded_by is None
    return own and answer is not None and answer.verdict is Verdict.AGREE


async def _standing(request: Request, decision: Decision, side_id: int | None) -> Answer | None:
    given = (await decisions.standing(request.session, [decision.id]))[decision.id]
    return given.get(side_id) if side_id is not None else None


async def _answer(request: Request, decision: Decision, side_id: int, verdict: Verdict, reason: str = "") -> Reply:
    own = Answer(decision_id=decision.id, side_id=side_id, **in_own_words(request, verdict, reason))
    answer = await answers.add(request.session, own)
    effects = await settle(request, decision, answer, request.mine().role)
    said = views.answered(decision_name(decision.number), verdict)
    return await acknowledged(request, decision, said, *effects)
