"""`focalpoint run`: from the command line to a running program and back to an exit code."""

import asyncio
import gc
import logging
import signal
import sys
from contextlib import suppress
from functools import partial

from sqlalchemy.exc import SQLAlchemyError
from telegram.error import TelegramError

from bot import logs
from bot.clock import SystemClock
from bot.exits import Exit
from bot.first_question import FirstQuestion
from bot.operating.preparing import prepare
from bot.program import Program
from bot.settings import Settings
from bot.telegram_errors import Fate, classify
from storage.backup import Busy
from storage.engine import is_away, is_conflict, is_locked

__all__ = ["prepare", "run"]

log = logging.getLogger(__name__)
COLLECT_EVERY = 10_000
"""Objects made and not freed, after which the collector looks for those that hold each other."""
REST_SECONDS = (1, 2, 5, 10, 30)


async def run(settings: Settings, first: FirstQuestion | None) -> Exit:
    """Run the bot until a signal. Raises OtherInstance, UnknownSchema, and what Telegram said of a wrong token."""
    logs.configure(settings.log.format, settings.log.number, sys.stderr, secrets=settings.secrets)
    stopping = asyncio.Event()
    _listen_to_signals(stopping)
    try:
        program = await _started(settings, first, stopping)
        spare_the_collector()
        return Exit.FINE if program is None else await program.run_until(stopping)
    finally:
        if first is not None:
            await first.drop()


def spare_the_collector() -> None:
    """What was loaded stays, so Python's collector need not look through it; most else is freed without it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_EVERY)


def _listen_to_signals(stopping: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, partial(_told, name, stopping))


def _told(name: signal.Signals, stopping: asyncio.Event) -> None:
    """Stop in order; a second Ctrl-C ends the process where it stands."""
    log.info("%s: stopping", name.name)
    stopping.set()
    if name is signal.SIGINT:
        asyncio.get_running_loop().remove_signal_handler(name)
        signal.signal(name, signal.SIG_DFL)


async def _started(settings: Settings, first: FirstQuestion | None, stopping: asyncio.Event) -> Program | None:
    """A started program; while Telegram or the database cannot be reached it is tried again, with less and less haste.

    None when it was told to stop before.
    """
    tries = 0
    while not stopping.is_set():
        try:
            return await _tried(settings, first, stopping)
        except TelegramError as error:
            await _rest("Telegram", error, _wait(error, tries), stopping)
        except (SQLAlchemyError, Busy) as error:
            if not _passes(error, settings):
                raise
            await _rest("The database", error, _haste(tries), stopping)
        tries += 1
    return None


def _passes(error: SQLAlchemyError | Busy, settings: Settings) -> bool:
    """Whether the database may be there in a moment; a file is always there, unless another process holds it."""
    if settings.database_file is not None:
        return isinstance(error, Busy) or is_locked(error)
    return is_away(error) or is_conflict(error)


async def _tried(settings: Settings, first: FirstQuestion | None, stopping: asyncio.Event) -> Program | None:
    """One try. Raises what the start raised, after it let go of everything."""
    await prepare(settings)
    program = Program(settings, SystemClock(), first=first)
    try:
        if await _finished(program, stopping):
            return program
    except BaseException:
        await program.abandon()
        raise
    await program.abandon()
    return None


async def _finished(program: Program, stopping: asyncio.Event) -> bool:
    """Start the program; False when it was told to stop meanwhile. Raises what the start raised."""
    start, told = asyncio.create_task(program.start()), asyncio.create_task(stopping.wait())
    await asyncio.wait((start, told), return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    if start.done():
        start.result()
        return True
    start.cancel()
    with suppress(asyncio.CancelledError, TelegramError):
        await start
    return False


def _haste(tries: int) -> int:
    return REST_SECONDS[min(tries, len(REST_SECONDS) - 1)]


def _wait(error: TelegramError, tries: int) -> int:
    """How long to wait before the next try; a token that Telegram does not know is not tried again."""
    outcome = classify(error, "getMe")
    if outcome.fate is Fate.REVOKED:
        raise error
    named = 0 if outcome.wait is None else int(outcome.wait.total_seconds())
    return max(_haste(tries), named)


async def _rest(who: str, error: Exception, seconds: int, stopping: asyncio.Event) -> None:
    log.warning("%s cannot be reached (%s); next try in %d s", who, type(error).__name__, seconds)
    with suppress(TimeoutError):
        await asyncio.wait_for(stopping.wait(), seconds)
