"""What became of calls: marked in the transaction that claims the next ones, all that came back meanwhile together."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import calls, fates
from bot.clock import Clock
from bot.limiter import Limiter
from bot.telegram_errors import Outcome
from storage import outbox
from storage.crashing import point
from storage.engine import Database, is_conflict, is_missing

log = logging.getLogger(__name__)
Became = calls.Made | Outcome
Lane = int | str
"""A chat, to which one call is made at a time; or a call that belongs to none."""


@dataclass(frozen=True)
class Come:
    """A call that came back: its id, the lane that waits for it to be marked, and what became of it."""

    call_id: int
    lane: Lane
    became: Became


class Marking:
    """Marks calls by their fate, unless somebody else took them over meanwhile."""

    def __init__(self, database: Database, clock: Clock, owner: str, limiter: Limiter) -> None:
        self._database = database
        self._clock = clock
        self._owner = owner
        self._limiter = limiter

    async def mark(self, session: AsyncSession, group: Sequence[Come]) -> None:
        """Mark these in this transaction."""
        made = {come.call_id: come.became.message_id for come in group if isinstance(come.became, calls.Made)}
        if made:
            point("delivery.marking")
            await outbox.mark_all_sent(session, made, self._owner, self._clock.now())
            point("delivery.marked")
        became = {come.call_id: come.became for come in group if isinstance(come.became, Outcome)}
        for row in await outbox.all_claimed(session, became, self._owner) if became else ():
            await fates.settle(session, row, became[row.id], self._clock.now(), self._limiter)

    async def mark_each(self, group: Sequence[Come]) -> Sequence[Come]:
        """Each in a transaction of its own: one of them hinders the others.

        Returns those that wait for the database: locked or full, it hinders all. Given up, they would be said again.
        """
        for number, come in enumerate(group):
            try:
                while not await self._marked(come):
                    pass
            except Exception as error:  # it may have arrived; the lease runs out and the call counts as ambiguous
                if is_missing(error):
                    log.exception("calls from %s on wait for the database", come.call_id)
                    return group[number:]
                log.exception("call %s could not be marked", come.call_id)
        return ()

    async def _marked(self, come: Come) -> bool:
        """False: another worker was quicker, try again."""
        try:
            async with self._database.writing() as session:
                await self.mark(session, [come])
        except Exception as error:
            if is_conflict(error):
                return False
            raise
        return True
