"""What a decision's card shows, read from its rows; and which sides still have to answer."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import working
from handlers.decision_text_facts import gather, missing
from handlers.reply import View
from handlers.rules.decision_changes import DecisionChange
from handlers.rules.names import decision_name
from handlers.views import decisions as views
from handlers.views.decisions import AnswerFacts, DecisionFacts, SideFacts
from storage import decisions, groups, journal, people
from storage.kinds import DecisionState, Role, Subject
from storage.tables import Answer, Area, Decision, JournalEntry, Person, Side

Args = dict[str, Any]


@dataclass(frozen=True)
class _Told:
    """What only the journal remembers: in which role an answer was given, and why a proposal was withdrawn."""

    roles: dict[int, str]
    withdrawn: str


async def card_of(session: AsyncSession, decision: Decision, *, back: Args | None = None) -> View:
    """The card of a decision as it stands now; `back` is the page of the list it was opened from."""
    return views.card(await facts(session, decision, back=back))


async def facts(session: AsyncSession, decision: Decision, *, back: Args | None = None) -> DecisionFacts:
    """Everything the card of a decision shows."""
    told = _told(await journal.of(session, Subject.DECISION, decision.id))
    sides = await groups.sides(session, decision.group_id)
    given = (await decisions.standing(session, [decision.id]))[decision.id]
    proposer = await people.get(session, decision.proposed_by)
    mechanism = await groups.mechanism(session, decision.group_id)
    area = await session.get(Area, decision.area_id) if decision.area_id is not None else None
    return DecisionFacts(
        id=decision.id,
        group_id=decision.group_id,
        number=decision.number,
        text=decision.text,
        state=decision.state,
        area=area.name if area else "",
        proposer=proposer.name,
        proposed_on=decision.proposed_at.astimezone(await _zone(session, proposer, decision.group_id)).date(),
        sides=tuple([await _side(session, side, given.get(side.id), told) for side in sides]),
        withdrawn=told.withdrawn,
        review_on=decision.review_on,
        on_behalf=mechanism.on_behalf,
        back=back,
        wordings=await gather(session, decision, sides),
        **await _relatives(session, decision),
    )


async def unanswered(session: AsyncSession, decision: Decision) -> list[Side]:
    """The sides whose answer to a decision is missing, in their order."""
    given = (await decisions.standing(session, [decision.id]))[decision.id]
    return [side for side in await groups.sides(session, decision.group_id) if side.id not in given]


async def waiting(session: AsyncSession, group_id: int) -> list[tuple[Decision, list[Side]]]:
    """The open decisions of a group, oldest first, with the sides that have not answered or confirmed their wording.

    No side is left where both answered and one objects: then the words are to be found anew.
    """
    found = await decisions.open_ones(session, group_id)
    given = await decisions.standing(session, [decision.id for decision in found])
    sides = await groups.sides(session, group_id)
    unworded = await missing(session, group_id, [row for row in found if row.state is DecisionState.PROPOSED])
    return [
        (row, [side for side in sides if side.id not in given[row.id] or side in unworded.get(row.id, [])])
        for row in found
    ]


async def _side(session: AsyncSession, side: Side, answer: Answer | None, told: _Told) -> SideFacts:
    if answer is None:
        return SideFacts(side.name, None)
    person = await people.get(session, answer.person_id)
    recorder = await people.get(session, answer.recorded_by) if answer.recorded_by is not None else None
    return SideFacts(
        side.name,
        AnswerFacts(
            id=answer.id,
            verdict=answer.verdict,
            person=person.name,
            by_alternate=told.roles.get(answer.id) == Role.ALTERNATE,
            on=_day(answer, side),
            reason=answer.reason,
            recorder=recorder.name if recorder else "",
            evidence=answer.evidence,
        ),
    )


def _day(answer: Answer, side: Side) -> date:
    return answer.answered_at.astimezone(ZoneInfo(side.zone)).date()


async def _zone(session: AsyncSession, person: Person, group_id: int) -> ZoneInfo:
    member = await people.membership(session, person.id, group_id)
    if member is None:
        return ZoneInfo((await groups.sides(session, group_id))[0].zone)
    return ZoneInfo((await working.place_of(session, member)).zone)


async def _relatives(session: AsyncSession, decision: Decision) -> dict[str, str]:
    """The names of the decisions this one points to, by the field that shows them."""
    old = await _name(session, decision.supersedes_id)
    new = await _name(session, decision.superseded_by_id)
    coming = await decisions.open_replacement(session, decision.id)
    return {"replaces": old, "replaced_by": new, "replacement": decision_name(coming.number) if coming else ""}


async def _name(session: AsyncSession, decision_id: int | None) -> str:
    found = await decisions.get(session, decision_id) if decision_id is not None else None
    return decision_name(found.number) if found else ""


def _told(entries: list[JournalEntry]) -> _Told:
    roles = {entry.after["answer"]: entry.after.get("as", "") for entry in entries if "answer" in entry.after}
    reasons = [entry.after["reason"] for entry in entries if entry.change == DecisionChange.WITHDRAWN]
    return _Told(roles, reasons[-1] if reasons else "")
