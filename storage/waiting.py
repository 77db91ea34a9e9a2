"""What a transaction has not written yet: new rows and new values, written together before anybody can look for them.

Many commands are answered in one transaction; a statement for each of their rows would cost more than all the rest of
them. What waits here is written before the next statement that goes to the database, and before the commit.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, event, update
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction, make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

from storage import foreseen
from storage.columns import Row
from storage.for_many import inserting

WAITING, CHANGES = "waiting", "changes"
STATE = "_sa_instance_state"


@dataclass
class Waiting:
    """New rows by their table, and new values by table and column, by the ids of their rows."""

    rows: dict[type[Row], list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    values: dict[tuple[type[Row], str], dict[int, object]] = field(default_factory=lambda: defaultdict(dict))
    added: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)
    """The rows of this transaction: after a rollback those added are nobody's, those changed are to be read again."""
    free_ids: dict[type[Row], Iterator[int]] = field(default_factory=dict)
    """Of each table the ids that are free: on a server those taken beforehand, in a file of ours all that follow."""


def of(session: Session) -> Waiting:
    """What waits in this session."""
    found: Waiting | None = session.info.get(WAITING)
    if found is None:
        found = session.info[WAITING] = Waiting()
    return found


def add(session: Session, rows: Sequence[Row], *, stays: bool = False) -> None:
    """New rows, which have their ids; those that may be changed the session knows as if they stood in their tables."""
    waiting = of(session)
    for row in rows:
        values = vars(row).copy()
        del values[STATE]
        waiting.rows[type(row)].append(values)
    if not stays:
        for row in rows:
            make_transient_to_detached(row)
            session.add(row)
        waiting.added += rows
    foreseen.added(session, rows)
    count_change(session)


def change(session: Session, row: Any, name: str, value: object) -> None:
    """Give a row of a table with ids a new value."""
    set_committed_value(row, name, value)
    waiting = of(session)
    waiting.values[type(row), name][row.id] = value
    waiting.changed.append(row)
    count_change(session)


def count_change(session: Session) -> None:
    """Something was written, or waits to be."""
    session.info[CHANGES] = session.info.get(CHANGES, 0) + 1


def write(session: Session) -> None:
    """Write everything that waits."""
    waiting: Waiting | None = session.info.get(WAITING)
    if waiting is None or not (waiting.rows or waiting.values):
        return
    rows, waiting.rows = waiting.rows, defaultdict(list)
    values, waiting.values = waiting.values, defaultdict(dict)
    connection = session.connection()
    for table, new in rows.items():
        inserting(table, tuple(new[0])).run(connection, new)
    for (kind, name), by_id in values.items():
        query = update(kind).where(kind.id == bindparam("of")).values({name: bindparam("value")})  # type: ignore[attr-defined]  # asked of tables with ids
        connection.execute(query, [{"of": row_id, "value": value} for row_id, value in by_id.items()])


@event.listens_for(Session, "before_flush")
@event.listens_for(Session, "before_commit")
def _before(session: Session, *_: object) -> None:
    write(session)


@event.listens_for(Session, "after_flush")
def _flushed(session: Session, _context: object) -> None:
    """The database numbered new rows itself."""
    for row in session.new:
        of(session).free_ids.pop(type(row), None)


@event.listens_for(Session, "do_orm_execute")
def _before_statement(state: ORMExecuteState) -> None:
    write(state.session)


@event.listens_for(Session, "after_soft_rollback")
def _taken_back(session: Session, transaction: SessionTransaction) -> None:
    """What was added or changed never was; ids are not given twice while the transaction goes on."""
    waiting: Waiting | None = session.info.pop(WAITING, None)
    if waiting is None:
        return
    for row in waiting.added:
        if row in session:
            session.expunge(row)
    for row in waiting.changed:
        if row in session:
            session.expire(row)
    if transaction.nested:
        of(session).free_ids = waiting.free_ids


@event.listens_for(Session, "after_commit")
def _committed(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop(WAITING, None)
