"""A worker that is stopped in the midst of a statement, played by a connection."""

import struct

from sqlmodel.ext.asyncio.session import AsyncSession


async def stop_in_the_midst(session: AsyncSession) -> None:
    """Send what the driver sends first of a new statement, and nothing more: a parse, and a flush instead of a sync."""
    raw = await (await session.connection()).get_raw_connection()
    named = b"stopped\0SELECT 1\0" + struct.pack("!h", 0)
    parse = b"P" + struct.pack("!i", 4 + len(named)) + named
    raw.driver_connection._transport.write(parse + b"H" + struct.pack("!i", 4))  # type: ignore[union-attr]  # asyncpg's


async def is_closed(session: AsyncSession) -> bool:
    """Whether the server ended its connection."""
    raw = await (await session.connection()).get_raw_connection()
    return bool(raw.driver_connection.is_closed())  # type: ignore[union-attr]  # asyncpg's
