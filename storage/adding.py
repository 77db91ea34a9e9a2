"""New rows that get their ids at once and are written later, together with others."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import event, func, select
from sqlalchemy.orm import Session
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import locks, waiting
from storage.columns import Row
from storage.sessions import run_at_once

EXPECTED = "rows expected"


async def add(session: AsyncSession, rows: Sequence[Row], *, stays: bool = False) -> None:
    """Add new rows of one table that numbers its rows; whoever asks for them finds them from here on.

    `stays`: nobody will ever change them, so the session need not know them.
    What is remembered of `storage.remembering.TABLES` does not notice it.
    """
    if rows:
        numbers = await ids(session, type(rows[0]), len(rows))
        for row, row_id in zip(rows, numbers, strict=True):
            vars(row)["id"] = row_id
        waiting.add(session.sync_session, rows, stays=stays)


def expect(session: AsyncSession, count: int) -> None:
    """So many are about to add rows: where each number has to be asked for, ask for as many at once."""
    session.info[EXPECTED] = count


def others_may_have_added(session: AsyncSession) -> None:
    """Called when this transaction got hold of something: ids given from here on come after all that others took."""
    if not locks.one_writer(session):
        waiting.of(session.sync_session).free_ids.clear()


async def ids(session: AsyncSession, table: Any, count: int) -> Iterable[int]:
    """Ids for so many new rows of a table that numbers its rows."""
    free_ids = waiting.of(session.sync_session).free_ids
    found = list(islice(free_ids.get(table, ()), count))
    if len(found) < count:
        free_ids[table] = await _free(session, table, max(count, session.info.get(EXPECTED, 0)))
        found = list(islice(free_ids[table], count))
    return found


async def _free(session: AsyncSession, table: Any, count: int) -> Iterator[int]:
    if locks.one_writer(session):
        return itertools.count(((await run_at_once(session, select(func.max(table.id)))).scalar() or 0) + 1)
    number = func.nextval(func.pg_get_serial_sequence(table.__tablename__, "id"))
    query = select(number).select_from(func.generate_series(1, count))
    return iter(sorted((await run_at_once(session, query)).scalars()))


@event.listens_for(Session, "after_commit")
@event.listens_for(Session, "after_soft_rollback")
def _expect_nothing(session: Session, *_: object) -> None:
    session.info.pop(EXPECTED, None)
