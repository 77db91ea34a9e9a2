"""The append-only history: every change with its cause, each entry of a group chained to the one before by its hash."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import event, func
from sqlalchemy.orm import Session
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import adding, foreseen, locks
from storage.columns import plain
from storage.crashing import point
from storage.kinds import Subject
from storage.sessions import run
from storage.tables import JournalEntry


@dataclass(frozen=True)
class Cause:
    """What made a change: the person (None for the bot itself) and the message or press he made it with."""

    at: datetime
    actor_id: int | None = None
    bot_id: int | None = None
    update_id: int | None = None
    chat_id: int | None = None
    message_id: int | None = None


@dataclass(frozen=True)
class Change:
    """What happened to one record; `before` and `after` hold ids, states, dates and texts, never names."""

    subject: Subject
    subject_id: int
    change: str
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)


TAILS = "ends of the chains"
"""Under this name a transaction notes the last hash of each group: nobody else writes there until it ends."""
SAID = tuple(name for name in JournalEntry.model_fields if name not in ("id", "hash"))
"""What the hash of an entry covers: the hash before it too."""
AS_TEXT = json.JSONEncoder(sort_keys=True, ensure_ascii=False)


async def append(
    session: AsyncSession,
    cause: Cause,
    *,
    subject: Subject,
    subject_id: int,
    change: str,
    group_id: int | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> JournalEntry:
    """Write one change down; `before` and `after` hold ids, states, dates and texts, never names."""
    change_made = Change(subject, subject_id, change, before or {}, after or {})
    return (await append_all(session, cause, [change_made], group_id=group_id))[0]


async def append_all(
    session: AsyncSession, cause: Cause, changes: Sequence[Change], *, group_id: int | None
) -> list[JournalEntry]:
    """Write many changes of one group down, each chained to the one before it."""
    if not changes:
        return []
    last, entries = await _last_hash(session, group_id), list[JournalEntry]()
    for change in changes:
        entry = _entry(cause, change, group_id, last)
        last = entry.hash
        entries.append(entry)
    await adding.add(session, entries, stays=True)
    session.info[TAILS][group_id] = last
    point("record.journalled")
    return entries


def _entry(cause: Cause, change: Change, group_id: int | None, previous_hash: str) -> JournalEntry:
    said = {
        **vars(cause),
        "group_id": group_id,
        "subject": change.subject,
        "subject_id": change.subject_id,
        "change": change.change,
        "before": {name: plain(value) for name, value in change.before.items()},
        "after": {name: plain(value) for name, value in change.after.items()},
        "previous_hash": previous_hash,
    }
    return JournalEntry(**said, hash=_hash(said))


@event.listens_for(Session, "after_soft_rollback")
@event.listens_for(Session, "after_commit")
def _others_may_write(session: Session, *_: object) -> None:
    session.info.pop(TAILS, None)


async def of(session: AsyncSession, subject: Subject, subject_id: int) -> list[JournalEntry]:
    """The history of one record, oldest first."""
    if (known := foreseen.found(session, JournalEntry, (subject, subject_id))) is not None:
        return known
    query = select(JournalEntry).where(JournalEntry.subject == subject, JournalEntry.subject_id == subject_id)
    return list((await session.exec(query.order_by(col(JournalEntry.id)))).all())


async def of_message(session: AsyncSession, cause: Cause, group_id: int) -> list[JournalEntry]:
    """What the message of a cause did in a group when it was written first, in order."""
    query = select(JournalEntry).where(
        JournalEntry.actor_id == cause.actor_id,
        JournalEntry.bot_id == cause.bot_id,
        JournalEntry.chat_id == cause.chat_id,
        JournalEntry.message_id == cause.message_id,
        JournalEntry.group_id == group_id,
    )
    return list((await session.exec(query.order_by(col(JournalEntry.id)))).all())


async def group_of_message(session: AsyncSession, cause: Cause) -> int | None:
    """The group in which the message of a cause did something when it was written first."""
    query = select(JournalEntry.group_id).where(
        JournalEntry.actor_id == cause.actor_id,
        JournalEntry.bot_id == cause.bot_id,
        JournalEntry.chat_id == cause.chat_id,
        JournalEntry.message_id == cause.message_id,
        col(JournalEntry.group_id).is_not(None),
    )
    return (await session.exec(query.limit(1))).first()


async def first_fault(session: AsyncSession) -> int | None:
    """The id of the first entry whose chain does not hold, or None when all of them do."""
    last: dict[int | None, str] = {}
    entries = await session.stream_scalars(select(JournalEntry).order_by(col(JournalEntry.id)))
    async for entry in entries:
        expected = last.get(entry.group_id, beginning(entry.group_id))
        if entry.previous_hash != expected or entry.hash != fingerprint(entry):
            return entry.id
        last[entry.group_id] = entry.hash
    return None


def beginning(group_id: int | None) -> str:
    """What the first entry of a group's chain comes after; entries about no group have a chain of their own."""
    return f"{group_id or 0:064x}"


def fingerprint(entry: JournalEntry) -> str:
    """SHA-256 over every field that says something, and over the hash before it."""
    return _hash({name: getattr(entry, name) for name in SAID})


def _hash(said: Mapping[str, Any]) -> str:
    text = AS_TEXT.encode({name: plain(value) for name, value in said.items()})
    return hashlib.sha256(text.encode()).hexdigest()


async def expect(session: AsyncSession, group_ids: Collection[int]) -> None:
    """Much is about to be written about these groups: look up the ends of their chains at once."""
    await locks.hold_all(session, [_chain(group_id) for group_id in group_ids])
    newest = select(func.max(JournalEntry.id)).where(col(JournalEntry.group_id).in_(group_ids))
    query = select(JournalEntry.group_id, JournalEntry.hash).where(
        col(JournalEntry.id).in_(newest.group_by(col(JournalEntry.group_id)))
    )
    adding.others_may_have_added(session)
    begun = {row[0]: row[1] for row in await run(session, query)}
    session.info[TAILS] = {group_id: begun.get(group_id, beginning(group_id)) for group_id in group_ids}


def _chain(group_id: int | None) -> str:
    """The name under which a chain is held: who writes to it next writes after us."""
    return f"journal:{group_id}"


async def _last_hash(session: AsyncSession, group_id: int | None) -> str:
    tails: dict[int | None, str] = session.info.setdefault(TAILS, {})
    if group_id not in tails:
        await locks.hold(session, _chain(group_id))
        adding.others_may_have_added(session)
        query = select(JournalEntry.hash).where(col(JournalEntry.group_id).is_not_distinct_from(group_id))
        newest = (await session.exec(query.order_by(col(JournalEntry.id).desc()).limit(1))).first()
        tails[group_id] = newest or beginning(group_id)
    return tails[group_id]
