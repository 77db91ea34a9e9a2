"""Whether the installation is sound before the bot runs: configuration, files, records, calendar, rights."""

import stat
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.clock import SystemClock
from bot.operating import connection, records
from bot.operating.findings import Finding, Grade, fine, look, wrong
from bot.operating.preparing import opened
from bot.settings import Settings
from handlers.rules import rights
from handlers.rules.rights import UnsoundMatrix
from storage import backup, calendars, groups, held, journal
from storage.engine import Database

OTHERS = stat.S_IRWXG | stat.S_IRWXO
ENDS = (*("", ".lock"), *backup.COMPANIONS)


async def findings(settings: Settings, config: Path | None, *, offline: bool) -> list[Finding]:
    """Everything that was looked at, in the order in which it has to be right."""
    now = SystemClock().now()
    found = [fine(f"The configuration is sound: {config or 'no file, the environment alone'}.")]
    found += [*_modes(settings, config), _rights(), *await _database(settings, now)]
    return found if offline else [*found, *await connection.findings(settings, now)]


def _modes(settings: Settings, config: Path | None) -> list[Finding]:
    file = settings.database_file
    beside = [] if file is None else [file.with_name(file.name + end) for end in ENDS]
    private = [path for path in (config, *beside) if path is not None and path.exists()]
    open_ones = [path for path in private if path.stat().st_mode & OTHERS]
    if not open_ones:
        return [fine("Nobody else can read the files.")]
    return [look(f"Others can read {path}. Write: chmod 600 {path}") for path in open_ones]


def _rights() -> Finding:
    try:
        return fine(f"The matrix of rights is sound: {len(rights.matrix())} cells.")
    except UnsoundMatrix as error:
        return wrong(f"The matrix of rights does not fit this version: {error}.")


async def _database(settings: Settings, now: datetime) -> list[Finding]:
    file = settings.database_file
    if file is not None and not file.exists():
        return [look(f"There is no database at {file} yet. The first start makes it.")]
    try:
        if file is not None and (faults := backup.faults(file)):
            advice = "Stop the bot and write: focalpoint restore FILE"
            return [wrong(f"The database is damaged: {fault}. {advice}") for fault in faults]
        async with opened(settings) as database:
            return await _records(database, now)
    except (SQLAlchemyError, backup.Busy) as error:
        return [wrong(f"The database cannot be used ({type(error).__name__}).")]


async def _records(database: Database, now: datetime) -> list[Finding]:
    found = [fine("The database is whole.")]
    schema = await records.schema(database)
    if schema.grade is not Grade.OK:
        return [*found, schema]
    async with database.reading() as session:
        sound = [await _journal(session), *await records.agreement(session)]
        return [*found, schema, *sound, *await _held(session), *await _calendar(session, now)]


async def _held(session: AsyncSession) -> list[Finding]:
    number = len(await held.listed(session))
    return [look(f"{number} messages are held back since a restore. Write: focalpoint held list")] if number else []


async def _journal(session: AsyncSession) -> Finding:
    fault = await journal.first_fault(session)
    if fault is None:
        return fine("The journal's chain holds.")
    return wrong(f"The journal was changed from outside: entry {fault} does not fit the one before it.")


async def _calendar(session: AsyncSession, now: datetime) -> list[Finding]:
    sides = [side for group in await groups.all_of(session) for side in await groups.sides(session, group.id)]
    countries = sorted({side.country for side in sides})
    if not countries:
        return [look("There is no working group yet. Write: focalpoint group add")]
    return [await _year(session, country, year) for country in countries for year in (now.year, now.year + 1)]


async def _year(session: AsyncSession, country: str, year: int) -> Finding:
    states = (await calendars.years(session, country)).get(year)
    if states is None:
        return look(f"Calendar of {country} {year}: missing, only the weekly pattern counts.")
    if "provisional" in states:
        return look(f"Calendar of {country} {year}: provisional, not yet confirmed by its government.")
    return fine(f"Calendar of {country} {year}: confirmed.")
