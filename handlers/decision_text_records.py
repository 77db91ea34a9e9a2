"""Wordings a coordinator confirms for a person who cannot reach the bot, and that person's word against it."""

from handlers.decision_answers import REASON_LIMIT
from handlers.decision_settling import contest_wording, reconsider
from handlers.decision_speakers import Speaker, chosen, recordable, speakers
from handlers.decision_steps import acknowledged, ask, meant
from handlers.decision_text_facts import sides_of
from handlers.permission import may
from handlers.refusals import NothingWritten, StaleButton
from handlers.reply import Edit, Private, Reply
from handlers.request import Request
from handlers.rules.decision_changes import DecisionChange
from handlers.rules.names import decision_name
from handlers.rules.rights import Act
from handlers.views import decision_records as record_views
from handlers.views import decision_text_records as views
from handlers.words import kept
from storage import decision_texts, groups
from storage.tables import Decision, DecisionText, TextConfirmation


async def offered(request: Request, decision: Decision) -> list[tuple[DecisionText, Speaker]]:
    """The wordings that wait for a side's word, each with the persons who could give it."""
    texts = (await decision_texts.standing(request.session, [decision.id]))[decision.id]
    return [(text, speaker) for text in texts.values() for speaker in await _speakers(request, decision, text)]


async def for_person(request: Request) -> Reply:
    """The person and the wording are chosen: asks for the evidence."""
    decision = await recordable(request)
    text = await _standing(request, decision)
    _, (_, person) = chosen(request, await _speakers(request, decision, text))
    view = views.ask_evidence(decision_name(decision.number), person.name, text.language)
    return await ask(request, decision, kind="decision.text_evidence", view=view, person=person.id, text=text.id)


async def recorded(request: Request) -> Reply:
    """The evidence was typed: the wording counts as confirmed, is shown as recorded, and the person is told."""
    decision = await recordable(request)
    text = await _standing(request, decision)
    side, (member, _) = chosen(request, await _speakers(request, decision, text))
    row = await decision_texts.confirm(
        request.session,
        text_id=text.id,
        side_id=side.id,
        by=member.person_id,
        at=request.now,
        recorded_by=request.person.id,
        evidence=kept(request.words, REASON_LIMIT, NothingWritten(command="evidence")),
    )
    change = DecisionChange.CONFIRMATION_RECORDED
    after = {"language": text.language, "wording": text.id, "side": side.id}
    after |= {"person": row.person_id, "evidence": row.evidence}
    effects = await reconsider(request, decision, change, **after)
    said = views.recorded(decision_name(decision.number), text.language)
    return await acknowledged(request, decision, said, _told(request, decision, text, row), *effects)


async def contest(request: Request) -> Reply:
    """The person for whom a wording was confirmed says that it was not so: it no longer counts as confirmed."""
    decision = await meant(request)
    row = await decision_texts.confirmation(request.session, request.args["confirmation"])
    text = await decision_texts.get(request.session, row.text_id) if row is not None else None
    if row is None or text is None or text.decision_id != decision.id or row.recorded_by is None:
        raise StaleButton
    await may(request, Act.CONTEST_ANSWER, owners={row.person_id})
    if row.contested_at is not None:
        raise StaleButton
    effects = await contest_wording(request, decision, text, row)
    said = views.contested(decision_name(decision.number), text.language)
    reply = await acknowledged(request, decision, said, *effects)
    return reply.and_then(Edit(said)) if request.args.get("notice") else reply


async def _standing(request: Request, decision: Decision) -> DecisionText:
    """The wording pressed, while it is the one that counts: nobody confirms words that were written anew."""
    texts = (await decision_texts.standing(request.session, [decision.id]))[decision.id]
    for text in texts.values():
        if text.id == request.args["text"]:
            return text
    raise StaleButton


async def _speakers(request: Request, decision: Decision, text: DecisionText) -> list[Speaker]:
    """Who could confirm a wording for a side that has not done so."""
    given = (await decision_texts.confirmations(request.session, [text.id]))[text.id]
    own = sides_of(text.language, await groups.sides(request.session, decision.group_id))
    return await speakers(request, [(side, text.written_at) for side in own if side.id not in given])


def _told(request: Request, decision: Decision, text: DecisionText, row: TextConfirmation) -> Private:
    facts = record_views.NoticeFacts(
        decision=decision_name(decision.number),
        text=text.text,
        group=request.here().name,
        recorder=request.person.name,
        language=text.language,
        evidence=row.evidence,
        press="decision.text_contest",
        args={"id": decision.id, "group": decision.group_id, "confirmation": row.id, "notice": 1},
    )
    return Private(
        row.person_id,
        record_views.notice(facts),
        group_id=decision.group_id,
        key=f"wording recorded:{row.id}",
        otherwise=record_views.notice_in_group(facts),
    )
