"""Queries whose answer is remembered for as long as a transaction lasts: one command asks for the same sides six times.

Only for tables that are rarely written; writing one of them, or a rollback, forgets everything.
"""

from collections.abc import Awaitable, Callable, Coroutine
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Area, CalendarYear, CountryDay, InstitutionDay, Organisation, Side

TABLES = (Area, CalendarYear, CountryDay, InstitutionDay, Organisation, Side)
MEMORY = "remembered"
Asked = ParamSpec("Asked")
Row = TypeVar("Row")


def remembered(
    query: Callable[Concatenate[AsyncSession, Asked], Coroutine[Any, Any, list[Row]]],
) -> Callable[Concatenate[AsyncSession, Asked], Coroutine[Any, Any, list[Row]]]:
    """The same query, asked once a transaction for the same arguments. It may read `TABLES` alone."""

    async def asked_once(session: AsyncSession, /, *args: Asked.args, **named: Asked.kwargs) -> list[Row]:
        key = (query.__module__, query.__qualname__, args, tuple(sorted(named.items())))
        return list(await once(session, key, lambda: query(session, *args, **named)))

    return update_wrapper(asked_once, query)


async def once(session: AsyncSession, key: object, ask: Callable[[], Awaitable[Row]]) -> Row:
    """What `ask` answers, asked once a transaction for the same key. It may depend on `TABLES` alone."""
    if any(isinstance(row, TABLES) for row in (*session.new, *session.dirty)):
        await session.flush()
    memory: dict[object, Any] = session.info.setdefault(MEMORY, {})
    if key not in memory:
        memory[key] = await ask()
    found: Row = memory[key]
    return found


def forget(session: AsyncSession) -> None:
    """What others wrote meanwhile is to be seen from here on."""
    session.info.pop(MEMORY, None)


@event.listens_for(Session, "after_flush")
def _written(session: Session, _context: object) -> None:
    changed = (*session.new, *session.dirty, *session.deleted)
    if MEMORY in session.info and any(isinstance(row, TABLES) for row in changed):
        del session.info[MEMORY]


@event.listens_for(Session, "after_soft_rollback")
def _rolled_back(session: Session, _transaction: object) -> None:
    session.info.pop(MEMORY, None)


@event.listens_for(Session, "do_orm_execute")
def _written_in_bulk(state: ORMExecuteState) -> None:
    if not state.is_select:
        state.session.info.pop(MEMORY, None)
