"""Bugs planted in what keeps several workers apart: each has to turn its scene red."""

import sys

import pytest

from bot.settings import DatabaseSection
from storage import claiming
from tests.e2e import test_workers
from tests.e2e.conftest import resting_bed, server  # noqa: F401 - the whole bot, as the other tests have it
from tests.e2e.test_workers import two  # noqa: F401 - the same bot, twice
from tests.storage import test_postgresql


@pytest.fixture
def kept(postgres):
    return DatabaseSection(url=postgres.new())


async def _yes(*_, **__):
    return True


async def _no(*_, **__):
    return False


BUGS = {
    "the lease is not fenced": (
        test_workers.test_who_slept_past_the_lease_may_not_write_what_it_polled,
        "storage.leases.still",
        _yes,
    ),
    "who lives is taken for dead": (
        test_workers.test_the_other_takes_over_at_once_when_the_first_dies,
        "storage.presence.is_gone",
        _yes,
    ),
    "nobody notices a death": (
        test_workers.test_the_other_takes_over_at_once_when_the_first_dies,
        "storage.presence.is_gone",
        _no,
    ),
}


@pytest.mark.parametrize("bug", BUGS)
async def test_a_planted_bug_turns_its_scene_red(two, bug, monkeypatch):  # noqa: F811
    scene, target, instead = BUGS[bug]
    monkeypatch.setattr(target, instead)
    with pytest.raises(AssertionError) as red:
        await scene(two)
    sys.stdout.write(f"{bug}: {str(red.value)[:110]!r}\n")


async def test_claims_without_locks_turn_their_scene_red(shared, now, monkeypatch):
    unlocked = claiming.MAY_LEAVE._generate()  # a statement of its own: the other may be compiled already
    unlocked._for_update_arg = None
    monkeypatch.setattr("storage.claiming.MAY_LEAVE", unlocked)
    with pytest.raises(AssertionError):
        await test_postgresql.test_two_who_claim_at_once_never_take_the_same_call(shared, now)
