"""What both sides agreed to in a meeting: recorded by its moderator for who said so, confirmed by each afterwards."""

from typing import Any

from handlers import decisions as records
from handlers.decision_settling import note, settle
from handlers.decision_speakers import Speaker, speakers
from handlers.decision_steps import acknowledged, meant
from handlers.meeting_records import running
from handlers.permission import may
from handlers.refusals import NotModerator, NotYours, StaleButton
from handlers.reply import Edit, Effect, Private, Reply, says
from handlers.request import Request
from handlers.rules.decision_changes import DecisionChange
from handlers.rules.names import decision_name, meeting_name, said_in_meeting
from handlers.rules.rights import Act
from handlers.said import for_another, in_own_words
from handlers.views import meeting_agreements as views
from storage import answers, decisions, groups
from storage.attendance import present_ids
from storage.kinds import DecisionState, Verdict
from storage.tables import Answer, Decision, Meeting, Person


async def agreed(request: Request) -> Reply:
    """/agreed TEXT: a decision to which whoever speaks for each side and is there has agreed.

    A side for which nobody who may speak is there answers later, by button as ever. Raises NoMeetingOn,
    NotModerator.
    """
    meeting = await running(request)
    await _may_record(request, meeting)
    decision = await records.write_down(request, "agreed")
    effects: list[Effect] = []
    for side, (member, person) in await _there(request, meeting, decision):
        answer = await answers.add(
            request.session, Answer(decision_id=decision.id, side_id=side.id, **_agrees(request, meeting, person))
        )
        effects += await settle(request, decision, answer, member.role)
        effects += [] if answer.recorded_by is None else [_told(request, meeting, decision, answer)]
    return says(await records.shown_card(request, decision), *effects)


async def _may_record(request: Request, meeting: Meeting) -> None:
    try:
        await may(request, Act.RECORD_AGREED, owners={each for each in (meeting.moderator_id,) if each is not None})
    except NotYours as refusal:
        raise NotModerator(name=meeting_name(meeting.number)) from refusal


def _agrees(request: Request, meeting: Meeting, person: Person) -> dict[str, Any]:
    if person.id == request.person.id:
        return in_own_words(request, Verdict.AGREE)
    evidence = said_in_meeting(meeting.number, meeting.title)
    return {"person_id": person.id, **for_another(request, Verdict.AGREE, evidence=evidence)}


async def confirm(request: Request) -> Reply:
    """[Confirm]: the person says himself what was recorded for him in a meeting."""
    decision = await meant(request)
    answer = await decisions.answer(request.session, request.args["answer"])
    if answer is None or answer.decision_id != decision.id or answer.recorded_by is None:
        raise StaleButton
    await may(request, Act.CONTEST_ANSWER, owners={answer.person_id})
    standing = (await decisions.standing(request.session, [decision.id]))[decision.id].get(answer.side_id)
    if standing is None or standing.id != answer.id or decision.state is DecisionState.WITHDRAWN:
        raise StaleButton
    words = in_own_words(request, answer.verdict)
    own = await answers.add(request.session, Answer(decision_id=decision.id, side_id=answer.side_id, **words))
    decision.version += 1
    request.session.add(decision)
    after = {"answer": own.id, "side": own.side_id, "verdict": own.verdict, "as": request.mine().role}
    await note(request, decision, DecisionChange.AGREED, decision.state, **after)
    said = views.confirmed(decision_name(decision.number))
    reply = await acknowledged(request, decision, said)
    return reply.and_then(Edit(said)) if request.args.get("notice") else reply


async def _there(request: Request, meeting: Meeting, decision: Decision) -> list[Speaker]:
    """Of each side the first who speaks for it and is there."""
    there = await present_ids(request.session, meeting.id)
    sides = await groups.sides(request.session, meeting.group_id)
    found: dict[int, Speaker] = {}
    for side, member in await speakers(request, [(side, decision.proposed_at) for side in sides]):
        if member[1].id in there:
            found.setdefault(side.id, (side, member))
    return list(found.values())


def _told(request: Request, meeting: Meeting, decision: Decision, answer: Answer) -> Private:
    args = {"id": decision.id, "group": decision.group_id, "answer": answer.id, "notice": 1}
    facts = views.NoticeFacts(
        decision_name(decision.number),
        decision.text,
        meeting_name(meeting.number),
        request.here().name,
        request.person.name,
        args,
    )
    return Private(
        answer.person_id,
        views.notice(facts),
        group_id=decision.group_id,
        key=f"recorded:{answer.id}",
        otherwise=views.notice_in_group(facts),
    )
