"""The stand-in Bot API server: HTTP on loopback around a world, with limits, faults and a log."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from types import TracebackType
from typing import Any, Self, TypeVar

from aiohttp import web

from bot.rehearsal import play
from bot.rehearsal.calls import Call
from bot.rehearsal.dispatch import Dispatch
from bot.rehearsal.faults import Faults
from bot.rehearsal.limits import Limits
from bot.rehearsal.messages import Message
from bot.rehearsal.records import Chat, User
from bot.rehearsal.webhook import Webhook
from bot.rehearsal.world import World

Found = TypeVar("Found")

_LARGEST_BODY = 64 * 1024 * 1024


class BotApiServer:
    """One bot's Bot API on 127.0.0.1: `async with BotApiServer(token=..., now=...) as server`.

    `now` dates the messages (aware), `clock` measures the limits in seconds. State lives here and survives the bot.
    """

    def __init__(
        self,
        *,
        token: str,
        now: Callable[[], datetime],
        clock: Callable[[], float] = time.monotonic,
        port: int = 0,
        limits: bool = True,
        bot_name: str = "Focalpoint",
        bot_username: str = "focalpoint_bot",
    ) -> None:
        bot = User(int(token.partition(":")[0]), bot_name, username=bot_username, is_bot=True)
        self.token = token
        self.world = World(bot, now, clock)
        self.limits = Limits(clock, enabled=limits)
        self.faults = Faults()
        self.webhook = Webhook(self.world)
        self.log: list[Call] = []
        self._dispatch = Dispatch(self.world, self.limits, self.faults, self.webhook, self.log)
        self._port = port
        self._runner: web.AppRunner | None = None

    # -- coming and going ------------------------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen on loopback; the port is known afterwards."""
        app = web.Application(client_max_size=_LARGEST_BODY)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        play.add_routes(app, self.world)
        app.router.add_route("*", "/{anything:.*}", _no_such_place)
        # A killed bot's poll has to end with its connection, or the next one would meet it.
        self._runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """End the polls that wait, let go what hangs, close."""
        self.faults.clear()
        self.world.updates.take_over(None)
        await self.webhook.stop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @property
    def url(self) -> str:
        """Where the server listens, without a slash at the end."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def base_url(self) -> str:
        """What python-telegram-bot calls base_url; the token follows at once."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        """What python-telegram-bot calls base_file_url."""
        return f"{self.url}/file/bot"

    # -- waiting and looking ---------------------------------------------------------------------------------

    async def wait_for(self, look: Callable[[], Found | None], timeout: float = 10) -> Found:  # noqa: ASYNC109 - what tests say
        """The first truthy thing that `look` sees; it looks again after every change, never by the clock."""
        try:
            return await self.world.bell.until(look, timeout)
        except TimeoutError:
            last = "\n  ".join(call.line() for call in self.log[-8:]) or "none"
            waiting = len(self.world.updates.pending)
            raise TimeoutError(
                f"not seen within {timeout} s; {waiting} updates unconfirmed; the bot's last calls:\n  {last}"
            ) from None

    async def wait_for_message(self, chat: Chat | User, containing: str, timeout: float = 10) -> Message:  # noqa: ASYNC109 - what tests say
        """The bot's latest message in a chat (or to a person in private) that contains these words."""
        return await self.wait_for(lambda: self.world.last(chat, containing), timeout)

    async def wait_for_confirmed(self, timeout: float = 10) -> None:  # noqa: ASYNC109 - what tests say
        """Until the bot has confirmed every update there is."""
        await self.wait_for(lambda: not self.world.updates.pending, timeout)

    def calls(self, method: str, chat: Chat | User | None = None) -> list[Call]:
        """The calls of one method, in one chat if it is said, in the order in which they were answered."""
        return list(self._matching(method, chat))

    def _matching(self, method: str, chat: Chat | User | None) -> Iterator[Call]:
        for call in self.log:
            if call.method == method and (chat is None or call.chat_id == chat.id):
                yield call

    # -- answering -------------------------------------------------------------------------------------------

    async def _call(self, request: web.Request) -> web.StreamResponse:
        token, method = request.match_info["token"], request.match_info["method"]
        response = await self._dispatch.answer(request, method, known=token == self.token)
        response.headers["Date"] = format_datetime(self.world.now().astimezone(UTC), usegmt=True)
        return response

    async def _download(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self.token:
            return _failed(401, "Unauthorized")
        stored = self.world.files.at(request.match_info["path"])
        if stored is None:
            return _failed(404, "Not Found")
        return web.Response(body=stored.content, content_type="application/octet-stream")


def _failed(status: int, description: str) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    return web.json_response(body, status=status)


async def _no_such_place(_: web.Request) -> web.Response:
    return _failed(404, "Not Found")
