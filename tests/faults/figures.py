"""What a program counted for /metrics, held against the log of the server it talked to."""

from collections import Counter
from collections.abc import Sequence

from prometheus_client.parser import text_string_to_metric_families

from bot import metrics
from bot.calls import METHODS
from bot.counts import MADE, Counts
from bot.rehearsal.faults import DONE_ALL_THE_SAME
from tests.e2e.conftest import Bed


def agree(bed: Bed, lives: Sequence[Counts] = ()) -> None:
    """Every call on the wire was counted once, and as made where Telegram did it and said so (`lives`: in each)."""
    tried, made = Counter[str](), Counter[str]()
    for counts in lives or [bed.program.counts]:
        for sample in _page(counts)["focalpoint_calls"]:
            if sample.name == "focalpoint_calls_total":
                tried[sample.labels["method"]] += int(sample.value)
                made[sample.labels["method"]] += int(sample.value) if sample.labels["end"] == MADE else 0
    log = [call for call in bed.server.log if call.method in METHODS]
    known = [call for call in log if call.ok and (call.fault is None or call.fault not in set(DONE_ALL_THE_SAME))]
    assert tried == Counter(call.method for call in log), "every call on the wire is counted, and nothing else"
    assert +made == Counter(call.method for call in known), "made is what Telegram did and said so"


def _page(counts: Counts) -> dict[str, Sequence]:
    page = metrics.text(counts, {}).decode()
    return {family.name: family.samples for family in text_string_to_metric_families(page)}
