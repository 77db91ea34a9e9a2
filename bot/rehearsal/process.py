"""The story's hold on the bot's process: start it, give it orders, kill it."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

PATIENCE_SECONDS = 30.0


class BotEnded(RuntimeError):
    """The bot's process ended although nobody killed it; the words are the end of its log."""


@dataclass(frozen=True)
class Rest:
    """How the bot rests: the moment its limits let it go on, and the next moment at which it may owe a nudge."""

    waits: datetime | None
    looks: datetime | None


class BotProcess:
    """One bot over many lives: each a real process, with its log in `folder`."""

    def __init__(self, config: Path, folder: Path) -> None:
        self._config = config
        self.log = folder / "bot.log"
        self._process: Process | None = None
        self.kills = 0

    async def start(self, at: datetime) -> None:
        """Begin a life whose clock shows `at`; returns when the bot listens."""
        command = (sys.executable, "-m", "bot.rehearsal.child", str(self._config), at.isoformat())
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, stderr=log)
        await self._answer()

    async def settle(self, at: datetime) -> Rest:
        """Move the bot's clock and let it do everything that is due."""
        self._order({"do": "settle", "at": at.isoformat()})
        answer = await self._answer()
        return Rest(_moment(answer["waits"]), _moment(answer["looks"]))

    async def kill(self) -> None:
        """SIGKILL: nothing is finished, nothing is tidied up."""
        process = self._alive()
        process.kill()
        await process.wait()
        self._process, self.kills = None, self.kills + 1

    async def stop(self) -> int:
        """End the last life in good order; its exit code. A bot that is dead already counts as ended well."""
        if self._process is None:
            return 0
        process, self._process = self._process, None
        if process.returncode is None and process.stdin is not None:
            process.stdin.close()
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await process.wait()

    def _alive(self) -> Process:
        if self._process is None:
            raise BotEnded("The bot is not running.")
        return self._process

    def _order(self, order: dict[str, Any]) -> None:
        stdin = self._alive().stdin
        assert stdin is not None, "started with a pipe"
        stdin.write(json.dumps(order).encode() + b"\n")

    async def _answer(self) -> dict[str, Any]:
        stdout = self._alive().stdout
        assert stdout is not None, "started with a pipe"
        try:
            line = await asyncio.wait_for(stdout.readline(), PATIENCE_SECONDS)
        except TimeoutError:
            raise BotEnded(f"The bot gave no answer. {self.last_words()}") from None
        if not line:
            raise BotEnded(f"The bot ended. {self.last_words()}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def last_words(self, lines: int = 12) -> str:
        """The end of the log."""
        return "\n".join(self.log.read_text(encoding="utf-8").splitlines()[-lines:])

    def errors(self) -> list[str]:
        """The lines of the log that tell of a fault, and those that are no log lines at all."""
        return [line for line in self.log.read_text(encoding="utf-8").splitlines() if _is_fault(line)]


def _is_fault(line: str) -> bool:
    try:
        return json.loads(line)["level"] in ("ERROR", "CRITICAL")
    except (ValueError, KeyError, TypeError):
        return bool(line.strip())


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
