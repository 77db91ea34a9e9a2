"""What is said to a person once, and no second time."""

from datetime import datetime

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Notice


async def told(session: AsyncSession, person_id: int, matter: str) -> bool:
    """Whether the person heard of this matter."""
    query = select(Notice.id).where(Notice.person_id == person_id, Notice.matter == matter)
    return (await session.exec(query)).first() is not None


async def tell(session: AsyncSession, person_id: int, matter: str, at: datetime) -> bool:
    """Note that the person hears of this matter now; False when he did before."""
    if await told(session, person_id, matter):
        return False
    session.add(Notice(person_id=person_id, matter=matter, told_at=at))
    await session.flush()
    return True
