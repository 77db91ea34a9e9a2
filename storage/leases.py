"""Who may do a thing alone, and moments that outlive a restart."""

from datetime import datetime, timedelta

from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import presence
from storage.tables import Lease, Mark

LENGTH = timedelta(seconds=30)


async def take(session: AsyncSession, name: str, *, owner: str, now: datetime, force: bool = False) -> Lease | None:
    """Take or renew a lease; None while somebody else holds it and lives. `force`: the holder is known to be dead."""
    lease = await session.get(Lease, name)
    if lease is None:
        lease = Lease(name=name, owner=owner, until=now + LENGTH)
    elif lease.owner == owner:
        lease.until = now + LENGTH
    elif force or lease.until <= now or await presence.is_gone(session, lease.owner):
        lease.owner, lease.fence, lease.until = owner, lease.fence + 1, now + LENGTH
    else:
        return None
    session.add(lease)
    await session.flush()
    return lease


async def still(session: AsyncSession, lease: Lease) -> bool:
    """Whether a lease is what it was when it was taken; nobody else takes it while this transaction lasts."""
    row = await session.get(Lease, lease.name, populate_existing=True, with_for_update={"read": True})
    return row is not None and (row.owner, row.fence) == (lease.owner, lease.fence)


async def give_back(session: AsyncSession, name: str, owner: str) -> None:
    """End a lease of one's own."""
    lease = await session.get(Lease, name)
    if lease is not None and lease.owner == owner:
        await session.delete(lease)


async def mark(session: AsyncSession, name: str, at: datetime) -> None:
    """Remember when a thing last happened."""
    found = await session.get(Mark, name) or Mark(name=name, at=at)
    found.at = at
    session.add(found)


async def unmark(session: AsyncSession, prefix: str) -> None:
    """Forget every moment whose name begins like this."""
    await session.exec(delete(Mark).where(col(Mark.name).startswith(prefix, autoescape=True)))


async def marked(session: AsyncSession, name: str) -> datetime | None:
    """When a thing last happened, if it ever did."""
    found = await session.get(Mark, name)
    return None if found is None else found.at
