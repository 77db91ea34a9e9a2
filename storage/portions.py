"""Long lists in statements: as many values at a time as a database takes."""

from collections.abc import Iterable, Iterator

AT_ONCE = 5000
"""Values asked for in one statement: databases take some 32,000."""


def portions(ids: Iterable[int]) -> Iterator[list[int]]:
    """The ids, each once and in order, in lists that one statement may ask for."""
    listed = sorted(set(ids))
    yield from (listed[start : start + AT_ONCE] for start in range(0, len(listed), AT_ONCE))
