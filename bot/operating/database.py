"""The database as a whole, from the operator's side: migrated, backed up, restored."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.clock import SystemClock
from bot.exits import Refused
from bot.intake import HEARD, RESTORED_MARK
from bot.locking import alone
from bot.operating.preparing import NoDatabase, prepare
from bot.settings import Settings
from storage import backup as copies
from storage import health, held, inbox, journal, leases, migrating, privacy
from storage.backup import Unsound
from storage.crashing import point
from storage.engine import Database
from storage.journal import Cause
from storage.kinds import Subject
from storage.tables import Person

NO_FILE = "The records are kept by a database server. Use its own tools."
RESTORED = "restored from a backup"


@dataclass(frozen=True)
class Restored:
    """What a restore did.

    `before` is where the database before lies (None: there was none), `held` how many calls are held back, `since` when
    the backup had heard Telegram last, `lost` how many updates came after that (None: nobody can tell), `forgotten`
    how many people were forgotten anew who had asked for it since.
    """

    file: Path
    before: Path | None
    held: int
    since: datetime | None
    lost: int | None
    forgotten: int


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
    name = f"{file.name}.before-restore-{now:%Y%m%dT%H%M%S.%fZ}"
    copied = file.with_name(f"{file.name}.restoring")
    copies.discard(copied)
    try:
        copies.copy(source, copied)
    except Unsound as error:
        raise Refused(f"{source} cannot be copied: {error}. Nothing was changed.") from None
    point("restore.copied")
    done = asyncio.run(_settled(copied, file, now))
    point("restore.withdrawn")
    before = file.with_name(name) if file.exists() else None
    copies.set_aside(file, name)
    point("restore.set_aside")
    copies.put_in_place(copied, file)
    point("restore.placed")
    return replace(done, before=before)


async def _settled(copied: Path, file: Path, now: datetime) -> Restored:
    """A backup is made what may run from here on; the database before it says what came since, if it still can."""
    database = Database(f"sqlite:///{copied}")
    try:
        await migrating.upgrade(database)
        async with database.writing() as session:
            number = await held.hold_back_all(session, RESTORED)
            heard = await health.marks(session, HEARD)
            lost = copies.updates_after(file, await inbox.last_id(session))
            forgotten = await _forget_again(session, copies.forgotten(file), now)
            await leases.mark(session, RESTORED_MARK, now)
    finally:
        await database.close()
    return Restored(file, None, number, max(heard.values(), default=None), lost, forgotten)


async def _forget_again(session: AsyncSession, ids: Iterable[int], now: datetime) -> int:
    """Who asked to be forgotten after the backup was made is not known again by it."""
    number = 0
    for person_id in ids:
        person = await session.get(Person, person_id)
        if person is not None and person.forgotten_at is None:
            await privacy.forget(session, person, now)
            await journal.append(session, Cause(now), subject=Subject.PERSON, subject_id=person_id, change="forgotten")
            number += 1
    return number


def _check(source: Path) -> None:
    found = copies.faults(source)
    if found:
        raise Refused(f"{source} is not sound: {found[0]}. Nothing was changed.")
    if not copies.has_records(source):
        raise Refused(f"{source} is no backup of this program. Nothing was changed.")


def _file(settings: Settings) -> Path:
    file = settings.database_file
    if file is None:
        raise Refused(NO_FILE)
    return file
