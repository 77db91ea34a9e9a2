"""Bugs that only a death brings to light: with each of them a life that dies at the right place turns its story red."""

import sys

import pytest

from tests.faults.plants import PLANTS
from tests.faults.test_crash_points import story  # noqa: F401 - the story that is killed at every place

PLACES = {
    "confirm before commit": "intake.begun",
    "answer before commit": "answering.marked",
    "mark before send": "delivery.leaving",
}


@pytest.fixture
def any_url(database_url):
    """On one database: what is proved here is that the story looks."""
    return database_url


async def told(story, place, plant=""):  # noqa: F811
    """Dead once, then well for a week."""
    assert await story.life(place, plant=plant), f"{place} was never reached"
    assert not await story.life(weeks=1)
    await story.reckon()


async def test_without_a_planted_bug_deaths_at_these_places_do_no_harm(story):  # noqa: F811
    for place in PLACES.values():
        await told(story, place)


@pytest.mark.parametrize("bug", PLANTS)
async def test_a_planted_bug_turns_the_story_red(story, bug):  # noqa: F811
    with pytest.raises(AssertionError) as red:
        await told(story, PLACES[bug], bug)
    assert "never reached" not in str(red.value)
    sys.stdout.write(f"{bug}: {str(red.value)[:110]!r}\n")
