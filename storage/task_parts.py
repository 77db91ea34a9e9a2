"""The parts of tasks that several persons have: few beside all tasks, and each task of them is to count once."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Bundle
from sqlmodel import and_, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.kinds import TaskState
from storage.tables import Task
from storage.tables.records import OF_SEVERAL
from storage.tasks import LIVE, Past, is_past


@dataclass(frozen=True)
class Part:
    """One part of a task of several persons; `late` where its date has passed and something is left to do."""

    group_id: int
    number: int
    side_id: int
    area_id: int | None
    state: TaskState
    late: bool


async def of_groups(session: AsyncSession, group_ids: Collection[int], past: Past) -> list[list[Part]]:
    """The tasks of these groups that have several parts, part by part; `past` knows today for all their sides."""
    columns = (col(Task.group_id), col(Task.number), col(Task.side_id), col(Task.area_id), col(Task.state))
    part: Bundle[Any] = Bundle("part", *columns, and_(is_past(past), col(Task.state).in_(LIVE)).label("late"))
    query = select(part).where(col(Task.group_id).in_(group_ids), text(OF_SEVERAL))
    found: dict[tuple[int, int], list[Part]] = {}
    for row in (await session.exec(query.order_by(col(Task.group_id), col(Task.number), col(Task.part)))).all():
        found.setdefault((row.group_id, row.number), []).append(Part(*row))
    return list(found.values())
