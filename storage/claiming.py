"""Which calls of the outbox may leave, and who makes them: claimed with a lease, one worker claiming at a time."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy
from sqlalchemy import bindparam, func, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import locks
from storage.kinds import OutboxState, Priority
from storage.sessions import run
from storage.tables import Card, Chat, Outbox

LEASE = timedelta(seconds=60)


async def alone_in_claiming(session: AsyncSession, bot_id: int) -> None:
    """Wait until no other worker claims: order within a chat and the common limits hold over all of them."""
    await locks.hold(session, f"claims:{bot_id}")


MAY_LEAVE = (
    select(Outbox.id, Outbox.chat_id)
    .outerjoin(Chat, col(Chat.id) == Outbox.chat_id)
    .where(
        Outbox.bot_id == bindparam("bot"),
        Outbox.state == OutboxState.PENDING,
        col(Outbox.priority) <= bindparam("down_to"),
        or_(col(Outbox.chat_id).is_(None), col(Outbox.chat_id).not_in(bindparam("without", expanding=True))),
        or_(col(Outbox.not_before).is_(None), col(Outbox.not_before) <= bindparam("now")),
        or_(col(Chat.hold_until).is_(None), col(Chat.hold_until) <= bindparam("now")),
    )
    .order_by(col(Outbox.priority), col(Outbox.id))
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True, of=Outbox)
)


@dataclass
class Leaving:
    """A call that may leave, as it is sent; the names are those of the columns."""

    id: int
    key: str
    method: str
    payload: dict[str, Any]
    chat_id: int | None
    group_id: int | None
    person_id: int | None
    card_id: int | None


THESE = (
    sqlalchemy.select(*(getattr(Outbox, each.name) for each in fields(Leaving)))
    .where(col(Outbox.id).in_(bindparam("ids", expanding=True)))
    .order_by(col(Outbox.priority), col(Outbox.id))
)


@dataclass(frozen=True)
class Look:
    """Calls that may leave, and whether they are the first ones of all chats that have some."""

    calls: Sequence[Leaving]
    is_all: bool


async def claimable(
    session: AsyncSession,
    bot_id: int,
    now: datetime,
    *,
    without: Collection[int],
    limit: int,
    down_to: Priority = Priority.DIGEST,
) -> Look:
    """The most urgent calls that may leave now by their own time and their chat's, to none of the chats `without`.

    Of each chat the first one of those looked at, which are `limit` at most.
    """
    asked = {"bot": bot_id, "now": now, "without": list(without), "limit": limit, "down_to": down_to}
    seen = (await run(session, MAY_LEAVE, asked)).all()
    firsts: dict[object, int] = {}
    for call_id, chat_id in seen:
        firsts.setdefault(("no chat", call_id) if chat_id is None else chat_id, call_id)
    calls = await _whole(session, firsts.values()) if firsts else ()
    return Look(calls, is_all=len(seen) < limit)


async def _whole(session: AsyncSession, call_ids: Iterable[int]) -> Sequence[Leaving]:
    calls = [Leaving(*row) for row in await run(session, THESE, {"ids": list(call_ids)})]
    shown = {call.card_id for call in calls if call.card_id is not None and call.method == "editMessageText"}
    if len(shown) > 1:  # each edit asks for its card before it leaves
        (await session.exec(select(Card).where(col(Card.id).in_(shown)))).all()
    return calls


CLAIM = (
    update(Outbox)
    .where(col(Outbox.id).in_(bindparam("ids", expanding=True)))
    .values(
        state=OutboxState.CLAIMED,
        tries=col(Outbox.tries) + 1,
        lease_owner=bindparam("owner"),
        lease_until=bindparam("until"),
        claimed_at=bindparam("now"),
    )
)


async def claim_all(session: AsyncSession, calls: Sequence[Leaving], owner: str, now: datetime) -> None:
    """Take calls for sending; nobody else takes them before the lease is over."""
    if calls:
        taken = {"ids": [call.id for call in calls], "owner": owner, "until": now + LEASE, "now": now}
        await run(session, CLAIM, taken)


class Claimed(NamedTuple):
    """A call that some worker claimed, and whether it is being made still."""

    id: int
    chat_id: int | None
    at: datetime
    is_under_way: bool


CLAIMED = select(
    col(Outbox.id), col(Outbox.chat_id), col(Outbox.claimed_at), col(Outbox.state) == OutboxState.CLAIMED
).where(
    Outbox.bot_id == bindparam("bot"),
    or_(col(Outbox.state) == OutboxState.CLAIMED, col(Outbox.claimed_at) >= bindparam("since")),
)


async def claimed(session: AsyncSession, bot_id: int, since: datetime) -> list[Claimed]:
    """Every call claimed from then on, by whatever worker, and every one that is being made."""
    found = await run(session, CLAIMED, {"bot": bot_id, "since": since})
    return [Claimed(*row) for row in found if row[2] is not None]


NEXT_WANTED = select(
    select(func.min(Outbox.not_before))
    .where(
        Outbox.bot_id == bindparam("bot"),
        Outbox.state == OutboxState.PENDING,
        col(Outbox.not_before) > bindparam("now"),
    )
    .scalar_subquery(),
    select(func.min(Chat.hold_until))
    .where(Chat.bot_id == bindparam("bot"), col(Chat.hold_until) > bindparam("now"))
    .scalar_subquery(),
)


async def next_wanted(session: AsyncSession, bot_id: int, now: datetime) -> datetime | None:
    """The next moment at which something that waits may leave, for knowing how long to sleep."""
    moments = (await run(session, NEXT_WANTED, {"bot": bot_id, "now": now})).one()
    return min((moment for moment in moments if moment is not None), default=None)
