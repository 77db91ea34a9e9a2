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
from storage.outbox import Call
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


class Debts:
    """What one transaction owes and has not written yet: the calls of one origin, or of many that come together."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session = session
        self._now = now
        self._calls: dict[str, Call] = {}
        self._of_cards: dict[int, Call] = {}

    def add(self, call: Call) -> None:
        """One more; the first one of a key counts."""
        if self._calls.setdefault(call.key, call) is call and call.card_id is not None:
            self._of_cards[call.card_id] = call
        outbox.expect(self._session, more=True)

    def of_card(self, card_id: int) -> Call | None:
        """The call that shows a card, if there is one among them."""
        return self._of_cards.get(card_id)

    async def settle(self) -> None:
        """Write everything gathered so far: the tokens of all keyboards, then all calls."""
        calls, self._calls, self._of_cards = list(self._calls.values()), {}, {}
        outbox.expect(self._session, more=False)
        fallbacks = [call.fallback["payload"] for call in calls if call.fallback is not None]
        await paper.with_tokens(self._session, [*(call.payload for call in calls), *fallbacks], self._now)
        await outbox.put_all(self._session, calls)


class Owing:
    """Gathers the calls of one origin; each that has no key of its own is numbered."""

    def __init__(self, session: AsyncSession, origin: Origin, debts: Debts) -> None:
        self._session = session
        self.origin = origin
        self._count = 0
        self._debts = debts

    def say(self, page: Page, chat_id: int, place: dict[str, Any], *, key: str | None = None, **call: Any) -> None:
        """One message, or several where it is too long; only the last carries the key, the card and the fallback."""
        parts = paper.messages(page, chat_id)
        for part in parts[:-1]:
            before_last = {name: value for name, value in call.items() if name not in ON_THE_LAST}
            self.owe("sendMessage", part | place | {"chat_id": chat_id}, chat_id=chat_id, **before_last)
        self.owe("sendMessage", parts[-1] | place | {"chat_id": chat_id}, chat_id=chat_id, key=key, **call)

    def owe(self, method: str, payload: dict[str, Any], *, key: str | None = None, **call: Any) -> None:
        """One call. `call` are columns of the outbox."""
        self._count += 1
        named = f"{self.origin.bot_id}:{key or f'{self.origin.name}:{self._count}'}"
        call.setdefault("priority", Priority.ANSWER)
        row = Call(
            bot_id=self.origin.bot_id,
            key=named,
            method=method,
            payload=payload,
            created_at=self.origin.now,
            **call,
        )
        self._debts.add(row)

    async def waiting_edit(self, card_id: int) -> Call | Outbox | None:
        """The call that shows a card and has not left yet: of this transaction, or of one before."""
        mine = self._debts.of_card(card_id)
        if mine is not None or not await outbox.is_waiting(self._session, card_id):
            return mine
        await self._debts.settle()
        return await outbox.waiting_edit(self._session, card_id)

    async def with_tokens(self, payload: dict[str, Any]) -> dict[str, Any]:
        """A payload that is written at once, with the tokens of its buttons."""
        await paper.with_tokens(self._session, [payload], self.origin.now)
        return payload
