"""What the countries' calendars say of their days, and which years somebody stands up for."""

import csv
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date, datetime
from importlib.resources import files

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.kinds import DayKind, YearState
from storage.remembering import once, remembered
from storage.tables import CalendarYear, CountryDay, Organisation, Side

CONFIRMED, PROVISIONAL, INFO, REMOVED = "confirmed", "provisional", "info", "removed"
BY_HAND = "by hand"
"""The source of days that a person wrote: no list that comes later takes them away."""


async def rows(
    session: AsyncSession, country: str, first: date | None = None, last: date | None = None
) -> list[CountryDay]:
    """The days of a country from `first` to `last`, both included, in order; removed ones are left out."""
    found = await _all_rows(session, country)
    begin = 0 if first is None else bisect_left(found, first, key=_when)
    return found[begin : None if last is None else bisect_right(found, last, key=_when)]


def _when(row: CountryDay) -> date:
    return row.day


@remembered
async def _all_rows(session: AsyncSession, country: str) -> list[CountryDay]:
    query = select(CountryDay).where(CountryDay.country == country, col(CountryDay.status) != REMOVED)
    return list((await session.exec(query.order_by(col(CountryDay.day), col(CountryDay.id)))).all())


async def days(session: AsyncSession, country: str) -> dict[date, DayKind]:
    """The days off and make-up working days of a country; observances do not change the working day."""
    return {row.day: row.kind for row in await rows(session, country) if row.kind is not DayKind.OBSERVANCE}


async def named(session: AsyncSession, country: str, day: date) -> list[CountryDay]:
    """Everything a country's calendar says of one day."""
    return await rows(session, country, day, day)


async def get(session: AsyncSession, day_id: int) -> CountryDay | None:
    """The day of that id, unless it was removed."""
    found = await session.get(CountryDay, day_id)
    return None if found is None or found.status == REMOVED else found


async def add(session: AsyncSession, new: Iterable[CountryDay]) -> int:
    """Add the days that are not known yet; how many there were."""
    known = set((await session.exec(select(col(CountryDay.country), col(CountryDay.day), col(CountryDay.kind)))).all())
    unknown = [row for row in new if (row.country, row.day, row.kind) not in known]
    session.add_all(unknown)
    await session.flush()
    return len(unknown)


async def put(session: AsyncSession, new: CountryDay) -> CountryDay:
    """Write a day of a country; it takes the place of whatever off or on was said of that day before."""
    found = await _all_of_day(session, new.country, new.day)
    same = next((row for row in found if row.kind is new.kind), None)
    for row in found:
        if row is not same and DayKind.OBSERVANCE not in (row.kind, new.kind):
            await remove(session, row)
    kept = same or new
    kept.name_en, kept.name_local, kept.name_zh, kept.name_lo = new.name_en, new.name_local, new.name_zh, new.name_lo
    kept.source, kept.status = new.source, new.status
    session.add(kept)
    await session.flush()
    return kept


async def remove(session: AsyncSession, row: CountryDay) -> None:
    """A day is a plain one from now on; the row stays, so that no later list brings it back."""
    row.status, row.source = REMOVED, BY_HAND
    session.add(row)
    await session.flush()


async def _all_of_day(session: AsyncSession, country: str, day: date) -> list[CountryDay]:
    query = select(CountryDay).where(CountryDay.country == country, CountryDay.day == day)
    return list((await session.exec(query)).all())


async def years(session: AsyncSession, country: str) -> dict[int, set[str]]:
    """For each year with days off the states they are in ("confirmed", "provisional")."""
    query = select(col(CountryDay.day), col(CountryDay.status)).where(
        CountryDay.country == country, CountryDay.kind != DayKind.OBSERVANCE, CountryDay.status != REMOVED
    )
    found: dict[int, set[str]] = {}
    for day, status in (await session.exec(query)).all():
        found.setdefault(day.year, set()).add(status)
    return found


async def states(session: AsyncSession, country: str) -> dict[int, YearState]:
    """For each year with days off whether it is confirmed; a year that is not there is missing."""
    return await once(session, ("years", country), lambda: _states(session, country))


async def _states(session: AsyncSession, country: str) -> dict[int, YearState]:
    known = await years(session, country)
    return {
        year: YearState.CONFIRMED if found == {CONFIRMED} else YearState.PROVISIONAL for year, found in known.items()
    }


async def unconfirmed(session: AsyncSession, country: str, wanted: Iterable[int]) -> dict[int, YearState]:
    """Those of the wanted years that nobody confirmed, in order, with what there is instead."""
    known = await states(session, country)
    found = {year: known.get(year, YearState.MISSING) for year in sorted(set(wanted))}
    return {year: state for year, state in found.items() if state is not YearState.CONFIRMED}


async def confirm(session: AsyncSession, country: str, year: int, *, by: int | None, at: datetime) -> None:
    """Somebody stands up for a country's days of a year."""
    for row in await rows(session, country, date(year, 1, 1), date(year, 12, 31)):
        if row.status == PROVISIONAL:
            row.status = CONFIRMED
            session.add(row)
    if await confirmation(session, country, year) is None:
        session.add(CalendarYear(country=country, year=year, confirmed_by=by, confirmed_at=at))
    await session.flush()


async def countries(session: AsyncSession) -> list[str]:
    """The countries with any days."""
    query = select(CountryDay.country).where(col(CountryDay.status) != REMOVED).distinct()
    return sorted((await session.exec(query)).all())


async def groups_of(session: AsyncSession, lived_by: Iterable[str]) -> list[int]:
    """The groups in which somebody lives by one of these countries' calendars."""
    wanted, found = set(lived_by), set[int]()
    for table in (Side, Organisation):
        found |= set((await session.exec(select(col(table.group_id)).where(col(table.country).in_(wanted)))).all())
    return sorted(found)


async def confirmation(session: AsyncSession, country: str, year: int) -> CalendarYear | None:
    """Who confirmed a country's calendar of a year, if a person did."""
    query = select(CalendarYear).where(CalendarYear.country == country, CalendarYear.year == year)
    return (await session.exec(query)).first()


async def take_over(session: AsyncSession, country: str, year: int, listed: Iterable[CountryDay]) -> int:
    """A newer list of one year: its days are added, known ones brought up to date, older lists' days go.

    What a person wrote or removed stays. How many rows are new or gone.
    """
    new = {(row.day, row.kind): row for row in listed}
    query = select(CountryDay).where(
        CountryDay.country == country,
        col(CountryDay.day) >= date(year, 1, 1),
        col(CountryDay.day) <= date(year, 12, 31),
    )
    changed = 0
    for row in (await session.exec(query)).all():
        better = new.pop((row.day, row.kind), None)
        if row.source == BY_HAND:
            continue
        if better is None:
            await session.delete(row)
            changed += 1
        else:
            _bring_up_to_date(session, row, better)
    session.add_all(new.values())
    await session.flush()
    return changed + len(new)


def _bring_up_to_date(session: AsyncSession, row: CountryDay, better: CountryDay) -> None:
    row.name_en, row.name_local, row.source = better.name_en, better.name_local, better.source
    row.name_zh, row.name_lo = better.name_zh or row.name_zh, better.name_lo or row.name_lo
    row.status = row.status if row.status == CONFIRMED else better.status
    session.add(row)


async def load_shipped(session: AsyncSession) -> int:
    """Bring in the reviewed days that travel with the program; how many rows are new or gone.

    A year that a person confirmed is left alone; one this version does not know better is only completed.
    """
    changed = 0
    for (country, year), listed in _shipped().items():
        if await confirmation(session, country, year) is None and await _is_better(session, country, year, listed):
            changed += await take_over(session, country, year, listed)
    return changed


async def _is_better(session: AsyncSession, country: str, year: int, listed: list[CountryDay]) -> bool:
    """Whether the shipped list of a year may take the place of what is there."""
    state = (await states(session, country)).get(year, YearState.MISSING)
    if state is YearState.MISSING or await _is_older_list(session, country, year, listed):
        return True
    return state is YearState.PROVISIONAL and all(row.status != PROVISIONAL for row in listed)


async def _is_older_list(session: AsyncSession, country: str, year: int, listed: list[CountryDay]) -> bool:
    """Whether all that is there came from a list of the same making: another file somebody loaded stays."""
    found = await rows(session, country, date(year, 1, 1), date(year, 12, 31))
    made = {row.source for row in listed}
    return all(row.source in made or row.source == BY_HAND for row in found)


def _shipped() -> dict[tuple[str, int], list[CountryDay]]:
    text = files("storage").joinpath("calendar_days.csv").read_text(encoding="utf-8")
    found: dict[tuple[str, int], list[CountryDay]] = {}
    for row in csv.DictReader(text.splitlines()):
        day = _day(row)
        found.setdefault((day.country, day.day.year), []).append(day)
    return found


def _day(row: dict[str, str]) -> CountryDay:
    return CountryDay(
        country=row["country"],
        day=date.fromisoformat(row["date"]),
        kind=DayKind(row["kind"]),
        name_en=row["name_en"],
        name_local=row["name_local"],
        name_zh=row["name_zh"],
        name_lo=row["name_lo"],
        source=row["source"],
        status=row["status"],
    )
