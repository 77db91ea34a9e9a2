"""The database as a whole, from the operator's side: migrated, backed up, restored."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.clock import SystemClock
from bot.exits import Refused
from bot.locking import alone
from bot.operating.preparing import NoDatabase, database_file, prepare
from bot.settings import Settings
from storage import backup as copies
from storage import migrating, outbox
from storage.backup import Unsound
from storage.crashing import point
from storage.engine import Database

NO_FILE = "The records are kept by a database server. Use its own tools."
RESTORED = "restored from a backup"


@dataclass(frozen=True)
class Restored:
    """Where the database is now, where the one before lies (None: there was none), and how many calls are not made."""

    file: Path
    before: Path | None
    withdrawn: int


async def migrate(settings: Settings) -> tuple[bool, str]:
    """Bring the database to this version's schema: whether that changed it, and the revision it stands at."""
    return await prepare(settings), migrating.newest()


def backup(settings: Settings, target: Path) -> int:
    """Copy the database to a new file while the bot runs; its size in bytes. Raises Refused, NoDatabase."""
    source = _file(settings)
    if not source.exists():
        raise NoDatabase(str(source))
    try:
        copies.copy(source, target)
    except FileExistsError:
        raise Refused(f"{target} is there already and is not overwritten. Choose another name.") from None
    except Unsound as error:
        raise Refused(f"The database cannot be copied: {error}. Write: focalpoint check --offline") from None
    return target.stat().st_size


def restore(settings: Settings, source: Path) -> Restored:
    """Put a checked backup in the database's place and keep the old one beside it. Raises Refused, OtherInstance."""
    file, now = _file(settings), SystemClock().now()
    _check(source)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with alone(make_url(settings.database_url)):
        return _restore(source, file, now)


def _restore(source: Path, file: Path, now: datetime) -> Restored:
    name = f"{file.name}.before-restore-{now:%Y%m%dT%H%M%SZ}"
    copied = file.with_name(f"{file.name}.restoring")
    copies.discard(copied)
    try:
        copies.copy(source, copied)
    except Unsound as error:
        raise Refused(f"{source} cannot be copied: {error}. Nothing was changed.") from None
    point("restore.copied")
    withdrawn = asyncio.run(_withdraw(copied))
    point("restore.withdrawn")
    before = file.with_name(name) if file.exists() else None
    copies.set_aside(file, name)
    point("restore.set_aside")
    copies.put_in_place(copied, file)
    point("restore.placed")
    return Restored(file, before, withdrawn)


async def _withdraw(copied: Path) -> int:
    """What the restored database still had to say may have been said since: nothing of it is sent again."""
    database = Database(f"sqlite:///{copied}")
    try:
        await migrating.upgrade(database)
        async with database.writing() as session:
            return await outbox.withdraw_all(session, RESTORED)
    finally:
        await database.close()


def _check(source: Path) -> None:
    found = copies.faults(source)
    if found:
        raise Refused(f"{source} is not sound: {found[0]}. Nothing was changed.")
    if not copies.has_records(source):
        raise Refused(f"{source} is no backup of this program. Nothing was changed.")


def _file(settings: Settings) -> Path:
    file = database_file(settings)
    if file is None:
        raise Refused(NO_FILE)
    return file
