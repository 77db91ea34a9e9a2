"""Who may do a thing alone, and moments that outlive a restart."""

from datetime import datetime, timedelta

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import presence
from storage.tables import Lease, Mark
from storage.upserting import insert

LENGTH = timedelta(seconds=30)


async def take(session: AsyncSession, name: str, *, owner: str, now: datetime, force: bool = False) -> Lease | None:
    """Take or renew a lease; None while somebody else holds it and lives. `force`: the holder is known to be dead."""
    new = insert(session, Lease).values(name=name, owner=owner, fence=1, until=now + LENGTH)
    await session.exec(new.on_conflict_do_nothing())
    lease = await session.get_one(Lease, name, populate_existing=True)
    if lease.owner == owner:
        lease.until = now + LENGTH
    elif force or lease.until <= now or await presence.is_gone(session, lease.owner):
        lease.owner, lease.fence, lease.until = owner, lease.fence + 1, now + LENGTH
    else:
        return None
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
    await session.exec(
        insert(session, Mark).values(name=name, at=at).on_conflict_do_update(index_elements=["name"], set_={"at": at})
    )


async def unmark(session: AsyncSession, prefix: str) -> None:
    """Forget every moment whose name begins like this."""
    await session.exec(delete(Mark).where(col(Mark.name).startswith(prefix, autoescape=True)))


async def marked(session: AsyncSession, name: str) -> datetime | None:
    """When a thing last happened, if it ever did."""
    return (await session.exec(select(Mark.at).where(Mark.name == name))).first()
