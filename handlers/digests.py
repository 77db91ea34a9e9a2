"""The weekly digest of a group."""
from collections.abc import Sequence
from datetime import datetime
from sqlmodel.ext.asyncio.session import AsyncSession
from handlers.reply import Effect


async def plan(session: AsyncSession, now: datetime) -> Sequence[Effect]:
    return ()
