"""The tasks that want to be looked at: as much of each as a nudge is about, without an object of the session for it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.kinds import TaskState
from storage.sessions import run
from storage.tables import Task


class DueTask(NamedTuple):
    """A task as it stood when it was looked at; the names are those of its columns."""

    id: int
    group_id: int
    number: int
    part: int
    text: str
    after_id: int | None
    side_id: int
    assignee_id: int | None
    created_by: int
    due: date | None
    due_at: datetime | None
    given_on: date | None
    state: TaskState
    state_since: datetime
    note: str
    answered_on: date | None
    snoozed_until: date | None
    look_at: datetime | None
    version: int


async def tasks_to_look_at(session: AsyncSession, now: datetime) -> Sequence[DueTask]:
    """The tasks that want to be looked at by now, in the order of their wish."""
    columns = [getattr(Task, name) for name in DueTask._fields]
    query = select(*columns).where(col(Task.look_at) <= now).order_by(col(Task.look_at), col(Task.id))
    return [DueTask._make(row) for row in await run(session, query)]
