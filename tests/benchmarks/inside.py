"""What one process does by itself with many rows: the nudging tick, a group's status, a coordinator's summary."""

import asyncio
import statistics
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import dispatch
from bot.outgoing import Outgoing
from bot.owing import Origin
from bot.running import spare_the_collector
from bot.ticks import TICKS, Ticking
from handlers.heard import Heard, Sender
from handlers.request import BotSelf
from storage.engine import Database
from storage.kinds import ChatKind
from tests.benchmarks import many
from tests.benchmarks.many import BOT_ID, COORDINATOR, NOW

ME = BotSelf(BOT_ID, "focalpoint_bot")
NUDGES = next(tick for tick in TICKS if tick.name == "nudges")


class StillClock:
    """Always the moment at which the tasks are due."""

    def now(self) -> datetime:
        """That moment."""
        return NOW

    def passed(self) -> float | None:
        """Nothing passes."""
        return None

    async def wait(self, until: datetime | None, wake: asyncio.Event) -> None:
        """Not used here."""
        raise NotImplementedError


@dataclass(frozen=True)
class Planned:
    """One tick: seconds until all stood in the outbox, those of the processor, bundles, and the longest hold."""

    seconds: float
    cpu: float
    bundles: int
    longest: float


def planning(tasks: int) -> Planned:
    """The nudging tick over all that is due."""
    many.file(tasks)
    spare_the_collector()  # as a running bot does
    with tempfile.TemporaryDirectory(dir=many.FOLDER) as folder:
        return asyncio.run(_planning(many.copy(tasks, Path(folder))))


async def _planning(url: str) -> Planned:
    database = _Watched(url)
    begun, cpu = time.perf_counter(), time.process_time()
    await Ticking(database, StillClock(), ME, lambda: None).run(NUDGES)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    async with database.reading() as session:
        bundles = (await session.exec(text("SELECT count(*) FROM bundle"))).one()[0]  # type: ignore[call-overload]
    await database.close()
    return Planned(seconds, cpu, bundles, database.longest)


class _Watched(Database):
    """A database that notes the longest time somebody wrote."""

    longest = 0.0

    def writing(self):  # type: ignore[no-untyped-def]
        return _Held(self, super().writing())


class _Held:
    def __init__(self, database: _Watched, inner) -> None:  # type: ignore[no-untyped-def]
        self._database, self._inner = database, inner

    async def __aenter__(self) -> AsyncSession:
        session: AsyncSession = await self._inner.__aenter__()
        self._begun = time.perf_counter()
        return session

    async def __aexit__(self, *error: object) -> object:
        result = await self._inner.__aexit__(*error)
        self._database.longest = max(self._database.longest, time.perf_counter() - self._begun)
        return result


def status(tasks: int, rounds: int = 15) -> float:
    """Seconds for `/status` in the large group: heard, counted, rendered, put into the outbox."""
    return asyncio.run(_asked(many.file(tasks), _in_the_large_group, rounds))


def summary(tasks: int, rounds: int = 15) -> float:
    """Seconds for a coordinator's `/status` in private, over all groups."""
    return asyncio.run(_asked(many.file(tasks), _by_the_coordinator, rounds))


def _in_the_large_group() -> Heard:
    return _status(-1001, ChatKind.SUPERGROUP, Sender(5001, "Trainer 1", "trainer1", "en", anonymous=False))


def _by_the_coordinator() -> Heard:
    name = f"Trainer {COORDINATOR}"
    return _status(5000 + COORDINATOR, ChatKind.PRIVATE, Sender(5000 + COORDINATOR, name, None, "en", anonymous=False))


def _status(chat_id: int, kind: ChatKind, sender: Sender) -> Heard:
    return Heard(BOT_ID, 1, chat_id, kind, "", sender, NOW, message_id=1, text="/status", command="status")


async def _asked(file: Path, heard, rounds: int) -> float:  # type: ignore[no-untyped-def]
    database = Database(f"sqlite:///{file}")
    taken = [await _once(database, heard()) for _ in range(rounds + 1)]
    await database.close()
    return statistics.median(taken[1:])


async def _once(database: Database, heard: Heard) -> float:
    """One answer, taken back afterwards."""
    async with database.reading() as session:
        begun = time.perf_counter()
        reply, group_id = await dispatch.answer(session, heard, ME, NOW)
        await Outgoing(session, Origin(BOT_ID, "u1", NOW, heard, group_id)).put(reply.effects)
        taken = time.perf_counter() - begun
        await session.rollback()
    return taken
