"""Claim with a lease, send, mark: the one place that speaks to Telegram."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel.ext.asyncio.session import AsyncSession
from telegram import Bot

from bot import calls, fates
from bot.clock import Clock
from bot.limiter import MINUTE, SECOND, Limiter
from bot.telegram_errors import Fate, Outcome, classify
from handlers import delivering
from storage import outbox
from storage.engine import Database
from storage.kinds import OutboxState
from storage.tables import Outbox

log = logging.getLogger(__name__)
SLOTS = 32


class Delivery:
    """Makes the calls the outbox owes: one at a time to a chat, urgent ones first, within the limits."""

    def __init__(self, database: Database, clock: Clock, bot: Bot, owner: str, revoked: Callable[[], None]) -> None:
        self._database = database
        self._clock = clock
        self._bot = bot
        self._owner = owner
        self._revoked = revoked
        self._limiter = Limiter()
        self._busy: dict[int, asyncio.Task[None]] = {}
        self.wake = asyncio.Event()
        self.idle = asyncio.Event()
        """Set while nothing that may leave now is left."""

    async def remember(self) -> None:
        """Let the limiter know what the run before sent, so that a restart does not send early."""
        async with self._database.reading() as session:
            since = self._clock.now() - MINUTE
            self._limiter.remember(await outbox.lately_sent(session, self._bot.id, since))

    async def run(self, stopping: asyncio.Event) -> None:
        """Deliver until asked to stop; calls under way are finished."""
        while not stopping.is_set():
            self.wake.clear()
            later = await self._start_what_may()
            if not self._busy and not self.wake.is_set():
                self.idle.set()
            await self._clock.wait(later, self.wake)
        await asyncio.gather(*self._busy.values())

    async def _start_what_may(self) -> datetime | None:
        """Claim and start every call that may leave now; when to look again."""
        try:
            async with self._database.writing() as session:
                started, later = await self._claim(session)
        except SQLAlchemyError:
            log.exception("the outbox could not be read")
            return self._clock.now() + SECOND
        if started:
            self.idle.clear()
        for call in started:
            lane = call.chat_id or -call.id
            self._busy[lane] = asyncio.create_task(self._make(call, lane))
        return later

    async def _claim(self, session: AsyncSession) -> tuple[list[Outbox], datetime | None]:
        now, started = self._clock.now(), list[Outbox]()
        taken = {lane for lane in self._busy if lane}
        waits = [await outbox.next_wanted(session, self._bot.id, now)]
        while len(self._busy) + len(started) < SLOTS:
            call = await outbox.next_claimable(session, self._bot.id, now, without=taken)
            if call is None:
                break
            moment = self._limiter.next_moment(call.chat_id, now)
            if moment > now:
                waits.append(moment)
                if call.chat_id is None or self._limiter.next_moment(None, now) > now:
                    break  # the limit over all: nothing may leave
                taken.add(call.chat_id)
            elif await delivering.still_wanted(session, call, now):
                self._limiter.take(call.chat_id, now)
                outbox.claim(call, self._owner, now)
                started.append(call)
                taken.add(call.chat_id or -call.id)
            await session.flush()
        return started, min((moment for moment in waits if moment is not None), default=None)

    async def _make(self, call: Outbox, lane: int) -> None:
        try:
            await self._settle(call, await self._attempt(call))
        except SQLAlchemyError:
            # It may have arrived; the lease runs out and the call counts as ambiguous.
            log.exception("call %s could not be marked", call.id)
        finally:
            del self._busy[lane]
            self.wake.set()

    async def _attempt(self, call: Outbox) -> calls.Made | Outcome:
        try:
            return await calls.make(self._bot, call.method, call.payload)
        except Exception as error:  # whatever it was, the call has to get a fate
            return classify(error, call.method)

    async def _settle(self, call: Outbox, outcome: calls.Made | Outcome) -> None:
        async with self._database.writing() as session:
            row = await session.get_one(Outbox, call.id)
            if row.state is not OutboxState.CLAIMED or row.lease_owner != self._owner:
                return  # somebody else took it over meanwhile
            if isinstance(outcome, calls.Made):
                await delivering.made(session, row, self._clock.now(), outcome.message_id)
            else:
                await fates.settle(session, row, outcome, self._clock.now(), self._limiter)
        if isinstance(outcome, Outcome) and outcome.fate is Fate.REVOKED:
            self._revoked()
