"""`focalpoint run`: from the command line to a running program and back to an exit code."""

import asyncio
import logging
import signal
import sys

import click
from sqlalchemy.exc import SQLAlchemyError
from telegram.error import InvalidToken, NetworkError

from bot import logs
from bot.clock import SystemClock
from bot.exits import Exit
from bot.program import OtherInstance, Program
from bot.settings import Settings
from storage import calendars, migrating
from storage.engine import Database
from storage.migrating import UnknownSchema

log = logging.getLogger(__name__)
REST_SECONDS = (1, 2, 5, 10, 30)


def run_bot(settings: Settings) -> Exit:
    """Run the bot until a signal; what goes wrong at the start is one plain line and an exit code."""
    logs.configure(settings.log.format, settings.log.number, sys.stderr, secrets=settings.secrets)
    try:
        return asyncio.run(_run(settings))
    except OtherInstance:
        click.echo("Another process already runs this bot. Stop it first, or use another token.", err=True)
        return Exit.OTHER_INSTANCE
    except InvalidToken:
        click.echo("Telegram does not know this token. Write the one that @BotFather shows.", err=True)
    except UnknownSchema as error:
        click.echo(f"The database was written by a newer version ({error}). Install that version.", err=True)
    except SQLAlchemyError as error:
        click.echo(f"The database cannot be used: {type(error).__name__}. Try: focalpoint check --offline", err=True)
        logging.getLogger(__name__).debug("database", exc_info=error)
    return Exit.CONFIGURATION


async def _run(settings: Settings) -> Exit:
    await prepare(settings)
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stopping.set)
    program = await _started(settings, stopping)
    return Exit.FINE if program is None else await program.run_until(stopping)


async def prepare(settings: Settings) -> None:
    """Bring the database to this version's schema and its calendar up to date."""
    database = Database(settings.database_url)
    try:
        await migrating.upgrade(database)
        async with database.writing() as session:
            await calendars.load_shipped(session)
    finally:
        await database.close()


async def _started(settings: Settings, stopping: asyncio.Event) -> Program | None:
    """A started program; while Telegram cannot be reached it is tried again, with less and less haste."""
    tries = 0
    while not stopping.is_set():
        program = Program(settings, SystemClock())
        try:
            await program.start()
        except NetworkError as error:
            await program.abandon()
            rest = REST_SECONDS[min(tries, len(REST_SECONDS) - 1)]
            log.warning("Telegram cannot be reached (%s); next try in %d s", type(error).__name__, rest)
            await _rest(stopping, rest)
            tries += 1
        except BaseException:
            await program.abandon()
            raise
        else:
            return program
    return None


async def _rest(stopping: asyncio.Event, seconds: int) -> None:
    try:
        await asyncio.wait_for(stopping.wait(), seconds)
    except TimeoutError:
        return
