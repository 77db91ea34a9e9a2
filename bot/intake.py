"""Updates are kept before Telegram is told to forget them: intake sits inside the request that asks for them."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel.ext.asyncio.session import AsyncSession
from telegram._utils.types import ODVInput
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

from bot import reading
from bot.clock import Clock
from bot.counts import Counts
from bot.first_question import FirstQuestion
from bot.requests import AiohttpRequest
from bot.skew import Skew
from storage import inbox, leases
from storage.crashing import point
from storage.engine import Database
from storage.inbox import RawUpdate

log = logging.getLogger(__name__)
GONE = {HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND}
CONFLICTS_BEFORE_GIVING_UP = 5
MARK_EVERY = timedelta(seconds=60)
HEARD = "heard:"
RESTORED_MARK = "restored"
"""The name of the moment of a restore of which the groups have not heard yet."""
STARTED_MARK = "started"
"""The name of the moment at which a bot began last."""
MayKeep = Callable[[AsyncSession], Awaitable[bool]]
"""Whether what this worker fetched may be written, asked in the transaction that writes it."""


def heard_mark(bot_id: int) -> str:
    """The name of the moment at which Telegram last answered this bot."""
    return f"{HEARD}{bot_id}"


class Intake:
    """Takes raw updates in, whether they were asked for or brought to the webhook."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        bot_id: Callable[[], int],
        may_keep: MayKeep,
        wake: Callable[[], None],
        counts: Counts | None = None,
    ) -> None:
        self._counts = counts or Counts()
        self._may_keep = may_keep
        self._database = database
        self._clock = clock
        self._bot_id = bot_id
        self._wake = wake
        self._marked: datetime | None = None

    async def take(self, updates: list[dict[str, Any]]) -> None:
        """Commit updates to the inbox; talk among people is left out. Raises NetworkError when that fails."""
        mine = [update for update in updates if not reading.is_chat_of_others(update, self._bot_id())]
        rows = [RawUpdate(update["update_id"], reading.lane(update), reading.kept(update)) for update in mine]
        now = self._clock.now()
        if not rows and self._marked is not None and abs(now - self._marked) < MARK_EVERY:
            return
        try:
            async with self._database.writing() as session:
                if not await self._may_keep(session):
                    raise NetworkError("Another worker polls by now")
                point("intake.begun")
                kept = await inbox.keep(session, self._bot_id(), rows, now)
                point("intake.kept")
                await leases.mark(session, heard_mark(self._bot_id()), now)
                point("intake.marked")
            point("intake.committed")
        except SQLAlchemyError as error:
            # Only a NetworkError makes python-telegram-bot ask again from the same offset.
            log.exception("updates could not be kept")
            raise NetworkError("The updates could not be kept") from error
        self._counts.update(kept)
        self._marked = now
        self._wake()


class IntakeRequest(AiohttpRequest):
    """The request behind getUpdates: what it fetched is in the inbox before anybody else sees it.

    `stop` is called when polling cannot go on: with 401 or 404 (a revoked token), or when another poller stays.
    `last_try` is the loop's time of the newest request, for a watchdog; `asked` is set by the first one.
    """

    def __init__(
        self,
        intake: Intake,
        stop: Callable[[str], None],
        *,
        proxy: str | None = None,
        skew: Skew | None = None,
        first: FirstQuestion | None = None,
    ) -> None:
        super().__init__(connections=4, proxy=proxy, skew=skew)
        self._first = first
        self._intake = intake
        self._stop = stop
        self._conflicts = 0
        self.last_try: float | None = None
        self.asked = asyncio.Event()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """See `AiohttpRequest.do_request`; getUpdates answers with nothing but the ids that may be confirmed."""
        self.last_try = asyncio.get_running_loop().time()
        self.asked.set()
        first, self._first = self._first, None
        answer = None if first is None else await first.answer()
        status, body = answer or await super().do_request(
            url, method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
        )
        if not url.endswith("/getUpdates"):
            return status, body
        point("intake.fetched")
        self._judge(status)
        return (status, await self._keep(body)) if status == HTTPStatus.OK else (status, body)

    def _judge(self, status: int) -> None:
        self._conflicts = self._conflicts + 1 if status == HTTPStatus.CONFLICT else 0
        if status in GONE:
            self._stop("revoked")
        elif self._conflicts >= CONFLICTS_BEFORE_GIVING_UP:
            self._stop("conflict")

    async def _keep(self, body: bytes) -> bytes:
        try:
            updates = _updates(body)
        except (ValueError, KeyError, TypeError) as error:
            raise NetworkError("The answer to getUpdates could not be read") from error
        await self._intake.take(updates)
        point("intake.confirming")
        confirmed = [{"update_id": max(update["update_id"] for update in updates)}] if updates else []
        return json.dumps({"ok": True, "result": confirmed}).encode()


def _updates(body: bytes) -> list[dict[str, Any]]:
    """The updates of an answer. One without a readable id cannot be confirmed: it is left out, the rest goes on."""
    found = json.loads(body)["result"]
    return [update for update in found if isinstance(update, dict) and isinstance(update.get("update_id"), int)]
