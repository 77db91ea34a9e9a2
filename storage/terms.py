"""A group's own words, by language and term."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.portions import portions
from storage.remembering import remembered
from storage.tables import GroupTerm


@remembered
async def of_group(session: AsyncSession, group_id: int) -> list[GroupTerm]:
    """Every word of its own that a group has, by language and term."""
    query = select(GroupTerm).where(GroupTerm.group_id == group_id)
    return list((await session.exec(query.order_by(col(GroupTerm.language), col(GroupTerm.term)))).all())


async def of_groups(session: AsyncSession, group_ids: Iterable[int]) -> dict[int, list[GroupTerm]]:
    """The same of many groups; every one of them is in the result."""
    found: dict[int, list[GroupTerm]] = {group_id: [] for group_id in group_ids}
    for ids in portions(found):
        query = select(GroupTerm).where(col(GroupTerm.group_id).in_(ids))
        for row in (await session.exec(query.order_by(col(GroupTerm.language), col(GroupTerm.term)))).all():
            found[row.group_id].append(row)
    return found


async def get(session: AsyncSession, group_id: int, language: str, term: str) -> GroupTerm | None:
    """What a group says for one term, if it says something else."""
    query = select(GroupTerm).where(
        GroupTerm.group_id == group_id, GroupTerm.language == language, GroupTerm.term == term
    )
    return (await session.exec(query)).first()


async def put(
    session: AsyncSession, *, group_id: int, language: str, term: str, instead: str, by: int, at: datetime
) -> str:
    """A group says this from now on; what it said so far, empty for the word of the catalogue."""
    found = await get(session, group_id, language, term)
    before = "" if found is None else found.instead
    row = found or GroupTerm(group_id=group_id, language=language, term=term, instead=instead, set_at=at)
    row.instead, row.set_by, row.set_at = instead, by, at
    session.add(row)
    await session.flush()
    return before


async def drop(session: AsyncSession, row: GroupTerm) -> None:
    """The word of the catalogue counts again."""
    await session.delete(row)
    await session.flush()
