"""The record, the journal, the answer's calls, and the mark that an update is answered: all in one transaction.

What waits is answered together in one transaction, in order, so that reading what a group is and waiting for the disk
are paid once. Where one of them fails, all of it is taken back and each is answered in a transaction of its own.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable, Coroutine, Iterable, Sequence
from contextlib import nullcontext, suppress
from typing import Any

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import dispatch, expecting, reading
from bot.clock import Clock
from bot.fetching import Fetch, Texts, may_want, nothing, with_texts
from bot.outgoing import Outgoing
from bot.owing import Debts, Origin
from handlers import chats
from handlers.heard import Happened, Heard
from handlers.refusals import Refusal
from handlers.reply import Answer, Effect, Toast, View
from handlers.request import BotSelf
from handlers.views import refusals
from storage import inbox
from storage.crashing import point
from storage.engine import Database, is_away, is_conflict
from storage.inbox import Waiting
from storage.kinds import InboxState
from storage.sessions import changes, savepoint
from storage.tables import Inbox

log = logging.getLogger(__name__)
TRIES = 3
CONFLICTS_ALLOWED = 10
SLOTS = 16
"""Chats that are answered side by side because a file has to be fetched first."""
TOGETHER = 64
"""Updates answered in one transaction."""
CHATS_SHARED = 8
"""Chats they are from, at most, where other workers answer the rest meanwhile."""
A_WHILE = 4
"""Updates answered before whatever else is ready has its turn."""
DATABASE_REST = 1.0
"""Seconds to wait after the database refused a whole transaction."""
OTHERS_REST = 0.2
"""Seconds to leave a chat to the worker that answers it."""
LOOK_SECONDS = 1.0
"""How often to look whether another worker died and left something unanswered."""


class TakenBack(Exception):
    """A handler refused after it had written, where no savepoint was made: everything has to be done again with one."""


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
        self._are_answered = False
        """Whether many are being answered together."""
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
        if self._are_answered:
            return  # what came since is answered together when they are done
        try:
            async with self._database.reading() as session:
                lanes = CHATS_SHARED if self._database.is_shared else TOGETHER
                rows = await inbox.in_line(session, self._bot.bot_id, self._busy.keys(), limit=TOGETHER, lanes=lanes)
        except SQLAlchemyError:
            log.exception("the inbox could not be read")
            asyncio.get_running_loop().call_later(DATABASE_REST, self.wake.set)
            return
        if rows:
            point("answering.listed")
            self.idle.clear()
        alone, together = _apart(rows)
        for row in alone[: max(0, SLOTS - len(self._busy))]:
            self._start(self._answer([row]), [row])
        if together:
            self._are_answered = True
            self._start(self._answer_together(together), together)

    def _start(self, work: Coroutine[Any, Any, None], rows: Sequence[Waiting]) -> None:
        task = asyncio.create_task(work)
        self._busy.update({row.lane: task for row in rows})

    def _done(self, lanes: Iterable[int]) -> None:
        for lane in lanes:
            del self._busy[lane]
        self.wake.set()

    async def _answer_together(self, rows: Sequence[Waiting]) -> None:
        """One transaction for all; where one of them fails, each is answered by itself."""
        others: set[int] = set()
        try:
            try:
                others = await self._try(rows, {}, together=True, carefully=False)
            except TakenBack:
                others = await self._try(rows, {}, together=True)
        except Exception as error:  # whatever one of them raised; it comes again when that one is alone
            log.info("%d updates are answered one by one: %s", len(rows), type(error).__name__)
            await (self._rest(rows) if _hinders_all(error) else self._one_by_one(rows))
        finally:
            self._are_answered = False
            if others:
                asyncio.get_running_loop().call_later(OTHERS_REST, self._done, others)
            self._done({row.lane for row in rows} - others)
            self._deliver()

    async def _try(self, rows: Sequence[Waiting], texts: Texts, *, together: bool, carefully: bool = True) -> set[int]:
        """Answer what is ours to answer; the chats that another worker answers. Raises TakenBack (see `_reply`)."""
        async with self._database.going_on() if together else self._database.writing() as session:
            mine, others = await self._whose(session, rows)
            unanswered = await inbox.all_unanswered(session, [row.id for row in mine])
            happened = [self._read(row.raw) for row in unanswered]
            if together:
                await expecting.expect(session, {row.lane for row in unanswered}, happened)
            debts = Debts(session, self._clock.now())
            for number, (row, told) in enumerate(zip(unanswered, happened, strict=True), 1):
                point("answering.begun")
                await self._handle(session, row.update_id, told, texts, debts, carefully=carefully)
                if number % A_WHILE == 0:
                    await asyncio.sleep(0)  # somebody else's turn
            await debts.settle()
            await inbox.mark_done(session, [row.id for row in unanswered], self._clock.now())
            point("answering.marked")
        point("answering.committed")
        return others

    async def _whose(self, session: AsyncSession, rows: Sequence[Waiting]) -> tuple[list[Waiting], set[int]]:
        firsts = {row.lane: row.id for row in reversed(rows)}
        others = firsts.keys() - await inbox.mine(session, self._bot.bot_id, firsts)
        return [row for row in rows if row.lane not in others], others

    async def _answer(self, rows: Sequence[Waiting]) -> None:
        try:
            await self._one_by_one(rows)
        finally:
            self._done({row.lane for row in rows})
            self._deliver()

    async def _one_by_one(self, rows: Sequence[Waiting]) -> None:
        for row in rows:
            try:
                await self._try_until_settled(row)
            except SQLAlchemyError:
                await self._rest(rows)
                return

    async def _rest(self, rows: Sequence[Waiting]) -> None:
        """Nothing was acknowledged and nothing is lost: the rows are still there when the database is back."""
        log.exception("updates from %s on wait for the database", rows[0].update_id)
        await asyncio.sleep(DATABASE_REST)

    async def _try_until_settled(self, row: Waiting) -> None:
        settled, conflicts = False, 0
        while not settled:
            try:
                settled = await self._try_alone(row)
            except DBAPIError as error:
                conflicts += 1
                if is_conflict(error) and conflicts < CONFLICTS_ALLOWED:
                    continue
                if _hinders_all(error):
                    raise
                settled = await self._our_fault(row.id)
            except Exception:  # whatever a handler may raise must not hold up the next update
                settled = await self._our_fault(row.id)

    async def _try_alone(self, row: Waiting) -> bool:
        if await self._try([row], await self._fetch(row.raw), together=False):
            await asyncio.sleep(OTHERS_REST)
        return True

    def _read(self, raw: str) -> Happened | None:
        return reading.read(raw, bot_id=self._bot.bot_id, username=self._bot.username)

    async def _handle(
        self,
        session: AsyncSession,
        update_id: int,
        happened: Happened | None,
        texts: Texts,
        debts: Debts,
        *,
        carefully: bool,
    ) -> None:
        if isinstance(happened, Heard):
            await self._reply(session, with_texts(happened, texts), debts, carefully=carefully)
        elif happened is not None:
            effects = await chats.noticed(session, happened, self._bot, self._clock.now())
            await Outgoing(session, self._origin(update_id), debts).put(effects)

    async def _reply(self, session: AsyncSession, heard: Heard, debts: Debts, *, carefully: bool) -> None:
        """What a handler wrote before it refused is taken back: to a savepoint, if one was made (`carefully`).

        Else raises TakenBack, since nearly every refusal comes before anything is written.
        """
        group_id, before = None, changes(session)
        try:
            async with savepoint(session) if carefully else nullcontext():
                reply, group_id = await dispatch.answer(session, heard, self._bot, self._clock.now())
                effects = reply.effects
                point("answering.handled")
        except Refusal as refusal:
            if not carefully and changes(session) != before:
                raise TakenBack from refusal
            effects = (_refused(heard, refusal),)
        point("answering.replied")
        await Outgoing(session, self._origin(heard.update_id, heard, group_id), debts).put(effects)
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
            heard = self._read(row.raw)
        except Exception:  # what cannot be read came from nobody who could be told
            return
        if isinstance(heard, Heard):
            effect = _said(heard, refusals.our_fault(code))
            try:
                async with savepoint(session):
                    await Outgoing(session, self._origin(row.update_id, heard)).put([effect])
            except Exception:  # whatever hinders the apology, the update is set aside and the next one goes on
                log.exception("fault %s could not be told", code)


def _apart(rows: Iterable[Waiting]) -> tuple[list[Waiting], list[Waiting]]:
    """What a file may have to be fetched for, if it is the first of its chat; and what goes before such, together."""
    alone: dict[int, Waiting] = {}
    together: list[Waiting] = []
    for row in rows:
        if row.lane not in alone:
            if may_want(row.raw):
                alone[row.lane] = row
            else:
                together.append(row)
    begun = {row.lane for row in together}
    return [row for lane, row in alone.items() if lane not in begun], together


def _hinders_all(error: Exception) -> bool:
    """Whether the database itself is what is missing, and not what one update asked of it."""
    if not isinstance(error, DBAPIError):
        return False
    return error.connection_invalidated or is_away(error) or "locked" in str(error.orig) or "full" in str(error.orig)


def _refused(heard: Heard, refusal: Refusal) -> Effect:
    return _said(heard, refusals.sentence(refusal))


def _said(heard: Heard, view: View) -> Effect:
    return Answer(view, personal=True) if heard.press is None else Toast(view, alert=True)
