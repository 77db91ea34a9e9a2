"""Whether the records agree with each other, asked every ten minutes while the bot runs."""

import asyncio
import logging
from datetime import timedelta
from pathlib import Path

from bot.clock import Clock
from storage import invariant_statements, invariants, leases
from storage.engine import Database
from storage.invariants import Violation

log = logging.getLogger(__name__)
EVERY = timedelta(minutes=10)
LOOKED = "soundness"
"""The name of the moment of the last look."""
UNSOUND = "unsound:"
"""How the names of moments begin at which a statement was found not to hold."""


class Soundness:
    """Asks statement by statement, beside everybody else; what does not hold is logged and remembered for `health`."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def look(self) -> None:
        """Once, unless another worker has looked within the last ten minutes."""
        now = self._clock.now()
        async with self._database.reading() as session:
            looked = await leases.marked(session, LOOKED)
        if looked is not None and abs(now - looked) < EVERY:
            return
        found = await self._violations()
        for violation in found:
            log.error("the records contradict each other: %s", violation)
        async with self._database.writing() as session:
            await leases.unmark(session, UNSOUND)
            for violation in found:
                await leases.mark(session, f"{UNSOUND}{violation.name}", now)
            await leases.mark(session, LOOKED, now)

    async def _violations(self) -> list[Violation]:
        """On a file in a thread, or the questions would hold up everybody who writes to the bot."""
        if not self._database.is_shared:
            return await asyncio.to_thread(invariants.in_file, Path(self._database.url.database or ""))
        found = []
        for name in invariant_statements.STATEMENTS:
            async with self._database.reading() as session:
                found.append(await invariants.violation(session, name))
        return [violation for violation in found if violation is not None]
