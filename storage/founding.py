"""Making a working group from a template, and the one-time codes that open it."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import journal
from storage.journal import Cause
from storage.kinds import CodeKind, Subject
from storage.tables import Area, BindingCode, Mechanism, Organisation, Side, WorkingGroup

CODE_LIFETIME = timedelta(days=7)


@dataclass(frozen=True)
class PlaceDraft:
    """A side or a supporting organisation before it has a row. `week` is a pattern of working time."""

    name: str
    institution: str
    country: str
    city: str
    zone: str
    week: str
    language: str


@dataclass(frozen=True)
class MechanismDraft:
    """The rules a group starts with, as patterns."""

    ladder: str
    answer_days: int
    digest_weekday: int
    digest_hour: str
    quiet: str
    catch_up_days: int


@dataclass(frozen=True)
class GroupDraft:
    """Everything a working group starts with; areas are (name, tag)."""

    name: str
    sides: Sequence[PlaceDraft]
    organisation: PlaceDraft | None
    areas: Sequence[tuple[str, str]]
    mechanism: MechanismDraft


async def found(session: AsyncSession, draft: GroupDraft, at: datetime) -> WorkingGroup:
    """Write a new working group down with everything of its draft."""
    group = WorkingGroup(name=draft.name, created_at=at)
    session.add(group)
    await session.flush()
    for position, side in enumerate(draft.sides):
        session.add(Side(group_id=group.id, position=position, **vars(side)))
    if draft.organisation is not None:
        place = {name: value for name, value in vars(draft.organisation).items() if name != "institution"}
        session.add(Organisation(group_id=group.id, **place))
    for position, (name, tag) in enumerate(draft.areas):
        session.add(Area(group_id=group.id, position=position, name=name, tag=tag))
    languages = list(dict.fromkeys(side.language for side in draft.sides))
    session.add(Mechanism(group_id=group.id, languages=languages, **vars(draft.mechanism)))
    after = {"sides": len(draft.sides), "areas": len(draft.areas)}
    await journal.append(
        session, Cause(at), subject=Subject.GROUP, subject_id=group.id, group_id=group.id, change="founded", after=after
    )
    return group


async def make_code(
    session: AsyncSession,
    *,
    kind: CodeKind,
    group_id: int,
    at: datetime,
    side_id: int | None = None,
    name: str = "",
    made_by: int | None = None,
) -> str:
    """A new one-time code, shown once: only its hash is kept. It fits a deep link and lives a week."""
    code = secrets.token_urlsafe(16)
    row = BindingCode(
        code_hash=_hash(code),
        kind=kind,
        group_id=group_id,
        side_id=side_id,
        name=name,
        made_by=made_by,
        made_at=at,
        expires_at=at + CODE_LIFETIME,
    )
    session.add(row)
    await session.flush()
    return code


async def use_code(
    session: AsyncSession, code: str, *, kinds: Sequence[CodeKind], at: datetime, by: int
) -> BindingCode | None:
    """Take a code if it is known, unused and still good; None otherwise. A code works once."""
    query = select(BindingCode).where(BindingCode.code_hash == _hash(code), col(BindingCode.kind).in_(kinds))
    row = (await session.exec(query)).first()
    if row is None or row.used_at is not None or row.expires_at <= at:
        return None
    row.used_at, row.used_by = at, by
    session.add(row)
    await session.flush()
    return row


async def used_code(session: AsyncSession, code: str, *, kind: CodeKind, by: int) -> BindingCode | None:
    """The same code where this person has used it already."""
    query = select(BindingCode).where(
        BindingCode.code_hash == _hash(code), BindingCode.kind == kind, BindingCode.used_by == by
    )
    return (await session.exec(query)).first()


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
