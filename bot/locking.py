"""One program at a time on one database file: a lock beside it, which dies with whoever holds it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

if TYPE_CHECKING:  # the first question is asked before SQLAlchemy is loaded
    from sqlalchemy.engine import URL


class OtherInstance(RuntimeError):
    """Another process already runs this bot, or works on its database."""


def take_lock(url: "URL") -> FileLock | None:
    """The lock of a database file, held from now on; None for a database that has no file. Raises OtherInstance."""
    return _held(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def is_free(file: Path) -> bool:
    """Whether nobody runs a bot on this database file at this moment."""
    try:
        _held(str(file)).release()
    except OtherInstance:
        return False
    return True


@contextmanager
def alone(url: "URL") -> Iterator[None]:
    """Nobody else runs a bot on this database meanwhile. Raises OtherInstance."""
    lock = take_lock(url)
    try:
        yield
    finally:
        if lock is not None:
            lock.release()


def _held(file: str) -> FileLock:
    lock = FileLock(f"{file}.lock", mode=0o600)
    try:
        lock.acquire(blocking=False)
    except Timeout as error:
        raise OtherInstance from error
    return lock
