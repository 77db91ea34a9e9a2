"""The shelf of a group: what is shared, found and taken off again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, literal
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import groups
from storage.finding import Sought, has_words
from storage.tables import ShelfFile, WorkingGroup

PAGE = 6
"""Files on one page of a list."""


@dataclass(frozen=True)
class FileDraft:
    """A file or link before it has a row. `line` counts those that one message shares."""

    kind: str
    search_text: str
    shared_by: int
    bot_id: int
    update_id: int
    at: datetime
    line: int = 0
    file_id: str = ""
    link: str = ""
    name: str = ""
    words: str = ""
    area_id: int | None = None
    side_id: int | None = None


@dataclass(frozen=True)
class Wanted:
    """Which files a list shows: of one area, with these words, or all."""

    area_id: int | None = None
    sought: Sought | None = None


async def add(session: AsyncSession, *, group: WorkingGroup, draft: FileDraft) -> ShelfFile:
    """Put a file or a link on the shelf under the group's next number."""
    values = {name: value for name, value in vars(draft).items() if name != "at"}
    number = await groups.next_file(session, group)
    row = ShelfFile(group_id=group.id, number=number, shared_at=draft.at, **values)
    session.add(row)
    await session.flush()
    return row


async def get(session: AsyncSession, file_id: int) -> ShelfFile | None:
    """The file of that row id, if there is one."""
    return await session.get(ShelfFile, file_id)


async def by_number(session: AsyncSession, group_id: int, number: int) -> ShelfFile | None:
    """The file of that number in a group, if there is one."""
    query = select(ShelfFile).where(ShelfFile.group_id == group_id, ShelfFile.number == number)
    return (await session.exec(query)).first()


async def listed(session: AsyncSession, group_id: int, wanted: Wanted, *, page: int = 1) -> list[ShelfFile]:
    """One page (from 1) of the files on the shelf, newest first."""
    query = select(ShelfFile).where(*_conditions(group_id, wanted)).order_by(col(ShelfFile.number).desc())
    return list((await session.exec(query.offset((page - 1) * PAGE).limit(PAGE))).all())


async def count(session: AsyncSession, group_id: int, wanted: Wanted) -> int:
    """How many files such a list has on all its pages."""
    query = select(func.count()).select_from(ShelfFile).where(*_conditions(group_id, wanted))
    return (await session.exec(query)).one()


def _conditions(group_id: int, wanted: Wanted) -> Sequence[ColumnElement[bool]]:
    found = [col(ShelfFile.group_id) == group_id, col(ShelfFile.taken_off_at).is_(None)]
    if wanted.area_id is not None:
        found.append(col(ShelfFile.area_id) == wanted.area_id)
    if wanted.sought is not None:
        text = literal(" ") + col(ShelfFile.search_text) + literal(" ")
        found.append(has_words(text, wanted.sought))
    return found
