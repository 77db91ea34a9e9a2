"""Who was told of what, on which of his days; and the rows that want to be looked at."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import groups
from storage.crashing import point
from storage.kinds import Subject
from storage.tables import Bundle, Decision, Nudge, Task


@dataclass(frozen=True)
class Item:
    """One thing to tell a person: a stage of a record, and the record's version it was seen at."""

    subject: Subject
    subject_id: int
    group_id: int
    stage: str
    due: date | None
    seen_version: int


async def groups_to_look_at(session: AsyncSession, now: datetime) -> list[int]:
    """The groups something of which wants to be looked at by now."""
    found: set[int] = set()
    for table in (Task, Decision):
        query = select(col(table.group_id)).where(col(table.look_at) <= now).distinct()
        found |= set((await session.exec(query)).all())
    return sorted(found)


async def tasks_to_look_at(session: AsyncSession, now: datetime) -> Sequence[Task]:
    """The tasks that want to be looked at by now, in the order of their wish."""
    query = select(Task).where(col(Task.look_at) <= now).order_by(col(Task.look_at), col(Task.id))
    return (await session.exec(query)).all()


async def decisions_to_look_at(session: AsyncSession, now: datetime) -> Sequence[Decision]:
    """The decisions that want to be looked at by now."""
    query = select(Decision).where(col(Decision.look_at) <= now).order_by(col(Decision.look_at), col(Decision.id))
    return (await session.exec(query)).all()


async def told(session: AsyncSession, subject: Subject, ids: Collection[int]) -> dict[int, list[Nudge]]:
    """What was told about these records, by the record's id."""
    query = select(Nudge).where(Nudge.subject == subject, col(Nudge.subject_id).in_(ids))
    found: dict[int, list[Nudge]] = {}
    for nudge in (await session.exec(query)).all():
        found.setdefault(nudge.subject_id, []).append(nudge)
    return found


async def had_bundle(session: AsyncSession, person_id: int, day: date) -> bool:
    """Whether a person was already told something on a day of his."""
    query = select(Bundle.id).where(Bundle.person_id == person_id, Bundle.local_date == day)
    return (await session.exec(query)).first() is not None


async def write(
    session: AsyncSession,
    *,
    person_id: int,
    day: date,
    outbox_key: str,
    code: str,
    items: Collection[Item],
    at: datetime,
) -> Bundle:
    """Write the bundle of a person's day down, with a nudge for every item."""
    bundle = Bundle(person_id=person_id, local_date=day, outbox_key=outbox_key, code=code, planned_at=at)
    session.add(bundle)
    await session.flush()
    point("planning.bundled")
    for item in items:
        session.add(Nudge(person_id=person_id, local_date=day, bundle_id=bundle.id, planned_at=at, **vars(item)))
    await session.flush()
    point("planning.nudged")
    return bundle


async def bundle_of(session: AsyncSession, outbox_key: str) -> Bundle | None:
    """The bundle a call says, if it says one."""
    return (await session.exec(select(Bundle).where(Bundle.outbox_key == outbox_key))).first()


async def of_bundle(session: AsyncSession, bundle_id: int) -> Sequence[Nudge]:
    """The nudges of one bundle, in the order in which they were written."""
    return (await session.exec(select(Nudge).where(Nudge.bundle_id == bundle_id).order_by(col(Nudge.id)))).all()


async def get(session: AsyncSession, bundle_id: int) -> Bundle | None:
    """The bundle of that id, unless it was taken back."""
    return await session.get(Bundle, bundle_id)


def item(nudge: Nudge) -> Item:
    """What a nudge told."""
    return Item(nudge.subject, nudge.subject_id, nudge.group_id, nudge.stage, nudge.due, nudge.seen_version)


async def undo(session: AsyncSession, bundle: Bundle, now: datetime) -> None:
    """Forget a bundle that was never said: its records are looked at again at once."""
    for group_id in sorted({nudge.group_id for nudge in await of_bundle(session, bundle.id)}):
        await groups.hold(session, group_id)
    for nudge in await of_bundle(session, bundle.id):
        table = Task if nudge.subject is Subject.TASK else Decision
        record = await session.get(table, nudge.subject_id)
        if record is not None:
            record.look_at = now
            session.add(record)
        await session.delete(nudge)
    await session.flush()
    await session.delete(bundle)
    await session.flush()


async def look_at_all(session: AsyncSession, group_id: int, now: datetime) -> None:
    """The rules of a group changed: everything of it that is still open is looked at again."""
    for table in (Task, Decision):
        waiting = (col(table.group_id) == group_id, col(table.look_at).is_not(None))
        await session.exec(update(table).where(*waiting).values(look_at=now))
