"""The records moved from one database to another, from the operator's side: SQLite to PostgreSQL, or back."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy.engine import URL, make_url

from bot.clock import SystemClock
from bot.exits import Refused
from bot.locking import alone
from bot.operating.preparing import NoDatabase, OldSchema
from bot.settings_checks import database_url
from storage import migrating, moving
from storage.crashing import point
from storage.engine import Database, is_sqlite
from storage.moving import Differs, InUse, NotEmpty, Tell


def address(written: str) -> URL:
    """The address of a database as the settings take it. Raises Refused."""
    try:
        return make_url(database_url(SecretStr(written)).get_secret_value())
    except ValueError as error:
        raise Refused(f"The address {error}. Write for example: sqlite:////var/lib/focalpoint.sqlite3") from None


async def move(source: str, target: str, tell: Tell) -> dict[str, int]:
    """Carry everything across; rows by table. Raises Refused, NoDatabase, OldSchema, OtherInstance, UnknownSchema."""
    old, new = address(source), address(target)
    if old == new:
        raise Refused("Both addresses are the same.")
    _look_for(old)
    _make_room(new)
    with alone(old), alone(new):
        async with _opened(old) as here, _opened(new) as there:
            if not await migrating.is_newest(here):
                raise OldSchema
            return await _carried(here, there, tell)


def _look_for(url: URL) -> None:
    if is_sqlite(url) and not Path(url.database or "").exists():
        raise NoDatabase(str(url.database))


def _make_room(url: URL) -> None:
    if is_sqlite(url):
        Path(url.database or "").parent.mkdir(parents=True, exist_ok=True, mode=0o700)


@asynccontextmanager
async def _opened(url: URL) -> AsyncIterator[Database]:
    database = Database(url.render_as_string(hide_password=False))
    try:
        yield database
    finally:
        await database.close()


async def _carried(source: Database, target: Database, tell: Tell) -> dict[str, int]:
    await migrating.upgrade(target)
    point("moving.begun")
    try:
        async with AsyncExitStack() as stack:
            read = await stack.enter_async_context(source.writing())
            await moving.keep_still(read)
            await moving.refuse_if_in_use(read, SystemClock().now())
            write = await stack.enter_async_context(target.writing())
            await moving.refuse_if_filled(write)
            rows = await moving.carry(read, write, tell)
        point("moving.committed")
    except NotEmpty as error:
        raise Refused(f"The target holds records already (table {error}). Nothing was changed.") from None
    except InUse as error:
        raise Refused(f"A bot runs on the source, or did until {error} UTC. Stop it and try again.") from None
    except Differs as error:
        raise Refused(f"Table {error} of the copy differs from its original. Nothing was kept.") from None
    return rows
