"""A server with hands on its clocks, python-telegram-bot's Bot in front of it, and a bare HTTP client beside it."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from telegram import Bot

from bot.rehearsal.server import BotApiServer

TOKEN = "123456:rehearsal-token-for-tests"


@dataclass
class Hands:
    """Both clocks of the server, moved by the test."""

    at: datetime = field(default_factory=lambda: datetime(2026, 4, 1, 2, 0, tzinfo=UTC))
    seconds: float = 1000.0

    def now(self) -> datetime:
        return self.at

    def clock(self) -> float:
        return self.seconds

    def pass_by(self, **span: float) -> None:
        self.at += timedelta(**span)
        self.seconds += timedelta(**span).total_seconds()


class Wire:
    """Calls in plain JSON, without a library that tidies them up first."""

    def __init__(self, session: aiohttp.ClientSession, server: BotApiServer) -> None:
        self.session, self.server = session, server

    async def call(self, method: str, token: str | None = None, **parameters: Any) -> dict[str, Any]:
        url = f"{self.server.base_url}{token or self.server.token}/{method}"
        async with self.session.post(url, json=parameters) as answer:
            body: dict[str, Any] = json.loads(await answer.text())
            assert answer.status == (200 if body["ok"] else body["error_code"])
            return body

    async def refused(self, method: str, **parameters: Any) -> str:
        body = await self.call(method, **parameters)
        assert not body["ok"], f"taken: {body}"
        return str(body["description"])

    async def done(self, method: str, **parameters: Any) -> Any:
        body = await self.call(method, **parameters)
        assert body["ok"], f"refused: {body}"
        return body["result"]


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
async def server(hands: Hands) -> AsyncIterator[BotApiServer]:
    async with BotApiServer(token=TOKEN, now=hands.now, clock=hands.clock) as server:
        yield server


@pytest.fixture
async def ptb(server: BotApiServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bot]:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    async with Bot(TOKEN, base_url=server.base_url, base_file_url=server.base_file_url) as bot:
        yield bot


@pytest.fixture
async def wire(server: BotApiServer) -> AsyncIterator[Wire]:
    async with aiohttp.ClientSession() as session:
        yield Wire(session, server)
