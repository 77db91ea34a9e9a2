"""The questions for updates, one after the other, as python-telegram-bot's Updater asks them, without all its `ext`.

What an answer brings is kept by the request that fetched it (`bot.intake.IntakeRequest`); here is only the offset.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from telegram import Bot
from telegram.error import InvalidToken, TelegramError, TimedOut

from bot.first_question import ALLOWED_UPDATES, POLL_SECONDS
from bot.telegram_errors import classify

log = logging.getLogger(__name__)
LONGEST_REST = 30.0
"""Seconds between two questions while Telegram cannot be reached."""
SLACK = timedelta(seconds=0.5)


class Questions:
    """Asks for updates until it is told to stop; each question confirms what the one before it brought."""

    def __init__(self, bot: Bot, rest: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._bot = bot
        self._rest = rest
        self._offset = 0
        self._asking: asyncio.Task[None] | None = None
        self.is_on = False

    async def start(self) -> None:
        """Take away a webhook, which forbids questions, and begin. Raises InvalidToken."""
        self.is_on = True
        try:
            await self._take_webhook_away()
        except BaseException:
            self.is_on = False
            raise
        if self.is_on:  # nobody stopped it meanwhile
            self._asking = asyncio.create_task(self._ask_on())

    async def stop(self) -> None:
        """No more questions, but for a last one that confirms what was kept."""
        self.is_on = False
        asking, self._asking = self._asking, None
        if asking is None:
            return
        asking.cancel()
        await asyncio.wait([asking])
        try:
            await self._ask(0)
        except TelegramError as error:  # they are given out again, and known by their numbers
            log.warning("the last updates could not be confirmed: %s", type(error).__name__)

    async def _take_webhook_away(self) -> None:
        rest = 1.0
        while True:
            try:
                await self._bot.delete_webhook()
                return
            except InvalidToken:
                raise
            except TelegramError as error:
                rest = _rest(error, rest)
            await self._rest(rest)

    async def _ask_on(self) -> None:
        rest = 0.0
        while True:
            try:
                await self._ask(POLL_SECONDS)
                rest = 0.0
            except InvalidToken:  # the request behind it has said so, and ends the program
                return
            except TelegramError as error:
                rest = _rest(error, rest)
            except Exception:  # whatever it is, nothing was confirmed, and it is asked again
                log.exception("updates could not be read")
                rest = _longer(rest)
            await self._rest(rest)

    async def _ask(self, seconds: int) -> None:
        updates = await self._bot.get_updates(
            self._offset, timeout=timedelta(seconds=seconds), allowed_updates=ALLOWED_UPDATES
        )
        if updates:
            self._offset = updates[-1].update_id + 1


def _rest(error: TelegramError, before: float) -> float:
    """Seconds until the next try: as many as Telegram named, none after a question that only took too long."""
    if isinstance(error, TimedOut):
        return 0.0
    named = classify(error, "getUpdates").wait
    if named is not None:
        return (named + SLACK).total_seconds()
    log.warning("polling: %s", type(error).__name__)
    return _longer(before)


def _longer(rest: float) -> float:
    return min(LONGEST_REST, 1.5 * rest) if rest else 1.0
