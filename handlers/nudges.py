"""The nudging tick: rows that want to be looked at, the pure rule, and one bundle a person and working day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import bundles, decision_text_facts
from handlers.nudge_facts import GroupFacts, gather
from handlers.reply import Effect
from handlers.rules import nudging
from handlers.rules.moments import next_allowed
from handlers.rules.nudging import DecisionStage
from handlers.rules.recipients import PersonFacts, decision_recipient, recipient
from handlers.rules.wordings import STAGES, named
from storage import decision_texts, decisions, groups, nudges
from storage.kinds import DecisionState, Subject, Verdict
from storage.nudges import Item
from storage.tables import Answer, Decision, Nudge, Side, Task

ONE_DAY = timedelta(days=1)
OPEN = {DecisionState.PROPOSED, DecisionState.OBJECTED}
ANSWERS: Mapping[DecisionStage, str] = {stage: stage.value for stage in DecisionStage}


@dataclass(frozen=True)
class Owed:
    """What a side owes to a decision since when: its answer or its wording, by the names of the stages it is told."""

    side: Side
    since: datetime
    stages: Mapping[DecisionStage, str]

    def told(self, rows: Iterable[Nudge]) -> frozenset[DecisionStage]:
        """The stages of this that the side was told since then."""
        known = {row.stage for row in rows if row.planned_at >= self.since}
        return frozenset(stage for stage, name in self.stages.items() if f"{name}:{self.side.id}" in known)


@dataclass
class Plan:
    """One tick: what is told to whom by now, each with the person's local date."""

    session: AsyncSession
    now: datetime
    groups: dict[int, GroupFacts] = field(default_factory=dict)
    bundles: dict[tuple[int, date], list[Item]] = field(default_factory=dict)

    async def facts(self, group_id: int) -> GroupFacts:
        """A group's facts, gathered at its first row."""
        if group_id not in self.groups:
            self.groups[group_id] = await gather(self.session, group_id, self.now)
        return self.groups[group_id]


async def plan(session: AsyncSession, now: datetime) -> Sequence[Effect]:
    """Look at every row whose moment has come; the messages that follow."""
    tick = Plan(session, now)
    for group_id in await nudges.groups_to_look_at(session, now):
        await groups.hold(session, group_id)
    await _look_at_tasks(tick)
    await _look_at_decisions(tick)
    effects: list[Effect] = []
    for (person_id, day), items in tick.bundles.items():
        effects += await bundles.write(session, tick.groups, person_id, day, items, now)
    return effects


async def _look_at_tasks(tick: Plan) -> None:
    rows = await nudges.tasks_to_look_at(tick.session, tick.now)
    told = await nudges.told(tick.session, Subject.TASK, [task.id for task in rows])
    for task in rows:
        task.look_at = await _task_next(tick, task, told.get(task.id, []))
        tick.session.add(task)


async def _task_next(tick: Plan, task: Task, told: list[Nudge]) -> datetime | None:
    """Tell what is to be told about a task; when to look at it again."""
    group = await tick.facts(task.group_id)
    facts = group.task(task, told)
    stage = nudging.stage_due(facts, tick.now, group.ladder)
    if stage is None:
        return nudging.next_look(facts, tick.now, group.ladder)
    on = facts.working.local_date(tick.now)
    person = recipient(
        nudging.recipient_of(stage, task.state),
        on,
        person=group.person(task.assignee_id),
        side=group.side(task.side_id),
        other=group.side(group.other_than(task.side_id).id),
        coordinators=group.coordinators,
    )
    item = Item(Subject.TASK, task.id, task.group_id, stage, task.due, task.version)
    later = await _tell(tick, group, person, item)
    return later or nudging.next_look(facts, tick.now, group.ladder)


async def _tell(tick: Plan, group: GroupFacts, person: PersonFacts | None, item: Item) -> datetime | None:
    """Put the item into the person's bundle of today, or say when to try again."""
    if person is None:
        return tick.now + ONE_DAY  # nobody who may be told is there today
    own = group.own_time[person.id]
    moment = nudging.moment(person.id, own, tick.now, group.quiet)
    if moment is None or moment > tick.now:
        return moment or tick.now + ONE_DAY
    day = own.local_date(tick.now)
    if await nudges.had_bundle(tick.session, person.id, day):
        tomorrow = own.day_begins(day + ONE_DAY)
        return next_allowed(tomorrow, own, group.quiet) or tick.now + ONE_DAY
    tick.bundles.setdefault((person.id, day), []).append(item)
    return None


async def _look_at_decisions(tick: Plan) -> None:
    for decision in await nudges.decisions_to_look_at(tick.session, tick.now):
        moments = [] if decision.state not in OPEN else await _decision_moments(tick, decision)
        decision.look_at = min((moment for moment in moments if moment is not None), default=None)
        tick.session.add(decision)


async def _decision_moments(tick: Plan, decision: Decision) -> list[datetime | None]:
    group = await tick.facts(decision.group_id)
    answers = (await decisions.standing(tick.session, [decision.id])).get(decision.id, {})
    told = (await nudges.told(tick.session, Subject.DECISION, [decision.id])).get(decision.id, [])
    owed = [Owed(side, decision.proposed_at, ANSWERS) for side in group.sides if side.id not in answers]
    owed += await _wordings_owed(tick, decision, answers)
    return [await _side_next(tick, group, decision, each, told) for each in owed]


async def _wordings_owed(tick: Plan, decision: Decision, answers: Mapping[int, Answer]) -> list[Owed]:
    """The sides that agreed and have yet to confirm their wording, since they agreed or it was written last."""
    missing = (await decision_text_facts.missing(tick.session, decision.group_id, [decision]))[decision.id]
    texts = (await decision_texts.standing(tick.session, [decision.id]))[decision.id]
    written = {language: text.written_at for language, text in texts.items()}
    return [
        Owed(side, max(answers[side.id].answered_at, written.get(named(side.language), decision.proposed_at)), STAGES)
        for side in missing
        if side.id in answers and answers[side.id].verdict is Verdict.AGREE
    ]


async def _side_next(
    tick: Plan, group: GroupFacts, decision: Decision, owed: Owed, told: list[Nudge]
) -> datetime | None:
    """Nudge the side that owes something, and only it; when to look at it again."""
    side = owed.side
    # A proposal is a joint matter: the time to answer counts the days on which both sides work.
    own = group.working[side.id].jointly_with(group.working[group.other_than(side.id).id])
    days = group.mechanism.answer_days
    asked_on = own.local_date(owed.since)
    stage = nudging.decision_stage_due(asked_on, own, days, tick.now, owed.told(told))
    later = None
    if stage is not None:
        person = decision_recipient(stage, own.local_date(tick.now), group.side(side.id))
        name = f"{owed.stages[stage]}:{side.id}"
        item = Item(Subject.DECISION, decision.id, decision.group_id, name, None, decision.version)
        later = await _tell(tick, group, person, item)
    return later or nudging.decision_next_look(asked_on, own, days, tick.now)
