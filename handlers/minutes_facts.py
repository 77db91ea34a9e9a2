"""What the minutes of a meeting say: rows kept by their ids at the drafting, shown with the names of today."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import working
from handlers.decision_text_facts import others
from handlers.meeting_cards import name_of
from handlers.rules.minutes import (
    AgreedFacts,
    AnswerFacts,
    AttendeeFacts,
    MinutesFacts,
    PointFacts,
    SaidFacts,
    StepFacts,
)
from handlers.rules.names import decision_name, task_name
from storage import agendas, attendance, groups, meetings, minutes, notes, people
from storage.columns import plain
from storage.decisions import standing
from storage.kinds import Coming, DecisionState, ItemState
from storage.tables import Answer, Attendance, Decision, Meeting, Minutes, MinutesAnswer, Note, Side, Task


async def content_of(session: AsyncSession, meeting: Meeting) -> dict[str, Any]:
    """What an edition keeps: which rows belong to it, and how the tasks stood."""
    return {
        "present": [row.id for row in await attendance.of(session, meeting.id) if row.present],
        "notes": [row.id for row in await notes.of(session, meeting.id)],
        "decisions": [row.id for row in await notes.decisions(session, meeting.id)],
        "tasks": [_task(row) for row in await notes.tasks(session, meeting.id)],
        "items": [[row.id, row.state.value] for row in await agendas.of(session, meeting.id)],
    }


def _task(row: Task) -> dict[str, Any]:
    return {
        "id": row.id,
        "side": row.side_id,
        "person": row.assignee_id,
        "due": plain(row.due),
        "due_at": plain(row.due_at),
    }


async def latest(session: AsyncSession, meeting: Meeting) -> MinutesFacts | None:
    """The minutes that count, if there are any: what reports are made of."""
    row = await minutes.latest(session, meeting.id)
    return None if row is None else await of(session, meeting, row)


async def of(session: AsyncSession, meeting: Meeting, row: Minutes) -> MinutesFacts:
    """One edition of the minutes."""
    sides = await groups.sides(session, meeting.group_id)
    rows = await attendance.of(session, meeting.id)
    after = await meetings.following(session, meeting.id)
    states = {item_id: ItemState(state) for item_id, state in row.content["items"]}
    return MinutesFacts(
        meeting_id=meeting.id,
        group_id=meeting.group_id,
        number=meeting.number,
        edition=row.edition,
        minutes_id=row.id,
        title=meeting.title,
        group=(await groups.get(session, meeting.group_id)).name,
        starts_at=meeting.opened_at or meeting.starts_at or meeting.created_at,
        ended_at=meeting.closed_at or row.drafted_at,
        cities=tuple(await working.cities(session, meeting.group_id)),
        place=meeting.place,
        link=meeting.link,
        languages=tuple(meeting.languages),
        moderator=await name_of(session, meeting.moderator_id),
        minute_taker=await name_of(session, meeting.minute_taker_id),
        interpreter=await name_of(session, meeting.interpreter_id) or meeting.interpreter,
        sides=tuple((side.name, side.institution) for side in sides),
        present=await _attendees(session, meeting, [each for each in rows if each.id in row.content["present"]]),
        apologies=await _attendees(session, meeting, [r for r in rows if r.coming is Coming.NO and not r.present]),
        points=await _points(session, meeting, row, states),
        agreed=await _agreed(session, row, sides),
        steps=await _steps(session, row, sides),
        left=tuple([each.text for each in await agendas.of(session, meeting.id) if states.get(each.id) in LEFT]),
        follows=await _number(session, meeting.follows_id),
        next_number=after.number if after else None,
        next_at=after.starts_at if after else None,
        photo_id=meeting.photo_id,
        state=row.state,
        answer_by=row.answer_by,
        answers=await _answers(session, await minutes.standing(session, row.id), sides),
    )


LEFT = frozenset({ItemState.WAITING, ItemState.MOVED})


async def _number(session: AsyncSession, meeting_id: int | None) -> int | None:
    found = await meetings.get(session, meeting_id) if meeting_id else None
    return found.number if found else None


async def _attendees(
    session: AsyncSession, meeting: Meeting, rows: Collection[Attendance]
) -> tuple[AttendeeFacts, ...]:
    """Everybody with title and institution, by side; those of no side last."""
    sides = {side.id: side for side in await groups.sides(session, meeting.group_id)}
    organisation = await groups.organisation(session, meeting.group_id)
    found = []
    for row in sorted(rows, key=lambda each: (each.side_id is None, each.side_id or 0, each.id)):
        side = sides.get(row.side_id or 0)
        beside = "" if organisation is None or row.person_id is None else organisation.name
        institution = row.institution or (side.institution if side else beside)
        found.append(AttendeeFacts(await _name(session, row), await _title(session, meeting, row), institution,
                                   side.name if side else ""))  # fmt: skip
    return tuple(found)


async def _name(session: AsyncSession, row: Attendance) -> str:
    return row.name or await name_of(session, row.person_id)


async def _title(session: AsyncSession, meeting: Meeting, row: Attendance) -> str:
    member = None if row.person_id is None else await people.membership(session, row.person_id, meeting.group_id)
    return row.title or (member.title if member else "")


async def _points(
    session: AsyncSession, meeting: Meeting, row: Minutes, states: dict[int, ItemState]
) -> tuple[PointFacts, ...]:
    """What was said under each point of the agenda, and at last what was said under none."""
    said = [each for each in await notes.of(session, meeting.id) if each.id in row.content["notes"]]
    found = []
    for item in await agendas.of(session, meeting.id):
        under = tuple([await _said(session, each) for each in said if each.item_id == item.id])
        if item.id in states and (under or states[item.id] not in LEFT):
            found.append(PointFacts(item.text, await name_of(session, item.speaker_id), under))
    rest = tuple([await _said(session, each) for each in said if each.item_id is None])
    return (*found, PointFacts("", "", rest)) if rest else tuple(found)


async def _said(session: AsyncSession, note: Note) -> SaidFacts:
    guest = await attendance.get(session, note.guest_id) if note.guest_id else None
    if guest is not None:
        side = None if guest.side_id is None else await session.get(Side, guest.side_id)
        return SaidFacts(note.text, guest.name or "", side.name if side else guest.institution or "")
    meeting = await session.get_one(Meeting, note.meeting_id)
    member = None if note.person_id is None else await people.membership(session, note.person_id, meeting.group_id)
    side = None if member is None or member.side_id is None else await session.get(Side, member.side_id)
    return SaidFacts(note.text, await name_of(session, note.person_id), side.name if side else "")


async def _agreed(session: AsyncSession, row: Minutes, sides: Collection[Side]) -> tuple[AgreedFacts, ...]:
    """The decisions of the meeting, by area; those without one last."""
    query = select(Decision).where(col(Decision.id).in_(row.content["decisions"])).order_by(col(Decision.number))
    decisions = [each for each in (await session.exec(query)).all() if each.state is not DecisionState.WITHDRAWN]
    ids = [each.id for each in decisions]
    texts, given = await others(session, ids), await standing(session, ids)
    areas = {area.id: area for each in decisions[:1] for area in await groups.areas(session, each.group_id)}
    ordered = sorted(decisions, key=lambda each: (each.area_id is None, each.area_id or 0, each.number))
    return tuple(
        [
            AgreedFacts(
                decision_name(each.number),
                each.text,
                texts[each.id],
                areas[each.area_id].name if each.area_id in areas else "",
                each.state,
                await _answers(session, given[each.id], sides),
            )
            for each in ordered
        ]
    )


async def _steps(session: AsyncSession, row: Minutes, sides: Collection[Side]) -> tuple[StepFacts, ...]:
    """The tasks as they stood when the minutes were drafted."""
    names = {side.id: side.name for side in sides}
    found = []
    for kept in row.content["tasks"]:
        task = await session.get(Task, kept["id"])
        if task is not None:
            person = await name_of(session, kept["person"])
            found.append(StepFacts.of(task_name(task.number, task.part), task.text, names[kept["side"]], person, kept))
    return tuple(found)


async def _answers(
    session: AsyncSession, given: Mapping[int, Answer | MinutesAnswer], sides: Collection[Side]
) -> tuple[AnswerFacts, ...]:
    """What each side said; no verdict while it said nothing."""
    found = [(side, given.get(side.id)) for side in sides]
    return tuple(
        [AnswerFacts(side.name) if answer is None else await _given(session, side, answer) for side, answer in found]
    )


async def _given(session: AsyncSession, side: Side, answer: Answer | MinutesAnswer) -> AnswerFacts:
    return AnswerFacts(
        side=side.name,
        verdict=answer.verdict,
        person=await name_of(session, answer.person_id),
        at=answer.answered_at,
        reason=answer.reason,
        recorder=await name_of(session, answer.recorded_by),
        evidence=answer.evidence,
    )
