"""A worker that stopped in the midst of a statement holds up the others only until one of them ends its connection."""

from datetime import timedelta

from storage import locks, standstill
from tests.stopping import stop_in_the_midst


async def ended(database):
    """How many are ended, once the server knows that somebody owes the rest of a statement."""
    found = 0
    while not found:
        found = await standstill.end(database, timedelta(0))
    return found


async def test_who_owes_the_rest_of_a_statement_is_ended_and_another_goes_on(shared):
    async with shared.writing() as stopped:
        await locks.hold(stopped, "claims")
        await stop_in_the_midst(stopped)
        async with shared.writing() as other:
            assert not await locks.try_hold(other, "claims")
        assert await ended(shared) == 1
        async with shared.writing() as other:
            await locks.hold(other, "claims")
        await stopped.invalidate()


async def test_nobody_is_ended_before_his_time_and_none_who_rests(shared):
    async with shared.writing() as resting, shared.writing() as stopped:
        await locks.hold(resting, "mine")
        await stop_in_the_midst(stopped)
        assert await standstill.end(shared, timedelta(minutes=1)) == 0
        assert await ended(shared) == 1
        await locks.hold(resting, "mine too")
        await stopped.invalidate()


async def test_on_sqlite_there_is_nobody_to_end(file_database):
    assert await standstill.end(file_database, timedelta(0)) == 0
