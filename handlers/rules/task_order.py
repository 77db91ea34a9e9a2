"""Which task comes after which: an order without circles. Values in, values out."""

from collections.abc import Iterator, Mapping


def would_circle(before: Mapping[int, int], task_id: int, wanted: int) -> bool:
    """Whether `task_id` would come after itself if `wanted` came before it; `before` says what comes before each."""
    return task_id in (wanted, *_chain(before, wanted))


def _chain(before: Mapping[int, int], task_id: int) -> Iterator[int]:
    """Everything that comes before a task, nearest first; it ends also where the rows already run in a circle."""
    seen: set[int] = set()
    while task_id in before and task_id not in seen:
        seen.add(task_id)
        task_id = before[task_id]
        yield task_id
