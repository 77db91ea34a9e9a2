"""Where the program reads the time and waits: by the real clock, or by one that a story moves."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Protocol

LONGEST_SLEEP = timedelta(seconds=30)
_STEADY: int = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


class Clock(Protocol):
    """What the running program needs of a clock."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...

    def passed(self) -> float | None:
        """Seconds that passed since some moment, whatever the wall clock says; None for a clock that is moved."""
        ...

    async def wait(self, until: datetime | None, wake: asyncio.Event) -> None:
        """Return when `until` has come by this clock, or when `wake` is set; None waits for `wake` alone.

        `wake` stays set: whoever waits clears it.
        """
        ...


def _wall() -> datetime:
    return datetime.now(UTC)


class SystemClock:
    """The computer's clock. It sleeps by monotonic time and looks at the wall clock again after `longest_sleep`."""

    def __init__(self, wall: Callable[[], datetime] = _wall, longest_sleep: timedelta = LONGEST_SLEEP) -> None:
        self._wall = wall
        self._longest_sleep = longest_sleep

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return self._wall()

    def passed(self) -> float | None:
        """See `Clock.passed`; time asleep counts where the system counts it."""
        return time.clock_gettime(_STEADY)

    async def wait(self, until: datetime | None, wake: asyncio.Event) -> None:
        """See `Clock.wait`. A wall clock that jumps is noticed after `longest_sleep` at most."""
        while not wake.is_set() and (until is None or self._wall() < until):
            left = self._longest_sleep if until is None else min(until - self._wall(), self._longest_sleep)
            with suppress(TimeoutError):
                await asyncio.wait_for(wake.wait(), left.total_seconds())


class StoryClock:
    """A clock that stands still until somebody moves it; moving it wakes those whose moment has come.

    Raises ValueError for a moment without a time zone.
    """

    def __init__(self, start: datetime) -> None:
        self._now = _in_utc(start)
        self._waiting: dict[asyncio.Event, datetime] = {}

    def now(self) -> datetime:
        """The moment the story has reached, aware, in UTC."""
        return self._now

    def passed(self) -> float | None:
        """See `Clock.passed`: a story's clock is always right."""
        return None

    def next_moment(self) -> datetime | None:
        """The earliest moment somebody waits for, so that a story can go from one to the next."""
        return min(self._waiting.values(), default=None)

    def move_to(self, moment: datetime) -> None:
        """Set the time, forwards or backwards."""
        self._now = _in_utc(moment)
        for come, until in self._waiting.items():
            if until <= self._now:
                come.set()

    def move_by(self, delta: timedelta) -> None:
        """Set the time `delta` later."""
        self.move_to(self._now + delta)

    async def wait(self, until: datetime | None, wake: asyncio.Event) -> None:
        """See `Clock.wait`."""
        if wake.is_set() or (until is not None and until <= self._now):
            return
        if until is None:
            await wake.wait()
            return
        come = asyncio.Event()
        self._waiting[come] = _in_utc(until)
        try:
            await _either(come, wake)
        finally:
            del self._waiting[come]


async def _either(one: asyncio.Event, other: asyncio.Event) -> None:
    tasks = [asyncio.create_task(event.wait()) for event in (one, other)]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        # Cancelled tasks are awaited, or the loop complains about them when it closes.
        await asyncio.gather(*tasks, return_exceptions=True)


def _in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("A moment needs a time zone.")
    return moment.astimezone(UTC)
