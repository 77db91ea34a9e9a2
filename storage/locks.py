"""What several workers on one database may not do side by side. On SQLite there is one writer anyway."""

import hashlib

from sqlalchemy import Select, func
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession


def one_writer(session: AsyncSession) -> bool:
    """Whether the database itself lets only one transaction write."""
    return session.get_bind().dialect.name == "sqlite"


async def hold(session: AsyncSession, name: str) -> None:
    """Wait until this transaction alone holds what the name stands for; it lets go with its end."""
    if not one_writer(session):
        await session.exec(select(func.pg_advisory_xact_lock(_number(name))))


async def try_hold(session: AsyncSession, name: str) -> bool:
    """The same without waiting; False while another worker holds it."""
    if one_writer(session):
        return True
    return bool((await session.exec(select(func.pg_try_advisory_xact_lock(_number(name))))).one())


def kept(name: str) -> Select[tuple[object]]:
    """What makes a connection hold the name until it is closed, whatever transactions it has."""
    return select(func.pg_advisory_lock(_number(name)))


def _number(name: str) -> int:
    """PostgreSQL names its advisory locks by 64-bit numbers."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)
