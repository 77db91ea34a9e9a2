"""Copies of the database file, made every hour while the bot runs, each one looked over, the old ones taken away."""

import asyncio
import logging
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.backup_keeping import is_due, to_drop
from bot.clock import Clock
from storage import backup, invariants, leases, migrating
from storage.backup import Unsound
from storage.engine import Database

log = logging.getLogger(__name__)
MADE_MARK, FAILED_MARK = "backup_made", "backup_failed"
_NAME, _STAMP = re.compile(r"focalpoint-(\d{8}T\d{6}Z)\.sqlite3"), "%Y%m%dT%H%M%SZ"
ROOM = 200 * 1024 * 1024
"""What a backup leaves free on its disk, for whatever else has to be written there."""


@dataclass(frozen=True)
class Kept:
    """A copy that is there."""

    file: Path
    at: datetime
    size: int


class Backups:
    """Makes the copy that is due, in a thread: nobody waits for it. `may` says whether the clock can be believed."""

    def __init__(self, database: Database, clock: Clock, folder: Path, may: Callable[[], bool]) -> None:
        self._database = database
        self._clock = clock
        self._folder = folder
        self._may = may

    async def look(self) -> None:
        """Once: when the last copy is an hour old, make the next one."""
        now = self._clock.now()
        if not self._may() or not is_due([each.at for each in listed(self._folder)], now):
            return
        mark = MADE_MARK
        try:
            await asyncio.to_thread(make, Path(self._database.url.database or ""), self._folder, now)
        except (Unsound, OSError) as error:
            log.error("the backup failed: %s", error)
            mark = FAILED_MARK
        async with self._database.writing() as session:
            await leases.mark(session, mark, now)


def listed(folder: Path) -> list[Kept]:
    """The copies in a folder, oldest first; whatever else lies there is nobody's business. One not whole is none."""
    found = [(file, _NAME.fullmatch(file.name)) for file in (folder.iterdir() if folder.is_dir() else ())]
    kept = [
        Kept(file, datetime.strptime(name[1], _STAMP).replace(tzinfo=UTC), file.stat().st_size)
        for file, name in found
        if name and file.stat().st_size
    ]
    return sorted(kept, key=lambda each: each.at)


def make(source: Path, folder: Path, now: datetime) -> Path:
    """Copy, look the copy over, then drop what is no longer needed. Raises Unsound, OSError.

    While the newest copy is not sound no older one goes.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if shutil.disk_usage(folder).free < source.stat().st_size + ROOM:
        raise Unsound(f"there is no room for it in {folder}")
    _sweep(folder)
    target = folder / f"focalpoint-{now:{_STAMP}}.sqlite3"
    backup.copy(source, target)
    if found := faults(target):
        raise Unsound(f"{target.name} is a true copy, but {found[0]}")
    by_moment = {each.at: each.file for each in listed(folder)}
    for at in to_drop(by_moment, now):
        backup.discard(by_moment[at])
    return target


def _sweep(folder: Path) -> None:
    """Take away what a process left that was killed while it copied."""
    for file in folder.glob("focalpoint-*.sqlite3*"):
        if file.suffix == ".growing" or not file.stat().st_size:
            file.unlink()


def faults(file: Path) -> list[str]:
    """What keeps a copy from taking the place of the database: the file, its schema, or its records."""
    if found := backup.faults(file):
        return found
    if (revision := backup.revision(file)) != migrating.newest():
        return [f"its schema is {revision}"]
    return [str(violation) for violation in invariants.in_file(file)]
