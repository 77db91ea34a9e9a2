"""Minutes: drafted at once, sent to both focal points, answered, drafted again after an objection."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import meeting_steps as steps
from handlers import minutes_facts, working
from handlers.decision_answers import REASON_LIMIT
from handlers.permission import can, may
from handlers.refusals import NotNow, NotYours, ReasonNeeded, StaleButton
from handlers.reply import Answer, Effect, Post, Private, Reply, Toast, says
from handlers.request import Request
from handlers.rules.meeting_changes import MeetingChange
from handlers.rules.names import meeting_name
from handlers.rules.rights import Act
from handlers.rules.states import outcome
from handlers.rules.working_time import MIDNIGHT, ONE_DAY, at_wall
from handlers.said import in_own_words
from handlers.views import meeting_minutes as views
from handlers.views import minutes as texts
from handlers.words import kept
from storage import answers, groups, minutes, people
from storage.kinds import DecisionState, MeetingState, MinutesState, Role, Verdict
from storage.tables import Meeting, Minutes, MinutesAnswer, Side

OPEN = (MinutesState.SENT, MinutesState.OBJECTED)
STATES = {
    DecisionState.AGREED: MinutesState.AGREED,
    DecisionState.OBJECTED: MinutesState.OBJECTED,
    DecisionState.PROPOSED: MinutesState.SENT,
}


async def drafted(request: Request, meeting: Meeting) -> tuple[Effect, ...]:
    """Write an edition down as things stand, and send it to whoever speaks for the sides."""
    row = await minutes.add(
        request.session,
        meeting_id=meeting.id,
        content=await minutes_facts.content_of(request.session, meeting),
        at=request.now,
        answer_by=await _answer_by(request.session, meeting, request.now),
    )
    await steps.note(request, meeting, MeetingChange.MINUTES_SENT, None, edition=row.edition)
    facts = await minutes_facts.of(request.session, meeting, row)
    return tuple(
        Private(
            person_id,
            texts.to_answer(facts),
            group_id=meeting.group_id,
            key=f"minutes:{row.id}:{person_id}",
            otherwise=views.asked_in_group(meeting_name(meeting.number), facts.args),
        )
        for person_id in await speakers(request.session, meeting.group_id)
    )


async def speakers(session: AsyncSession, group_id: int) -> list[int]:
    """The focal point of each side, or its alternate where nobody holds the post."""
    found = []
    for side in await groups.sides(session, group_id):
        holder = await people.holder(session, group_id, side.id, Role.FOCAL_POINT)
        holder = holder or await people.holder(session, group_id, side.id, Role.ALTERNATE)
        found += [holder[1].id] if holder else []
    return found


async def _answer_by(session: AsyncSession, meeting: Meeting, now: datetime) -> datetime | None:
    """The end of the last day to answer: so many days on which both sides work, by the rules of the group."""
    first, second = [await working.of_place(session, side) for side in await groups.sides(session, meeting.group_id)][
        :2
    ]
    days = (await groups.mechanism(session, meeting.group_id)).answer_days
    last = first.jointly_with(second).add_working_days(first.local_date(now), days)
    return None if last is None else at_wall(last + ONE_DAY, MIDNIGHT, first.zone)


async def show(request: Request) -> Reply:
    """[Read the minutes]: in private where that reaches, else here."""
    request.here()
    await may(request, Act.SEE)
    meeting = await steps.meant(request)
    facts = await minutes_facts.latest(request.session, meeting)
    if facts is None:
        raise NotNow(name=meeting_name(meeting.number), state=f"meeting_{meeting.state}")
    recording = await _may_record(request, facts.state)
    answering = await _may_answer(request, facts.state)
    view = texts.to_answer(facts) if answering else texts.whole(facts, recording=recording)
    if request.heard.private or not request.person.private_open:
        return says(Answer(view))
    return says(Toast(views.in_private), Private(request.person.id, view, group_id=meeting.group_id))


async def _may_answer(request: Request, state: MinutesState) -> bool:
    return state in OPEN and request.person.id in await speakers(request.session, request.here().id)


async def _may_record(request: Request, state: MinutesState) -> bool:
    on_behalf = (await groups.mechanism(request.session, request.here().id)).on_behalf
    return state in OPEN and on_behalf and await can(request, Act.RECORD_ANSWER_FOR)


async def agree(request: Request) -> Reply:
    """[Agree]: the presser's side agrees to the minutes."""
    meeting, row, side_id = await _answerable(request)
    return await _answer(request, meeting, row, side_id, Verdict.AGREE)


async def object_to(request: Request) -> Reply:
    """[Object]: asks for the reason."""
    meeting, row, _ = await _answerable(request)
    view = views.ask_objection(meeting_name(meeting.number))
    return await steps.ask(request, meeting, kind="minutes.reason", view=view, minutes=row.id)


async def objected(request: Request) -> Reply:
    """The reason was typed: whoever runs the meeting is told, and can draft the minutes again."""
    meeting, row, side_id = await _answerable(request)
    reason = kept(request.words, REASON_LIMIT, ReasonNeeded(command="object"))
    return await _answer(request, meeting, row, side_id, Verdict.OBJECT, reason)


async def again(request: Request) -> Reply:
    """[Draft again]: the next edition, with what was noted meanwhile."""
    meeting = await steps.meant(request)
    await may(request, Act.RUN_MEETING, owners=steps.owners(meeting))
    steps.still(meeting, frozenset({MeetingState.HELD}))
    before = await minutes.latest(request.session, meeting.id)
    if before is not None and before.state not in OPEN:
        raise NotNow(name=meeting_name(meeting.number), state=f"minutes_{before.state}")
    effects = await drafted(request, meeting)
    return await steps.acknowledged(request, meeting, views.sent_again(meeting_name(meeting.number)), *effects)


async def _answerable(request: Request) -> tuple[Meeting, Minutes, int]:
    """The edition that counts and the asker's side; raises StaleButton for an older edition."""
    meeting = await steps.meant(request)
    row = await minutes.latest(request.session, meeting.id)
    if row is None or row.id != request.args["minutes"]:
        raise StaleButton
    side_id = request.mine().side_id
    await may(request, Act.ANSWER_MINUTES, side_id=side_id, asked_at=row.drafted_at)
    if side_id is None:
        raise NotYours
    if row.state not in OPEN:
        raise NotNow(name=meeting_name(meeting.number), state=f"minutes_{row.state}")
    return meeting, row, side_id


async def _answer(
    request: Request, meeting: Meeting, row: Minutes, side_id: int, verdict: Verdict, reason: str = ""
) -> Reply:
    own = MinutesAnswer(minutes_id=row.id, side_id=side_id, **in_own_words(request, verdict, reason))
    answer = await answers.add(request.session, own)
    effects = await settle(request, meeting, row, answer)
    return await steps.acknowledged(request, meeting, views.answered(meeting_name(meeting.number), verdict), *effects)


async def settle(request: Request, meeting: Meeting, row: Minutes, answer: MinutesAnswer) -> tuple[Effect, ...]:
    """Bring the edition in line with a new answer and note it: what the group, or whoever runs the meeting, hears."""
    await enter(request, meeting, row)
    change = MeetingChange.MINUTES_ANSWERED
    after = {"answer": answer.id, "side": answer.side_id, "verdict": answer.verdict, "minutes": row.state}
    after["reason"] = answer.reason
    if answer.recorded_by is not None:
        change = MeetingChange.MINUTES_RECORDED
        after |= {"person": answer.person_id, "evidence": answer.evidence}
    await steps.note(request, meeting, change, None, **after)
    if answer.verdict is Verdict.OBJECT:
        return await _objection(request, meeting, row, answer)
    if row.state is not MinutesState.AGREED:
        return ()
    view = views.agreed(meeting_name(meeting.number), meeting.title)
    # The answer makes an agreement after a contested one a new one.
    return (Post(meeting.group_id, view, key=f"minutes_agreed:{row.id}:{answer.id}"),)


async def enter(request: Request, meeting: Meeting, row: Minutes) -> None:
    """Put an edition into the state that the answers to it make."""
    sides = [side.id for side in await groups.sides(request.session, meeting.group_id)]
    given = {side: each.verdict for side, each in (await minutes.standing(request.session, row.id)).items()}
    state = STATES[outcome(sides, given)]
    await minutes.close(request.session, row, state, request.now if state is MinutesState.AGREED else None)


async def allow_time(request: Request, meeting: Meeting, row: Minutes) -> None:
    """An edition that waits again after its last day gets as many days once more."""
    if row.state is MinutesState.SENT and row.answer_by is not None and row.answer_by <= request.now:
        row.answer_by = await _answer_by(request.session, meeting, request.now)
        request.session.add(row)


async def _objection(request: Request, meeting: Meeting, row: Minutes, answer: MinutesAnswer) -> tuple[Private, ...]:
    """To whoever runs the meeting, who can draft the minutes again."""
    side = await request.session.get_one(Side, answer.side_id)
    args = {"id": meeting.id, "group": meeting.group_id}
    view = views.objection(meeting_name(meeting.number), side.name, answer.reason, args)
    key = f"objection:{row.id}:{request.heard.update_id}"
    return tuple(
        Private(person_id, view, group_id=meeting.group_id, key=f"{key}:{person_id}")
        for person_id in sorted(steps.owners(meeting) - {request.person.id})
    )
