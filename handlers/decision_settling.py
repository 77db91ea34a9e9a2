"""What follows from the answers of the sides: the state, what it does to another decision, and what is said."""

from typing import Any

from handlers import journalling
from handlers.decision_steps import refreshed
from handlers.decision_text_facts import missing
from handlers.reply import Effect, Post
from handlers.request import Request
from handlers.rules.decision_changes import DecisionChange
from handlers.rules.names import decision_name
from handlers.rules.states import (
    OPEN_DECISIONS,
    REPLACEABLE,
    after_answer,
    after_replacement,
    awaited_wordings,
    outcome,
)
from handlers.views import decision_answers as views
from handlers.views import decision_text_records as record_views
from handlers.views import decision_texts as text_views
from storage import decisions, groups, journal
from storage.kinds import DecisionState, Role, Subject, Verdict
from storage.tables import Answer, Decision, DecisionText, Side, TextConfirmation


async def settle(request: Request, decision: Decision, answer: Answer, role: Role) -> tuple[Effect, ...]:
    """Bring an open decision in line with a new answer and note it; `role` is that of the person who answers."""
    before = decision.state
    enter(request, decision, after_answer(before, *await _said(request, decision)))
    after = {"answer": answer.id, "side": answer.side_id, "verdict": answer.verdict, "as": role}
    if answer.reason:
        after["reason"] = answer.reason
    if answer.recorded_by is not None:
        after |= {"person": answer.person_id, "evidence": answer.evidence}
    await note(request, decision, _change(answer), before, **after)
    if decision.state is DecisionState.AGREED:
        return await _consequences(request, decision)
    return await _wait(request, decision, f"wording:{decision.id}:{answer.id}")


async def reconsider(request: Request, decision: Decision, change: DecisionChange, **after: Any) -> tuple[Effect, ...]:
    """Note a change of the wordings; a decision that waited for nothing else is agreed with it."""
    before = decision.state
    if before in OPEN_DECISIONS:
        enter(request, decision, outcome(*await _said(request, decision)))
    decision.version += 1  # a reminder that waits to be sent may say what is no longer so
    await note(request, decision, change, before, **after)
    agreed = decision.state is DecisionState.AGREED and before is not DecisionState.AGREED
    return await _consequences(request, decision) if agreed else ()


async def ask_wordings(request: Request) -> tuple[Effect, ...]:
    """The group asks for wordings from now on: also a side that has answered may have to be reminded."""
    for decision in await decisions.open_ones(request.session, request.here().id):
        decision.look_at = request.now
        request.session.add(decision)
    return ()


async def unask_wordings(request: Request) -> tuple[Effect, ...]:
    """The group no longer asks for wordings: what waited for nothing else is agreed."""
    effects: tuple[Effect, ...] = ()
    for decision in await decisions.open_ones(request.session, request.here().id):
        agreed = outcome(*await _said(request, decision)) is DecisionState.AGREED
        if agreed and decision.state in OPEN_DECISIONS:  # one before may have taken its place meanwhile
            effects += await reconsider(request, decision, DecisionChange.UNASKED)
            effects += (await refreshed(request, decision),)
    return effects


async def contest(request: Request, decision: Decision, answer: Answer) -> tuple[Effect, ...]:
    """Void an answer recorded for somebody, and what was recorded for him before; what it had settled is open again."""
    for earlier in await decisions.answers(request.session, decision.id):
        same = earlier.person_id == answer.person_id and earlier.recorded_by is not None and earlier.id <= answer.id
        if same and earlier.contested_at is None:
            earlier.contested_at = request.now
    await request.session.flush()
    side = await request.session.get_one(Side, answer.side_id)
    reopened, then = await _let_go(
        request, decision, DecisionChange.CONTESTED, agreed=None, contested=answer.id, side=side.id
    )
    said = views.contested(decision_name(decision.number), side.name, reopened=reopened)
    return (Post(decision.group_id, said, key=f"contested:{answer.id}"), *then)


async def contest_wording(
    request: Request, decision: Decision, text: DecisionText, row: TextConfirmation
) -> tuple[Effect, ...]:
    """Void a confirmation recorded for somebody; a decision whose agreement hung on it is open again."""
    row.contested_at = request.now
    request.session.add(row)
    await request.session.flush()
    side = await request.session.get_one(Side, row.side_id)
    hung_on_it = not text.later and not await _asked_since(request, decision)
    reopened, then = await _let_go(
        request,
        decision,
        DecisionChange.CONFIRMATION_CONTESTED,
        agreed=False if hung_on_it else None,
        contested=row.id,
        side=side.id,
        language=text.language,
    )
    name = decision_name(decision.number)
    said = record_views.contested_in_group(name, text.language, side.name, reopened=reopened)
    return (Post(decision.group_id, said, key=f"wording contested:{row.id}"), *then)


async def _asked_since(request: Request, decision: Decision) -> bool:
    """Whether the group began to ask for wordings after the decision was agreed: a rule opens nothing afterwards."""
    entries = await journal.of(request.session, Subject.DECISION, decision.id)
    agreed = max((entry.id for entry in entries if entry.after.get("state") == DecisionState.AGREED), default=0)
    rules = await journal.of(request.session, Subject.MECHANISM, decision.group_id)
    return any(entry.id > agreed and entry.after.get("rule") == "wordings" for entry in rules)


async def _let_go(
    request: Request, decision: Decision, change: DecisionChange, *, agreed: bool | None, **after: Any
) -> tuple[bool, tuple[Effect, ...]]:
    """Bring a decision in line with what no longer counts: whether it is open again, and what follows from that."""
    before = decision.state
    if before in REPLACEABLE:
        enter(request, decision, outcome(*await _said(request, decision, agreed=agreed)))
    await note(request, decision, change, before, **after)
    reopened = before is DecisionState.AGREED and decision.state in OPEN_DECISIONS
    return reopened, await _restore(request, decision) if reopened else ()


def enter(request: Request, decision: Decision, state: DecisionState) -> None:
    """Put a decision into a state: closed ones keep the moment of their closing and need no more looking at."""
    if state is not decision.state:
        decision.version += 1
    decision.state = state
    closed = state not in OPEN_DECISIONS
    decision.closed_at = (decision.closed_at or request.now) if closed else None
    decision.look_at = None if closed else request.now
    request.session.add(decision)


async def note(
    request: Request, decision: Decision, change: DecisionChange, before: DecisionState | None, **after: Any
) -> None:
    """Write a change of a decision into the journal, with the state before and after."""
    was = {} if before is None else {"state": before}
    now = {"state": decision.state, **after}
    await journalling.write(request, Subject.DECISION, decision.id, change, before=was, after=now)


async def replaced(request: Request, decision: Decision) -> Decision | None:
    """The decision whose place this one takes or would take."""
    if decision.supersedes_id is None:
        return None
    return await decisions.get(request.session, decision.supersedes_id)


async def _said(
    request: Request, decision: Decision, *, agreed: bool | None = None
) -> tuple[list[int], dict[int, Verdict], list[int]]:
    """The sides, their answers, and those whose wording is missing: nobody's once it is agreed without."""
    sides = [side.id for side in await groups.sides(request.session, decision.group_id)]
    given = (await decisions.standing(request.session, [decision.id]))[decision.id]
    agreed = decision.state is DecisionState.AGREED if agreed is None else agreed
    unworded = [] if agreed else (await missing(request.session, decision.group_id, [decision]))[decision.id]
    return sides, {side_id: answer.verdict for side_id, answer in given.items()}, [side.id for side in unworded]


async def _wait(request: Request, decision: Decision, key: str) -> tuple[Effect, ...]:
    """What the group hears when both sides agreed and a wording is all that is missing."""
    sides, answers, unworded = await _said(request, decision)
    waits_for = awaited_wordings(sides, answers, unworded)
    if not waits_for:
        return ()
    names = [side.name for side in await groups.sides(request.session, decision.group_id) if side.id in waits_for]
    return (Post(decision.group_id, text_views.waits(decision_name(decision.number), names), key=key),)


def _change(answer: Answer) -> DecisionChange:
    if answer.recorded_by is not None:
        return DecisionChange.RECORDED
    return DecisionChange.AGREED if answer.verdict is Verdict.AGREE else DecisionChange.OBJECTED


async def _consequences(request: Request, decision: Decision) -> tuple[Effect, ...]:
    old = await replaced(request, decision)
    gone = old is not None and after_replacement(old.state) is not old.state
    said = views.agreed(decision_name(decision.number), decision_name(old.number) if old and gone else "")
    # The version makes an agreement after a contested answer a new one.
    post = Post(decision.group_id, said, key=f"agreed:{decision.id}:{decision.version}")
    return (post, *await _supersede(request, old, decision)) if old and gone else (post,)


async def _supersede(request: Request, old: Decision, new: Decision) -> tuple[Effect, ...]:
    before = old.state
    enter(request, old, after_replacement(before))
    old.superseded_by_id = new.id
    await note(request, old, DecisionChange.SUPERSEDED, before, by=new.id)
    return (await refreshed(request, old),)


async def _restore(request: Request, decision: Decision) -> tuple[Effect, ...]:
    """Give the decision this one had superseded its state back, and so on down the line where that is open too."""
    old = await replaced(request, decision)
    if old is None or old.superseded_by_id != decision.id:
        return ()
    before = old.state
    old.superseded_by_id = None
    enter(request, old, outcome(*await _said(request, old, agreed=await _was_agreed(request, old))))
    await note(request, old, DecisionChange.RESTORED, before, instead_of=decision.id)
    further = await _restore(request, old) if old.state in OPEN_DECISIONS else ()
    return (await refreshed(request, old), *further)


async def _was_agreed(request: Request, decision: Decision) -> bool:
    """Whether a decision that lost its place had been agreed until then."""
    entries = await journal.of(request.session, Subject.DECISION, decision.id)
    lost = [entry.before for entry in entries if entry.change == DecisionChange.SUPERSEDED]
    return bool(lost) and lost[-1].get("state") == DecisionState.AGREED
