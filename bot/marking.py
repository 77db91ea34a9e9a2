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
from handlers import delivering
from storage import outbox
from storage.crashing import point
from storage.engine import Database, is_conflict
from storage.tables import Outbox

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
                became = {come.call_id: come.became for come in group}
                made = all(isinstance(each, calls.Made) for each in became.values())
                rows = await outbox.all_claimed(session, became, self._owner, without_words=made)
                cards = await outbox.cards_of(session, rows)  # read at once; the session knows them from here on
                for row in rows:
                    await self._mark(session, row, became[row.id])
                del cards
        except SQLAlchemyError as error:
            if is_conflict(error):
                return False
            raise
        return True

    async def _mark(self, session: AsyncSession, row: Outbox, became: Became) -> None:
        point("delivery.marking")
        if isinstance(became, calls.Made):
            await delivering.made(session, row, self._clock.now(), became.message_id)
            point("delivery.marked")
        else:
            await fates.settle(session, row, became, self._clock.now(), self._limiter)
