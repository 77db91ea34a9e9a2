"""The whole bot, built in one function and run until it is told to stop."""

import asyncio
import logging
import os
import secrets
import socket
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any

from telegram import Bot
from telegram.ext import Updater

from bot.away import Away
from bot.clock import Clock
from bot.counts import Counts
from bot.endings import DAMAGED
from bot.exits import Exit
from bot.fetching import fetching
from bot.first_question import FirstQuestion
from bot.intake import RESTORED_MARK, STARTED_MARK, Intake, IntakeRequest, heard_mark
from bot.limiter import Limiter
from bot.polling import Polling
from bot.requests import AiohttpRequest
from bot.settings import Settings
from bot.skew import Skew
from handlers.request import BotSelf
from storage import leases, outbox
from storage.crashing import point
from storage.engine import Database
from storage.kinds import Priority

if TYPE_CHECKING:
    from bot.upkeep import Upkeep

log = logging.getLogger(__name__)
TELEGRAM_KEEPS = timedelta(hours=24)
"""Updates older than this Telegram has thrown away."""
LATER = ("bot.answering", "bot.delivery", "bot.menus", "bot.ticks", "bot.upkeep")
"""Loaded while the first question to Telegram is under way: two thirds of what a start takes."""
STOP_SECONDS = 20.0


class Program:
    """One running bot: intake, answering, delivery and ticks over one database."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        limiter: Limiter | None = None,
        first: FirstQuestion | None = None,
    ) -> None:
        self._limiter = limiter
        self._first = first
        self.settings = settings
        self.clock = clock
        self.skew, self.counts = Skew(clock), Counts()
        self.database = Database(settings.database_url)
        self.database.on_damage = lambda: self._end(Exit.CONFIGURATION, DAMAGED)
        self.stopping = asyncio.Event()
        self.exit = Exit.FINE
        self._is_answering = False
        self._tasks: list[asyncio.Task[None]] = []
        self.upkeep: Upkeep | None = None
        self._owner = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._build()

    def _build(self) -> None:
        telegram = self.settings.telegram
        proxy = None if telegram.proxy is None else telegram.proxy.get_secret_value()
        self.polling = Polling(self.database, self.clock, self._owner, self._end)
        self.intake = Intake(
            self.database,
            self.clock,
            lambda: self.bot.id,
            self.polling.may_keep,
            self._something_came,
            self.counts,
        )
        self.asking = IntakeRequest(self.intake, self._polling_ended, proxy=proxy, skew=self.skew, first=self._first)
        self.bot = Bot(
            telegram.token.get_secret_value(),
            base_url=telegram.base_url,
            base_file_url=telegram.base_file_url,
            request=AiohttpRequest(proxy=proxy, skew=self.skew),
            get_updates_request=self.asking,
        )

    async def start(self) -> None:
        """Take the lease, greet Telegram, and begin. Raises OtherInstance, or what Telegram said of the token."""
        await self.bot.initialize()
        # What polling fetched is in the inbox already; the queue only satisfies python-telegram-bot.
        await self.polling.begin(None if self._has_webhook else Updater(self.bot, _Sink()), self.bot.id)
        point("starting.leased")
        away = await self._recover()
        if away is None:
            await self._listen()
            await self._until_asked()
        await self._put_together()
        if away is not None:  # said before a new question makes us forget it
            await self.ticking.say_away(away)
            await self._listen()
        point("starting.listening")

    async def _until_asked(self) -> None:
        if self.polling.is_on:
            await self.asking.asked.wait()

    async def _put_together(self) -> None:
        """Begin what works on what comes in."""
        await asyncio.to_thread(_load)
        from bot import menus
        from bot.answering import Answering
        from bot.delivery import Delivery
        from bot.ticks import Ticking
        from bot.upkeep import Upkeep

        me = BotSelf(self.bot.id, self.bot.username)
        self.delivery = Delivery(
            self.database, self.clock, self.bot, self._owner, self._revoked, self._limiter, self._down_to, self.counts
        )
        self.answering = Answering(self.database, self.clock, me, self.delivery.wake.set, fetching(self.bot))
        asks = self.settings.calendar.asks
        self.ticking = Ticking(self.database, self.clock, me, self.delivery.wake.set, asks, self._may_plan)
        self.upkeep = Upkeep(
            self.settings,
            self.database,
            self.clock,
            self.skew,
            self.bot,
            self.delivery.wake.set,
            self.counts,
            self.stopping,
        )
        await self.upkeep.begin()
        await self.delivery.remember()
        self._begin(self.answering.run(self.stopping))
        self._begin(self.delivery.run(self.stopping))
        self._begin(self.polling.keep(self.stopping, self.asking))
        self._begin(menus.tell(self.bot, self.database, self.clock.now()))
        self._is_answering = True
        self.ticking.start(self.upkeep.chores)

    def _something_came(self) -> None:
        """Answer it. What came before answering began is found in the inbox by it."""
        if self._is_answering:
            self.answering.wake.set()

    def _may_plan(self) -> bool:
        return not self.skew.is_off

    def _down_to(self) -> Priority:
        return Priority.CARD if self.skew.is_off else Priority.DIGEST

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Start a part of the program; a part that fails ends the whole, for a supervisor to start it again."""
        task = asyncio.create_task(work)
        task.add_done_callback(self._part_ended)
        self._tasks.append(task)

    def _part_ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a part of the program failed", exc_info=error)
            self._end(Exit.FAULT, "a part of the program failed")

    async def _recover(self) -> Away | None:
        """Free what the last run had claimed; the time of which something may be missing, if any."""
        now = self.skew.true_now
        async with self.database.writing() as session:
            reclaimed = await outbox.reclaim(session, now, alone=not self.database.is_shared)
            heard = await leases.marked(session, heard_mark(self.bot.id))
            restored = await leases.marked(session, RESTORED_MARK)
            await leases.mark(session, STARTED_MARK, now)
            point("starting.reclaimed")
        point("starting.recovered")
        log.info("started; %d calls were in flight when the last run ended", reclaimed)
        if restored is not None:
            return Away(heard or restored, restored, by_restore=True)
        return None if heard is None or now - heard <= TELEGRAM_KEEPS else Away(heard, now)

    @property
    def _has_webhook(self) -> bool:
        return self.settings.telegram.mode == "webhook"

    async def _listen(self) -> None:
        if self._has_webhook:
            from bot.webhook import Webhook  # aiohttp's server, which polling does not need

            self.webhook = Webhook(self.settings.telegram, self.intake)
            await self.webhook.start(self.bot)
        await self.polling.listen()

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
        await self.polling.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._close()

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
        if self._has_webhook:
            await self.webhook.stop()
        await self.polling.stop()
        self.answering.wake.set()
        self.delivery.wake.set()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _let_go(self) -> None:
        point("stopping.finished")
        await self.polling.let_go()
        point("stopping.let_go")
        await self._close()

    async def _close(self) -> None:
        if self.upkeep is not None:
            await self.upkeep.end()
        await self.bot.shutdown()
        await self.polling.withdraw()
        await self.database.close()
        self.polling.unlock()

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


def _load() -> None:
    for name in LATER:
        import_module(name)


class _Sink(asyncio.Queue[object]):
    """Takes what python-telegram-bot puts in and keeps nothing."""

    async def put(self, item: object) -> None:
        del item


@asynccontextmanager
async def running(settings: Settings, clock: Clock) -> AsyncIterator[Program]:
    """A started program, stopped at the end: for the rehearsal and the tests."""
    program = Program(settings, clock)
    try:
        await program.start()
    except BaseException:
        await program.abandon()
        raise
    try:
        yield program
    finally:
        await program.stop()
