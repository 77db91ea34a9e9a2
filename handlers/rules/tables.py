"""Tables as text: lines of cells, parted by whatever the program that wrote them parts them with."""

import csv

from handlers.rules.text import clean

Row = tuple[int, tuple[str, ...]]
"""The number of the line (1 is the first) and its cells, without the spaces around them."""


def delimiter(header: str) -> str:
    """What parts the cells: a comma, a semicolon or a tab, whichever the first line has most of."""
    return max(",;\t", key=header.count)


def rows_of(text: str) -> list[Row]:
    """The lines in which something stands. A cell may hold several lines; the number is that of its last one."""
    lines = clean(text.removeprefix("\ufeff")).splitlines(keepends=True)
    reader = csv.reader(lines, delimiter=delimiter(lines[0] if lines else ""))
    found = [(reader.line_num, tuple(" ".join(cell.split()) for cell in cells)) for cells in reader]
    return [(number, cells) for number, cells in found if any(cells)]
