"""At the end of a run with faults the figures of /metrics are those of the server's log."""

from random import Random

import pytest

from bot import metrics
from bot.calls import METHODS
from bot.rehearsal.weather import Weather
from bot.settings import DatabaseSection
from storage.kinds import OutboxState
from tests.e2e.conftest import bed, resting_bed, server  # noqa: F401 - the whole bot, as the other tests have it
from tests.faults.figures import agree
from tests.faults.test_api_faults import MINUTE, ask, drained

FAULTS = 150


@pytest.fixture
def kept(database_url, tmp_path):
    return DatabaseSection(url=database_url, data_dir=str(tmp_path))


@pytest.mark.parametrize("seed", [1, 2])
async def test_the_figures_are_those_of_the_servers_log(bed, seed):  # noqa: F811
    weather, asked = Weather(Random(seed), FAULTS), []
    bed.server.faults.weather = weather
    while weather.struck < FAULTS:
        ask(bed, asked)
        await bed.settle()
        bed.clock.move_by(MINUTE)
    await drained(bed)
    agree(bed)
    async with bed.program.database.reading() as session:
        gauges = await metrics.figures(session, bed.program.bot.id, bed.clock.now())
    struck = [call for call in bed.server.log if call.method in METHODS and call.fault is not None]
    assert len(struck) >= FAULTS * 0.9, "the faults struck calls of the outbox"
    assert bed.program.counts.updates == len(asked)
    assert [gauges[f"calls_{state}"] for state in (OutboxState.PENDING, OutboxState.CLAIMED)] == [0, 0]
