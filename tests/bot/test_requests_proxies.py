"""Calls through proxies on loopback: HTTP, CONNECT and SOCKS5."""

import asyncio
import base64
import socket
import struct
import sys
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import TelegramError

from bot.requests import AiohttpRequest, NotSent

TOKEN = "123456:AAtokenTOKENtokenTOKENtokenTOKEN_-x"

# What came to a server: the address on the request line and the credentials for a proxy.
Seen = list[tuple[str, str | None]]


@pytest.fixture(autouse=True)
def _restored_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a request object sets in the environment ends with the test."""
    monkeypatch.setenv("PTB_TIMEDELTA", "to be forgotten")
    monkeypatch.delenv("PTB_TIMEDELTA")


@asynccontextmanager
async def serve(seen: Seen) -> AsyncIterator[int]:
    """A server on loopback that agrees to everything but CONNECT, which it answers with 404; gives its port."""

    async def answer(request: web.Request) -> web.StreamResponse:
        seen.append((request.raw_path, request.headers.get("Proxy-Authorization")))
        message = {"message_id": 7, "date": 1, "chat": {"id": 5, "type": "private"}}
        return web.json_response({"ok": True, "result": message})

    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.01)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


async def send(base_url: str, proxy: str) -> None:
    """Send one message through the proxy."""
    async with AiohttpRequest(proxy=proxy) as request:
        await Bot(TOKEN, base_url=base_url, request=request, get_updates_request=request).send_message(5, "x")


async def failure_to_send(base_url: str, proxy: str) -> TelegramError:
    """The error that sending ends with; it never shows the token or the password."""
    with pytest.raises(TelegramError) as caught:
        await send(base_url, proxy)
    told = "".join(traceback.format_exception(caught.value))
    assert TOKEN not in told
    assert "hidden" not in told
    assert caught.value.__context__ is None
    return caught.value


def unused_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


async def test_an_http_proxy_is_used() -> None:
    """A plain proxy gets the whole address on its request line, and the credentials in a header."""
    seen = Seen()
    async with serve(seen) as port:
        await send("http://api.invalid/bot", f"http://me:pass@127.0.0.1:{port}")
    key = base64.b64encode(b"me:pass").decode()
    assert seen == [(f"http://api.invalid/bot{TOKEN}/sendMessage", f"Basic {key}")]


@pytest.mark.parametrize("scheme", ["http", "socks5"])
async def test_a_proxy_that_is_down_means_not_sent(scheme: str) -> None:
    proxy = f"{scheme}://me:hidden@127.0.0.1:{unused_port()}"
    assert isinstance(await failure_to_send("http://api.invalid/bot", proxy), NotSent)


async def test_a_proxy_that_refuses_to_connect_means_not_sent() -> None:
    async with serve(Seen()) as port:
        error = await failure_to_send("https://api.invalid/bot", f"http://127.0.0.1:{port}")
    assert isinstance(error, NotSent)
    assert "404" in str(error)


@asynccontextmanager
async def socks5(target: tuple[str, int], asked: list[str]) -> AsyncIterator[int]:
    """A SOCKS5 proxy (RFC 1928) that leads every name to one target; gives its port."""

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(4096):
                writer.write(data)
        writer.close()

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, methods = await reader.readexactly(2)
        await reader.readexactly(methods)
        writer.write(b"\x05\x00")
        await reader.readexactly(4)
        (length,) = await reader.readexactly(1)
        asked.append((await reader.readexactly(length)).decode())
        await reader.readexactly(2)
        writer.write(b"\x05\x00\x00\x01" + struct.pack("!IH", 0, 0))
        onward, back = await asyncio.open_connection(*target)
        await asyncio.gather(pump(reader, back), pump(onward, writer))

    server = await asyncio.start_server(meet, "127.0.0.1", 0)
    async with server:
        yield int(server.sockets[0].getsockname()[1])


@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
async def test_a_socks_proxy_is_used_and_looks_up_the_name(scheme: str) -> None:
    seen, asked = Seen(), list[str]()
    async with serve(seen) as port, socks5(("127.0.0.1", port), asked) as proxy_port:
        await send("http://api.invalid/bot", f"{scheme}://127.0.0.1:{proxy_port}")
    assert asked == ["api.invalid"]
    assert len(seen) == 1


async def test_socks_is_loaded_only_by_those_who_use_it() -> None:
    command = "import sys, bot.requests; sys.exit('aiohttp_socks' in sys.modules)"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", command)
    assert await process.wait() == 0
