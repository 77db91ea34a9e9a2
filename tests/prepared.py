"""A migrated database for a test: copied from one that was migrated once, which takes longer than most tests."""

import atexit
import shutil
import tempfile
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import create_async_engine

from storage import migrating
from storage.engine import Database, async_url, is_sqlite, make_private

TEMPLATE = "prepared"
_folder = Path(tempfile.mkdtemp(prefix="focalpoint-tests-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
_made: set[URL] = set()


async def migrated(url: str) -> None:
    """Gives the empty database of this address all tables, as `migrating.upgrade` does."""
    parsed = make_url(url)
    if parsed in _made:  # another fixture of the same test
        return
    _made.add(parsed)
    await (_copy(Path(str(parsed.database))) if is_sqlite(parsed) else _create(parsed))


async def _copy(file: Path) -> None:
    template = _folder / "prepared.db"
    if not template.exists():
        await upgrade(f"sqlite:///{template}")
    make_private(file)
    shutil.copyfile(template, file)


async def _create(url: URL) -> None:
    template = url.set(database=TEMPLATE)
    if template not in _made:
        _made.add(template)
        await _execute(url, f"CREATE DATABASE {TEMPLATE}")
        await upgrade(template.render_as_string(hide_password=False))
    await _execute(url, f"DROP DATABASE {url.database}", f"CREATE DATABASE {url.database} TEMPLATE {TEMPLATE}")


async def _execute(url: URL, *statements: str) -> None:
    engine = create_async_engine(async_url(url.set(database="postgres")), isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        for statement in statements:
            await connection.exec_driver_sql(statement)
    await engine.dispose()


async def upgrade(url: str) -> None:
    """Migrates it indeed, write by write."""
    database = Database(url)
    await migrating.upgrade(database)
    await database.close()
