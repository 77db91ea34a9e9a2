"""Moments that a wrong clock wrote into rows, brought back once the clock is right again."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.columns import METADATA
from storage.kinds import OutboxState
from storage.leases import LENGTH
from storage.tables import Chat, Lease, Mark, Outbox

LONGEST_HOLD = timedelta(minutes=15)
PATIENCE = timedelta(minutes=10)
LOOK = "look_at"


async def put_right(session: AsyncSession, now: datetime) -> None:
    """Nothing waits for a day that only the wrong clock knew: what is open is looked at again, what is held is freed.

    A look too many does nothing; a look that never comes loses a reminder.
    """
    for table in METADATA.sorted_tables:
        if LOOK in table.c:
            await session.exec(update(table).where(table.c[LOOK] > now).values({LOOK: now}))
    tried = (col(Outbox.state) == OutboxState.PENDING, col(Outbox.tries) > 0)
    far = col(Outbox.not_before) > now + LONGEST_HOLD
    await session.exec(update(Outbox).where(*tried, far).values(not_before=now))
    await session.exec(update(Outbox).where(col(Outbox.claimed_at) > now).values(claimed_at=now))
    held = col(Chat.hold_until) > now + LONGEST_HOLD
    await session.exec(update(Chat).where(held).values(hold_until=None))
    stays = col(Chat.leave_at) > now + PATIENCE
    await session.exec(update(Chat).where(stays).values(leave_at=now + PATIENCE))
    await session.exec(update(Lease).where(col(Lease.until) > now + LENGTH).values(until=now + LENGTH))
    await session.exec(update(Mark).where(col(Mark.at) > now).values(at=now))
