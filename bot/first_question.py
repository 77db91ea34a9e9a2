"""The first question to Telegram: on its way while most of the program, and all that keeps records, is still loaded.

What comes back is kept as any other updates are, once there is an inbox: without an offset nothing is confirmed, so
Telegram gives the same again when this process dies before that.
"""

import asyncio
from http import HTTPStatus
from importlib import import_module
from types import ModuleType

from telegram.error import TelegramError
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter  # what a RequestData is made of

from bot.locking import is_free
from bot.requests import AiohttpRequest
from bot.settings import Settings

ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
POLL_SECONDS = 30
"""How long Telegram may hold back its answer while there is nothing new."""
QUESTION = {"timeout": POLL_SECONDS, "allowed_updates": ALLOWED_UPDATES}


class FirstQuestion:
    """A question for updates that is under way; its answer is given out once."""

    def __init__(self, settings: Settings) -> None:
        telegram = settings.telegram
        proxy = None if telegram.proxy is None else telegram.proxy.get_secret_value()
        self._address = f"{telegram.base_url}{telegram.token.get_secret_value()}/getUpdates"
        self._request = AiohttpRequest(connections=1, proxy=proxy)
        self._asked: asyncio.Task[tuple[int, bytes]] | None = asyncio.create_task(self._ask())

    async def _ask(self) -> tuple[int, bytes]:
        await self._request.initialize()
        said = [RequestParameter(name, value, None) for name, value in QUESTION.items()]
        return await self._request.do_request(self._address, "POST", RequestData(said), read_timeout=2 * POLL_SECONDS)

    async def answer(self) -> tuple[int, bytes] | None:
        """The updates that Telegram answered with; None when it has to be asked again."""
        if self._asked is None:
            return None
        asked, self._asked = self._asked, None
        try:
            status, body = await asked
        except TelegramError:
            return None
        finally:
            await self._request.shutdown()
        return (status, body) if status == HTTPStatus.OK else None

    async def drop(self) -> None:
        """Nobody waits for the answer any more."""
        if self._asked is not None:
            self._asked.cancel()
            await asyncio.gather(self._asked, return_exceptions=True)
        await self._request.shutdown()


async def while_loading(settings: Settings, module: str) -> tuple[FirstQuestion | None, ModuleType]:
    """Ask, if this process is the one that polls, and load a module meanwhile."""
    first = FirstQuestion(settings) if _polls(settings) else None
    await asyncio.sleep(0)  # loading would keep the processor from it
    return first, await asyncio.to_thread(import_module, module)


def _polls(settings: Settings) -> bool:
    """Whether it is known that nobody else asks: on a server of databases the lease decides, which lies in there."""
    file = settings.database_file
    return settings.telegram.mode == "polling" and file is not None and (not file.exists() or is_free(file))
