"""Calls a restored database still had to make: they may have been made since, so somebody decides about each."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.kinds import OutboxState
from storage.tables import Outbox

OWED = (OutboxState.PENDING, OutboxState.CLAIMED)
DROPPED = "dropped after a restore"


async def hold_back_all(session: AsyncSession, why: str) -> int:
    """Whatever waits or was on its way is set aside as it is; how much there was."""
    free = {"lease_owner": None, "lease_until": None, "error": why}
    return await _change(session, {"state": OutboxState.HELD, **free}, col(Outbox.state).in_(OWED))


async def listed(session: AsyncSession) -> list[Outbox]:
    """Everything that is held back, in the order in which it was owed."""
    query = select(Outbox).where(Outbox.state == OutboxState.HELD).order_by(col(Outbox.id))
    return list((await session.exec(query)).all())


async def release(session: AsyncSession, ids: Collection[int]) -> int:
    """Let these calls be made after all; each is looked at once more when it leaves. How many were held."""
    return await _change(session, {"state": OutboxState.PENDING, "error": ""}, *_held(ids))


async def drop(session: AsyncSession, ids: Collection[int]) -> int:
    """These calls are never made; what they would have said goes. How many were held."""
    empty: dict[str, Any] = {"payload": {}, "fallback": None, "error": DROPPED}
    return await _change(session, {"state": OutboxState.WITHDRAWN, **empty}, *_held(ids))


def _held(ids: Collection[int]) -> tuple[Any, ...]:
    return (col(Outbox.state) == OutboxState.HELD, col(Outbox.id).in_(ids))


async def _change(session: AsyncSession, values: dict[str, Any], *which: Any) -> int:
    result = await session.exec(update(Outbox).where(*which).values(**values))
    return int(getattr(result, "rowcount", 0))
