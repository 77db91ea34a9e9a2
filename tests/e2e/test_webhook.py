"""Webhook mode: Telegram brings updates, they are kept before the 200, and strangers are turned away."""

import asyncio
import hmac
import socket

import aiohttp
import pytest
from pydantic import SecretStr
from sqlmodel import func, select

from bot.settings import Settings
from bot.webhook import SECRET_HEADER
from storage.tables import Inbox

SECRET = "a-long-word-that-nobody-guesses"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def by_webhook(settings: Settings) -> Settings:
    """The same settings, with updates brought to a port of their own."""
    port = free_port()
    brought = {
        "mode": "webhook",
        "webhook_url": f"http://127.0.0.1:{port}/telegram",
        "webhook_listen": f"127.0.0.1:{port}",
        "webhook_secret": SecretStr(SECRET),
    }
    return settings.model_copy(update={"telegram": settings.telegram.model_copy(update=brought)})


@pytest.fixture
async def bed_by_webhook(resting_bed):
    resting_bed.settings = by_webhook(resting_bed.settings)
    async with resting_bed.started():
        yield resting_bed


async def kept(bed) -> int:
    async with bed.program.database.reading() as session:
        return (await session.exec(select(func.count()).select_from(Inbox))).one()


async def test_a_command_that_was_brought_is_answered(bed_by_webhook):
    bed = bed_by_webhook
    card = await bed.hears("vte_trainer", "/decide We meet on Mondays.")
    assert "D1" in card.text
    assert bed.server.world.updates.polls == 0


@pytest.mark.parametrize(
    ("secret", "body", "status"),
    [
        pytest.param("guessed", '{"update_id": 1}', 403, id="a wrong secret"),
        pytest.param("", '{"update_id": 1}', 403, id="no secret"),
        pytest.param(SECRET, "no json", 400, id="no JSON"),
        pytest.param(SECRET, '{"update_id": "one"}', 400, id="no number"),
        pytest.param(SECRET, "[]", 400, id="a list"),
    ],
)
async def test_what_is_not_from_telegram_is_turned_away(bed_by_webhook, secret, body, status):
    bed = bed_by_webhook
    url = bed.settings.telegram.webhook_url
    async with aiohttp.ClientSession() as client:
        answer = await client.post(url, data=body, headers={SECRET_HEADER: secret, "Content-Type": "application/json"})
    assert answer.status == status
    assert await kept(bed) == 0


async def test_the_secret_is_compared_so_that_the_time_it_takes_tells_nothing(bed_by_webhook, monkeypatch):
    compared, real = [], hmac.compare_digest
    monkeypatch.setattr("bot.webhook.hmac.compare_digest", lambda *both: compared.append(both) or real(*both))
    async with aiohttp.ClientSession() as client:
        for guess in (SECRET[0], SECRET[:-1], SECRET):
            await client.post(bed_by_webhook.settings.telegram.webhook_url, data="[]", headers={SECRET_HEADER: guess})
    assert compared == [(guess.encode(), SECRET.encode()) for guess in (SECRET[0], SECRET[:-1], SECRET)]


async def test_a_secret_that_is_no_text_is_a_wrong_one(bed_by_webhook):
    host, port = bed_by_webhook.settings.telegram.listen
    reader, writer = await asyncio.open_connection(host, port)
    head = f"POST /telegram HTTP/1.1\r\nHost: here\r\nContent-Length: 2\r\n{SECRET_HEADER}: ".encode()
    writer.write(head + b"\xff\xfe\r\n\r\n[]")
    assert b" 403 " in await reader.readline()
    writer.close()


async def test_an_update_that_could_not_be_kept_is_brought_again(bed_by_webhook, monkeypatch):
    from sqlalchemy.exc import OperationalError

    from storage import inbox

    bed, real, failed = bed_by_webhook, inbox.keep, []

    async def full(*arguments):
        if not failed:
            failed.append(True)
            raise OperationalError("INSERT", {}, Exception("database or disk is full"))
        return await real(*arguments)

    monkeypatch.setattr(inbox, "keep", full)
    card = await bed.hears("vte_trainer", "/decide We meet on Mondays.")
    assert failed == [True]
    assert "D1" in card.text
