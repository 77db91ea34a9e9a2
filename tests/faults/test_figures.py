"""At the end of a run with faults the figures of /metrics are those of the server's log."""

from collections import Counter
from random import Random

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot import metrics
from bot.calls import METHODS
from bot.counts import MADE
from bot.rehearsal.faults import DONE_ALL_THE_SAME
from bot.rehearsal.weather import Weather
from bot.settings import DatabaseSection
from storage.kinds import OutboxState
from tests.e2e.conftest import bed, resting_bed, server  # noqa: F401 - the whole bot, as the other tests have it
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
    async with bed.program.database.reading() as session:
        gauges = await metrics.figures(session, bed.program.bot.id, bed.clock.now())
    page = metrics.text(bed.program.counts, gauges).decode()
    counted = {family.name: family.samples for family in text_string_to_metric_families(page)}
    calls = [sample for sample in counted["focalpoint_calls"] if sample.name == "focalpoint_calls_total"]
    log = [call for call in bed.server.log if call.method in METHODS]
    tried, made = Counter(), Counter()
    for sample in calls:
        tried[sample.labels["method"]] += sample.value
        made[sample.labels["method"]] += sample.value if sample.labels["end"] == MADE else 0
    assert sum(call.fault is not None for call in log) >= FAULTS * 0.9, "the faults struck calls of the outbox"
    assert tried == Counter(call.method for call in log), "every call on the wire is counted, and nothing else"
    known = [call for call in log if call.ok and (call.fault is None or call.fault not in set(DONE_ALL_THE_SAME))]
    assert made == Counter(call.method for call in known), "made is what Telegram did and said so"
    assert counted["focalpoint_updates"][0].value == len(asked)
    owed = [counted[f"focalpoint_calls_{state}"][0].value for state in (OutboxState.PENDING, OutboxState.CLAIMED)]
    assert owed == [0, 0]
