"""Killed at every named place of the road, one life after another: each recovery runs into the next death.

In every run each place once on both databases. By hand, each place at its second visit as well:
FOCALPOINT_HITS=2 FOCALPOINT_SEED=1 python -m pytest tests/faults/test_crash_points.py -s
"""

import os
import random
import sys
from collections import Counter

import pytest

from bot.clock import StoryClock
from bot.rehearsal.server import BotApiServer
from tests.e2e.conftest import TOKEN
from tests.faults import points
from tests.faults.lives import nursery
from tests.faults.story import BEGIN, begun

HITS = int(os.environ.get("FOCALPOINT_HITS", "1"))
SEED = int(os.environ.get("FOCALPOINT_SEED", "20261124"))


@pytest.fixture
async def story(any_url, tmp_path):
    clock = StoryClock(BEGIN)
    async with (
        nursery("tests.faults.cradle") as cradle,
        BotApiServer(token=TOKEN, now=clock.now, clock=lambda: clock.now().timestamp()) as server,
    ):
        told = await begun(tmp_path, any_url, server, clock, cradle)
        yield told
        await told.bot.stop()


def all_deaths() -> list[str]:
    """Those of a run, shuffled by the seed: "place:hit"."""
    deaths = [f"{name}:{hit}" for name in points.of_the_road() for hit in range(1, HITS + 1)]
    deaths += [f"{name}:1" for name in points.of(*points.ONCE_A_LIFE)]
    random.Random(SEED).shuffle(deaths)
    return deaths


def test_every_place_has_a_name_of_its_own():
    names = points.found()
    assert [name for name, times in Counter(names).items() if times > 1] == []
    assert len(names) >= 40


def test_every_place_belongs_to_a_family_that_is_killed_somewhere():
    known = {"intake", "answering", "record", "outbox", "planning", "delivery"}
    assert {points.family(name) for name in points.found()} == known | points.ONCE_A_LIFE | points.BY_COMMAND


@pytest.mark.timeout(1800)
async def test_killed_at_every_place_nothing_is_lost_or_doubled(story):
    deaths = all_deaths()
    for death in deaths:
        assert await story.life(death), f"{death} was never reached"
    assert not await story.life(weeks=1)
    await story.reckon()
    unmarked = {death: story.unmarked[death] for death in deaths if death.startswith(points.IN_FLIGHT)}
    sys.stdout.write(
        f"\nseed {SEED}: {story.deaths} deaths, {len(story.asked)} commands, "
        f"{story.server.world.updates.redelivered} updates given again, {sum(story.codes().values())} reminders, "
        f"made and not marked at a death: {unmarked}\n"
    )
    assert story.deaths == len(deaths)
    assert len(unmarked) >= len(points.IN_FLIGHT)
    assert all(unmarked.values()), "between send and mark there was a call that was made and not marked"
    assert story.server.world.updates.redelivered, "a run in which nothing was given again proves little"
