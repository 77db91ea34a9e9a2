"""The next task of a rule, given when the last one is closed or due."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers import working
from handlers.reply import Effect, PostCard
from handlers.rules.recurrence import Repeat, due_on, next_after
from handlers.rules.states import CLOSED_TASKS
from handlers.rules.task_changes import TaskChange
from handlers.task_cards import card_of
from storage import groups, journal, people, recurrences
from storage.journal import Cause
from storage.kinds import Role, Subject
from storage.tables import Recurrence, Task


async def plan(session: AsyncSession, now: datetime) -> Sequence[Effect]:
    """The next task of every rule whose newest one is closed or due, each exactly once."""
    effects: list[Effect] = []
    for row, parts in await recurrences.newest(session):
        if await _is_over(session, parts, now):
            effects.append(await _next(session, row, parts, now))
    return effects


async def _is_over(session: AsyncSession, parts: list[Task], now: datetime) -> bool:
    if all(part.state in CLOSED_TASKS for part in parts):
        return True
    today = (await working.of_task(session, parts[0])).local_date(now)
    return parts[0].due is not None and parts[0].due <= today


async def _next(session: AsyncSession, row: Recurrence, parts: list[Task], now: datetime) -> Effect:
    group = await groups.hold(session, row.group_id)
    own, last = await working.of_task(session, parts[0]), parts[0].occurrence
    assert last is not None, "the newest task of a rule has its day"
    today = own.local_date(now)
    day = next_after(Repeat.parse(row.rule), last, today, own)
    given = await recurrences.repeat(session, group, row, parts, day, due_on(day, own), now)
    for task in given:
        await _leave_out_who_left(session, task)
        task.given_on = today
        await _note(session, task, now)
    return PostCard(Subject.TASK, given[0].id, await card_of(session, given[0]), group.id)


async def _leave_out_who_left(session: AsyncSession, task: Task) -> None:
    """A part of somebody who left the group is nobody's."""
    if task.assignee_id is not None and await people.active(session, task.assignee_id, task.group_id) is None:
        task.assignee_id = None
    session.add(task)


async def _note(session: AsyncSession, task: Task, now: datetime) -> None:
    await journal.append(
        session,
        Cause(now),
        subject=Subject.TASK,
        subject_id=task.id,
        group_id=task.group_id,
        change=TaskChange.REPEATED,
        after={
            "state": task.state,
            "as": Role.MEMBER,
            "number": task.number,
            "part": task.part,
            "assignee": task.assignee_id,
            "due": task.due,
        },
    )
