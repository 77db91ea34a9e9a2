"""The append-only history: every change with its cause, each entry of a group chained to the one before by its hash."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import locks
from storage.columns import plain
from storage.crashing import point
from storage.kinds import Subject
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
    entry = JournalEntry(
        at=cause.at,
        group_id=group_id,
        actor_id=cause.actor_id,
        bot_id=cause.bot_id,
        update_id=cause.update_id,
        chat_id=cause.chat_id,
        message_id=cause.message_id,
        subject=subject,
        subject_id=subject_id,
        change=change,
        before={name: plain(value) for name, value in (before or {}).items()},
        after={name: plain(value) for name, value in (after or {}).items()},
        previous_hash=await _last_hash(session, group_id),
        hash="",
    )
    entry.hash = fingerprint(entry)
    session.add(entry)
    await session.flush()
    point("record.journalled")
    return entry


async def of(session: AsyncSession, subject: Subject, subject_id: int) -> list[JournalEntry]:
    """The history of one record, oldest first."""
    query = select(JournalEntry).where(JournalEntry.subject == subject, JournalEntry.subject_id == subject_id)
    return list((await session.exec(query.order_by(col(JournalEntry.id)))).all())


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
    said = entry.model_dump(exclude={"id", "hash"})
    text = json.dumps({name: plain(value) for name, value in said.items()}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


async def _last_hash(session: AsyncSession, group_id: int | None) -> str:
    await locks.hold(session, f"journal:{group_id}")
    query = select(JournalEntry.hash).where(col(JournalEntry.group_id).is_not_distinct_from(group_id))
    return (await session.exec(query.order_by(col(JournalEntry.id).desc()).limit(1))).first() or beginning(group_id)
