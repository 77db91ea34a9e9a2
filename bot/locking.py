"""One program at a time on one database file: a lock beside it, which dies with whoever holds it."""

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout
from sqlalchemy.engine import URL

from storage.engine import is_sqlite


class OtherInstance(RuntimeError):
    """Another process already runs this bot, or works on its database."""


def take_lock(url: URL) -> FileLock | None:
    """The lock of a database file, held from now on; None for a database that has no file. Raises OtherInstance."""
    if not is_sqlite(url) or not url.database:
        return None
    lock = FileLock(f"{url.database}.lock", mode=0o600)
    try:
        lock.acquire(blocking=False)
    except Timeout as error:
        raise OtherInstance from error
    return lock


@contextmanager
def alone(url: URL) -> Iterator[None]:
    """Nobody else runs a bot on this database meanwhile. Raises OtherInstance."""
    lock = take_lock(url)
    try:
        yield
    finally:
        if lock is not None:
            lock.release()
