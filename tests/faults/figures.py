"""What a program counted for /metrics, held against the log of the server it talked to."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample

from bot import metrics
from bot.calls import METHODS
from bot.counts import MADE, Counts
from bot.rehearsal.calls import Call
from bot.rehearsal.faults import DONE_ALL_THE_SAME
from tests.e2e.conftest import Bed


def agree(bed: Bed, lives: Sequence[Counts] = ()) -> None:
    """Every call on the wire was counted once, and as made where Telegram did it and said so (`lives`: in each)."""
    pages = [metrics.text(counts, {}).decode() for counts in lives or [bed.program.counts]]
    held_against(pages, bed.server.log)


def held_against(pages: Iterable[str], log: Iterable[Call]) -> None:
    """What these pages of /metrics say in all is what this part of the log shows."""
    tried, made = Counter[str](), Counter[str]()
    for page in pages:
        for sample in _samples(page):
            tried[sample.labels["method"]] += int(sample.value)
            made[sample.labels["method"]] += int(sample.value) if sample.labels["end"] == MADE else 0
    heard = [call for call in log if call.method in METHODS]
    known = [call for call in heard if call.ok and (call.fault is None or call.fault not in set(DONE_ALL_THE_SAME))]
    assert tried == Counter(call.method for call in heard), "every call on the wire is counted, and nothing else"
    assert +made == Counter(call.method for call in known), "made is what Telegram did and said so"


def _samples(page: str) -> Iterator[Sample]:
    for family in text_string_to_metric_families(page):
        yield from (sample for sample in family.samples if sample.name == "focalpoint_calls_total")
