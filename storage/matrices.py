"""Action matrices that were imported as a whole, with what came of them."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.portions import portions
from storage.tables import Activity, Evidence, MatrixImport, Task


async def add(
    session: AsyncSession, *, group_id: int, person_id: int, name: str, bot_id: int, update_id: int, at: datetime
) -> MatrixImport:
    """Write down that a matrix is imported; its numbers follow."""
    row = MatrixImport(
        bot_id=bot_id, update_id=update_id, group_id=group_id, person_id=person_id, name=name, imported_at=at
    )
    session.add(row)
    await session.flush()
    return row


async def get(session: AsyncSession, import_id: int) -> MatrixImport | None:
    """The import of that id."""
    return await session.get(MatrixImport, import_id)


async def last(session: AsyncSession, group_id: int) -> MatrixImport | None:
    """The newest import of a group that was not taken back."""
    query = select(MatrixImport).where(MatrixImport.group_id == group_id, col(MatrixImport.undone_at).is_(None))
    return (await session.exec(query.order_by(col(MatrixImport.id).desc()).limit(1))).first()


async def tasks_of(session: AsyncSession, row: MatrixImport) -> list[Task]:
    """The tasks that an import made, part by part."""
    found: list[Task] = []
    for numbers in portions(row.numbers):
        query = select(Task).where(Task.group_id == row.group_id, col(Task.number).in_(numbers))
        found += (await session.exec(query.order_by(col(Task.number), col(Task.part)))).all()
    return found


async def activities_of(session: AsyncSession, row: MatrixImport) -> list[Activity]:
    """The activities that an import made."""
    query = select(Activity).where(Activity.import_id == row.id)
    return list((await session.exec(query.order_by(col(Activity.number)))).all())


async def with_evidence(session: AsyncSession, tasks: Sequence[Task]) -> set[int]:
    """The ids of those of these tasks to which something was added."""
    found: set[int] = set()
    for ids in portions(task.id for task in tasks):
        found |= set((await session.exec(select(Evidence.task_id).where(col(Evidence.task_id).in_(ids)))).all())
    return found
