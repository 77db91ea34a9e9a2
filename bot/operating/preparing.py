"""The database made ready: looked over, brought to this version's schema, its calendar filled."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.locking import alone
from bot.settings import Settings
from storage import backup, calendars, migrating
from storage.engine import Database


class OldSchema(RuntimeError):
    """The database was written by an older version and has to be migrated first."""


class NoDatabase(RuntimeError):
    """There is no database at the place the settings name, which is the message."""


class Lost(RuntimeError):
    """The database of which there are backups is gone or empty; the message is the place where it was."""


class Damaged(RuntimeError):
    """The database file is not sound; the message is the first thing SQLite finds wrong."""


async def prepare(settings: Settings) -> bool:
    """Bring the database to this version's schema and its calendar up to date; True when the schema changed.

    Raises Damaged, Lost, Busy, UnknownSchema for a newer one, OtherInstance when the bot runs on the one to be changed.
    """
    await asyncio.to_thread(_look_over, settings)
    database = Database(settings.database_url)
    try:
        changed = await migrated(database)
        await _fill_calendar(database)
    finally:
        await database.close()
    return changed


def _look_over(settings: Settings) -> None:
    """Refuse a damaged file before anything is written to it; one that was never there is made later."""
    file = settings.database_file
    if file is None:
        return
    if file.exists() and (found := backup.damage(file)):
        raise Damaged(found[0])
    if not (file.exists() and backup.revision(file)) and _has_backups(settings):
        raise Lost(str(file))


def _has_backups(settings: Settings) -> bool:
    from bot import backups  # only a first start, or one after a loss, asks for them

    return bool(backups.listed(settings.backup_dir))


async def _fill_calendar(database: Database) -> None:
    try:
        async with database.writing() as session:
            await calendars.load_shipped(session)
    except (ValueError, LookupError) as error:  # a date or a kind that this program never wrote
        raise Damaged(str(error)) from error


async def migrated(database: Database) -> bool:
    """Migrate when there is something to do, and only while no bot runs on it; True when it was done."""
    if await migrating.is_newest(database):
        return False
    with alone(database.url):
        return await migrating.upgrade(database)


@asynccontextmanager
async def ready(settings: Settings) -> AsyncIterator[Database]:
    """A database a command may write to; an empty one is set up. Raises OldSchema, UnknownSchema."""
    async with opened(settings) as database:
        if await migrating.current(database) is None:
            await prepare(settings)
        if not await migrating.is_newest(database):
            raise OldSchema
        yield database


@asynccontextmanager
async def existing(settings: Settings) -> AsyncIterator[Database]:
    """A database that is there already, of whatever schema. Raises NoDatabase."""
    file = settings.database_file
    if file is not None and not file.exists():
        raise NoDatabase(str(file))
    async with opened(settings) as database:
        yield database


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """The database, closed at the end."""
    database = Database(settings.database_url)
    try:
        yield database
    finally:
        await database.close()
