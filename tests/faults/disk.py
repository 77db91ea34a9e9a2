"""A disk under SQLite that writes down every write and sync, and refuses them when it is told to.

It is SQLite's own way to its files (a VFS) with five of its functions taken in between, in whatever database is opened
while `recording()` lasts. From what it wrote down, `Cut` builds what a power cut would have left: all that was synced,
and of the rest, by chance, each write whole, torn or not at all.
"""

import _sqlite3
import ctypes
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, Structure, byref, c_char_p, c_int, c_int64, c_void_p
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

LIBRARY = ctypes.CDLL(_sqlite3.__file__)
"""Through the module that Python uses, so that it is the same library."""
FULL, READ_ONLY, WRITE_FAILS, SYNC_FAILS = 13, 8, 778, 1034
"""What SQLite calls these faults."""
SECTOR = 512
DELETE = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
CLOSE = CFUNCTYPE(c_int, c_void_p)
WRITE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
SYNC = CFUNCTYPE(c_int, c_void_p, c_int)


class Vfs(Structure):
    """`sqlite3_vfs`."""

    _fields_ = (
        ("version", c_int),
        ("file_size", c_int),
        ("longest_path", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", OPEN),
        ("delete", DELETE),
        ("rest", c_void_p * 15),
    )


class Methods(Structure):
    """`sqlite3_io_methods`."""

    _fields_ = (
        ("version", c_int),
        ("close", CLOSE),
        ("read", c_void_p),
        ("write", WRITE),
        ("truncate", TRUNCATE),
        ("sync", SYNC),
        ("rest", c_void_p * 13),
    )


@dataclass(frozen=True)
class Write:
    """Bytes at a place of a file."""

    at: int
    data: bytes


@dataclass(frozen=True)
class Truncate:
    """A file cut short."""

    size: int


class Sync:
    """Everything before it is on the disk."""


class Delete:
    """The file is gone. SQLite does it once, when it goes over to a write-ahead log, so it counts as synced."""


Step = Write | Truncate | Sync | Delete


@dataclass
class Disk:
    """What was done to which file, in order; and what is refused at present."""

    steps: list[tuple[str, Step]] = field(default_factory=list)
    fault: int | None = None
    after: int = 0
    """Writes that still go well once a fault is set."""
    refused: int = 0
    struck: bool = False
    """Whether the fault that was set last has refused anything."""

    def fails(self, fault: int, *, after: int) -> None:
        """From now on every write or sync is refused, but for the first ones."""
        self.fault, self.after, self.struck = fault, after, False

    def refuses(self, *, sync: bool) -> int:
        """The code with which a write or a sync fails now; 0 when it may go on."""
        if self.fault is None or (sync is not (self.fault == SYNC_FAILS)):
            return 0
        if self.after:
            self.after -= 1
            return 0
        self.refused, self.struck = self.refused + 1, True
        return self.fault

    def recovers(self) -> None:
        """There is room again."""
        self.fault = None


_ALIVE: list[object] = []
"""C keeps no reference: what it may still call must not be collected."""


@contextmanager
def recording() -> Iterator[Disk]:
    """The disk under every database that is opened meanwhile."""
    LIBRARY.sqlite3_vfs_find.restype = POINTER(Vfs)
    usual = LIBRARY.sqlite3_vfs_find(None)
    disk = Disk()
    ours = Vfs.from_buffer_copy(usual.contents)
    between = _Between(disk, Vfs.from_buffer_copy(usual.contents))
    ours.name, ours.open, ours.delete = b"recording", OPEN(between.open), DELETE(between.delete)
    _ALIVE.append((ours, usual))
    assert LIBRARY.sqlite3_vfs_register(byref(ours), 1) == 0
    try:
        yield disk
    finally:
        LIBRARY.sqlite3_vfs_unregister(byref(ours))


@dataclass
class _File:
    """An open file: its name, and SQLite's own way to it."""

    name: str
    real: Methods


class _Between:
    """Stands between SQLite and its files."""

    def __init__(self, disk: Disk, usual: Vfs) -> None:
        self.disk, self.usual = disk, usual
        self.files: dict[int, _File] = {}
        self.methods: dict[int, tuple[Methods, Methods]] = {}
        """SQLite's own and ours, by the place of its own: a journal has others than a database."""

    def open(self, vfs, name, file, flags, out) -> int:
        code = self.usual.open(vfs, name, file, flags, out)
        if code == 0 and name is not None:  # handed on as the place it is at: SQLite keeps it as long as the file
            self.files[file] = _File(Path(ctypes.string_at(name).decode()).name, self._taken_in_between(file))
        return code

    def _taken_in_between(self, file: int) -> Methods:
        place = ctypes.cast(file, POINTER(c_void_p))
        if place[0] not in self.methods:
            real = Methods.from_address(place[0])
            ours = Methods.from_buffer_copy(real)
            ours.close, ours.write = CLOSE(self.close), WRITE(self.write)
            ours.truncate, ours.sync = TRUNCATE(self.truncate), SYNC(self.sync)
            self.methods[place[0]] = real, ours
            _ALIVE.append((self, ours))
        real, ours = self.methods[place[0]]
        place[0] = ctypes.addressof(ours)
        return real

    def delete(self, vfs, name, synced) -> int:
        code = self.usual.delete(vfs, name, synced)
        if code == 0:
            self.disk.steps.append((Path(name.decode()).name, Delete()))
        return code

    def close(self, file) -> int:
        return self.files.pop(file).real.close(file)

    def write(self, file, data, size, at) -> int:
        opened = self.files[file]
        code = self.disk.refuses(sync=False) or opened.real.write(file, data, size, at)
        if code == 0:
            self.disk.steps.append((opened.name, Write(at, ctypes.string_at(data, size))))
        return code

    def truncate(self, file, size) -> int:
        opened = self.files[file]
        code = opened.real.truncate(file, size)
        if code == 0:
            self.disk.steps.append((opened.name, Truncate(size)))
        return code

    def sync(self, file, flags) -> int:
        opened = self.files[file]
        code = self.disk.refuses(sync=True) or opened.real.sync(file, flags)
        if code == 0:
            self.disk.steps.append((opened.name, Sync()))
        return code


@dataclass
class Cut:
    """Power cuts at one step after another of what a disk wrote down."""

    disk: Disk
    chance: Random
    done: int = 0
    synced: dict[str, bytearray] = field(default_factory=lambda: defaultdict(bytearray))
    unsynced: dict[str, list[Step]] = field(default_factory=lambda: defaultdict(list))

    def at(self, step: int) -> Mapping[str, bytes]:
        """The files as a power cut after so many steps leaves them; steps only grow."""
        for name, each in self.disk.steps[self.done : step]:
            if isinstance(each, Delete):
                self.synced.pop(name, None)
                self.unsynced.pop(name, None)
            elif isinstance(each, Sync):
                for earlier in self.unsynced.pop(name, []):
                    _apply(self.synced[name], earlier)
            else:
                self.unsynced[name].append(each)
        self.done = max(self.done, step)
        return {name: self._left(name) for name in {*self.synced, *self.unsynced}}

    def _left(self, name: str) -> bytes:
        left = bytearray(self.synced[name])
        for step in self.unsynced[name]:
            fate = self.chance.random()
            if fate < 1 / 3:
                _apply(left, step)
            elif fate < 2 / 3 and isinstance(step, Write):
                _apply(left, Write(step.at, step.data[: self.chance.randrange(0, len(step.data), SECTOR)]))
        return bytes(left)


def _apply(content: bytearray, step: Step) -> None:
    if isinstance(step, Truncate):
        del content[step.size :]
    elif isinstance(step, Write):
        content.extend(bytes(max(0, step.at - len(content))))
        content[step.at : step.at + len(step.data)] = step.data
