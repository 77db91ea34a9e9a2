"""The real clock with a wall that jumps, and the clock that only a story moves."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.clock import Clock, StoryClock, SystemClock

START = datetime(2026, 4, 14, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Wall:
    """A wall clock that says the next of its readings, and the last one for ever."""

    def __init__(self, *readings: datetime) -> None:
        self.readings = list(readings)

    def __call__(self) -> datetime:
        return self.readings.pop(0) if len(self.readings) > 1 else self.readings[0]


async def settled(task: asyncio.Task[None]) -> bool:
    """Whether the task has ended once everything that can run has run."""
    for _ in range(10):
        await asyncio.sleep(0)
    return task.done()


def test_both_are_clocks() -> None:
    clocks: list[Clock] = [SystemClock(), StoryClock(START)]
    assert all(clock.now().tzinfo is UTC for clock in clocks)


def test_the_system_clock_tells_the_present() -> None:
    before, now, after = datetime.now(UTC), SystemClock().now(), datetime.now(UTC)
    assert before <= now <= after


async def test_a_real_wait_lasts_until_its_moment_and_not_less() -> None:
    clock = SystemClock()
    until = clock.now() + timedelta(milliseconds=20)
    await clock.wait(until, asyncio.Event())
    assert clock.now() >= until


async def test_a_moment_gone_by_is_not_waited_for() -> None:
    clock = SystemClock()
    await asyncio.wait_for(clock.wait(clock.now() - MINUTE, asyncio.Event()), timeout=5)


@pytest.mark.parametrize("until", [pytest.param(None, id="for ever"), pytest.param(START + MINUTE, id="a minute")])
@pytest.mark.parametrize("already", [pytest.param(True, id="already"), pytest.param(False, id="while waiting")])
@pytest.mark.parametrize("clock", [SystemClock(wall=Wall(START)), StoryClock(START)], ids=["system", "story"])
async def test_a_call_wakes_and_stays(clock: Clock, already: bool, until: datetime | None) -> None:
    wake = asyncio.Event()
    if already:
        wake.set()
    task = asyncio.create_task(clock.wait(until, wake))
    assert await settled(task) == already
    wake.set()
    await asyncio.wait_for(task, timeout=5)
    assert wake.is_set()


async def test_a_wall_clock_that_jumps_ahead_is_noticed_long_before_the_hour_is_over() -> None:
    wall = Wall(START, START, START + timedelta(hours=2))
    clock = SystemClock(wall=wall, longest_sleep=timedelta(milliseconds=5))
    await asyncio.wait_for(clock.wait(START + timedelta(hours=1), asyncio.Event()), timeout=5)
    assert len(wall.readings) == 1


async def test_a_wall_clock_that_is_set_back_is_waited_for_again() -> None:
    late, until = START - MINUTE, START + timedelta(milliseconds=1)
    wall = Wall(START, START, late, late, until)
    await SystemClock(wall=wall, longest_sleep=timedelta(milliseconds=5)).wait(until, asyncio.Event())
    assert wall.readings == [until]


async def test_a_story_stands_still_until_it_is_moved() -> None:
    clock = StoryClock(START)
    task = asyncio.create_task(clock.wait(START + MINUTE, asyncio.Event()))
    assert not await settled(task)
    clock.move_by(MINUTE - timedelta(microseconds=1))
    assert not await settled(task)
    clock.move_to(START + MINUTE)
    assert await settled(task)
    assert clock.now() == START + MINUTE


async def test_a_story_wakes_those_alone_whose_moment_has_come() -> None:
    clock = StoryClock(START)
    minutes = [1, 2, 3]
    tasks = [asyncio.create_task(clock.wait(START + MINUTE * n, asyncio.Event())) for n in minutes]
    await settled(tasks[0])
    assert clock.next_moment() == START + MINUTE
    clock.move_by(2 * MINUTE)
    assert [await settled(task) for task in tasks] == [True, True, False]
    assert clock.next_moment() == START + 3 * MINUTE
    clock.move_by(MINUTE)
    assert await settled(tasks[2])
    assert clock.next_moment() is None


async def test_a_wait_that_is_given_up_leaves_nothing_behind() -> None:
    clock = StoryClock(START)
    task = asyncio.create_task(clock.wait(START + MINUTE, asyncio.Event()))
    await settled(task)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert clock.next_moment() is None
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_a_woken_wait_leaves_nothing_behind() -> None:
    clock, wake = StoryClock(START), asyncio.Event()
    task = asyncio.create_task(clock.wait(START + MINUTE, wake))
    await settled(task)
    wake.set()
    await task
    assert clock.next_moment() is None
    assert asyncio.all_tasks() == {asyncio.current_task()}


def test_a_story_may_be_told_in_any_zone_and_goes_back_too() -> None:
    clock = StoryClock(START.astimezone(timezone(timedelta(hours=7))))
    assert (clock.now(), clock.now().tzinfo) == (START, UTC)
    clock.move_by(-MINUTE)
    assert clock.now() == START - MINUTE


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = START.replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        StoryClock(naive)
    with pytest.raises(ValueError, match="time zone"):
        StoryClock(START).move_to(naive)
