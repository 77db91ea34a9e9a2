"""Who polls: one worker at a time asks Telegram for updates, by a lease; a watchdog looks whether it still does."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from filelock import FileLock
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel.ext.asyncio.session import AsyncSession
from telegram.error import TelegramError
from telegram.ext import Updater

from bot.clock import Clock
from bot.exits import Exit
from bot.first_question import ALLOWED_UPDATES, POLL_SECONDS
from bot.intake import IntakeRequest
from bot.locking import OtherInstance, take_lock
from storage import leases
from storage.engine import Database
from storage.presence import Presence
from storage.tables import Lease

log = logging.getLogger(__name__)
RENEW_SECONDS = 10
WAIT_SECONDS = 1
"""How often a worker that does not poll looks whether the one that does still lives."""
SILENCE_SECONDS = 150.0
"""Polling that asked nothing for so long is dead, whatever python-telegram-bot believes."""

End = Callable[[Exit, str], None]


class Polling:
    """Takes the lease of the one poller, polls while it is held, and hands over when it is lost.

    On SQLite there is one process, and a second one is refused with OtherInstance. On a server every worker answers,
    delivers and ticks; the one that holds the lease polls, and another takes over when it dies.
    """

    def __init__(self, database: Database, clock: Clock, owner: str, end: End) -> None:
        self._database = database
        self._clock = clock
        self._owner = owner
        self._presence = Presence(database, owner)
        self._end = end
        self._lock: FileLock | None = None
        self._lease: Lease | None = None
        self._lease_name = ""
        self._updater: Updater | None = None

    async def begin(self, updater: Updater | None, bot_id: int) -> None:
        """Take the lease; polling itself starts with `listen`. No updater: Telegram brings updates to the webhook."""
        self._updater = updater
        self._lease_name = f"bot:{bot_id}"
        self._lock = take_lock(self._database.url)
        await self._presence.announce()
        await self._take(force=self._lock is not None)
        if self._lease is None and not self._database.is_shared:
            raise OtherInstance

    async def listen(self) -> None:
        """Poll, if this worker holds the lease."""
        if self._lease is None or self._updater is None or self.is_on:
            return
        await self._updater.initialize()
        await self._updater.start_polling(
            poll_interval=0,
            timeout=timedelta(seconds=POLL_SECONDS),
            bootstrap_retries=-1,
            allowed_updates=ALLOWED_UPDATES,
            error_callback=_grumble,
        )

    async def keep(self, stopping: asyncio.Event, request: IntakeRequest) -> None:
        """Renew the lease, or wait for it; watch over polling."""
        while not stopping.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), WAIT_SECONDS if self._lease is None else RENEW_SECONDS)
                return
            try:
                await self.look(request)
            except SQLAlchemyError:
                log.exception("the lease could not be renewed")

    async def look(self, request: IntakeRequest) -> None:
        """Once: renew the lease or take one that ran out, and do what that asks for."""
        await self._presence.announce()
        await self._take()
        await self._follow(request)

    async def may_keep(self, session: AsyncSession) -> bool:
        """Whether what was polled may be written: a worker that slept past its lease may not (the fence)."""
        if self._updater is None:
            return True
        return self._lease is not None and await leases.still(session, self._lease)

    @property
    def is_on(self) -> bool:
        """Whether this worker polls."""
        return self._updater is not None and self._updater.running

    async def stop(self) -> None:
        """No more polling."""
        if self._updater is not None and self.is_on:
            await self._updater.stop()

    async def let_go(self) -> None:
        """Give the lease back, so that another worker need not wait for its end."""
        if self._lease is None:
            return
        try:
            async with self._database.writing() as session:
                await leases.give_back(session, self._lease_name, self._owner)
        except SQLAlchemyError:  # it ends by itself
            log.exception("the lease could not be given back")

    async def withdraw(self) -> None:
        """This worker is not among those who live any more."""
        await self._presence.withdraw()

    def unlock(self) -> None:
        """Let another process use the database file."""
        if self._lock is not None:
            self._lock.release()

    async def _take(self, *, force: bool = False) -> None:
        async with self._database.writing() as session:
            self._lease = await leases.take(
                session, self._lease_name, owner=self._owner, now=self._clock.now(), force=force
            )

    async def _follow(self, request: IntakeRequest) -> None:
        """Do what holding the lease, or not, asks for."""
        if self._lease is None:
            await self._step_back()
        elif self._updater is not None and not self._updater.running:
            log.info("this worker polls from now on")
            await self.listen()
        elif self._updater is not None and _is_silent(request):
            self._end(Exit.FAULT, "polling fell silent")

    async def _step_back(self) -> None:
        if not self._database.is_shared:
            self._end(Exit.OTHER_INSTANCE, "the lease was taken by another process")
        elif self.is_on:
            log.warning("another worker polls from now on")
            await self.stop()


def _is_silent(request: IntakeRequest) -> bool:
    last = request.last_try
    return last is not None and asyncio.get_running_loop().time() - last > SILENCE_SECONDS


def _grumble(error: TelegramError) -> None:
    log.warning("polling: %s", type(error).__name__)
