"""The wordings of decisions beside the original. They are only ever added; the latest of a language counts."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import DecisionText, TextConfirmation


async def add(
    session: AsyncSession,
    *,
    decision_id: int,
    language: str,
    text: str,
    by: int,
    later: bool,
    bot_id: int,
    update_id: int,
    at: datetime,
) -> DecisionText:
    """Write one wording down; nobody has confirmed it yet. `later`: both sides had agreed before."""
    wording = DecisionText(
        bot_id=bot_id,
        update_id=update_id,
        decision_id=decision_id,
        language=language,
        text=text,
        written_by=by,
        written_at=at,
        later=later,
    )
    session.add(wording)
    await session.flush()
    return wording


async def get(session: AsyncSession, text_id: int) -> DecisionText | None:
    """The wording of that id, whether it still counts or not."""
    return await session.get(DecisionText, text_id)


async def standing(session: AsyncSession, decision_ids: Collection[int]) -> dict[int, dict[str, DecisionText]]:
    """The wordings that count, by decision id and language, in the order in which the languages came."""
    found: dict[int, dict[str, DecisionText]] = {decision_id: {} for decision_id in decision_ids}
    query = select(DecisionText).where(col(DecisionText.decision_id).in_(decision_ids))
    for row in (await session.exec(query.order_by(col(DecisionText.id)))).all():
        found[row.decision_id][row.language] = row
    return found


async def confirm(
    session: AsyncSession,
    *,
    text_id: int,
    side_id: int,
    by: int,
    at: datetime,
    recorded_by: int | None = None,
    evidence: str = "",
) -> TextConfirmation:
    """Write down that a side calls a wording its own.

    `recorded_by` and `evidence` when somebody else wrote it for the person `by`.
    """
    row = TextConfirmation(
        text_id=text_id, side_id=side_id, person_id=by, confirmed_at=at, recorded_by=recorded_by, evidence=evidence
    )
    session.add(row)
    await session.flush()
    return row


async def confirmation(session: AsyncSession, confirmation_id: int) -> TextConfirmation | None:
    """The confirmation of that id, whether it still counts or not."""
    return await session.get(TextConfirmation, confirmation_id)


async def confirmations(session: AsyncSession, text_ids: Collection[int]) -> dict[int, dict[int, TextConfirmation]]:
    """Who confirmed these wordings and did not contest it, by the wording's id and the side's."""
    found: dict[int, dict[int, TextConfirmation]] = {text_id: {} for text_id in text_ids}
    mine = col(TextConfirmation.text_id).in_(text_ids)
    query = select(TextConfirmation).where(mine, col(TextConfirmation.contested_at).is_(None))
    for row in (await session.exec(query.order_by(col(TextConfirmation.id)))).all():
        found[row.text_id][row.side_id] = row
    return found
