"""Calls to Telegram that are still owed: put once by their key, claimed with a lease, marked by their fate."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, event, func, or_, update
from sqlalchemy.orm import ORMExecuteState, Session
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import foreseen, presence
from storage.crashing import point
from storage.for_many import ForMany
from storage.kinds import OutboxState, Priority
from storage.sessions import insert_all, run, run_for_many
from storage.tables import Card, Outbox

AT_ONCE = 5000
"""Keys asked for in one statement."""


@dataclass
class Call:
    """A call that is to be owed, before it is a row; the names are those of the columns."""

    bot_id: int
    key: str
    method: str
    payload: dict[str, Any]
    created_at: datetime
    priority: Priority
    fallback: dict[str, Any] | None = None
    chat_id: int | None = None
    group_id: int | None = None
    person_id: int | None = None
    card_id: int | None = None
    not_before: datetime | None = None


EXPECTED = "calls expected"
BLANK = {"state": OutboxState.PENDING, "tries": 0, "ambiguous": 0, "error": ""}
"""What a call begins with."""


class StillExpected(Exception):
    """Somebody wanted to read or change calls of which not all are in the table yet: each update has to go alone."""


async def put(session: AsyncSession, call: Call) -> bool:
    """Owe a call; False when one of the same key is owed or made already."""
    return await put_all(session, [call]) == 1


async def put_all(session: AsyncSession, calls: Sequence[Call]) -> int:
    """Owe calls of different keys, in their order; how many are new: a key that is owed or made already is not."""
    known: set[str] = set()
    for start in range(0, len(calls), AT_ONCE):
        keys = [call.key for call in calls[start : start + AT_ONCE]]
        known |= set((await run(session, select(Outbox.key).where(col(Outbox.key).in_(keys)))).scalars())
    new = [BLANK | vars(call) for call in calls if call.key not in known]
    if new:
        await insert_all(session, Outbox, new)
        point("outbox.put")
    return len(new)


def expect(session: AsyncSession, *, more: bool) -> None:
    """Whether this transaction still has calls to put; as long as it has, nobody may look for them in the table."""
    session.info[EXPECTED] = more


@event.listens_for(Session, "do_orm_execute")
def _look_too_early(state: ORMExecuteState) -> None:
    if state.session.info.get(EXPECTED) and any(mapper.class_ is Outbox for mapper in state.all_mappers):
        raise StillExpected


async def is_waiting(session: AsyncSession, card_id: int) -> bool:
    """Whether a call that was put shows this card and has not left yet."""
    if (known := foreseen.found(session, Outbox, card_id)) is not None:
        return bool(known)
    query = select(Outbox.id).where(Outbox.card_id == card_id, Outbox.state == OutboxState.PENDING)
    return (await run(session, query.limit(1))).first() is not None


async def message_of(session: AsyncSession, key: str) -> int | None:
    """The id of the message that a call made, if it was put and has left."""
    found: int | None = (await run(session, select(Outbox.message_id).where(Outbox.key == key))).scalar()
    return found


async def waiting_edit(session: AsyncSession, card_id: int) -> Outbox | None:
    """The call that shows a card and has not left yet: a newer face takes its place instead of queueing behind it."""
    query = select(Outbox).where(Outbox.card_id == card_id, Outbox.state == OutboxState.PENDING)
    return (await session.exec(query.order_by(col(Outbox.id).desc()))).first()


def sent(now: datetime, message_id: int | None) -> dict[str, Any]:
    """What a call becomes that was made: what was said stays out of the database from here on."""
    empty: dict[str, Any] = {"payload": {}, "fallback": None, "lease_owner": None, "lease_until": None}
    return {"state": OutboxState.SENT, "sent_at": now, "message_id": message_id, **empty}


def mark_sent(call: Outbox, now: datetime, message_id: int | None) -> None:
    """Made."""
    for name, value in sent(now, message_id).items():
        setattr(call, name, value)


THEIRS = (
    col(Outbox.id).in_(bindparam("ids", expanding=True)),
    col(Outbox.state) == OutboxState.CLAIMED,
    col(Outbox.lease_owner) == bindparam("owner"),
)
MINE = select(Outbox.id, Outbox.card_id, Outbox.method).where(*THEIRS).order_by(col(Outbox.id)).with_for_update()
MINE_WHOLE = select(Outbox).where(*THEIRS).order_by(col(Outbox.id)).with_for_update()


async def mark_all_sent(session: AsyncSession, made: Mapping[int, int | None], owner: str, now: datetime) -> None:
    """Mark many calls, by their ids with the ids of their messages, whose lease this owner still holds.

    Cards learn their messages.
    """
    mine = (await run(session, MINE, {"ids": list(made), "owner": owner})).all()
    if not mine:
        return
    await _set(session, Outbox, {row.id: sent(now, made[row.id]) for row in mine})
    shown = [row for row in mine if row.card_id is not None and row.method == "sendMessage"]
    await _set(session, Card, {row.card_id: {"message_id": made[row.id]} for row in shown if made[row.id] is not None})


async def _set(session: AsyncSession, table: type[Outbox | Card], rows: Mapping[int, dict[str, Any]]) -> None:
    """Give rows new values, of the same columns each, past the session."""
    if rows:
        setting = _setting(table, tuple(next(iter(rows.values()))))
        await run_for_many(session, setting, [{"of": row_id, **values} for row_id, values in rows.items()])


@cache
def _setting(table: type[Outbox | Card], names: tuple[str, ...]) -> ForMany:
    query = update(table).where(col(table.id) == bindparam("of"))
    return ForMany(query.values({name: bindparam(name) for name in names}))


def mark_withdrawn(call: Outbox, why: str) -> None:
    """No longer wanted, never sent."""
    call.state, call.error = OutboxState.WITHDRAWN, why
    call.payload, call.fallback, call.lease_owner, call.lease_until = {}, None, None, None


def mark_failed(call: Outbox, why: str) -> None:
    """Given up: Telegram will never take it."""
    mark_withdrawn(call, why)
    call.state = OutboxState.FAILED


def put_back(call: Outbox, not_before: datetime, why: str, *, ambiguous: bool = False) -> None:
    """Not made, or nobody knows: it is tried again from `not_before` on."""
    call.state, call.not_before, call.error = OutboxState.PENDING, not_before, why
    call.lease_owner, call.lease_until = None, None
    call.ambiguous += ambiguous


async def reclaim(session: AsyncSession, now: datetime, *, alone: bool = False) -> int:
    """Free the calls of whoever died while sending, or sleeps past their lease; all when this process is alone.

    They may have arrived, so each counts as ambiguous.
    """
    dead = col(Outbox.state) == OutboxState.CLAIMED
    if not alone:
        dead &= or_(col(Outbox.lease_until) <= now, col(Outbox.lease_owner).in_(await _gone(session)))
    result = await session.exec(
        update(Outbox)
        .where(dead)
        .values(state=OutboxState.PENDING, lease_owner=None, lease_until=None, ambiguous=col(Outbox.ambiguous) + 1)
    )
    return int(getattr(result, "rowcount", 0))


async def _gone(session: AsyncSession) -> list[str]:
    """The workers that have claimed calls and live no more."""
    query = select(Outbox.lease_owner).where(Outbox.state == OutboxState.CLAIMED).distinct()
    owners = [owner for owner in (await session.exec(query)).all() if owner is not None]
    return [owner for owner in owners if await presence.is_gone(session, owner)]


async def all_claimed(session: AsyncSession, call_ids: Collection[int], owner: str) -> Sequence[Outbox]:
    """Those of these calls whose lease this owner still holds; nobody takes them over meanwhile."""
    return (await session.exec(MINE_WHOLE, params={"ids": list(call_ids), "owner": owner})).all()


async def owed(session: AsyncSession) -> int:
    """How many calls are neither made nor given up."""
    states = (OutboxState.PENDING, OutboxState.CLAIMED)
    query = select(func.count()).select_from(Outbox).where(col(Outbox.state).in_(states))
    return (await session.exec(query)).one()
