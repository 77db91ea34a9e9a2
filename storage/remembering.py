"""Queries whose answer is remembered: one command asks for the same sides six times, the next command asks them again.

Only for tables that are rarely written. Writing one of them, or a rollback, forgets everything; the commit of whoever
wrote one counts the edition up, so that a session that goes on from one transaction to the next (`begun_anew`) sees at
the beginning of each whether what it remembers still holds, whatever process wrote.
"""

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from functools import update_wrapper
from types import MappingProxyType
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import event, insert, update
from sqlalchemy.orm import ORMExecuteState, Session
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.columns import Written
from storage.tables import (
    Area,
    CalendarYear,
    CountryDay,
    Edition,
    GroupTerm,
    InstitutionDay,
    Leave,
    Mechanism,
    Membership,
    Organisation,
    Person,
    Room,
    Side,
    Travel,
)

TABLES = (
    Area,
    CalendarYear,
    CountryDay,
    GroupTerm,
    InstitutionDay,
    Leave,
    Mechanism,
    Membership,
    Organisation,
    Person,
    Room,
    Side,
    Travel,
)
KEPT = frozenset(TABLES)
for _table in TABLES:
    _table._is_remembered = True
NOTHING: Mapping[str, object] = MappingProxyType({})
NAMES = frozenset(str(table.__tablename__) for table in TABLES)
MEMORY, EDITION, WRITTEN, HELD = "remembered", "edition", "written", "held"
LOOKED, COME = "looked", "come"
"""How much was written when it was last looked whether anything of `TABLES` was; how many rows of them were new."""
FACTS = "facts"
"""The name under which the edition of all `TABLES` is counted."""
MOST = 20_000
"""Answers that are remembered at once; beyond that a session begins with none."""
Asked = ParamSpec("Asked")
Row = TypeVar("Row")
Answer = TypeVar("Answer")


class Outdated(Exception):
    """Somebody else changed what this transaction remembers: it has to be begun again, by a session that asks."""


def remembered(
    query: Callable[Concatenate[AsyncSession, Asked], Coroutine[Any, Any, list[Row]]],
) -> Callable[Concatenate[AsyncSession, Asked], Coroutine[Any, Any, list[Row]]]:
    """The same query, asked once a transaction for the same arguments. It may read `TABLES` alone."""

    name = _name(query)

    async def asked_once(session: AsyncSession, /, *args: Asked.args, **named: Asked.kwargs) -> list[Row]:
        memory, key = await _memory(session), _key(name, args, named)
        if key not in memory:
            memory[key] = await query(session, *args, **named)
        return list(memory[key])

    return update_wrapper(asked_once, query)


def _name(query: Callable[..., object]) -> object:
    return (query.__module__, query.__qualname__)


def _key(name: object, args: tuple[object, ...], named: Mapping[str, object] = NOTHING) -> object:
    return (name, args, tuple(sorted(named.items()))) if named else (name, args)


def is_remembered(session: AsyncSession, query: Callable[..., object], *args: object) -> bool:
    """Whether the answer to a remembered query is known."""
    return _key(_name(query), args) in session.info.get(MEMORY, {})


def learn(session: AsyncSession, query: Callable[..., object], *args: object, answer: list[Any]) -> None:
    """What a remembered query would answer, read together with others."""
    session.info.setdefault(MEMORY, {})[_key(_name(query), args)] = answer


async def once(session: AsyncSession, key: object, ask: Callable[[], Awaitable[Answer]]) -> Answer:
    """What `ask` answers, asked once a transaction for the same key. It may depend on `TABLES` alone."""
    memory = await _memory(session)
    if key not in memory:
        memory[key] = await ask()
    found: Answer = memory[key]
    return found


async def _memory(session: AsyncSession) -> dict[object, Any]:
    """What is remembered, once what waits to be written of `TABLES` is: that forgets it."""
    info = session.info
    looked = (Written.remembered, info.get(COME))
    if info.get(LOOKED) != looked:
        info[LOOKED] = looked
        if any(isinstance(row, TABLES) for row in (*session.new, *session.dirty)):
            await session.flush()
    memory: dict[object, Any] = info.setdefault(MEMORY, {})
    return memory


async def known_from_now_on(session: AsyncSession, key: object, ask: Callable[[], Awaitable[object]]) -> bool:
    """Whether `ask` finds something that, once it is there, stays for ever: asked only until it is there."""
    memory: dict[object, Any] = session.info.setdefault(MEMORY, {})
    if key not in memory and await ask() is not None:
        memory[key] = True
    return key in memory


def forget(session: AsyncSession) -> None:
    """What others wrote meanwhile is to be seen from here on."""
    session.info.pop(MEMORY, None)


async def begun_anew(session: AsyncSession) -> None:
    """A session that goes on begins another transaction: it forgets everything if somebody else wrote meanwhile."""
    current = await _edition(session)
    if session.info.get(EDITION) != current or len(session.info.get(MEMORY, ())) > MOST:
        session.expunge_all()
        forget(session)
    session.info[EDITION] = current


async def still_holds(session: AsyncSession) -> None:
    """Called when this transaction got hold of a group: others wrote about it until then, and nobody does from now on.

    Raises Outdated in a session that goes on and remembers what is not true any more.
    """
    if EDITION not in session.info:
        forget(session)
    elif session.info[EDITION] != await _edition(session):
        raise Outdated


def ended(session: AsyncSession) -> None:
    """A session that goes on has committed: it keeps rows of `TABLES` alone."""
    session.info.pop(HELD, None)  # what nobody else refers to is gone with it
    for row in session.sync_session.identity_map.values():
        if type(row) not in KEPT:
            session.expunge(row)


CURRENT = select(Edition.number).where(Edition.name == FACTS)


async def _edition(session: AsyncSession) -> int:
    return (await session.exec(CURRENT)).first() or 0


@event.listens_for(Session, "pending_to_persistent")
@event.listens_for(Session, "loaded_as_persistent")
@event.listens_for(Session, "detached_to_persistent")
def _hold(session: Session, row: object) -> None:
    """SQLAlchemy forgets at once what nobody refers to; what many commands need is kept until the transaction ends."""
    if EDITION in session.info:
        session.info.setdefault(HELD, []).append(row)


@event.listens_for(Session, "transient_to_pending")
def _came(session: Session, row: object) -> None:
    if type(row) in KEPT:
        session.info[COME] = session.info.get(COME, 0) + 1


@event.listens_for(Session, "after_flush")
def _written(session: Session, _context: object) -> None:
    if any(isinstance(row, TABLES) for row in (*session.new, *session.dirty, *session.deleted)):
        _forgotten(session)


@event.listens_for(Session, "after_soft_rollback")
def _rolled_back(session: Session, _transaction: object) -> None:
    session.info.pop(MEMORY, None)


@event.listens_for(Session, "do_orm_execute")
def _written_in_bulk(state: ORMExecuteState) -> None:
    if not state.is_select and getattr(getattr(state.statement, "table", None), "name", None) in {*NAMES, None}:
        _forgotten(state.session)


def _forgotten(session: Session) -> None:
    session.info.pop(MEMORY, None)
    session.info[WRITTEN] = True


@event.listens_for(Session, "before_commit")
def _count_up(session: Session) -> None:
    """The edition moves in the transaction that wrote, at its very end: nobody waits for the row any longer."""
    if session.in_nested_transaction():
        return
    session.flush()
    if not session.info.pop(WRITTEN, False):
        return
    raised = update(Edition).where(col(Edition.name) == FACTS).values(number=Edition.number + 1)
    found = session.execute(raised.returning(col(Edition.number))).scalar()
    if found is None:
        session.execute(insert(Edition).values(name=FACTS, number=1))
    if EDITION in session.info and found == session.info[EDITION] + 1:
        session.info[EDITION] = found
