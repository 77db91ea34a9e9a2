"""A share of a whole as a bar of characters."""

FULL, EMPTY = "▓", "░"
WIDTH = 5


def bar(done: int, total: int, width: int = WIDTH) -> str:
    """`done` of `total` in `width` characters. It is full only when all is done, and empty only when nothing is.

    Raises ValueError for a share below nothing or above the whole.
    """
    if not 0 <= done <= total:
        raise ValueError(f"{done} of {total} is no share of a whole")
    filled = round(width * done / total) if total else 0
    if 0 < done < total:
        filled = min(max(filled, 1), width - 1)
    return FULL * filled + EMPTY * (width - filled)
