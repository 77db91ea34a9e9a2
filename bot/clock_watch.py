"""While the computer's clock is wrong nothing is planned; afterwards nothing is lost or flooded."""

import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.clock import Clock
from bot.outgoing import Outgoing
from bot.owing import Origin
from bot.skew import NONE, Skew
from handlers import wrong_clock
from storage import leases, moments
from storage.engine import Database

log = logging.getLogger(__name__)
OFF = "clock_off:"
TELL_AFTER = timedelta(hours=1)
"""Most clocks are set again within minutes; before that a coordinator has nothing to wonder about."""


def off_mark(host: str) -> str:
    """The name of the moment since which the clock of a computer is wrong."""
    return f"{OFF}{host}:"


class ClockWatch:
    """Looks at the clock now and then. `ask` calls Telegram when nothing else did lately: its answer is dated."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        skew: Skew,
        bot_id: int,
        host: str,
        deliver: Callable[[], None],
        ask: Callable[[], Awaitable[object]],
    ) -> None:
        self._database = database
        self._clock = clock
        self._skew = skew
        self._bot_id = bot_id
        self._mark = off_mark(host)
        self._deliver = deliver
        self._ask = ask
        self._since: float | None = None

    async def look(self) -> None:
        """Once: notice that the clock went wrong, say so when it lasts, and put right what it did when it is over."""
        if self._skew.is_stale:
            await self._ask()
        if self._skew.is_off:
            await self._is_off()
        else:
            await self._is_right()

    async def _is_off(self) -> None:
        if self._since is None:
            self._since = self._skew.begun()
            seconds = round(self._skew.ahead / timedelta(seconds=1))
            log.error("the clock is %+d seconds from Telegram's; nothing is planned until it is set", seconds)
            async with self._database.writing() as session:
                await leases.mark(session, self._mark, self._skew.true_now)
        elif self._lasting >= TELL_AFTER:
            await self._tell()

    @property
    def _lasting(self) -> timedelta:
        passed = self._skew.begun()
        return NONE if passed is None or self._since is None else timedelta(seconds=passed - self._since)

    async def _tell(self) -> None:
        now = self._skew.true_now
        async with self._database.writing() as session:
            effects = await wrong_clock.plan(session, now)
            await Outgoing(session, Origin(self._bot_id, f"clock:{now.isoformat()}", now)).put(effects)
        if effects:
            self._deliver()

    async def _is_right(self) -> None:
        """Also after a restart: the mark outlives the process that wrote by the wrong clock."""
        self._since = None
        async with self._database.reading() as session:
            since = await leases.marked(session, self._mark)
        if since is not None:
            async with self._database.writing() as session:
                await self._put_right(session)
            log.warning("the clock is right again; planning goes on")
            self._deliver()

    async def _put_right(self, session: AsyncSession) -> None:
        await moments.put_right(session, self._clock.now())
        await leases.unmark(session, self._mark)
