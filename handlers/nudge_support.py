"""Nudging about requests for support: the project that has not answered, or whoever was asked back, by the ladder."""

from collections.abc import Sequence
from datetime import date, datetime

from handlers.nudge_facts import GroupFacts
from handlers.nudge_plan import Plan, tell
from handlers.rules import nudging
from handlers.rules.ladder import Recipient, Stage
from handlers.rules.nudging import TaskFacts, Told
from handlers.rules.recipients import PersonFacts, SideFacts, recipient
from handlers.rules.support import OPEN_SUPPORT, SupportStage, answer_by
from handlers.rules.working_time import WorkingTime
from storage import nudges
from storage.kinds import Subject, SupportState, TaskState
from storage.nudges import Item
from storage.tables import Nudge, SupportRequest

STAGES = {SupportState.ASKED: SupportStage.UNANSWERED, SupportState.QUESTION: SupportStage.ASKED_BACK}


async def look_at(tick: Plan, rows: Sequence[SupportRequest]) -> None:
    """Tell what is to be told about these requests, and note when to look at them again."""
    told = await nudges.told(tick.session, Subject.SUPPORT, [row.id for row in rows])
    for row in rows:
        following = _next(tick, row, told.get(row.id, [])) if row.state in OPEN_SUPPORT else None
        tick.note(Subject.SUPPORT, row, following)


def _next(tick: Plan, row: SupportRequest, told: Sequence[Nudge]) -> datetime | None:
    group = tick.groups[row.group_id]
    facts = _facts(group, row, told)
    stage = nudging.stage_due(facts, tick.now, group.ladder)
    later = None
    if stage is not None:
        person = _person(group, row, stage, facts.working.local_date(tick.now))
        name = f"{STAGES[row.state]}:{stage}"
        later = tell(tick, group, person, Item(Subject.SUPPORT, row.id, row.group_id, name, facts.due, row.version))
    return later or nudging.next_look(facts, tick.now, group.ladder)


def _facts(group: GroupFacts, row: SupportRequest, told: Sequence[Nudge]) -> TaskFacts:
    """The request as the ladder sees it: something that whoever has to answer does by a date."""
    working = acting_time(group, row)
    since = working.local_date(row.state_since)
    return TaskFacts(
        state=TaskState.OPEN,
        working=working,
        due=due_of(group, row),
        told=frozenset(_told(each) for each in told if _is_of(each, row)),
        given_on=since,
    )


def due_of(group: GroupFacts, row: SupportRequest) -> date | None:
    """By when the request is to be answered by whoever has to."""
    working = acting_time(group, row)
    since = working.local_date(row.state_since)
    return answer_by(since, row.needed_by, group.mechanism.answer_days, working)


def acting_time(group: GroupFacts, row: SupportRequest) -> WorkingTime:
    """The working time of the project, or of the side that was asked back."""
    if row.state is SupportState.QUESTION and row.side_id is not None:
        return group.working[row.side_id]
    return group.beside


def _told(row: Nudge) -> Told:
    return Told(Stage(row.stage.partition(":")[2]), row.local_date, row.due)


def _is_of(told: Nudge, row: SupportRequest) -> bool:
    """Whether this was told of the question that is open now."""
    return told.stage.startswith(f"{STAGES[row.state]}:") and told.planned_at >= row.state_since


def _person(group: GroupFacts, row: SupportRequest, stage: Stage, on: date) -> PersonFacts | None:
    """Who is told. Nobody stands above the coordinators, so an escalation asks another one of them."""
    meant = nudging.recipient_of(stage, TaskState.OPEN)
    if row.state is SupportState.ASKED or row.side_id is None:
        others = group.coordinators if meant is Recipient.PERSON else tuple(reversed(group.coordinators))
        return _of_the_project(others, on)
    side = group.side(row.side_id)
    asker = group.person(row.asked_by)
    return recipient(meant, on, person=asker, side=side, other=side, coordinators=group.coordinators)


def _of_the_project(coordinators: tuple[PersonFacts, ...], on: date) -> PersonFacts | None:
    nobody = SideFacts()
    return recipient(Recipient.COORDINATOR, on, person=None, side=nobody, other=nobody, coordinators=coordinators)
