"""What became of calls, marked in groups: one transaction for all that came back while the last one was written."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import calls, fates
from bot.clock import Clock
from bot.limiter import Limiter
from bot.telegram_errors import Outcome
from storage import outbox
from storage.crashing import point
from storage.engine import Database, is_conflict

Became = calls.Made | Outcome


@dataclass
class Come:
    """A call that came back: its id, what became of it, and who waits until that is marked."""

    call_id: int
    became: Became
    marked: "asyncio.Future[None]" = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Marking:
    """Marks calls by their fate, unless somebody else took them over meanwhile."""

    def __init__(self, database: Database, clock: Clock, owner: str, limiter: Limiter) -> None:
        self._database = database
        self._clock = clock
        self._owner = owner
        self._limiter = limiter
        self._come: list[Come] = []
        self._work: asyncio.Task[None] | None = None

    async def settle(self, call_id: int, became: Became) -> None:
        """Returns when it is marked. Raises SQLAlchemyError when the database does not take it."""
        come = Come(call_id, became)
        self._come.append(come)
        if self._work is None:
            self._work = asyncio.create_task(self._mark_what_came())
        await come.marked

    async def _mark_what_came(self) -> None:
        try:
            while self._come:
                group, self._come = self._come, []
                if not await self._told(group):
                    for come in group:
                        await self._told([come])
        finally:
            self._work = None

    async def _told(self, group: Sequence[Come]) -> bool:
        """Mark these and tell those who wait; False where they have to be tried one by one."""
        try:
            while not await self._try(group):
                pass
        except Exception as error:
            if len(group) > 1:
                return False
            group[0].marked.set_exception(error)
        else:
            for come in group:
                come.marked.set_result(None)
        return True

    async def _try(self, group: Sequence[Come]) -> bool:
        """One transaction; False: another worker was quicker, try again."""
        try:
            async with self._database.writing() as session:
                await self._mark_made(session, group)
                became = {come.call_id: come.became for come in group if isinstance(come.became, Outcome)}
                for row in await outbox.all_claimed(session, became, self._owner) if became else ():
                    await fates.settle(session, row, became[row.id], self._clock.now(), self._limiter)
        except SQLAlchemyError as error:
            if is_conflict(error):
                return False
            raise
        return True

    async def _mark_made(self, session: AsyncSession, group: Sequence[Come]) -> None:
        made = {come.call_id: come.became.message_id for come in group if isinstance(come.became, calls.Made)}
        if made:
            point("delivery.marking")
            await outbox.mark_all_sent(session, made, self._owner, self._clock.now())
            point("delivery.marked")
