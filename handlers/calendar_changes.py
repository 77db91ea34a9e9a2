"""Changing a calendar: days are written, the journal says so, and what hangs on working days is planned anew."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from handlers.rules.calendar_csv import Changes, Entry, Known, compare, merged
from handlers.rules.day_layers import DayName
from handlers.working import name_of
from storage import calendars, journal, leases, nudges
from storage.journal import Cause
from storage.kinds import DayKind, Subject, YearState
from storage.tables import CountryDay, InstitutionDay


def changed_mark(group_id: int) -> str:
    """The name under which `storage.leases.marked` tells when a group's working days last changed."""
    return f"calendar_changed:{group_id}"


async def took_effect(session: AsyncSession, group_ids: Iterable[int], at: datetime) -> None:
    """The working days of these groups are others now: nudges are planned anew, due dates looked over again.

    Every change of a calendar comes by here. Whoever warns of days off compares `changed_mark` with his own last look.
    """
    for group_id in group_ids:
        await nudges.look_at_all(session, group_id, at)
        await leases.mark(session, changed_mark(group_id), at)


async def compared(session: AsyncSession, entries: Iterable[Entry]) -> Changes:
    """What a list of days would change."""
    wanted = list(entries)
    return compare(wanted, await _known(session, {entry.country for entry in wanted}))


async def _known(session: AsyncSession, countries: Iterable[str]) -> Known:
    found: dict[tuple[str, date], dict[DayKind, tuple[DayName, bool]]] = {}
    for country in countries:
        for row in await calendars.rows(session, country):
            said = (name_of(row), row.status != calendars.PROVISIONAL)
            found.setdefault((country, row.day), {})[row.kind] = said
    return found


async def write(
    session: AsyncSession, cause: Cause, changes: Changes, *, source: str, group_id: int | None = None
) -> None:
    """Put the changes of a list in force."""
    for entry in changes.all:
        if entry.kind is None:
            for row in await calendars.named(session, entry.country, entry.day):
                await remove(session, cause, row, group_id=group_id)
        else:
            await put(session, cause, entry, source=source, group_id=group_id)
    countries = {entry.country for entry in changes.all}
    await took_effect(session, await calendars.groups_of(session, countries), cause.at)


async def put(
    session: AsyncSession, cause: Cause, entry: Entry, *, source: str, group_id: int | None = None
) -> CountryDay:
    """Write one day of a country; whatever is planned by it is planned anew by `took_effect`."""
    assert entry.kind is not None, "a day to be removed is nothing to write"
    said = await calendars.named(session, entry.country, entry.day)
    before = next((row for row in said if row.kind is entry.kind), None)
    name = entry.name if before is None else merged(entry.name, name_of(before))
    status = await _status(session, entry)
    was = None if before is None else _facts(before)
    row = CountryDay(
        country=entry.country,
        day=entry.day,
        kind=entry.kind,
        name_en=name.en,
        name_local=name.local or name.zh or name.lo or name.en,
        name_zh=name.zh,
        name_lo=name.lo,
        source=source,
        status=status,
    )
    kept = await calendars.put(session, row)
    await _note(session, cause, kept, "calendar day written", group_id, before=was)
    return kept


async def _status(session: AsyncSession, entry: Entry) -> str:
    """A day written into a confirmed year is as sure as the others of it."""
    if entry.kind is DayKind.OBSERVANCE:
        return calendars.INFO
    state = (await calendars.states(session, entry.country)).get(entry.day.year)
    return calendars.CONFIRMED if entry.confirmed or state is YearState.CONFIRMED else calendars.PROVISIONAL


async def remove(session: AsyncSession, cause: Cause, row: CountryDay, *, group_id: int | None = None) -> None:
    """Take one day out of a country's calendar."""
    before = _facts(row)
    await calendars.remove(session, row)
    await _note(session, cause, row, "calendar day removed", group_id, before=before)


async def confirm(session: AsyncSession, cause: Cause, country: str, year: int, *, group_id: int | None = None) -> None:
    """Somebody stands up for a country's days of a year."""
    await calendars.confirm(session, country, year, by=cause.actor_id, at=cause.at)
    found = await calendars.confirmation(session, country, year)
    assert found is not None, "it was confirmed just now"
    await journal.append(
        session,
        cause,
        subject=Subject.CALENDAR,
        subject_id=found.id,
        group_id=group_id,
        change="calendar confirmed",
        after={"country": country, "year": year},
    )
    await took_effect(session, await calendars.groups_of(session, [country]), cause.at)


async def _note(
    session: AsyncSession,
    cause: Cause,
    row: CountryDay,
    change: str,
    group_id: int | None,
    before: dict[str, object] | None,
) -> None:
    await journal.append(
        session,
        cause,
        subject=Subject.CALENDAR,
        subject_id=row.id,
        group_id=group_id,
        change=change,
        before=before,
        after=_facts(row),
    )


def _facts(row: CountryDay) -> dict[str, object]:
    names = {f"name_{part}": said for part, said in asdict(name_of(row)).items() if said}
    return {"country": row.country, "day": row.day, "kind": row.kind, "status": row.status, **names}


async def note_own(session: AsyncSession, cause: Cause, row: InstitutionDay, change: str, group_id: int) -> None:
    """An institution's own days were written or removed: into the journal, and into effect."""
    facts = {"side": row.side_id, "first_day": row.first_day, "last_day": row.last_day, "kind": row.kind}
    await journal.append(
        session,
        cause,
        subject=Subject.CALENDAR,
        subject_id=row.id,
        group_id=group_id,
        change=change,
        after=facts | {"name": row.name},
    )
    await took_effect(session, [group_id], cause.at)
