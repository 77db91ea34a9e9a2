"""What this process did, counted for /metrics: plain numbers that cost nothing and begin at zero with it."""

from collections import Counter

MADE = "made"


class Counts:
    """Calls by method and by what became of them, and updates taken in."""

    def __init__(self) -> None:
        self.calls: Counter[tuple[str, str]] = Counter()
        self.updates = 0

    def call(self, method: str, end: str) -> None:
        """A call was tried, once more perhaps."""
        self.calls[method, end] += 1

    def update(self, number: int) -> None:
        """So many updates are kept."""
        self.updates += number
