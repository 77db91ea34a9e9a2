"""Files that are made from rows at the moment they leave, so that nothing but their arguments has to be kept."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession


@dataclass(frozen=True)
class MadeFile:
    """A file as it is sent; the ending of `name` tells its kind."""

    name: str
    content: bytes


Make = Callable[[], MadeFile]
"""Makes the bytes of what was read. It runs in a thread of its own, so it touches no session."""


@dataclass(frozen=True)
class WithFile:
    """Makes the bytes with those of a file that Telegram keeps; with None where it does not give it out."""

    file_id: str
    make: Callable[[bytes | None], MadeFile]


Gather = Callable[[AsyncSession, Mapping[str, Any], datetime], Awaitable[Make | WithFile]]
"""Reads the rows a file is made of, given its arguments and the time."""


@dataclass(frozen=True)
class Maker:
    """How one kind of file is made. While a slow one is made, the reader sees that a file is being sent."""

    gather: Gather
    slow: bool = False
