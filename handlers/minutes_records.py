"""Answers to minutes that a coordinator writes down for somebody, and that person's word against it."""

from datetime import datetime

from handlers import meeting_minutes, recording
from handlers import meeting_steps as steps
from handlers.decision_speakers import chosen, may_record, speakers
from handlers.recording import Recording
from handlers.refusals import NotNow, StaleButton
from handlers.reply import Edit, Post, Reply
from handlers.request import Request
from handlers.rules.meeting_changes import MeetingChange
from handlers.rules.names import meeting_name
from handlers.views import decision_records as record_views
from handlers.views import meeting_minutes as views
from handlers.views.decision_records import RecordRoutes
from storage import answers, groups, minutes
from storage.kinds import MinutesState
from storage.tables import Meeting, Minutes, MinutesAnswer, Side

ROUTES = RecordRoutes(
    "minutes.for_person", "minutes.for_verdict", "minutes.reason_for", "minutes.evidence", "minutes.contest"
)


async def on_behalf(request: Request) -> Reply:
    """[Record an answer]: offers who speaks for a side that did not answer the minutes itself."""
    return recording.ask_person(await _recording(request, *await _recordable(request)))


async def for_person(request: Request) -> Reply:
    """The person is chosen."""
    return recording.ask_verdict(request, await _recording(request, *await _recordable(request)))


async def for_verdict(request: Request) -> Reply:
    """The verdict is chosen."""
    return await recording.ask_reason(request, await _recording(request, *await _recordable(request)))


async def reason_for(request: Request) -> Reply:
    """The reason of somebody's objection was typed."""
    return await recording.ask_evidence(request, await _recording(request, *await _recordable(request)))


async def recorded(request: Request) -> Reply:
    """The evidence was typed: the answer counts, is shown as recorded, and the person is told."""
    meeting, row = await _recordable(request)
    what = await _recording(request, meeting, row)
    side, (member, _) = chosen(request, what.speakers)
    words = {"person_id": member.person_id, **recording.written(request)}
    answer = await answers.add(request.session, MinutesAnswer(minutes_id=row.id, side_id=side.id, **words))
    effects = await meeting_minutes.settle(request, meeting, row, answer)
    said = record_views.recorded(what.name)
    return await steps.acknowledged(request, meeting, said, recording.told(request, what, answer), *effects)


async def contest(request: Request) -> Reply:
    """The person for whom an answer was recorded says that it was not so: what it had settled is open again."""
    meeting = await steps.meant(request)
    answer = await minutes.get_answer(request.session, request.args["answer"])
    row = await minutes.get(request.session, answer.minutes_id) if answer is not None else None
    if answer is None or row is None or row.meeting_id != meeting.id:
        raise StaleButton
    await recording.contestable(request, answer)
    await minutes.contest(request.session, answer, request.now)
    post = await _reconsidered(request, meeting, row, answer)
    said = record_views.contested(meeting_name(meeting.number))
    return (await steps.acknowledged(request, meeting, said, post)).and_then(Edit(said))


async def _reconsidered(request: Request, meeting: Meeting, row: Minutes, answer: MinutesAnswer) -> Post:
    """Bring the edition in line with what no longer counts; one that is over or replaced stays as it is."""
    before, last = row.state, await minutes.latest(request.session, meeting.id)
    if last is not None and last.id == row.id and before is not MinutesState.UNOPPOSED:
        await meeting_minutes.enter(request, meeting, row)
        await meeting_minutes.allow_time(request, meeting, row)
    side = await request.session.get_one(Side, answer.side_id)
    await steps.note(request, meeting, MeetingChange.MINUTES_CONTESTED, None, contested=answer.id, minutes=row.state)
    reopened = before is MinutesState.AGREED and row.state is not before
    said = views.contested(meeting_name(meeting.number), side.name, reopened=reopened)
    return Post(meeting.group_id, said, key=f"minutes contested:{answer.id}")


async def _recordable(request: Request) -> tuple[Meeting, Minutes]:
    """The edition that counts; raises NotYours, OnBehalfOff, StaleButton for an older edition, NotNow."""
    meeting = await steps.meant(request)
    await may_record(request)
    row = await minutes.latest(request.session, meeting.id)
    if row is None or row.id != request.args["minutes"]:
        raise StaleButton
    if row.state not in meeting_minutes.OPEN:
        raise NotNow(name=meeting_name(meeting.number), state=f"minutes_{row.state}")
    return meeting, row


async def _recording(request: Request, meeting: Meeting, row: Minutes) -> Recording:
    """The answer to this edition: of a side that has not answered in its own words."""
    given = await minutes.standing(request.session, row.id)
    asked: list[tuple[Side, datetime | None]] = []
    for side in await groups.sides(request.session, meeting.group_id):
        answer = given.get(side.id)
        if answer is None or answer.recorded_by is not None:
            asked.append((side, row.drafted_at if answer is None else None))
    return Recording(
        name=meeting_name(meeting.number),
        text=meeting.title,
        speakers=await speakers(request, asked),
        args={"id": meeting.id, "group": meeting.group_id, "minutes": row.id},
        routes=ROUTES,
    )
