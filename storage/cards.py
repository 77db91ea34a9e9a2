"""Living cards: which messages show a record."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import foreseen
from storage.kinds import Subject
from storage.tables import Card


async def of(session: AsyncSession, subject: Subject, subject_id: int) -> list[Card]:
    """Every card of a record, in the order in which they were made."""
    if (known := foreseen.found(session, Card, (subject, subject_id))) is not None:
        return known
    query = select(Card).where(Card.subject == subject, Card.subject_id == subject_id)
    return list((await session.exec(query.order_by(col(Card.id)))).all())
