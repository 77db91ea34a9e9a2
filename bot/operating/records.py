"""Whether the records can be relied on: their schema, their agreement with each other, the room they have left."""

import shutil
from pathlib import Path

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.operating.findings import Finding, fine, look, wrong
from storage import invariants, migrating
from storage.engine import Database
from storage.invariant_statements import STATEMENTS
from storage.migrating import UnknownSchema

MEBIBYTE = 1024 * 1024
LITTLE_ROOM = 1024 * MEBIBYTE
NO_ROOM = 200 * MEBIBYTE
"""Below this a write-ahead log or a backup may no longer fit."""


async def schema(database: Database) -> Finding:
    """Whether the database is this version's."""
    try:
        if await migrating.is_newest(database):
            return fine(f"The schema is this version's: {migrating.newest()}.")
    except UnknownSchema as error:
        return wrong(f"The database was written by a newer version ({error}). Install that version.")
    return look("The schema is older than this version. Write: focalpoint migrate")


async def agreement(session: AsyncSession) -> list[Finding]:
    """Whether the rows contradict each other; one finding for each statement that does not hold."""
    found = await invariants.violations(session)
    broken = [wrong(f"The records contradict each other: {violation}.") for violation in found]
    return broken or [fine(f"The records agree with each other: {len(STATEMENTS)} statements hold.")]


def room(folder: Path) -> Finding:
    """Whether the disk that `folder` is on has room left."""
    free = shutil.disk_usage(folder).free
    text = f"The disk has {free // MEBIBYTE} MiB left."
    if free < NO_ROOM:
        return wrong(text)
    return look(text) if free < LITTLE_ROOM else fine(text)
