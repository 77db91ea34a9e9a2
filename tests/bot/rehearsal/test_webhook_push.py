"""With a webhook the updates are brought, each until it is taken."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import Conflict

from bot.rehearsal.server import BotApiServer


@dataclass
class Receiver:
    """A webhook that answers as the test says and remembers what came."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    came: list[tuple[str, str | None]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        update = await request.json()
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        self.came.append((update["message"]["text"], secret))
        return web.Response(status=self.answers.pop(0) if self.answers else 200)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiver.take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


async def test_updates_are_brought_in_order_until_taken(server: BotApiServer, ptb: Bot, receiver: Receiver) -> None:
    ana = server.world.user("Ana")
    ana.writes_private("/before")
    receiver.answers = [500]
    await ptb.set_webhook(receiver.url, secret_token="s3cret", allowed_updates=["message"])
    ana.writes_private("/after")
    await server.wait_for_confirmed()
    assert receiver.came == [("/before", "s3cret"), ("/before", "s3cret"), ("/after", "s3cret")]
    assert (server.webhook.failures, server.world.updates.redelivered) == (1, 1)
    info = await ptb.get_webhook_info()
    assert (info.url, info.pending_update_count, info.allowed_updates) == (receiver.url, 0, ("message",))
    assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"


async def test_polling_and_webhook_exclude_each_other(server: BotApiServer, ptb: Bot, receiver: Receiver) -> None:
    await ptb.set_webhook(receiver.url)
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await ptb.get_updates()
    await ptb.delete_webhook(drop_pending_updates=True)
    assert (await ptb.get_webhook_info()).url == ""
    server.world.user("Ana").writes_private("/start")
    assert len(await ptb.get_updates()) == 1
    assert receiver.came == []


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        pytest.param(
            {"url": "http://example.org/"}, "bad webhook: An HTTPS URL must be provided for webhook", id="plain"
        ),
        pytest.param(
            {"url": "https://example.org/", "secret_token": "a b"},
            "secret token contains unallowed characters",
            id="a space in the secret",
        ),
    ],
)
async def test_webhooks_that_are_not_taken(wire: Any, parameters: dict[str, Any], words: str) -> None:
    assert await wire.refused("setWebhook", **parameters) == f"Bad Request: {words}"
