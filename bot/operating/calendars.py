"""The countries' calendars from the operator's side: filled from a library, listed, imported from a file."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from babel import Locale
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import fetching
from bot.clock import SystemClock
from bot.exits import Refused
from bot.operating.preparing import ready
from bot.settings import Settings
from handlers import calendar_changes
from handlers.rules.calendar_csv import EARLIEST, LATEST, Changes, Entry, Fault, Wrong, read_sheet
from storage import calendars, groups, journal
from storage.journal import Cause
from storage.kinds import DayKind, Subject, YearState
from storage.tables import CountryDay

UNREAD = {
    Wrong.NO_HEADER: "the first line has to name the columns, at least: country,date,kind,name_en",
    Wrong.TOO_LONG: "the file is too long for a calendar",
    Wrong.COUNTRY: "is not a country in two capital letters",
    Wrong.DATE: "is not a date such as 2027-02-13",
    Wrong.KIND: "is not a kind of day (off, on, observance or remove)",
    Wrong.NAME: "a day needs a name of at most 100 letters, in name_en, name_local, name_zh or name_lo",
    Wrong.TWICE: "stands in the file twice",
}


@dataclass(frozen=True)
class Loaded:
    """What loading a year did: its days, and how many of them are new or gone."""

    lines: list[str]
    changed: int


@dataclass(frozen=True)
class Imported:
    """What a file would change, or has changed, a line each; how many of its days are known already."""

    lines: list[str]
    same: int


def checked_country(country: str) -> str:
    """A country as it is kept: two capital letters that stand for one. Raises Refused."""
    kept = country.upper()
    if kept not in Locale("en").territories or len(kept) != 2 or not kept.isalpha():
        raise Refused(f'"{country}" is not a country in two letters, such as LA.')
    return kept


async def load(settings: Settings, country: str, year: int) -> Loaded:
    """Fill a country's year from the library, as provisional. Raises Refused for a year somebody confirmed."""
    from bot.operating.holiday_library import days_of

    kept, now = checked_country(country), SystemClock().now()
    if not EARLIEST <= year <= LATEST:
        raise Refused(f"A year lies between {EARLIEST} and {LATEST}.")
    listed = days_of(kept, year)
    if not listed:
        raise Refused(f"The library knows no days off of {kept} in {year}.")
    async with ready(settings) as database, database.writing() as session:
        if (await calendars.states(session, kept)).get(year) is YearState.CONFIRMED:
            raise Refused(f"The calendar of {kept} {year} is confirmed. Nothing was changed.")
        changed = await calendars.take_over(session, kept, year, listed)
        await _note(session, kept, year, changed, now)
        await calendar_changes.took_effect(session, await calendars.groups_of(session, [kept]), now)
        return Loaded(await _days(session, kept, year), changed)


async def _note(session: AsyncSession, country: str, year: int, changed: int, now: datetime) -> None:
    await journal.append(
        session,
        Cause(now),
        subject=Subject.CALENDAR,
        subject_id=year,
        change="calendar loaded",
        after={"country": country, "year": year, "changed": changed},
    )


async def listed(settings: Settings, country: str | None, year: int | None) -> list[str]:
    """The countries with their years, or the days of one country, or of one of its years. Raises Refused."""
    async with ready(settings) as database, database.reading() as session:
        if country is None:
            return [line for each in await _countries(session) for line in await _years(session, each)]
        kept = checked_country(country)
        return await _years(session, kept) if year is None else await _days(session, kept, year)


async def _countries(session: AsyncSession) -> list[str]:
    sides = [side.country for group in await groups.all_of(session) for side in await groups.sides(session, group.id)]
    return sorted({*sides, *await calendars.countries(session)})


async def _years(session: AsyncSession, country: str) -> list[str]:
    states = await calendars.states(session, country)
    return [f"{country} {year}: {state}" for year, state in sorted(states.items())] or [f"{country}: no days"]


async def _days(session: AsyncSession, country: str, year: int) -> list[str]:
    found = await calendars.rows(session, country, date(year, 1, 1), date(year, 12, 31))
    return [_line(row) for row in found]


def _line(row: CountryDay) -> str:
    return f"{row.day} {row.day:%a}  {row.kind:<10}  {row.name_en or row.name_local}  ({row.status}; {row.source})"


async def import_file(settings: Settings, file: Path, *, write: bool) -> Imported:
    """Read a file of days and show, or do, what it changes. Raises Refused with every line that cannot be read."""
    sheet = read_sheet(_text(file))
    if sheet.faults:
        raise Refused("\n".join(["Nothing was changed.", *map(_fault, sheet.faults)]))
    async with ready(settings) as database, database.writing() as session:
        changes = await calendar_changes.compared(session, sheet.entries)
        if write:
            await calendar_changes.write(session, Cause(SystemClock().now()), changes, source=file.name)
    return Imported(_lines(changes), changes.same)


def _text(file: Path) -> str:
    try:
        return decoded(file.read_bytes())
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}.") from None


def decoded(raw: bytes) -> str:
    """A file's text. Raises Refused."""
    text = fetching.decoded(raw)
    if text is None:
        raise Refused("The file is not in UTF-8. Save it as CSV in UTF-8.")
    return text


def _fault(fault: Fault) -> str:
    shown = f'"{fault.text}" ' if fault.text and fault.wrong is not Wrong.NO_HEADER else ""
    return f"line {fault.line}: {shown}{UNREAD[fault.wrong]}"


def _lines(changes: Changes) -> list[str]:
    signs = [("+", each) for each in changes.added] + [("~", each) for each in changes.changed]
    signs += [("-", each) for each in changes.removed]
    return [f"{sign} {_said(each)}" for sign, each in sorted(signs, key=lambda pair: (pair[1].country, pair[1].day))]


def _said(entry: Entry) -> str:
    kind = "" if entry.kind is None else f"  {DayKind(entry.kind)}  {entry.name.en or entry.name.local}"
    return f"{entry.country} {entry.day} {entry.day:%a}{kind}"
