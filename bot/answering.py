"""One transaction an update: the record, the journal, the answer's calls, and the mark that it is answered."""

import asyncio
import logging
import secrets
from collections.abc import Callable
from contextlib import suppress

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import dispatch, reading
from bot.clock import Clock
from bot.fetching import Fetch, Texts, nothing, with_texts
from bot.outgoing import Outgoing
from bot.owing import Origin
from handlers import chats
from handlers.heard import Heard
from handlers.refusals import Refusal
from handlers.reply import Answer, Effect, Toast, View
from handlers.request import BotSelf
from handlers.views import refusals
from storage import inbox
from storage.crashing import point
from storage.engine import Database, is_conflict
from storage.kinds import InboxState
from storage.tables import Inbox

log = logging.getLogger(__name__)
TRIES = 3
CONFLICTS_ALLOWED = 10
SLOTS = 16
DATABASE_REST = 1.0
"""Seconds to wait after the database refused a whole transaction."""
OTHERS_REST = 0.2
"""Seconds to leave a chat to the worker that answers it."""
LOOK_SECONDS = 1.0
"""How often to look whether another worker died and left something unanswered."""


class Answering:
    """Answers what stands in the inbox: in order within a chat, chats side by side, each update once."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        bot: BotSelf,
        deliver: Callable[[], None],
        fetch: Fetch = nothing,
    ) -> None:
        self._database = database
        self._clock = clock
        self._bot = bot
        self._deliver = deliver
        self._fetch = fetch
        self._busy: dict[int, asyncio.Task[None]] = {}
        self.wake = asyncio.Event()
        self.idle = asyncio.Event()
        """Set while everything heard is answered."""

    async def run(self, stopping: asyncio.Event) -> None:
        """Answer until asked to stop; what is begun is finished."""
        self.wake.set()
        while not stopping.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self.wake.wait(), LOOK_SECONDS if self._database.is_shared else None)
            self.wake.clear()
            await self._start_what_can()
            if not self._busy and not self.wake.is_set():
                self.idle.set()
        await asyncio.gather(*self._busy.values())

    async def _start_what_can(self) -> None:
        free = SLOTS - len(self._busy)
        if free <= 0:
            return
        try:
            async with self._database.reading() as session:
                rows = await inbox.next_in_line(session, self._bot.bot_id, busy=self._busy.keys(), limit=free)
        except SQLAlchemyError:
            log.exception("the inbox could not be read")
            asyncio.get_running_loop().call_later(DATABASE_REST, self.wake.set)
            return
        if rows:
            point("answering.listed")
            self.idle.clear()
        for row in rows:
            self._busy[row.lane] = asyncio.create_task(self._answer(row))

    async def _answer(self, row: Inbox) -> None:
        try:
            await self._try_until_settled(row)
        except SQLAlchemyError:
            # Nothing was acknowledged and nothing is lost: the row is still there when the database is back.
            log.exception("update %s waits for the database", row.update_id)
            await asyncio.sleep(DATABASE_REST)
        finally:
            del self._busy[row.lane]
            self.wake.set()
            self._deliver()

    async def _try_until_settled(self, row: Inbox) -> None:
        settled, inbox_id, conflicts = False, row.id, 0
        while not settled:
            try:
                settled = await self._try(row)
            except DBAPIError as error:
                conflicts += 1
                if is_conflict(error) and conflicts < CONFLICTS_ALLOWED:
                    continue
                if error.connection_invalidated or "locked" in str(error.orig) or "full" in str(error.orig):
                    raise
                settled = await self._our_fault(inbox_id)
            except Exception:  # whatever a handler may raise must not hold up the next update
                settled = await self._our_fault(inbox_id)

    async def _try(self, waiting: Inbox) -> bool:
        texts = await self._fetch(waiting.raw)
        async with self._database.writing() as session:
            mine = await inbox.is_mine(session, waiting.bot_id, waiting.lane, waiting.id)
            row = await inbox.unanswered(session, waiting.id) if mine else None
            if row is not None:
                point("answering.begun")
                await self._handle(session, row, texts)
                inbox.mark_done(row, self._clock.now())
                point("answering.marked")
        point("answering.committed")
        if not mine:
            await asyncio.sleep(OTHERS_REST)
        return True

    async def _handle(self, session: AsyncSession, row: Inbox, texts: Texts) -> None:
        happened = reading.read(row.raw, bot_id=self._bot.bot_id, username=self._bot.username)
        if isinstance(happened, Heard):
            await self._reply(session, with_texts(happened, texts))
        elif happened is not None:
            effects = await chats.noticed(session, happened, self._bot, self._clock.now())
            await Outgoing(session, self._origin(row.update_id)).put(effects)

    async def _reply(self, session: AsyncSession, heard: Heard) -> None:
        now, group_id = self._clock.now(), None
        try:
            async with session.begin_nested():
                reply, group_id = await dispatch.answer(session, heard, self._bot, now)
                effects = reply.effects
                point("answering.handled")
        except Refusal as refusal:
            effects = (_refused(heard, refusal),)
        point("answering.replied")
        await Outgoing(session, self._origin(heard.update_id, heard, group_id)).put(effects)
        point("answering.owed")

    def _origin(self, update_id: int, heard: Heard | None = None, group_id: int | None = None) -> Origin:
        return Origin(self._bot.bot_id, f"u{update_id}", self._clock.now(), heard, group_id)

    async def _our_fault(self, inbox_id: int) -> bool:
        """Count the try; after the last one the person is told a code and the update is set aside."""
        code = f"E-{secrets.token_hex(2).upper()}"
        log.exception("fault %s in update row %s", code, inbox_id)
        async with self._database.writing() as session:
            row = await inbox.unanswered(session, inbox_id)
            if row is None or not inbox.mark_failed(row, code, self._clock.now(), tries_allowed=TRIES):
                return row is None
            await self._apologise(session, row, code)
        return row.state is InboxState.DEAD

    async def _apologise(self, session: AsyncSession, row: Inbox, code: str) -> None:
        try:
            heard = reading.read(row.raw, bot_id=self._bot.bot_id, username=self._bot.username)
        except Exception:  # what cannot be read came from nobody who could be told
            return
        if isinstance(heard, Heard):
            effect = _said(heard, refusals.our_fault(code))
            try:
                async with session.begin_nested():
                    await Outgoing(session, self._origin(row.update_id, heard)).put([effect])
            except Exception:  # whatever hinders the apology, the update is set aside and the next one goes on
                log.exception("fault %s could not be told", code)


def _refused(heard: Heard, refusal: Refusal) -> Effect:
    return _said(heard, refusals.sentence(refusal))


def _said(heard: Heard, view: View) -> Effect:
    return Answer(view, personal=True) if heard.press is None else Toast(view, alert=True)
