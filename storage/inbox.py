"""Raw updates: kept before Telegram forgets them, answered once, set aside when they cannot be."""

from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import locks
from storage.kinds import InboxState
from storage.sessions import run
from storage.tables import Inbox
from storage.upserting import insert


@dataclass(frozen=True)
class RawUpdate:
    """One update as Telegram sent it; `lane` is the chat whose order it keeps (0 for none)."""

    update_id: int
    lane: int
    raw: str


async def keep(session: AsyncSession, bot_id: int, updates: Iterable[RawUpdate], at: datetime) -> int:
    """Take updates in; how many are new: those already kept are left as they are (`one_inbox_row_per_update`)."""
    rows = [
        {
            "bot_id": bot_id,
            "update_id": update.update_id,
            "lane": update.lane,
            "raw": update.raw,
            "state": InboxState.NEW,
            "tries": 0,
            "error_code": "",
            "received_at": at,
        }
        for update in updates
    ]
    if not rows:
        return 0
    new = insert(session, Inbox).on_conflict_do_nothing().returning(col(Inbox.id))
    return len((await run(session, new, rows)).all())


@dataclass(frozen=True)
class Waiting:
    """An update that is not answered yet."""

    id: int
    update_id: int
    lane: int
    raw: str


async def in_line(session: AsyncSession, bot_id: int, busy: Set[int], *, limit: int, lanes: int) -> list[Waiting]:
    """The oldest unanswered updates of the chats that are not `busy`, oldest first: chats take turns at `limit`.

    Of so many chats at most as `lanes` says.
    """
    waits = (Inbox.bot_id == bot_id, Inbox.state == InboxState.NEW, col(Inbox.lane).not_in(busy))
    first = select(Inbox.lane).where(*waits).group_by(col(Inbox.lane)).order_by(func.min(Inbox.id)).limit(lanes)
    place = func.row_number().over(partition_by=col(Inbox.lane), order_by=col(Inbox.id))
    places = (
        select(Inbox.id, place.label("place"))
        .where(Inbox.bot_id == bot_id, Inbox.state == InboxState.NEW, col(Inbox.lane).in_(first))
        .subquery()
    )
    query = (
        select(Inbox.id, Inbox.update_id, Inbox.lane, Inbox.raw)
        .join(places, places.c.id == Inbox.id)
        .order_by(places.c.place, col(Inbox.id))
        .limit(limit)
    )
    return sorted((Waiting(*row) for row in (await session.exec(query)).all()), key=lambda waiting: waiting.id)


async def unanswered(session: AsyncSession, inbox_id: int) -> Inbox | None:
    """The row, if it still waits for its answer."""
    return (await session.exec(select(Inbox).where(Inbox.id == inbox_id, Inbox.state == InboxState.NEW))).first()


UNANSWERED = (
    select(Inbox.id, Inbox.update_id, Inbox.lane, Inbox.raw)
    .where(col(Inbox.id).in_(bindparam("ids", expanding=True)), Inbox.state == InboxState.NEW)
    .order_by(col(Inbox.id))
)


async def all_unanswered(session: AsyncSession, inbox_ids: Collection[int]) -> list[Waiting]:
    """Those of these that still wait for their answer, oldest first."""
    return [Waiting(*row) for row in await run(session, UNANSWERED, {"ids": list(inbox_ids)})]


async def mine(session: AsyncSession, bot_id: int, firsts: Mapping[int, int]) -> set[int]:
    """The chats that this transaction may answer, of those with the row to answer `firsts`.

    No other worker answers them, and nothing older waits there.
    """
    if locks.one_writer(session):
        return set(firsts)
    names = {f"lane:{bot_id}:{lane}": lane for lane in firsts}
    held = [names[name] for name in await locks.try_hold_all(session, names)]
    oldest = select(Inbox.lane, func.min(Inbox.id)).where(
        Inbox.bot_id == bot_id, col(Inbox.lane).in_(held), Inbox.state == InboxState.NEW
    )
    found = (await session.exec(oldest.group_by(col(Inbox.lane)))).all()
    return {lane for lane, inbox_id in found if inbox_id == firsts[lane]}


ANSWERED = (
    update(Inbox)
    .where(col(Inbox.id).in_(bindparam("ids", expanding=True)))
    .values(state=InboxState.DONE, raw="", done_at=bindparam("at"))
)


async def mark_done(session: AsyncSession, inbox_ids: Collection[int], at: datetime) -> None:
    """Answered: what people wrote leaves the inbox."""
    await run(session, ANSWERED, {"ids": list(inbox_ids), "at": at})


def mark_failed(row: Inbox, code: str, at: datetime, *, tries_allowed: int) -> bool:
    """Count a failed try; True when it was the last and the update is set aside with its raw text for the operator."""
    row.tries += 1
    row.error_code = code
    if row.tries < tries_allowed:
        return False
    row.state, row.done_at = InboxState.DEAD, at
    return True


async def waiting(session: AsyncSession) -> int:
    """How many updates wait for their answer."""
    return (await session.exec(select(func.count()).select_from(Inbox).where(Inbox.state == InboxState.NEW))).one()


async def last_id(session: AsyncSession) -> int:
    """The number of the last row; 0 for none."""
    return (await session.exec(select(func.max(Inbox.id)))).one() or 0


async def newest(session: AsyncSession) -> datetime | None:
    """When the last update came in."""
    return (await session.exec(select(func.max(Inbox.received_at)))).one()
