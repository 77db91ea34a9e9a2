"""Who was told of what, on which of his days; and the rows that want to be looked at."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, update
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import adding, groups
from storage.columns import UtcDateTime
from storage.crashing import point
from storage.due_tasks import DueTask
from storage.for_many import ForMany
from storage.kinds import Subject
from storage.portions import portions
from storage.sessions import insert_all, run_for_many
from storage.tables import Bundle, Decision, Leave, Membership, Nudge, SupportRequest, Task, WorkingGroup

Day = tuple[int, date]
"""A person and a day of his."""
Record = tuple[Subject, int]
Row = Task | DueTask | Decision | SupportRequest
TABLES: Mapping[Subject, Any] = {
    Subject.TASK: Task,
    Subject.DECISION: Decision,
    Subject.SUPPORT: SupportRequest,
}
"""What somebody can be told of."""
Stand = tuple[int, datetime | None]
"""A record's version and the moment it wants to be looked at: whoever changes a record changes one of them."""


class Item(NamedTuple):
    """One thing to tell a person: a stage of a record, and the record's version it was seen at."""

    subject: Subject
    subject_id: int
    group_id: int
    stage: str
    due: date | None
    seen_version: int

    @property
    def record(self) -> Record:
        """What is told of."""
        return self.subject, self.subject_id


async def decisions_to_look_at(session: AsyncSession, now: datetime) -> Sequence[Decision]:
    """The decisions that want to be looked at by now."""
    query = select(Decision).where(col(Decision.look_at) <= now).order_by(col(Decision.look_at), col(Decision.id))
    return (await session.exec(query)).all()


async def requests_to_look_at(session: AsyncSession, now: datetime) -> Sequence[SupportRequest]:
    """The requests for support that want to be looked at by now."""
    table = SupportRequest
    query = select(table).where(col(table.look_at) <= now).order_by(col(table.look_at), col(table.id))
    return (await session.exec(query)).all()


async def told(session: AsyncSession, subject: Subject, ids: Collection[int]) -> dict[int, list[Nudge]]:
    """What was told about these records, by the record's id."""
    found: dict[int, list[Nudge]] = {}
    for some in portions(ids):
        query = select(Nudge).where(Nudge.subject == subject, col(Nudge.subject_id).in_(some))
        for nudge in (await session.exec(query)).all():
            found.setdefault(nudge.subject_id, []).append(nudge)
    return found


async def had_bundles(session: AsyncSession, person_ids: Collection[int], since: date) -> set[Day]:
    """Who of these persons was already told something, on which of his days from then on."""
    found: set[Day] = set()
    for some in portions(person_ids):
        query = select(col(Bundle.person_id), col(Bundle.local_date)).where(
            col(Bundle.person_id).in_(some), col(Bundle.local_date) >= since
        )
        found |= {(person_id, day) for person_id, day in (await session.exec(query)).all()}
    return found


class Look(NamedTuple):
    """That a record was looked at as it stood, and when it wants to be looked at again."""

    subject: Subject
    record_id: int
    version: int
    look_at: datetime | None
    following: datetime | None

    @property
    def record(self) -> Record:
        """What was looked at."""
        return self.subject, self.record_id

    @property
    def stood(self) -> Stand:
        """How the record stood."""
        return self.version, self.look_at


def _looked_at(table: Any) -> ForMany:
    same = (col(table.id) == bindparam("of"), col(table.version) == bindparam("seen"))
    wish = col(table.look_at) == bindparam("wished", type_=UtcDateTime())
    return ForMany(update(table).where(*same, wish).values(look_at=bindparam("following", type_=UtcDateTime())))


LOOKED_AT = {table: _looked_at(table) for table in TABLES.values()}


async def looked_at(session: AsyncSession, looks: Sequence[Look]) -> None:
    """Note when these records want to be looked at again; one that changed meanwhile wants it at once, as it says."""
    for subject, table in TABLES.items():
        rows = [
            {"of": look.record_id, "seen": look.version, "wished": look.look_at, "following": look.following}
            for look in looks
            if look.subject is subject
        ]
        await run_for_many(session, LOOKED_AT[table], rows)
    _show(session, {look.record: look for look in looks})


def _show(session: AsyncSession, looks: Mapping[Record, Look]) -> None:
    """Let what is loaded already say the same as the database."""
    subjects = {table: subject for subject, table in TABLES.items()}
    for row in list(session.sync_session.identity_map.values()):
        if isinstance(row, Task | Decision | SupportRequest):
            look = looks.get((subjects[type(row)], row.id))
            if look is not None and look.stood == (row.version, row.look_at):
                set_committed_value(row, "look_at", look.following)


async def unchanged(session: AsyncSession, looks: Collection[Look]) -> set[Record]:
    """Which of these records still stand as they were looked at."""
    found: dict[Record, Stand] = {}
    for subject, table in TABLES.items():
        for some in portions(look.record_id for look in looks if look.subject is subject):
            query = select(col(table.id), col(table.version), col(table.look_at)).where(col(table.id).in_(some))
            found |= {(subject, key): (version, at) for key, version, at in (await session.exec(query)).all()}
    return {look.record for look in looks if found.get(look.record) == look.stood}


@dataclass(frozen=True)
class Said:
    """What one person is told on a day of his: the call that says it, the code it shows, and its items."""

    person_id: int
    day: date
    outbox_key: str
    code: str
    items: Sequence[Item]


async def write(
    session: AsyncSession,
    *,
    person_id: int,
    day: date,
    outbox_key: str,
    code: str,
    items: Sequence[Item],
    at: datetime,
) -> int:
    """Write the bundle of a person's day down, with a nudge for every item; the bundle's id."""
    return (await write_all(session, [Said(person_id, day, outbox_key, code, items)], at))[0]


async def write_all(session: AsyncSession, said: Sequence[Said], at: datetime) -> list[int]:
    """Write the bundles of many persons down, each with a nudge for every item; the bundles' ids."""
    ids = list(await adding.ids(session, Bundle, len(said)))
    numbered = list(zip(ids, said, strict=True))
    await insert_all(session, Bundle, [_bundle(number, each, at) for number, each in numbered])
    point("planning.bundled")
    await insert_all(session, Nudge, [row for number, each in numbered for row in _nudges(number, each, at)])
    point("planning.nudged")
    return ids


def _bundle(number: int, said: Said, at: datetime) -> dict[str, Any]:
    told = {"person_id": said.person_id, "local_date": said.day, "planned_at": at}
    return told | {"id": number, "outbox_key": said.outbox_key, "code": said.code}


def _nudges(bundle_id: int, said: Said, at: datetime) -> Iterator[dict[str, Any]]:
    told = {"person_id": said.person_id, "local_date": said.day, "planned_at": at, "bundle_id": bundle_id}
    return (told | item._asdict() for item in said.items)


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


async def record_of(session: AsyncSession, item: Item) -> Row:
    """The record an item tells of, which has to exist."""
    record: Row = await session.get_one(TABLES[item.subject], item.subject_id)
    return record


async def undo(session: AsyncSession, bundle: Bundle, now: datetime) -> None:
    """Forget a bundle that was never said: its records are looked at again at once."""
    for group_id in sorted({nudge.group_id for nudge in await of_bundle(session, bundle.id)}):
        await groups.hold(session, group_id)
    for nudge in await of_bundle(session, bundle.id):
        record = await session.get(TABLES[nudge.subject], nudge.subject_id)
        if record is not None:
            record.look_at = now
            session.add(record)
        await session.delete(nudge)
    await session.flush()
    await session.delete(bundle)
    await session.flush()


async def look_at_all(session: AsyncSession, group_id: int, now: datetime) -> None:
    """The rules of a group changed: everything of it that is still open is looked at again, and its digest."""
    for table in TABLES.values():
        waiting = (col(table.group_id) == group_id, col(table.look_at).is_not(None))
        await session.exec(update(table).where(*waiting).values(look_at=now))
    members = select(Membership.person_id).where(Membership.group_id == group_id)
    away = (col(Leave.person_id).in_(members), col(Leave.look_at).is_not(None))
    await session.exec(update(Leave).where(*away).values(look_at=now))
    await session.exec(update(WorkingGroup).where(col(WorkingGroup.id) == group_id).values(digest_at=None))
