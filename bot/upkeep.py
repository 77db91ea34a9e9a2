"""What the running program does for itself: watches clock, records and age, and tells whether it is well."""

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sqlmodel.ext.asyncio.session import AsyncSession
from telegram import Bot
from telegram.error import TelegramError

from bot.backups import Backups
from bot.clock import Clock
from bot.clock_watch import ClockWatch
from bot.counts import Counts
from bot.settings import Settings
from bot.skew import Skew
from bot.soundness import Soundness
from bot.ticks import Chore
from storage import backup, retention, standstill
from storage.engine import Database

if TYPE_CHECKING:
    from bot.health_server import HealthServer

log = logging.getLogger(__name__)
Drop = Callable[[AsyncSession, datetime], Awaitable[int]]
HOUR = 3600


class Upkeep:
    """The chores of one program, for APScheduler to call, and the server that tells how it does."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        clock: Clock,
        skew: Skew,
        bot: Bot,
        deliver: Callable[[], None],
        counts: Counts,
        stopping: asyncio.Event,
    ) -> None:
        self._settings = settings
        self._database = database
        self._clock = clock
        self._skew = skew
        self._bot = bot
        host = socket.gethostname()
        self.clock_watch = ClockWatch(database, clock, skew, bot.id, host, deliver, self._ask_the_time)
        self.soundness = Soundness(database, clock)
        self._counts = counts
        self._stopping = stopping
        self._server: HealthServer | None = None

    async def begin(self) -> None:
        """Listen to monitoring, where the settings name an address for it. Raises Refused when that one is taken."""
        if self._settings.operation.health_listen is not None:
            from bot.health_server import HealthServer  # who asks for none need not load a server

            self._server = HealthServer(
                self._settings, self._database, self._clock, self._skew, self._counts, self._stopping
            )
            await self._server.start(self._settings.operation.health_listen)

    async def end(self) -> None:
        """Listen no longer."""
        if self._server is not None:
            await self._server.stop()

    @property
    def chores(self) -> Sequence[Chore]:
        """All of them; what a server does by its own means is left to it."""
        common = [
            Chore("clock", 15, self.clock_watch.look),
            Chore("soundness", 60, self.soundness.look),
            Chore("retention", HOUR, self.drop_what_is_old),
        ]
        if self._database.is_shared:
            return [*common, Chore("standstill", 5, self.end_the_stopped)]
        common.append(Chore("log", 600, self.shorten_log))
        return [*common, Chore("backup", 60, self.backups.look)] if self._settings.operation.backups else common

    @property
    def backups(self) -> Backups:
        """The copies of the database file."""
        return Backups(self._database, self._clock, self._settings.backup_dir, lambda: not self._skew.is_off)

    async def end_the_stopped(self) -> None:
        """A worker that was stopped in the midst of a statement holds up nobody for long."""
        if ended := await standstill.end(self._database, standstill.STUCK):
            log.warning("ended %d transactions of a worker that stands still", ended)

    async def shorten_log(self) -> None:
        """What was erased in the database is erased in the log beside it as well."""
        await asyncio.to_thread(backup.shorten_log, Path(self._database.url.database or ""))

    async def drop_what_is_old(self) -> None:
        """Portion by portion, each in a transaction of its own; never by a wrong clock."""
        if self._skew.is_off:
            return
        now, kept = self._clock.now(), self._settings.operation
        await self._drop(retention.drop_updates, now - timedelta(days=kept.keep_updates_days))
        for drop in (retention.drop_calls, retention.drop_buttons):
            await self._drop(drop, now - timedelta(days=kept.keep_calls_days))

    async def _drop(self, drop: Drop, moment: datetime) -> None:
        dropped = 1
        while dropped:
            async with self._database.writing() as session:
                dropped = await drop(session, moment)

    async def _ask_the_time(self) -> None:
        with suppress(TelegramError):
            await self._bot.get_me()
