"""Calls over real HTTP to a small server on loopback that answers, fails and stays silent."""

import asyncio
import io
import socket
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from telegram import Bot, InputFile
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.requests import AiohttpRequest, NotSent, ServerFault, Timeouts, Unsendable


@pytest.fixture(autouse=True)
def _restored_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a request object sets in the environment ends with the test."""
    monkeypatch.setenv("PTB_TIMEDELTA", "to be forgotten")
    monkeypatch.delenv("PTB_TIMEDELTA")


TOKEN = "123456:AAtokenTOKENtokenTOKENtokenTOKEN_-x"
IMPATIENT = Timeouts(read=0.05)
MESSAGE = {"message_id": 7, "date": 1, "chat": {"id": 5, "type": "private"}}


@dataclass
class Seen:
    """What a call looked like on the server's side."""

    path: str
    fields: dict[str, object] = field(default_factory=dict)
    files: dict[str, tuple[str | None, str, bytes]] = field(default_factory=dict)
    peer: object = None


async def _look(request: web.Request) -> Seen:
    transport = request.transport
    seen = Seen(request.raw_path, peer=transport and transport.get_extra_info("peername"))
    if request.content_type == "application/json":
        seen.fields |= await request.json()
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            seen.files[name] = (value.filename, value.content_type, value.file.read())
        else:
            seen.fields[name] = str(value)
    return seen


Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def serve(answer: Answer) -> AsyncIterator[str]:
    """A server on loopback; gives the base address that a Bot takes."""
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.01)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        port = runner.addresses[0][1]
        yield f"http://127.0.0.1:{port}/bot"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def speaking(base_url: str, *, timeouts: Timeouts | None = None, connections: int = 4) -> AsyncIterator[Bot]:
    request = AiohttpRequest(connections=connections, timeouts=timeouts)
    bot = Bot(TOKEN, base_url=base_url, request=request, get_updates_request=request)
    await request.initialize()
    try:
        yield bot
    finally:
        await request.shutdown()


def fixed(body: bytes | str, status: int = 200) -> Answer:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(status=status, body=body if isinstance(body, bytes) else body.encode())

    return answer


def recording(seen: list[Seen]) -> Answer:
    async def answer(request: web.Request) -> web.StreamResponse:
        seen.append(await _look(request))
        return web.json_response({"ok": True, "result": MESSAGE})

    return answer


async def failure(call: Awaitable[object]) -> TelegramError:
    """The error that a call ends with."""
    with pytest.raises(TelegramError) as caught:
        await call
    return caught.value


def assert_silent_about_the_token(error: BaseException) -> None:
    told = "".join(traceback.format_exception(error)) + repr(error) + repr(error.args)
    assert TOKEN not in told
    assert TOKEN.split(":")[1] not in told
    assert error.__context__ is None


def unused_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


async def test_a_call_arrives_as_it_was_written() -> None:
    seen: list[Seen] = []
    async with serve(recording(seen)) as url, speaking(url) as bot:
        message = await bot.send_message(5, "ສະບາຍດີ 你好 & = + %", disable_notification=True)
    assert message.message_id == 7
    assert seen[0].path == f"/bot{TOKEN}/sendMessage"
    assert seen[0].fields == {"chat_id": 5, "text": "ສະບາຍດີ 你好 & = + %", "disable_notification": True}


async def test_a_call_without_parameters_arrives() -> None:
    me = b'{"ok": true, "result": {"id": 1, "is_bot": true, "first_name": "b", "username": "b_bot"}}'
    async with serve(fixed(me)) as url, speaking(url) as bot:
        assert (await bot.get_me()).username == "b_bot"


@pytest.mark.parametrize(
    "content", [pytest.param(b"a,b\n", id="bytes"), pytest.param(io.BytesIO(b"a,b\n"), id="an open file")]
)
async def test_a_file_goes_up_with_its_name(content: bytes | io.BytesIO) -> None:
    seen: list[Seen] = []
    document = InputFile(content, filename='ແຜນ "2026"\r\n.csv', read_file_handle=False)
    async with serve(recording(seen)) as url, speaking(url) as bot:
        await bot.send_document(5, document, caption="ແຜນ")
    assert seen[0].files == {"document": ('ແຜນ "2026" .csv', "text/csv", b"a,b\n")}
    assert seen[0].fields == {"chat_id": "5", "caption": "ແຜນ"}


async def test_connections_are_kept() -> None:
    seen: list[Seen] = []
    async with serve(recording(seen)) as url, speaking(url) as bot:
        for _ in range(3):
            await bot.send_message(5, "again")
    assert len({str(one.peer) for one in seen}) == 1


async def test_a_file_comes_down_whatever_it_holds() -> None:
    async with serve(fixed(b"not json \xff")) as url, speaking(url) as bot:
        assert await bot.request.retrieve(f"{url}/file") == b"not json \xff"


async def test_a_refused_connection_was_not_sent() -> None:
    async with speaking(f"http://127.0.0.1:{unused_port()}/bot") as bot:
        error = await failure(bot.send_message(5, "secret words"))
    assert isinstance(error, NotSent)
    assert "ClientConnector" in str(error)
    assert_silent_about_the_token(error)


async def test_before_the_start_and_after_the_end_nothing_is_sent() -> None:
    request = AiohttpRequest()
    bot = Bot(TOKEN, request=request)
    assert isinstance(await failure(bot.get_me()), NotSent)
    await request.initialize()
    await request.shutdown()
    await request.shutdown()
    assert isinstance(await failure(bot.get_me()), NotSent)


async def test_it_can_be_opened_again() -> None:
    seen: list[Seen] = []
    async with serve(recording(seen)) as url, speaking(url) as bot:
        await bot.request.shutdown()
        await bot.request.initialize()
        await bot.send_message(5, "again")
    assert len(seen) == 1


@asynccontextmanager
async def silent_server() -> AsyncIterator[tuple[str, asyncio.Event]]:
    """A server that takes every call and never answers; with an event that says that one came."""
    arrived = asyncio.Event()

    async def answer(_: web.Request) -> web.StreamResponse:
        arrived.set()
        await asyncio.Event().wait()
        return web.Response()

    async with serve(answer) as url:
        yield url, arrived


async def test_silence_after_sending_is_a_timeout_whose_outcome_is_unknown() -> None:
    async with silent_server() as (url, arrived), speaking(url, timeouts=IMPATIENT) as bot:
        error = await failure(bot.send_message(5, "secret words"))
        await asyncio.wait_for(arrived.wait(), timeout=5)
    assert type(error) is TimedOut
    assert_silent_about_the_token(error)


async def test_the_caller_may_give_his_own_timeouts() -> None:
    patient = Timeouts(read=600, write=600)
    async with silent_server() as (url, _), speaking(url, timeouts=patient) as bot:
        assert type(await failure(bot.send_message(5, "x", read_timeout=0.02))) is TimedOut


def test_what_the_caller_leaves_out_is_the_default() -> None:
    assert AiohttpRequest(timeouts=Timeouts(read=3)).read_timeout == 3


async def test_no_free_connection_means_not_sent() -> None:
    busy, release = asyncio.Event(), asyncio.Event()

    async def answer(_: web.Request) -> web.StreamResponse:
        busy.set()
        await release.wait()
        return web.json_response({"ok": True, "result": MESSAGE})

    async with serve(answer) as url, speaking(url, connections=1) as bot:
        first = asyncio.create_task(bot.send_message(5, "first"))
        await busy.wait()
        error = await failure(bot.send_message(5, "second", connect_timeout=0.01, pool_timeout=0.01))
        release.set()
        await first
    assert isinstance(error, NotSent)
    assert_silent_about_the_token(error)


async def test_a_connection_cut_before_the_answer_is_unknown() -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        await request.post()
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    async with serve(answer) as url, speaking(url) as bot:
        error = await failure(bot.send_message(5, "secret words"))
    assert type(error) is NetworkError
    assert_silent_about_the_token(error)


async def test_a_surrogate_is_refused_without_its_text() -> None:
    async with serve(fixed(b"")) as url, speaking(url) as bot:
        for call in (bot.send_message(5, "secret \ud800"), bot.send_document(5, b"x", caption="secret \ud800")):
            error = await failure(call)
            assert isinstance(error, Unsendable)
            assert "secret" not in "".join(traceback.format_exception(error))


def refused(code: int, text: str, **parameters: int) -> str:
    more = "".join(f', "{name}": {value}' for name, value in parameters.items())
    more = f', "parameters": {{{more[2:]}}}' if more else ""
    return f'{{"ok": false, "error_code": {code}, "description": "{text}"{more}}}'


@pytest.mark.parametrize(
    ("status", "body", "kind", "words"),
    [
        pytest.param(400, refused(400, "Bad Request: chat not found"), BadRequest, "Chat not found", id="400"),
        pytest.param(401, refused(401, "Unauthorized"), InvalidToken, "Unauthorized", id="401"),
        pytest.param(403, refused(403, "Forbidden: bot was blocked by the user"), Forbidden, "blocked", id="403"),
        pytest.param(429, refused(429, "Too Many Requests", retry_after=9), RetryAfter, "0:00:09", id="429"),
        pytest.param(413, "<html>", NetworkError, "Request Entity Too Large", id="413 as a page"),
        pytest.param(500, refused(500, "Internal Server Error"), ServerFault, "500", id="500"),
        pytest.param(502, "<html>Bad Gateway", ServerFault, "502", id="502 as a page"),
        pytest.param(503, "", ServerFault, "503", id="503 with nothing"),
        pytest.param(404, f"<p>/bot{TOKEN}/x", ServerFault, "not the Bot API", id="a page showing the token"),
        pytest.param(403, '{"error": "no"}', ServerFault, "not the Bot API", id="somebody else's JSON"),
        pytest.param(302, "", ServerFault, "302", id="a redirection is not followed"),
        pytest.param(200, "", NetworkError, "cannot be read", id="200 with nothing"),
        pytest.param(200, '{"ok":true,"result":{"a":1}', NetworkError, "cannot be read", id="200 cut off"),
        pytest.param(200, "[]", NetworkError, "cannot be read", id="200 with a list"),
        pytest.param(200, refused(403, "Forbidden: no"), Forbidden, "no", id="200 that says no, with a code"),
        pytest.param(200, '{"ok": false}', ServerFault, "500", id="200 that says no, without a code"),
    ],
)
async def test_every_bad_answer_is_an_error_of_its_kind(
    status: int, body: str, kind: type[TelegramError], words: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with serve(fixed(body, status)) as url, speaking(url) as bot:
        error = await failure(bot.send_message(5, "x"))
    assert type(error) is kind
    assert words in str(error)
    assert_silent_about_the_token(error)
    assert TOKEN not in caplog.text
    assert "Can not load" not in caplog.text
