"""Answers a coordinator writes down for a person who cannot reach the bot, and that person's word against it."""

from datetime import datetime

from handlers import decision_text_records, recording
from handlers.decision_settling import contest as void
from handlers.decision_settling import settle
from handlers.decision_speakers import chosen, recordable, speakers
from handlers.decision_steps import acknowledged, meant
from handlers.recording import Recording
from handlers.refusals import StaleButton
from handlers.reply import Edit, Reply
from handlers.request import Request
from handlers.rules.names import decision_name
from handlers.views import decision_records as views
from handlers.views.decision_records import RecordRoutes
from storage import answers, decisions, groups
from storage.tables import Answer, Decision, Side

ROUTES = RecordRoutes(
    "decision.for_person", "decision.for_verdict", "decision.reason_for", "decision.evidence", "decision.contest"
)


async def on_behalf(request: Request) -> Reply:
    """Offers the persons for whom something can be recorded: who speaks for a side that did not speak itself."""
    decision = await recordable(request)
    wordings = await decision_text_records.offered(request, decision)
    confirming = [(text.id, person.id, person.name, text.language) for text, (_, (_, person)) in wordings]
    return recording.ask_person(await _recording(request, decision), confirming)


async def for_person(request: Request) -> Reply:
    """The person is chosen: asks whether he agrees or objects."""
    return recording.ask_verdict(request, await _recording(request, await recordable(request)))


async def for_verdict(request: Request) -> Reply:
    """The verdict is chosen: asks for the reason of an objection, or at once for the evidence."""
    return await recording.ask_reason(request, await _recording(request, await recordable(request)))


async def reason_for(request: Request) -> Reply:
    """The reason of somebody's objection was typed: asks for the evidence."""
    return await recording.ask_evidence(request, await _recording(request, await recordable(request)))


async def recorded(request: Request) -> Reply:
    """The evidence was typed: the answer counts, is shown as recorded, and the person is told."""
    decision = await recordable(request)
    what = await _recording(request, decision)
    side, (member, _) = chosen(request, what.speakers)
    said = {"person_id": member.person_id, **recording.written(request)}
    answer = await answers.add(request.session, Answer(decision_id=decision.id, side_id=side.id, **said))
    effects = await settle(request, decision, answer, member.role)
    told = recording.told(request, what, answer)
    return await acknowledged(request, decision, views.recorded(what.name), told, *effects)


async def contest(request: Request) -> Reply:
    """The person for whom an answer was recorded says that it was not so: it no longer counts."""
    decision = await meant(request)
    answer = await decisions.answer(request.session, request.args["answer"])
    if answer is None or answer.decision_id != decision.id:
        raise StaleButton
    await recording.contestable(request, answer)
    effects = await void(request, decision, answer)
    said = views.contested(decision_name(decision.number))
    reply = await acknowledged(request, decision, said, *effects)
    return reply.and_then(Edit(said)) if request.args.get("notice") else reply


async def _recording(request: Request, decision: Decision) -> Recording:
    """The answer to this decision: of a side that has not answered in its own words."""
    given = (await decisions.standing(request.session, [decision.id]))[decision.id]
    asked: list[tuple[Side, datetime | None]] = []
    for side in await groups.sides(request.session, decision.group_id):
        answer = given.get(side.id)
        if answer is None or answer.recorded_by is not None:
            asked.append((side, decision.proposed_at if answer is None else None))
    return Recording(
        name=decision_name(decision.number),
        text=decision.text,
        speakers=await speakers(request, asked),
        args={"id": decision.id, "group": decision.group_id},
        routes=ROUTES,
    )
