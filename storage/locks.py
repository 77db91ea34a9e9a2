"""What several workers on one database may not do side by side. On SQLite there is one writer anyway."""

import hashlib
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import ARRAY, BigInteger, Select, TableValuedAlias, column, func, literal
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession


def one_writer(session: AsyncSession) -> bool:
    """Whether the database itself lets only one transaction write."""
    return session.get_bind().dialect.name == "sqlite"


async def hold(session: AsyncSession, name: str) -> None:
    """Wait until this transaction alone holds what the name stands for; it lets go with its end."""
    if not one_writer(session):
        await session.exec(select(func.pg_advisory_xact_lock(_number(name))))


async def hold_all(session: AsyncSession, names: Iterable[str]) -> None:
    """The same for many names, in an order that is the same for all who do."""
    numbers = sorted(map(_number, names))
    if numbers and not one_writer(session):
        each = _each(numbers)
        await session.exec(select(func.pg_advisory_xact_lock(each.c.number)).select_from(each))


async def try_hold_all(session: AsyncSession, names: Collection[str]) -> set[str]:
    """Those of these names that this transaction holds now, without waiting for what another worker holds."""
    if not names or one_writer(session):
        return set(names)
    each = _each([_number(name) for name in names])
    query = select(each.c.number, func.pg_try_advisory_xact_lock(each.c.number)).select_from(each)
    held = {number for number, is_held in (await session.exec(query)).all() if is_held}
    return {name for name in names if _number(name) in held}


async def try_hold(session: AsyncSession, name: str) -> bool:
    """The same without waiting; False while another worker holds it."""
    if one_writer(session):
        return True
    return bool((await session.exec(select(func.pg_try_advisory_xact_lock(_number(name))))).one())


def kept(name: str) -> Select[tuple[object]]:
    """What makes a connection hold the name until it is closed, whatever transactions it has."""
    return select(func.pg_advisory_lock(_number(name)))


def _each(numbers: Sequence[int]) -> TableValuedAlias:
    """The numbers as rows, in their order."""
    return func.unnest(literal(numbers, ARRAY(BigInteger))).table_valued(column("number", BigInteger)).render_derived()


def _number(name: str) -> int:
    """PostgreSQL names its advisory locks by 64-bit numbers."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)
