"""Searching the records of a group by words, and by number."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, false, literal, or_, union_all
from sqlalchemy import select as any_select
from sqlalchemy.orm import Mapped
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.kinds import Subject
from storage.tables import Activity, Decision, Meeting, ShelfFile, SupportRequest, Task


@dataclass(frozen=True)
class Sought:
    """What is looked for: all of these words, normalised as `search_text` is, or the record of that number.

    A word is one of several spellings, a spelling some pieces that all have to stand in the text; a space at the end
    of a piece stands for the border of a word. `phrase` and `typed` are what a better hit begins with, or holds.
    """

    words: tuple[tuple[tuple[str, ...], ...], ...]
    phrase: str = ""
    typed: tuple[str, ...] = ()
    decision: int | None = None
    task: int | None = None
    support: int | None = None
    file: int | None = None
    activity: int | None = None
    meeting: int | None = None


@dataclass(frozen=True)
class Hit:
    """A record that was found. A task in several parts is found once, by its first part."""

    subject: Subject
    id: int


async def count(session: AsyncSession, group_id: int, sought: Sought) -> int:
    """How many records of a group are found."""
    return (await session.exec(select(func.count()).select_from(_found(group_id, sought)))).one()


async def hits(session: AsyncSession, group_id: int, sought: Sought, *, offset: int, limit: int) -> list[Hit]:
    """The records of a group that are found: the best first, and of equal ones the newest.

    Best is the number sought, then a text that begins as was typed, then one with the very words that were typed.
    """
    columns = (found := _found(group_id, sought)).c
    query = select(columns.subject, columns.id).select_from(found)
    query = query.order_by(columns.rank, columns.at.desc(), columns.subject, columns.id.desc())
    rows = (await session.exec(query.offset(offset).limit(limit))).all()
    return [Hit(Subject(subject), record_id) for subject, record_id in rows]


async def decisions(session: AsyncSession, ids: Collection[int]) -> dict[int, Decision]:
    """The decisions of these ids."""
    rows = (await session.exec(select(Decision).where(col(Decision.id).in_(ids)))).all()
    return {row.id: row for row in rows}


async def tasks(session: AsyncSession, ids: Collection[int]) -> dict[int, Task]:
    """The tasks of these ids."""
    return {row.id: row for row in (await session.exec(select(Task).where(col(Task.id).in_(ids)))).all()}


async def requests(session: AsyncSession, ids: Collection[int]) -> dict[int, SupportRequest]:
    """The requests for support of these ids."""
    query = select(SupportRequest).where(col(SupportRequest.id).in_(ids))
    return {row.id: row for row in (await session.exec(query)).all()}


async def files(session: AsyncSession, ids: Collection[int]) -> dict[int, ShelfFile]:
    """The shared files of these ids."""
    return {row.id: row for row in (await session.exec(select(ShelfFile).where(col(ShelfFile.id).in_(ids)))).all()}


async def activities(session: AsyncSession, ids: Collection[int]) -> dict[int, Activity]:
    """The activities of these ids."""
    return {row.id: row for row in (await session.exec(select(Activity).where(col(Activity.id).in_(ids)))).all()}


async def meetings(session: AsyncSession, ids: Collection[int]) -> dict[int, Meeting]:
    """The meetings of these ids."""
    return {row.id: row for row in (await session.exec(select(Meeting).where(col(Meeting.id).in_(ids)))).all()}


def _found(group_id: int, sought: Sought) -> Subquery:
    in_decisions = _rows(Subject.DECISION, Decision, col(Decision.proposed_at), sought.decision, sought)
    in_tasks = _rows(Subject.TASK, Task, col(Task.created_at), sought.task, sought)
    asked_at = col(SupportRequest.asked_at)
    in_requests = _rows(Subject.SUPPORT, SupportRequest, asked_at, sought.support, sought)
    in_files = _rows(Subject.FILE, ShelfFile, col(ShelfFile.shared_at), sought.file, sought)
    in_plan = _rows(Subject.ACTIVITY, Activity, col(Activity.created_at), sought.activity, sought)
    in_meetings = _rows(Subject.MEETING, Meeting, col(Meeting.created_at), sought.meeting, sought)
    return union_all(
        in_meetings.where(col(Meeting.group_id) == group_id),
        in_plan.where(col(Activity.group_id) == group_id),
        in_files.where(col(ShelfFile.group_id) == group_id, col(ShelfFile.taken_off_at).is_(None)),
        in_decisions.where(col(Decision.group_id) == group_id),
        in_requests.where(col(SupportRequest.group_id) == group_id),
        in_tasks.where(col(Task.group_id) == group_id, col(Task.part) <= 1),
    ).subquery()


def _rows(
    subject: Subject,
    table: type[Activity] | type[Meeting] | type[Decision] | type[Task] | type[SupportRequest] | type[ShelfFile],
    at: Mapped[datetime],
    number: int | None,
    sought: Sought,
) -> Select[Any]:
    """The rows of one table that are found, with their rank: the lower the better."""
    is_named = false() if number is None else col(table.number) == number
    text = literal(" ") + col(table.search_text) + literal(" ")
    begins_so = text.startswith(f" {sought.phrase}", autoescape=True) if sought.phrase else false()
    rank = case((is_named, 0), (begins_so, 1), (_has_all(text, sought.typed), 2), else_=3)
    query: Select[Any] = any_select(
        literal(subject.value).label("subject"), col(table.id).label("id"), rank.label("rank"), at.label("at")
    )
    return query.where(or_(is_named, has_words(text, sought)))


def has_words(text: ColumnElement[str], sought: Sought) -> ColumnElement[bool]:
    """Every word stands in the text in one of its spellings; nothing at all is found by no words."""
    words = [or_(*(_has_all(text, spelling) for spelling in word)) for word in sought.words]
    return and_(*words) if words else false()


def _has_all(text: ColumnElement[str], pieces: Sequence[str]) -> ColumnElement[bool]:
    """Every piece stands in the text, % and _ as themselves."""
    return and_(*(text.contains(piece, autoescape=True) for piece in pieces)) if pieces else false()
