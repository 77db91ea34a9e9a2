"""What people prepare for the plan and have not confirmed yet."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import PlanDraft

PATIENCE = timedelta(hours=24)


async def keep(
    session: AsyncSession, *, group_id: int, person_id: int, kind: str, content: Mapping[str, Any], at: datetime
) -> PlanDraft:
    """Keep what is prepared until it is confirmed, or for a day."""
    draft = PlanDraft(group_id=group_id, person_id=person_id, kind=kind, content=dict(content), made_at=at)
    session.add(draft)
    await session.flush()
    return draft


async def get(session: AsyncSession, draft_id: int, *, kind: str, group_id: int) -> PlanDraft | None:
    """The draft of that id, unless it is too old or of another kind or group."""
    draft = await session.get(PlanDraft, draft_id)
    return draft if draft is not None and (draft.kind, draft.group_id) == (kind, group_id) else None


async def change(session: AsyncSession, draft: PlanDraft, **values: Any) -> None:
    """Some of what is prepared is said differently now."""
    draft.content = {**draft.content, **values}
    session.add(draft)
    await session.flush()


async def forget(session: AsyncSession, draft: PlanDraft) -> None:
    """It is not wanted."""
    await session.delete(draft)
    await session.flush()


async def forget_old(session: AsyncSession, now: datetime) -> None:
    """Drop what nobody confirmed in time."""
    await session.exec(delete(PlanDraft).where(col(PlanDraft.made_at) <= now - PATIENCE))
