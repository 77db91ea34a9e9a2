"""A fresh migrated database for every test that asks for one."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from storage import migrating
from storage.engine import Database

VIENTIANE = ZoneInfo("Asia/Vientiane")
KUNMING = ZoneInfo("Asia/Shanghai")


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """A migrated SQLite file of this test alone."""
    opened = Database(f"sqlite:///{tmp_path / 'focalpoint.db'}")
    await migrating.upgrade(opened)
    yield opened
    await opened.close()


@pytest.fixture
def now() -> datetime:
    """Wednesday 1 April 2026, 09:00 in Vientiane and 10:00 in Kunming."""
    return datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
