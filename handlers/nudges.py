"""The nudging tick: rows that want to be looked at, the pure rule, and one bundle a person and working day."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import bundles, decision_text_facts, nudge_support
from handlers.bundles import Records
from handlers.nudge_facts import GroupFacts, gather_all
from handlers.nudge_plan import ONE_DAY, Plan, tell
from handlers.reply import Effect
from handlers.rules import nudging
from handlers.rules.nudging import DecisionStage
from handlers.rules.recipients import decision_recipient, recipient
from handlers.rules.wordings import STAGES, named
from storage import decision_texts, decisions, due_tasks, groups, nudges, task_steps
from storage.due_tasks import DueTask
from storage.kinds import DecisionState, Subject, Verdict
from storage.nudges import Day, Item, Look, Record
from storage.tables import Answer, Decision, Nudge, Side, Task

PERSONS = 200
"""Persons written to in one transaction: the next answer waits for no more than that."""
SILENT = 2000
"""Records of which nobody is told, written in one transaction."""
BREATH = 50
"""Records looked at before others have their turn."""
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


@dataclass(frozen=True)
class Portion:
    """A part of a tick that is written in a transaction of its own: whole bundles, and the looks that go with them."""

    groups: Mapping[int, GroupFacts]
    records: Records
    bundles: Mapping[Day, Sequence[Item]]
    looks: Sequence[Look]

    async def write(self, session: AsyncSession, now: datetime) -> Sequence[Effect]:
        """Write it down and say it; what changed since it was looked at is left for the next look."""
        if not self.bundles:
            await nudges.looked_at(session, self.looks)
            return ()
        await groups.hold_all(session, {item.group_id for items in self.bundles.values() for item in items})
        same = await nudges.unchanged(session, self.looks) - await self._too_late(session)
        saying = {day: [item for item in items if item.record in same] for day, items in self.bundles.items()}
        saying = {day: items for day, items in saying.items() if items}
        effects = await bundles.write_all(session, self.groups, self.records, saying, now)
        await nudges.looked_at(session, [look for look in self.looks if look.record in same])
        return effects

    async def _too_late(self, session: AsyncSession) -> set[Record]:
        """What was to be told to somebody who was told something else meanwhile."""
        since = min(day for _, day in self.bundles)
        had = await nudges.had_bundles(session, {person_id for person_id, _ in self.bundles}, since)
        return {item.record for day in had for item in self.bundles.get(day, ())}


async def plan(session: AsyncSession, now: datetime) -> Sequence[Effect]:
    """Look at every row whose moment has come; the messages that follow."""
    return [effect for portion in await look(session, now) for effect in await portion.write(session, now)]


async def look(session: AsyncSession, now: datetime) -> Sequence[Portion]:
    """Look at every row whose moment has come, without writing; the portions in which it is to be written.

    A person's bundle is in one portion, so that he gets one message; so is everything about a decision or a request.
    """
    tick = Plan(session, now)
    found = await due_tasks.tasks_to_look_at(session, now)
    proposed = await nudges.decisions_to_look_at(session, now)
    asked = await nudges.requests_to_look_at(session, now)
    concerned = {row.group_id for rows in (found, proposed, asked) for row in rows}
    if not concerned:
        return []
    tick.groups = await gather_all(session, concerned, now)
    persons = {person_id for facts in tick.groups.values() for person_id in facts.members}
    tick.told = await nudges.had_bundles(session, persons, (now - 2 * ONE_DAY).date())
    await _look_at_tasks(tick, found)
    await _look_at_decisions(tick, proposed)
    await nudge_support.look_at(tick, asked)
    return _portions(tick)


def _portions(tick: Plan) -> list[Portion]:
    """Those told of more than tasks first, all together; then some persons at a time; then what nobody is told."""
    together = {day for day, items in tick.bundles.items() if any(item.subject is not Subject.TASK for item in items)}
    rest = [day for day in tick.bundles if day not in together]
    parts = [list(together), *(rest[start : start + PERSONS] for start in range(0, len(rest), PERSONS))]
    found = []
    for part in filter(None, parts):
        told = {day: tick.bundles[day] for day in part}
        records = {item.record for items in told.values() for item in items}
        found.append(Portion(tick.groups, tick.records, told, [tick.looks.pop(record) for record in sorted(records)]))
    silent = list(tick.looks.values())
    found += [Portion({}, {}, {}, silent[start : start + SILENT]) for start in range(0, len(silent), SILENT)]
    return found


async def _look_at_tasks(tick: Plan, rows: Sequence[DueTask]) -> None:
    told = await nudges.told(tick.session, Subject.TASK, [task.id for task in rows])
    tick.before = await task_steps.before(tick.session, {task.after_id for task in rows if task.after_id is not None})
    for number, task in enumerate(rows, 1):
        tick.note(Subject.TASK, task, _task_next(tick, task, told.get(task.id, [])))
        if number % BREATH == 0:
            await asyncio.sleep(0)  # whoever is waiting for an answer comes first


def _task_next(tick: Plan, task: DueTask, told: list[Nudge]) -> datetime | None:
    """Tell what is to be told about a task; when to look at it again."""
    group = tick.groups[task.group_id]
    facts = group.task(task, told)
    stage, following = tick.decide(group, facts)
    if stage is None:
        return following
    on = facts.working.local_date(tick.now)
    asked = _late_before(tick, group, task) or task
    person = recipient(
        nudging.recipient_of(stage, task.state),
        on,
        person=group.person(asked.assignee_id),
        side=group.side(asked.side_id),
        other=group.side(group.other_than(asked.side_id).id),
        coordinators=group.coordinators,
    )
    item = Item(Subject.TASK, task.id, task.group_id, stage, task.due, task.version)
    return tell(tick, group, person, item) or following


def _late_before(tick: Plan, group: GroupFacts, task: DueTask) -> Task | None:
    """The part of the task before this one that is late: whoever waits for it is not the one to be asked."""
    parts = tick.before.get(task.after_id or 0, [])
    late = [part for part in parts if nudging.is_overdue(group.task(part, ()), tick.now)]
    return late[0] if late else None


async def _look_at_decisions(tick: Plan, rows: Sequence[Decision]) -> None:
    for decision in rows:
        moments = [] if decision.state not in OPEN else await _decision_moments(tick, decision)
        following = min((moment for moment in moments if moment is not None), default=None)
        tick.note(Subject.DECISION, decision, following)


async def _decision_moments(tick: Plan, decision: Decision) -> list[datetime | None]:
    group = tick.groups[decision.group_id]
    answers = (await decisions.standing(tick.session, [decision.id])).get(decision.id, {})
    told = (await nudges.told(tick.session, Subject.DECISION, [decision.id])).get(decision.id, [])
    owed = [Owed(side, decision.proposed_at, ANSWERS) for side in group.sides if side.id not in answers]
    owed += await _wordings_owed(tick, decision, answers)
    return [_side_next(tick, group, decision, each, told) for each in owed]


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


def _side_next(tick: Plan, group: GroupFacts, decision: Decision, owed: Owed, told: list[Nudge]) -> datetime | None:
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
        later = tell(tick, group, person, item)
    return later or nudging.decision_next_look(asked_on, own, days, tick.now)
