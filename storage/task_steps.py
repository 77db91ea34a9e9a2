"""The checklists of tasks, and which task comes after which."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import foreseen
from storage.portions import portions
from storage.tables import Task, TaskStep


async def add(
    session: AsyncSession, *, task_id: int, text: str, by: int, bot_id: int, update_id: int, at: datetime
) -> TaskStep:
    """Write one more step down, below the others."""
    position = len(await of(session, task_id)) + 1
    row = TaskStep(
        task_id=task_id, position=position, text=text, added_by=by, added_at=at, bot_id=bot_id, update_id=update_id
    )
    session.add(row)
    await session.flush()
    return row


async def of(session: AsyncSession, task_id: int) -> list[TaskStep]:
    """The steps of the task with this first part, in their order."""
    if (known := foreseen.found(session, TaskStep, task_id)) is not None:
        return known
    query = select(TaskStep).where(TaskStep.task_id == task_id).order_by(col(TaskStep.position))
    return list((await session.exec(query)).all())


async def get(session: AsyncSession, step_id: int) -> TaskStep | None:
    """The step of that id, if there is one."""
    return await session.get(TaskStep, step_id)


async def order(session: AsyncSession, group_id: int) -> dict[int, int]:
    """Which task comes directly before which in a group, by the ids of their first parts."""
    query = select(col(Task.id), col(Task.after_id)).where(
        col(Task.group_id) == group_id, col(Task.after_id).is_not(None), col(Task.part) <= 1
    )
    return {task_id: before for task_id, before in (await session.exec(query)).all() if before is not None}


async def followers(session: AsyncSession, task_id: int) -> list[Task]:
    """The tasks, by their parts, that come directly after the one with this first part."""
    return list((await session.exec(select(Task).where(Task.after_id == task_id).order_by(col(Task.id)))).all())


async def before(session: AsyncSession, ids: Collection[int]) -> dict[int, list[Task]]:
    """All parts of these tasks by the id of their first part: what others wait for."""
    found: dict[int, list[Task]] = {}
    for some in portions(ids):
        firsts = {task.id: task for task in (await session.exec(select(Task).where(col(Task.id).in_(some)))).all()}
        numbers = {(task.group_id, task.number): task.id for task in firsts.values()}
        query = select(Task).where(
            col(Task.group_id).in_({group_id for group_id, _ in numbers}),
            col(Task.number).in_({number for _, number in numbers}),
        )
        for task in (await session.exec(query.order_by(col(Task.part)))).all():
            if (task.group_id, task.number) in numbers:
                found.setdefault(numbers[task.group_id, task.number], []).append(task)
    return found
