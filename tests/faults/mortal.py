"""A story's hold on a bot that dies: forked in a cradle for each life, given orders over a line of its own."""

import asyncio
import json
import signal
from asyncio import StreamReader, StreamWriter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.rehearsal.process import BotEnded, BotProcess
from tests.faults.lives import Life, Nursery

PATIENCE = 70


@dataclass
class Line:
    """A life of the bot and the line that it is given orders by: what a process is to whoever starts one."""

    life: Life
    stdout: StreamReader
    stdin: StreamWriter
    returncode: int | None = None

    async def wait(self) -> int:
        """How it ended: its exit code, or the signal with a minus before it."""
        if self.returncode is None:
            self.returncode = await self.life.wait()
            self.stdin.close()
        return self.returncode


class Mortal(BotProcess):
    """The bot's process, which kills itself at the n-th hit of a named point."""

    def __init__(self, config: Path, folder: Path, cradle: Nursery) -> None:
        super().__init__(config, folder)
        self._cradle = cradle

    async def begin(self, at: datetime, crash: str, plant: str = "") -> None:
        """Begin a life; returns when the bot listens. Raises BotEnded when it died before."""
        told = {"at": at.isoformat(), "crash": crash, "plant": plant}
        self._process = await self._forked(told | {"config": str(self._config), "log": str(self.log)})
        await self._answer()

    async def _forked(self, told: dict[str, str]) -> Line:
        come: asyncio.Queue[tuple[StreamReader, StreamWriter]] = asyncio.Queue()
        async with await asyncio.start_server(lambda *line: come.put_nowait(line), "127.0.0.1", 0) as door:
            port = door.sockets[0].getsockname()[1]
            life = await self._cradle.begin(json.dumps(told | {"port": port}))
            return Line(life, *await asyncio.wait_for(come.get(), PATIENCE))

    async def leave(self) -> None:
        """End in order; raises BotEnded when it dies meanwhile."""
        process = self._alive()
        process.stdin.close()
        async with asyncio.timeout(PATIENCE):
            if await process.wait():
                raise BotEnded("It died while it stopped.")
        self._process = None

    async def died(self) -> bool:
        """Whether this life, which ended, ended by SIGKILL."""
        process, self._process = self._alive(), None
        return await process.wait() == -signal.SIGKILL
