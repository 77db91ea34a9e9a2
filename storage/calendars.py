"""What the countries' calendars say of their days."""

import csv
from datetime import date
from importlib.resources import files

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.kinds import DayKind
from storage.tables import CountryDay


async def days(session: AsyncSession, country: str) -> dict[date, DayKind]:
    """The days off and make-up working days of a country; observances do not change the working day."""
    query = select(col(CountryDay.day), col(CountryDay.kind)).where(
        CountryDay.country == country, col(CountryDay.kind) != DayKind.OBSERVANCE
    )
    return {row[0]: row[1] for row in (await session.exec(query)).all()}


async def named(session: AsyncSession, country: str, day: date) -> list[CountryDay]:
    """Everything a country's calendar says of one day."""
    query = select(CountryDay).where(CountryDay.country == country, CountryDay.day == day)
    return list((await session.exec(query)).all())


async def add(session: AsyncSession, rows: list[CountryDay]) -> int:
    """Add the days that are not known yet; how many there were."""
    known = set((await session.exec(select(col(CountryDay.country), col(CountryDay.day), col(CountryDay.kind)))).all())
    new = [row for row in rows if (row.country, row.day, row.kind) not in known]
    session.add_all(new)
    await session.flush()
    return len(new)


async def years(session: AsyncSession, country: str) -> dict[int, set[str]]:
    """For each year the states its days are in ("confirmed", "provisional")."""
    query = select(col(CountryDay.day), col(CountryDay.status)).where(CountryDay.country == country)
    found: dict[int, set[str]] = {}
    for row in (await session.exec(query.order_by(col(CountryDay.day)))).all():
        found.setdefault(row[0].year, set()).add(row[1])
    return found


async def load_shipped(session: AsyncSession) -> int:
    """Add the reviewed days that travel with the program and are not known yet; how many there were."""
    text = files("storage").joinpath("calendar_days.csv").read_text(encoding="utf-8")
    return await add(session, [_day(row) for row in csv.DictReader(text.splitlines())])


def _day(row: dict[str, str]) -> CountryDay:
    return CountryDay(
        country=row["country"],
        day=date.fromisoformat(row["date"]),
        kind=DayKind(row["kind"]),
        name_en=row["name_en"],
        name_local=row["name_local"],
        source=row["source"],
        status=row["status"],
    )
