"""Tables as text: lines of cells, parted by whatever the program that wrote them parts them with."""

import csv
from collections import Counter
from collections.abc import Sequence

from handlers.rules.text import clean

Row = tuple[int, tuple[str, ...]]
"""The number of the line (1 is the first) and its cells, without the spaces around them."""


LOOKED_AT = 10
"""Lines from the top that tell what parts the cells: a title that parts nothing may stand above the others."""


def delimiter(lines: Sequence[str]) -> str:
    """What parts the cells: a comma, a semicolon or a tab, whichever most of the first lines have equally many of."""
    first = lines[:LOOKED_AT]
    return max(",;\t", key=lambda sign: _regularity([line.count(sign) for line in first]))


def _regularity(counts: Sequence[int]) -> tuple[int, int]:
    """How many lines agree on how many there are, then how many there are in all."""
    agreeing = Counter(count for count in counts if count)
    return max(agreeing.values(), default=0), sum(counts)


def rows_of(text: str) -> list[Row]:
    """The lines in which something stands. A cell may hold several lines; the number is that of its last one."""
    lines = clean(text.removeprefix("\ufeff")).splitlines(keepends=True)
    reader = csv.reader(lines, delimiter=delimiter(lines))
    found = [(reader.line_num, tuple(" ".join(cell.split()) for cell in cells)) for cells in reader]
    return [(number, cells) for number, cells in found if any(cells)]
