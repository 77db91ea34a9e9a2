"""Killed at every named place of the road, one life after another: each recovery runs into the next death.

In every run: each place once on SQLite, a part chosen by the seed on PostgreSQL. By hand, all of it:
FOCALPOINT_HITS=2 FOCALPOINT_ALL_POINTS=1 FOCALPOINT_SEED=1 python -m pytest tests/faults/test_crash_points.py -s
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
from tests.faults.story import BEGIN, Story, begun

HITS = int(os.environ.get("FOCALPOINT_HITS", "1"))
ALL = bool(os.environ.get("FOCALPOINT_ALL_POINTS"))
SEED = int(os.environ.get("FOCALPOINT_SEED", "20261124"))
PART = 8
"""Places in one small run on PostgreSQL."""


@pytest.fixture
async def story(any_url, tmp_path):
    clock = StoryClock(BEGIN)
    async with BotApiServer(token=TOKEN, now=clock.now, clock=lambda: clock.now().timestamp()) as server:
        told = await begun(tmp_path, any_url, server, clock)
        yield told
        await told.bot.stop()


def chosen(story: Story) -> list[str]:
    """The deaths of this run, shuffled by the seed: "place:hit"."""
    chance = random.Random(SEED)
    road = [f"{name}:{hit}" for name in points.of_the_road() for hit in range(1, HITS + 1)]
    deaths = road + [f"{name}:1" for name in points.of(*points.ONCE_A_LIFE)]
    chance.shuffle(deaths)
    return deaths if ALL or story.url.startswith("sqlite") else deaths[:PART]


def test_every_place_has_a_name_of_its_own():
    names = points.found()
    assert [name for name, times in Counter(names).items() if times > 1] == []
    assert len(names) >= 40


def test_every_place_belongs_to_a_family_that_is_killed_somewhere():
    known = {"intake", "answering", "record", "outbox", "planning", "delivery"}
    assert {points.family(name) for name in points.found()} == known | points.ONCE_A_LIFE | points.BY_COMMAND


@pytest.mark.timeout(1800)
async def test_killed_at_every_place_nothing_is_lost_or_doubled(story):
    deaths = chosen(story)
    for death in deaths:
        assert await story.life(death), f"{death} was never reached"
    assert not await story.life(weeks=1)
    sys.stdout.write(
        f"\nseed {SEED}: {story.deaths} deaths, {len(story.asked)} commands, "
        f"{story.server.world.updates.redelivered} updates given again, {sum(story.codes().values())} reminders\n"
    )
    await story.reckon()
    assert story.deaths == len(deaths)
