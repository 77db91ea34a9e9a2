"""A database file as a whole: looked over, and copied while others write to it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from storage.crashing import point

MOST_FAULTS = 10
BUSY_SECONDS = 10
UNREADABLE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""SQLite's complaint about a damaged schema quotes it, which may be no text."""
COMPANIONS = ("-wal", "-shm")
"""What SQLite keeps beside a database file, by the ends of their names."""


class Unsound(RuntimeError):
    """A file is no sound database; the message says why in a few words."""


class Busy(RuntimeError):
    """Another process holds the file, so that nothing can be said of it at present."""


def faults(file: Path) -> list[str]:
    """What SQLite finds wrong in a database file, ten things at most. Raises FileNotFoundError, Busy."""
    found = damage(file)
    try:
        with _reading(file) as connection:
            for row in connection.execute("PRAGMA foreign_key_check"):
                found.append(f"a row of {row[0]} points to a row of {row[2]} that is not there")
    except UNREADABLE as error:
        return found or [str(error)]
    return found[:MOST_FAULTS]


def damage(file: Path) -> list[str]:
    """The pages that SQLite cannot read or that contradict each other, ten things at most.

    Raises FileNotFoundError, and Busy where another process lets nobody read for ten seconds.
    """
    if not file.is_file():
        raise FileNotFoundError(2, "there is no such file", str(file))
    try:
        with _reading(file) as connection:
            rows = connection.execute(f"PRAGMA quick_check({MOST_FAULTS})")
            return [str(row[0]) for row in rows if row[0] != "ok"]
    except UNREADABLE as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
            raise Busy from error
        return [str(error)]


def has_records(file: Path) -> bool:
    """Whether a sound file was ever set up as a database of this program."""
    with _reading(file) as connection:
        query = "SELECT count(*) FROM sqlite_master WHERE name IN ('alembic_version', 'journal')"
        return bool(connection.execute(query).fetchone()[0] == 2)


def revision(file: Path) -> str | None:
    """The revision at which the schema of a sound file stands; None for an empty one."""
    with _reading(file) as connection:
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError:
            return None
    return None if row is None else str(row[0])


def updates_after(file: Path, inbox_id: int) -> int | None:
    """How many updates a database took in after the row of this id; None when it cannot be read any more."""
    try:
        with _reading(file) as connection:
            return int(connection.execute("SELECT count(*) FROM inbox WHERE id > ?", (inbox_id,)).fetchone()[0])
    except sqlite3.Error:
        return None


def forgotten(file: Path) -> list[int]:
    """The numbers of those who asked to be forgotten; none when the database cannot be read any more."""
    try:
        with _reading(file) as connection:
            rows = connection.execute("SELECT id FROM person WHERE forgotten_at IS NOT NULL").fetchall()
    except sqlite3.Error:
        return []
    return [int(row[0]) for row in rows]


def shorten_log(file: Path) -> None:
    """Write what stands beside a database file into it, so that what was erased is erased there as well.

    Whoever reads or writes just then goes first; it is tried again another time.
    """
    with closing(sqlite3.connect(file, timeout=1)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def copy(source: Path, target: Path) -> None:
    """Copy a database as it is at one moment, also while it is written to; the copy is checked before it has its name.

    The copy is one file that its owner alone reads. Raises FileExistsError when `target` is there, Unsound when the
    copy does not pass.
    """
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    growing = target.with_name(f"{target.name}.growing")
    try:
        growing.unlink(missing_ok=True)
        os.close(os.open(growing, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        point("backup.begun")
        _copy(source, growing)
        point("backup.copied")
        if found := faults(growing):
            raise Unsound(found[0])
        _sync(growing)
        point("backup.checked")
        growing.replace(target)
        point("backup.named")
        _sync(target.parent)
    except BaseException:
        growing.unlink(missing_ok=True)
        target.unlink(missing_ok=True)
        raise


def _copy(source: Path, target: Path) -> None:
    try:
        with _reading(source) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)
            _in_one_file(new)
    except sqlite3.DatabaseError as error:
        raise Unsound(str(error)) from error


def _in_one_file(connection: sqlite3.Connection) -> None:
    # A file in WAL mode may need a second one beside it to be read.
    connection.execute("PRAGMA journal_mode=DELETE")


@contextmanager
def _reading(file: Path) -> Iterator[sqlite3.Connection]:
    address = f"{file.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS)) as connection:
        yield connection


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def set_aside(file: Path, name: str) -> None:
    """Give a database file that nobody has open a second name beside it; it keeps the first until it is replaced.

    Whoever dies between the two leaves the old database in its place, never none. Companions would be taken for those
    of the file that comes in its place: of a sound file they are written into it, of another they go aside.
    """
    if not file.exists():
        return
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(file, timeout=BUSY_SECONDS)) as connection:
        _in_one_file(connection)
    for end in COMPANIONS:
        part = file.with_name(file.name + end)
        if part.exists():
            part.rename(file.with_name(name + end))
    os.link(file, file.with_name(name))
    _sync(file.parent)


def put_in_place(copied: Path, file: Path) -> None:
    """Give a copy that nobody has open the name of the database."""
    with closing(sqlite3.connect(copied)) as connection:
        _in_one_file(connection)
    _sync(copied)
    copied.replace(file)
    _sync(file.parent)


def discard(file: Path) -> None:
    """Take away a database file and what SQLite keeps beside it."""
    for end in (*COMPANIONS, ""):
        file.with_name(file.name + end).unlink(missing_ok=True)
