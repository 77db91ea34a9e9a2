"""Calls to Telegram as rows of the outbox: each under its key, owed once, in the transaction that caused it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import paper
from handlers.heard import Heard
from handlers.reply import Page
from storage import outbox
from storage.kinds import Priority
from storage.tables import Outbox

ON_THE_LAST = frozenset({"card_id", "fallback"})
"""What hangs on the last message of several alone."""


@dataclass(frozen=True)
class Origin:
    """What the effects come from: a thing heard, or a tick (heard is None). `name` makes keys unique."""

    bot_id: int
    name: str
    now: datetime
    heard: Heard | None = None
    group_id: int | None = None


class Owing:
    """Writes the calls of one origin; each that has no key of its own is numbered."""

    def __init__(self, session: AsyncSession, origin: Origin) -> None:
        self._session = session
        self.origin = origin
        self._count = 0

    async def say(
        self, page: Page, chat_id: int, place: dict[str, Any], *, key: str | None = None, **call: Any
    ) -> None:
        """One message, or several where it is too long; only the last carries the key, the card and the fallback."""
        parts = await paper.messages(self._session, page, chat_id, self.origin.now)
        before_last = {name: value for name, value in call.items() if name not in ON_THE_LAST}
        for part in parts[:-1]:
            await self.owe("sendMessage", part | place | {"chat_id": chat_id}, chat_id=chat_id, **before_last)
        await self.owe("sendMessage", parts[-1] | place | {"chat_id": chat_id}, chat_id=chat_id, key=key, **call)

    async def owe(self, method: str, payload: dict[str, Any], *, key: str | None = None, **call: Any) -> None:
        """One call. `call` are columns of the outbox."""
        self._count += 1
        named = key or f"{self.origin.name}:{self._count}"
        call.setdefault("priority", Priority.ANSWER)
        row = Outbox(
            bot_id=self.origin.bot_id,
            key=f"{self.origin.bot_id}:{named}",
            method=method,
            payload=payload,
            created_at=self.origin.now,
            **call,
        )
        await outbox.put(self._session, row)
