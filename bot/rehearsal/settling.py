"""Waiting, by a clock that a story moves, until the bot has nothing left to do at this moment."""

from datetime import datetime, timedelta

from bot.clock import StoryClock
from bot.program import Program
from storage import inbox

PATIENCE = timedelta(seconds=70)
"""Calls that wait for their chat's limits leave within a minute; what waits longer belongs to a later chapter."""


async def settle(program: Program, clock: StoryClock) -> None:
    """Until everything heard is answered and everything owed by now is said, moving the clock over the limits."""
    end = clock.now() + PATIENCE
    await rest(program)
    while _goes_on(clock, end):
        await rest(program)


async def rest(program: Program) -> None:
    """Until there is nothing left that may be done at this moment."""
    while await _busy(program):
        pass


async def _busy(program: Program) -> bool:
    """Let both loops come to rest; True while there is something left that may be done now."""
    for loop in (program.answering, program.delivery):
        loop.idle.clear()
        loop.wake.set()
        await loop.idle.wait()
    async with program.database.reading() as session:
        unanswered = await inbox.waiting(session)
    return bool(unanswered) or not program.answering.idle.is_set() or not program.delivery.idle.is_set()


def _goes_on(clock: StoryClock, end: datetime) -> bool:
    moment = clock.next_moment()
    if moment is None or moment > end:
        return False
    clock.move_to(moment)
    return True
