"""What the running program does for itself now and then: it watches the clock it goes by."""

import socket
from collections.abc import Callable, Sequence
from contextlib import suppress

from telegram import Bot
from telegram.error import TelegramError

from bot.clock import Clock
from bot.clock_watch import ClockWatch
from bot.skew import Skew
from bot.ticks import Chore
from storage.engine import Database


class Upkeep:
    """The chores of one program, for APScheduler to call."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        skew: Skew,
        bot: Bot,
        deliver: Callable[[], None],
    ) -> None:
        self._bot = bot
        host = socket.gethostname()
        self.clock_watch = ClockWatch(database, clock, skew, bot.id, host, deliver, self._ask_the_time)

    @property
    def chores(self) -> Sequence[Chore]:
        """All of them."""
        return (Chore("clock", 15, self.clock_watch.look),)

    async def _ask_the_time(self) -> None:
        with suppress(TelegramError):
            await self._bot.get_me()
