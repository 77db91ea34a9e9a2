"""Waiting for something to become true without asking again and again."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


class Bell:
    """Rung at every change; those who wait look once more and wait on."""

    def __init__(self) -> None:
        self._waiting: list[asyncio.Future[None]] = []

    def ring(self) -> None:
        """Wake everybody who waits."""
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def until(self, look: Callable[[], Found | None], seconds: float | None) -> Found:
        """The first truthy thing that `look` sees; TimeoutError after the seconds, None waits for ever."""
        async with asyncio.timeout(seconds):
            while not (found := look()):
                future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
                self._waiting.append(future)
                await future
        return found
