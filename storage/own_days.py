"""The days an institution is off, or works, by its own rule: semester breaks, founding days, open days."""

from datetime import date, datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.kinds import DayKind
from storage.remembering import remembered
from storage.tables import InstitutionDay


async def of_side(session: AsyncSession, side_id: int, since: date | None = None) -> list[InstitutionDay]:
    """A side's own days that are not over before `since`, in the order in which they were written."""
    return [row for row in await _all_of(session, side_id) if since is None or row.last_day >= since]


@remembered
async def _all_of(session: AsyncSession, side_id: int) -> list[InstitutionDay]:
    query = select(InstitutionDay).where(InstitutionDay.side_id == side_id)
    return list((await session.exec(query.order_by(col(InstitutionDay.id)))).all())


async def add(
    session: AsyncSession,
    *,
    side_id: int,
    first: date,
    last: date,
    kind: DayKind,
    name: str,
    by: int | None,
    at: datetime,
) -> InstitutionDay:
    """Write days of a side, both ends included."""
    row = InstitutionDay(
        side_id=side_id, first_day=first, last_day=last, kind=kind, name=name, written_by=by, written_at=at
    )
    session.add(row)
    await session.flush()
    return row


async def get(session: AsyncSession, row_id: int) -> InstitutionDay | None:
    """The days of that id, unless they were removed."""
    return await session.get(InstitutionDay, row_id)


async def remove(session: AsyncSession, row: InstitutionDay) -> None:
    """These days are as the country's calendar has them again; the journal keeps what they were."""
    await session.delete(row)
    await session.flush()
