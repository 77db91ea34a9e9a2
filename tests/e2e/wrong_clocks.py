"""A wall clock that can be set wrong, beside a server of Telegram's that keeps true time."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.clock import StoryClock
from bot.rehearsal.server import BotApiServer
from tests.e2e.conftest import START, TOKEN


class WrongClock(StoryClock):
    """True time, as the server has it, plus what the wall clock of the bot's computer shows too much."""

    def __init__(self, truth: StoryClock) -> None:
        super().__init__(truth.now())
        self.truth, self.ahead = truth, timedelta(0)

    def now(self):
        return self.truth.now() + self.ahead

    def passed(self):
        return self.truth.now().timestamp()

    def next_moment(self):
        moment = self.truth.next_moment()
        return None if moment is None else moment + self.ahead

    def move_to(self, moment):
        self.truth.move_to(moment - self.ahead)

    async def wait(self, until, wake):
        await self.truth.wait(None if until is None else until - self.ahead, wake)


@pytest.fixture
async def server() -> AsyncIterator[tuple[BotApiServer, WrongClock]]:
    """In the place of the one that shares its clock with the bot."""
    truth = StoryClock(START)
    async with BotApiServer(token=TOKEN, now=truth.now, clock=lambda: truth.now().timestamp()) as opened:
        yield opened, WrongClock(truth)
