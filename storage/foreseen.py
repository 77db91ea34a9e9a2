"""Answers of a transaction that were read at once for many, before each of them is asked for.

What is kept are the rows of a table by a key. Rows that are added come behind the others of their key; whatever else is
done to the table forgets all of it, and then each is asked for again. Only for what nobody else writes meanwhile.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Executable, event
from sqlalchemy.orm import ORMExecuteState, Session
from sqlmodel.ext.asyncio.session import AsyncSession

FORESEEN = "foreseen"


@dataclass(frozen=True)
class Answers:
    """The rows of one table, by their key."""

    key_of: Callable[[Any], object]
    rows: dict[object, list[Any]]

    def add(self, row: Any) -> None:
        """One more, if its key is one of these."""
        if (found := self.rows.get(self.key_of(row))) is not None:
            found.append(row)


def keep(
    session: AsyncSession,
    table: type[Any],
    key_of: Callable[[Any], object],
    keys: Collection[object],
    rows: Iterable[Any],
) -> None:
    """These are all rows of a table with one of these keys, in the order in which they are asked for."""
    answers = Answers(key_of, {key: [] for key in keys})
    for row in rows:
        answers.add(row)
    session.info.setdefault(FORESEEN, {})[table] = answers


def found(session: AsyncSession, table: type[Any], key: object) -> list[Any] | None:
    """The rows of this key; None where they have to be asked for."""
    answers: Answers | None = session.info.get(FORESEEN, {}).get(table)
    if answers is None or _may_differ(session.sync_session, table):
        return None
    rows = answers.rows.get(key)
    return None if rows is None else list(rows)


def _may_differ(session: Session, table: type[Any]) -> bool:
    """Whether something of the table is not written yet."""
    if not session.new and not session.deleted:
        return False
    return any(isinstance(row, table) for row in (*session.new, *session.deleted))


def added(session: Session, rows: Iterable[Any]) -> None:
    """New rows were written, or stand as if they were."""
    known: dict[type[Any], Answers] = session.info.get(FORESEEN, {})
    if known:
        for row in rows:
            if (answers := known.get(type(row))) is not None:
                answers.add(row)


def written(session: Session, statement: Executable) -> None:
    """A statement changed a table past the unit of work."""
    known: dict[type[Any], Answers] = session.info.get(FORESEEN, {})
    if known and not statement.is_select:
        name = getattr(getattr(statement, "table", None), "name", None)
        for table in [table for table in known if name in (None, table.__tablename__)]:
            del known[table]


@event.listens_for(Session, "do_orm_execute")
def _executed(state: ORMExecuteState) -> None:
    written(state.session, state.statement)


@event.listens_for(Session, "after_flush")
def _flushed(session: Session, _context: object) -> None:
    added(session, session.new)
    known: dict[type[Any], Answers] = session.info.get(FORESEEN, {})
    for row in session.deleted if known else ():
        known.pop(type(row), None)


@event.listens_for(Session, "after_soft_rollback")
@event.listens_for(Session, "after_commit")
def _forgotten(session: Session, *_: object) -> None:
    session.info.pop(FORESEEN, None)
