"""Answers a coordinator writes down for a person who cannot reach the bot, and that person's word against it."""

from datetime import datetime

from handlers import decision_text_records
from handlers.decision_answers import REASON_LIMIT
from handlers.decision_settling import contest as void
from handlers.decision_settling import settle
from handlers.decision_speakers import Speaker, chosen, recordable, speakers
from handlers.decision_steps import acknowledged, ask, meant
from handlers.permission import may
from handlers.refusals import NobodyToRecordFor, NothingWritten, ReasonNeeded, StaleButton
from handlers.reply import Answer, Edit, Private, Reply, says
from handlers.request import Request
from handlers.rules.names import decision_name
from handlers.rules.rights import Act
from handlers.views import decision_records as views
from handlers.words import kept
from storage import decisions, groups
from storage.kinds import Verdict
from storage.tables import Answer as AnswerRow
from storage.tables import Decision, Side


async def on_behalf(request: Request) -> Reply:
    """Offers the persons for whom something can be recorded: who speaks for a side that did not speak itself."""
    decision = await recordable(request)
    found = [(person.id, person.name, side.name) for side, (_, person) in await _speakers(request, decision)]
    wordings = await decision_text_records.offered(request, decision)
    confirming = [(text.id, person.id, person.name, text.language) for text, (_, (_, person)) in wordings]
    if not found and not confirming:
        raise NobodyToRecordFor(name=decision_name(decision.number))
    args = {"id": decision.id, "group": decision.group_id}
    return says(Answer(views.choose_person(decision_name(decision.number), found, confirming, args)))


async def for_person(request: Request) -> Reply:
    """The person is chosen: asks whether he agrees or objects."""
    decision = await recordable(request)
    side, (_, person) = chosen(request, await _speakers(request, decision))
    args = {"id": decision.id, "group": decision.group_id, "person": person.id}
    return says(Edit(views.choose_verdict(decision_name(decision.number), person.name, side.name, args)))


async def for_verdict(request: Request) -> Reply:
    """The verdict is chosen: asks for the reason of an objection, or at once for the evidence."""
    decision = await recordable(request)
    _, (_, person) = chosen(request, await _speakers(request, decision))
    name = decision_name(decision.number)
    if Verdict(request.args["verdict"]) is Verdict.OBJECT:
        view = views.ask_reason(name, person.name)
        return await ask(request, decision, kind="decision.reason_for", view=view, person=person.id)
    view = views.ask_evidence(name, person.name)
    return await ask(
        request, decision, kind="decision.evidence", view=view, person=person.id, verdict=Verdict.AGREE.value
    )


async def reason_for(request: Request) -> Reply:
    """The reason of somebody's objection was typed: asks for the evidence."""
    decision = await recordable(request)
    _, (_, person) = chosen(request, await _speakers(request, decision))
    reason = kept(request.words, REASON_LIMIT, ReasonNeeded(command="object"))
    view = views.ask_evidence(decision_name(decision.number), person.name)
    objecting = {"person": person.id, "verdict": Verdict.OBJECT.value, "reason": reason}
    return await ask(request, decision, kind="decision.evidence", view=view, **objecting)


async def recorded(request: Request) -> Reply:
    """The evidence was typed: the answer counts, is shown as recorded, and the person is told."""
    decision = await recordable(request)
    side, (member, _) = chosen(request, await _speakers(request, decision))
    answer = await decisions.add_answer(
        request.session,
        decision_id=decision.id,
        side_id=side.id,
        verdict=Verdict(request.args["verdict"]),
        reason=request.args.get("reason", ""),
        person_id=member.person_id,
        bot_id=request.heard.bot_id,
        update_id=request.heard.update_id,
        at=request.now,
        recorded_by=request.person.id,
        evidence=kept(request.words, REASON_LIMIT, NothingWritten(command="evidence")),
    )
    effects = await settle(request, decision, answer, member.role)
    told = await _told(request, decision, answer)
    return await acknowledged(request, decision, views.recorded(decision_name(decision.number)), told, *effects)


async def contest(request: Request) -> Reply:
    """The person for whom an answer was recorded says that it was not so: it no longer counts."""
    decision = await meant(request)
    answer = await decisions.answer(request.session, request.args["answer"])
    if answer is None or answer.decision_id != decision.id or answer.recorded_by is None:
        raise StaleButton
    await may(request, Act.CONTEST_ANSWER, owners={answer.person_id})
    if answer.contested_at is not None:
        raise StaleButton
    effects = await void(request, decision, answer)
    said = views.contested(decision_name(decision.number))
    reply = await acknowledged(request, decision, said, *effects)
    return reply.and_then(Edit(said)) if request.args.get("notice") else reply


async def _speakers(request: Request, decision: Decision) -> list[Speaker]:
    """Who could answer for a side that has not answered in its own words."""
    given = (await decisions.standing(request.session, [decision.id]))[decision.id]
    asked: list[tuple[Side, datetime | None]] = []
    for side in await groups.sides(request.session, decision.group_id):
        answer = given.get(side.id)
        if answer is None or answer.recorded_by is not None:
            asked.append((side, decision.proposed_at if answer is None else None))
    return await speakers(request, asked)


async def _told(request: Request, decision: Decision, answer: AnswerRow) -> Private:
    facts = views.NoticeFacts(
        decision=decision_name(decision.number),
        text=decision.text,
        group=request.here().name,
        recorder=request.person.name,
        verdict=answer.verdict,
        reason=answer.reason,
        evidence=answer.evidence,
        args={"id": decision.id, "group": decision.group_id, "answer": answer.id, "notice": 1},
    )
    return Private(
        answer.person_id,
        views.notice(facts),
        group_id=decision.group_id,
        key=f"recorded:{answer.id}",
        otherwise=views.notice_in_group(facts),
    )
