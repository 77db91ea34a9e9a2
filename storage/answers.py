"""What the sides answer to decisions and to minutes: a row for each answer, none is overwritten."""

from typing import TypeVar

from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Answer, MinutesAnswer

Row = TypeVar("Row", Answer, MinutesAnswer)


async def add(session: AsyncSession, row: Row) -> Row:
    """Write one answer of one side down."""
    session.add(row)
    await session.flush()
    return row
