"""The whole bot, built in one function and run until it is told to stop."""

import asyncio
import logging
import os
import socket
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

from filelock import FileLock
from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot
from telegram.error import TelegramError
from telegram.ext import Updater

from bot import menus
from bot.answering import Answering
from bot.clock import Clock
from bot.delivery import Delivery
from bot.exits import Exit
from bot.intake import Intake, IntakeRequest, heard_mark
from bot.locking import OtherInstance, take_lock
from bot.reading import ALLOWED_UPDATES
from bot.requests import AiohttpRequest
from bot.settings import Settings
from bot.ticks import Ticking
from bot.webhook import Webhook
from handlers.request import BotSelf
from storage import leases, outbox
from storage.engine import Database

log = logging.getLogger(__name__)
POLL = timedelta(seconds=30)
RENEW_SECONDS = 10
SILENCE_SECONDS = 150.0
"""Polling that asked nothing for so long is dead, whatever python-telegram-bot believes."""
TELEGRAM_KEEPS = timedelta(hours=24)
"""Updates older than this Telegram has thrown away."""
STOP_SECONDS = 20.0


class Program:
    """One running bot: intake, answering, delivery and ticks over one database."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.settings = settings
        self.clock = clock
        self.database = Database(settings.database_url)
        self.stopping = asyncio.Event()
        self.exit = Exit.FINE
        self._tasks: list[asyncio.Task[None]] = []
        self._lock: FileLock | None = None
        self._owner = f"{socket.gethostname()}:{os.getpid()}"
        self._build()

    def _build(self) -> None:
        telegram = self.settings.telegram
        proxy = None if telegram.proxy is None else telegram.proxy.get_secret_value()
        self.intake = Intake(self.database, self.clock, lambda: self.bot.id, lambda: self.answering.wake.set())
        self._polling = IntakeRequest(self.intake, self._polling_ended, proxy=proxy)
        self.bot = Bot(
            telegram.token.get_secret_value(),
            base_url=telegram.base_url,
            base_file_url=telegram.base_file_url,
            request=AiohttpRequest(proxy=proxy),
            get_updates_request=self._polling,
        )
        # What polling fetched is in the inbox already; the queue only satisfies python-telegram-bot.
        self.updater = Updater(self.bot, _Sink())

    async def start(self) -> None:
        """Take the lease, greet Telegram, and begin. Raises OtherInstance, or what Telegram said of the token."""
        await self.bot.initialize()
        await self._take_lease()
        me = BotSelf(self.bot.id, self.bot.username)
        self.delivery = Delivery(self.database, self.clock, self.bot, self._owner, self._revoked)
        self.answering = Answering(self.database, self.clock, me, self.delivery.wake.set)
        self.ticking = Ticking(self.database, self.clock, me, self.delivery.wake.set)
        await self._recover()
        for work in (self.answering.run(self.stopping), self.delivery.run(self.stopping), self._keep_lease()):
            self._begin(work)
        await self._listen()
        self.ticking.start()
        self._begin(menus.tell(self.bot))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Start a part of the program; a part that fails ends the whole, for a supervisor to start it again."""
        task = asyncio.create_task(work)
        task.add_done_callback(self._part_ended)
        self._tasks.append(task)

    def _part_ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a part of the program failed", exc_info=error)
            self._end(Exit.FAULT, "a part of the program failed")

    async def _recover(self) -> None:
        now = self.clock.now()
        async with self.database.writing() as session:
            reclaimed = await outbox.reclaim(session, now, alone=not self.database.is_shared)
            heard = await leases.marked(session, heard_mark(self.bot.id))
        await self.delivery.remember()
        log.info("started; %d calls were in flight when the last run ended", reclaimed)
        if heard is not None and now - heard > TELEGRAM_KEEPS:
            await self.ticking.say_away(heard, now)

    async def _listen(self) -> None:
        if self.settings.telegram.mode == "webhook":
            self.webhook = Webhook(self.settings.telegram, self.intake)
            await self.webhook.start(self.bot)
            return
        await self.updater.initialize()
        await self.updater.start_polling(
            poll_interval=0,
            timeout=POLL,
            bootstrap_retries=-1,
            allowed_updates=ALLOWED_UPDATES,
            error_callback=_grumble,
        )

    async def run_until(self, told: asyncio.Event) -> Exit:
        """A started program runs until it is told to stop, or has to; then it finishes what is begun."""
        ends = [asyncio.create_task(event.wait()) for event in (told, self.stopping)]
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        for end in ends:
            end.cancel()
        await self.stop()
        return self.exit

    async def abandon(self) -> None:
        """Let go of what a start that failed had taken."""
        self.stopping.set()
        if self.updater.running:
            await self.updater.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.bot.shutdown()
        await self.database.close()
        if self._lock is not None:
            self._lock.release()

    async def stop(self) -> None:
        """Stop listening, answer and deliver what is begun, give the lease back: within 20 seconds."""
        self.stopping.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(STOP_SECONDS):
                await self._wind_down()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._let_go()

    async def _wind_down(self) -> None:
        self.ticking.stop()
        if self.settings.telegram.mode == "webhook":
            await self.webhook.stop()
        elif self.updater.running:
            await self.updater.stop()
        self.answering.wake.set()
        self.delivery.wake.set()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _let_go(self) -> None:
        async with self.database.writing() as session:
            await leases.give_back(session, self._lease_name, self._owner)
        await self.bot.shutdown()
        await self.database.close()
        if self._lock is not None:
            self._lock.release()

    @property
    def _lease_name(self) -> str:
        return f"bot:{self.bot.id}"

    async def _take_lease(self) -> None:
        """Alone on this token: a file lock tells at once on one machine, the lease tells over several."""
        self._lock = take_lock(self.database.url)
        async with self.database.writing() as session:
            held = await leases.take(
                session, self._lease_name, owner=self._owner, now=self.clock.now(), force=self._lock is not None
            )
        if held is None:
            raise OtherInstance

    async def _keep_lease(self) -> None:
        """Renew the lease and watch over polling."""
        while not self.stopping.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self.stopping.wait(), RENEW_SECONDS)
            try:
                await self._watch()
            except SQLAlchemyError:
                log.exception("the lease could not be renewed")

    async def _watch(self) -> None:
        async with self.database.writing() as session:
            held = await leases.take(session, self._lease_name, owner=self._owner, now=self.clock.now())
        if held is None:
            self._end(Exit.OTHER_INSTANCE, "the lease was taken by another process")
        elif self.settings.telegram.mode == "polling" and self._polling_is_dead():
            self._end(Exit.FAULT, "polling fell silent")

    def _polling_is_dead(self) -> bool:
        last = self._polling.last_try
        return last is not None and asyncio.get_running_loop().time() - last > SILENCE_SECONDS

    def _polling_ended(self, why: str) -> None:
        if why == "revoked":
            self._revoked()
        else:
            self._end(Exit.OTHER_INSTANCE, "another program polls with this token")

    def _revoked(self) -> None:
        self._end(Exit.CONFIGURATION, "Telegram does not know this token any more")

    def _end(self, how: Exit, why: str) -> None:
        if not self.stopping.is_set():
            log.error("stopping: %s", why)
            self.exit = how
            self.stopping.set()


class _Sink(asyncio.Queue[object]):
    """Takes what python-telegram-bot puts in and keeps nothing."""

    async def put(self, item: object) -> None:
        del item


def _grumble(error: TelegramError) -> None:
    log.warning("polling: %s", type(error).__name__)


@asynccontextmanager
async def running(settings: Settings, clock: Clock) -> AsyncIterator[Program]:
    """A started program, stopped at the end: for the rehearsal and the tests."""
    program = Program(settings, clock)
    await program.start()
    try:
        yield program
    finally:
        await program.stop()
