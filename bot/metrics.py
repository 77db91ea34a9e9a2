"""The figures of a running bot in the form that monitoring asks for; the library is loaded when somebody asks."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.backups import MADE_MARK
from bot.counts import Counts
from bot.intake import heard_mark
from bot.soundness import UNSOUND
from storage import health, leases
from storage.kinds import InboxState, OutboxState

if TYPE_CHECKING:
    from prometheus_client.core import Metric

UPDATES = (InboxState.NEW, InboxState.DEAD)
CALLS = (OutboxState.PENDING, OutboxState.CLAIMED, OutboxState.FAILED, OutboxState.HELD)
"""States that few rows are in; how many were answered and made is counted as it happens."""
Figures = Mapping[str, float]


async def figures(session: AsyncSession, bot_id: int, now: datetime) -> dict[str, float]:
    """What the database says: rows that wait, and the ages of what happened last, in seconds."""
    found: dict[str, float] = {}
    for state in UPDATES:
        found[f"updates_{state}"] = await health.updates(session, bot_id, state)
    for call_state in CALLS:
        found[f"calls_{call_state}"] = await health.calls(session, bot_id, call_state)
    ages = {
        "oldest_update_seconds": await health.oldest_unanswered(session, bot_id),
        "oldest_call_seconds": await health.oldest_owed(session, bot_id, now),
        "poll_age_seconds": await leases.marked(session, heard_mark(bot_id)),
        "tick_age_seconds": await leases.marked(session, "tick"),
        "backup_age_seconds": await leases.marked(session, MADE_MARK),
    }
    found |= {name: (now - since).total_seconds() for name, since in ages.items() if since is not None}
    found["unsound_statements"] = len(await health.marks(session, UNSOUND))
    until = await health.lease_until(session, f"bot:{bot_id}")
    return found | {"lease_held": float(until is not None and until > now)}


def text(counts: Counts, gauges: Figures) -> bytes:
    """Everything, as the page that Prometheus reads."""
    from prometheus_client import CollectorRegistry, generate_latest

    registry = CollectorRegistry()
    registry.register(_Collector(counts, gauges))
    return generate_latest(registry)


class _Collector:
    def __init__(self, counts: Counts, gauges: Figures) -> None:
        self._counts, self._gauges = counts, gauges

    def collect(self) -> "Iterator[Metric]":
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

        calls = CounterMetricFamily("focalpoint_calls", "Calls tried, by what became of them", labels=("method", "end"))
        for (method, end), number in sorted(self._counts.calls.items()):
            calls.add_metric((method, end), number)
        yield calls
        yield CounterMetricFamily("focalpoint_updates", "Updates taken in", value=self._counts.updates)
        for name, value in self._gauges.items():
            yield GaugeMetricFamily(f"focalpoint_{name}", name.replace("_", " "), value=value)
