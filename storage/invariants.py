"""What is true of the rows after every transaction: asked statement by statement.

The tests ask at the end of every fault run, `focalpoint check` asks, and the running program asks now and then.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import NullPool, Select, create_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.invariant_statements import STATEMENTS

SHOWN = 5
"""How many rows are named for each statement that does not hold."""


@dataclass(frozen=True)
class Violation:
    """A statement that does not hold, and the ids of the first rows for which it does not."""

    name: str
    ids: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.name} (not so for {', '.join(map(str, self.ids))})"


async def violations(session: AsyncSession) -> list[Violation]:
    """Every statement that does not hold at this moment; none is what has to be."""
    return [found for name in STATEMENTS if (found := await violation(session, name)) is not None]


async def violation(session: AsyncSession, name: str) -> Violation | None:
    """Where one statement does not hold, if anywhere."""
    ids = await (await session.stream_scalars(_first(name))).all()
    return Violation(name, tuple(ids)) if ids else None


def in_file(file: Path) -> list[Violation]:
    """The same of an SQLite file, from a thread beside whoever writes: one short transaction a statement."""
    engine = create_engine(f"sqlite:///file:{quote(str(file.absolute()))}?mode=ro&uri=true", poolclass=NullPool)
    found = []
    for name in STATEMENTS:
        with engine.connect() as connection:
            if ids := connection.scalars(_first(name)).all():
                found.append(Violation(name, tuple(ids)))
    return found


def _first(name: str) -> Select[Any]:
    return STATEMENTS[name].order_by("id").limit(SHOWN)
