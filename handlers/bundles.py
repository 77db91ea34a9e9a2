"""The one message of a person's working day: written down, said, answered by its buttons, taken back if unsaid."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import decision_text_facts
from handlers.nudge_facts import GroupFacts, gather
from handlers.reply import Effect, Private, View
from handlers.rules import nudging
from handlers.rules.names import decision_name, support_name, task_name
from handlers.rules.states import CLOSED_TASKS, OPEN_DECISIONS
from handlers.rules.wordings import WordingStage
from handlers.rules.working_time import WorkingTime
from handlers.views import nudges as views
from handlers.views.nudges import Line
from storage import decisions, nudges, task_steps
from storage.claiming import Leaving
from storage.due_tasks import DueTask
from storage.kinds import Priority, Subject, TaskState
from storage.nudges import Day, Item, Record, Row, Said
from storage.tables import Bundle, Decision, Nudge, Outbox, SupportRequest, Task

CODE_BYTES = 2
Records = Mapping[Record, Row]
"""What bundles tell of, as it stands."""


async def write_all(
    session: AsyncSession,
    groups: Mapping[int, GroupFacts],
    records: Records,
    bundles: Mapping[Day, Sequence[Item]],
    now: datetime,
) -> list[Effect]:
    """Write the bundles of persons' days down and say them: in private, or with a mention in each group concerned.

    `records` are those the bundles tell of.
    """
    codes = _drawn(2 * len(bundles))
    said = [_said(person_id, day, items, next(codes), next(codes)) for (person_id, day), items in bundles.items()]
    ids = await nudges.write_all(session, said, now) if said else []
    saying = Saying(session, groups, records, now)
    return [
        effect for each, bundle_id in zip(said, ids, strict=True) for effect in await saying.effects(each, bundle_id)
    ]


def _drawn(count: int) -> Iterator[str]:
    """So many short codes, drawn at once."""
    drawn = secrets.token_bytes(count * CODE_BYTES)
    return (drawn[start : start + CODE_BYTES].hex() for start in range(0, len(drawn), CODE_BYTES))


def _said(person_id: int, day: date, items: Sequence[Item], once: str, code: str) -> Said:
    key = f"nudge:{person_id}:{day.isoformat()}:{once}"
    return Said(person_id, day, key, code.upper(), items)


@dataclass(frozen=True)
class Saying:
    """What is needed to say bundles that were written down."""

    session: AsyncSession
    groups: Mapping[int, GroupFacts]
    records: Records
    now: datetime

    async def effects(self, said: Said, bundle_id: int) -> list[Effect]:
        """The message of a bundle, or one in each group concerned."""
        person = self.groups[said.items[0].group_id].members[said.person_id]
        concerned = list(dict.fromkeys(item.group_id for item in said.items))
        if not person.private_open:
            return [await self._in_group(self.groups[group_id], said) for group_id in concerned]
        page = partial(views.bundle, await self._lines(said, said.items), said.code, bundle_id)
        only = concerned[0] if len(concerned) == 1 else None
        return [Private(said.person_id, page, group_id=only, key=said.outbox_key, priority=Priority.NUDGE)]

    async def _in_group(self, group: GroupFacts, said: Said) -> Effect:
        """Nobody is named with a task in a group, so the mention says only which of them wait for an answer."""
        lines = await self._lines(said, [item for item in said.items if item.group_id == group.group.id])
        page = partial(views.in_group, lines, said.code)
        key = f"{said.outbox_key}:g{group.group.id}"
        return Private(said.person_id, page, group_id=group.group.id, key=key, otherwise=page, priority=Priority.NUDGE)

    async def _lines(self, said: Said, items: Sequence[Item]) -> list[Line]:
        return [
            await _line(
                self.session, self.groups[item.group_id], item, self.records[item.record], self.now, said.person_id
            )
            for item in items
        ]


async def _line(session: AsyncSession, group: GroupFacts, item: Item, record: Row, now: datetime, reader: int) -> Line:
    if isinstance(record, Decision):
        others = (await decision_text_facts.others(session, [record.id]))[record.id]
        return _of_decision(group, item, record, others)
    if isinstance(record, SupportRequest):
        return _of_request(group, item, record)
    line = _of_task(group, item, record, now, reader)
    return line if record.after_id is None else line._replace(before=await _name_of(session, record.after_id))


async def _name_of(session: AsyncSession, task_id: int) -> str:
    """The task that comes before, while something of it is left to do; "" once it is closed."""
    parts = (await task_steps.before(session, [task_id]))[task_id]
    left = any(part.state not in CLOSED_TASKS for part in parts)
    return task_name(parts[0].number) if left else ""


def _of_decision(group: GroupFacts, item: Item, decision: Decision, others: Mapping[str, str]) -> Line:
    stage, _, _ = item.stage.partition(":")
    return Line(
        decision_name(decision.number),
        decision.text,
        stage,
        group.group.name,
        group.group.id,
        asked=group.working[group.sides[0].id].local_date(decision.proposed_at),
        others=others,
    )


def _of_request(group: GroupFacts, item: Item, row: SupportRequest) -> Line:
    return Line(
        support_name(row.number),
        row.text,
        item.stage.partition(":")[0],
        group.group.name,
        group.group.id,
        due=item.due,
        asked=group.beside.local_date(row.asked_at),
        note=row.reply,
        opens="nudge.support",
    )


def _of_task(group: GroupFacts, item: Item, task: Task | DueTask, now: datetime, reader: int) -> Line:
    own = group.working[group.acting_side(task)]
    return Line(
        name=task_name(task.number, task.part),
        text=task.text,
        stage=item.stage,
        group=group.group.name,
        group_id=group.group.id,
        task_id=task.id,
        state=task.state,
        due=nudging.day_due(task.due, task.due_at, own),
        due_at=task.due_at,
        cities=group.cities,
        note=task.note,
        responsible="" if task.assignee_id in (None, reader) else _name(group, task.assignee_id),
        days_late=_days_late(task, own, now),
        is_mine=task.assignee_id in (None, reader),
        may_report=group.may_report(reader, task, group.own_time[reader].local_date(now)),
    )


def _name(group: GroupFacts, person_id: int | None) -> str:
    found = group.members.get(person_id or 0)
    return "" if found is None else found.name


def _days_late(task: Task | DueTask, own: WorkingTime, now: datetime) -> int:
    today = own.local_date(now)
    return 0 if task.due is None or today <= task.due else own.working_days_between(task.due, today)


async def lines_of(session: AsyncSession, bundle: Bundle, now: datetime) -> dict[Subject, dict[int, Line]]:
    """What a bundle that was said has to show by now, by its records; groups its reader is out of are left out."""
    groups: dict[int, GroupFacts] = {}
    found: dict[Subject, dict[int, Line]] = {subject: {} for subject in nudges.TABLES}
    for row in await nudges.of_bundle(session, bundle.id):
        if row.group_id not in groups:
            groups[row.group_id] = await gather(session, row.group_id, now)
        if bundle.person_id in groups[row.group_id].members:
            item, group = nudges.item(row), groups[row.group_id]
            line = await _line(session, group, item, await nudges.record_of(session, item), now, bundle.person_id)
            answered = await _was_answered(session, row, bundle)
            found[row.subject][row.subject_id] = line._replace(answered=answered)
    return found


async def page_of(session: AsyncSession, bundle: Bundle, now: datetime) -> View:
    """The message of a bundle as it is to be shown by now."""
    found = await lines_of(session, bundle, now)
    lines = [line for kind in found.values() for line in kind.values()]
    return partial(views.bundle, lines, bundle.code, bundle.id)


async def _was_answered(session: AsyncSession, row: Nudge, bundle: Bundle) -> bool:
    """Whether what was asked has its answer: a new state or a later date since then, or the answer of that side."""
    if row.subject is Subject.DECISION:
        decision = await session.get_one(Decision, row.subject_id)
        stage, _, side_id = row.stage.partition(":")
        if stage in set(WordingStage):
            missing = await decision_text_facts.missing(session, decision.group_id, [decision])
            return decision.state not in OPEN_DECISIONS or int(side_id) not in {s.id for s in missing[decision.id]}
        given = (await decisions.standing(session, [decision.id])).get(decision.id, {})
        return decision.state not in OPEN_DECISIONS or int(side_id) in given
    if row.subject is Subject.SUPPORT:
        return await _version(session, row) != row.seen_version
    task = await session.get_one(Task, row.subject_id)
    if task.state in CLOSED_TASKS:
        return True
    put_off = task.snoozed_until is not None and task.snoozed_until > bundle.local_date
    said = task.version != row.seen_version and task.state_since >= bundle.planned_at
    return put_off or (said and task.state is not TaskState.OPEN)


async def still_true(session: AsyncSession, call: Leaving, now: datetime) -> bool:
    """Whether a bundle may be said at this moment: nothing in it was answered, its reader is a member and at work.

    One that may not is taken back, so that the rule decides anew. Calls that are no bundle are none of ours.
    """
    bundle = await _bundle(session, call)
    if bundle is None:
        return True
    rows = await nudges.of_bundle(session, bundle.id)
    if await _unanswered(session, rows) and await _at_work(session, bundle, rows, now):
        return True
    await nudges.undo(session, bundle, now)
    return False


async def take_back(session: AsyncSession, call: Outbox, now: datetime) -> None:
    """The private route turned out closed: the rule decides anew, and the group is where it is said."""
    bundle = await _bundle(session, call)
    if bundle is not None:
        await nudges.undo(session, bundle, now)


async def _bundle(session: AsyncSession, call: Leaving | Outbox) -> Bundle | None:
    _, _, key = call.key.partition(":")
    return await nudges.bundle_of(session, key.partition(":g")[0]) if key.startswith("nudge:") else None


async def _unanswered(session: AsyncSession, rows: Sequence[Nudge]) -> bool:
    for row in rows:
        if await _version(session, row) != row.seen_version:
            return False
    return True


async def _version(session: AsyncSession, row: Nudge) -> int:
    return (await nudges.record_of(session, nudges.item(row))).version


async def _at_work(session: AsyncSession, bundle: Bundle, rows: Sequence[Nudge], now: datetime) -> bool:
    """Every group has to know him still, and be outside its quiet hours while he works."""
    for group_id in {row.group_id for row in rows}:
        group = await gather(session, group_id, now)
        own = group.own_time.get(bundle.person_id)
        if own is None or own.local_date(now) != bundle.local_date:
            return False
        if nudging.moment(bundle.person_id, own, now, group.quiet) != now:
            return False
    return True
