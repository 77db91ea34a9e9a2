"""Spreadsheets that people send, as the text of a table: values only, never a formula."""

import csv
import io
import logging
import re
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from zipfile import ZipFile

log = logging.getLogger(__name__)
MOST_ROWS, MOST_COLUMNS = 2000, 40
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*ref=[\"']([A-Z]+[0-9]+:[A-Z]+[0-9]+)")
LARGEST_UNPACKED = 64 * 1024 * 1024
"""Bytes: a small file can unpack to a very large one."""


def as_text(content: bytes) -> str | None:
    """The first visible table of an XLSX file as CSV, dates as 2027-02-13; None when it is none.

    It takes a while: call it in a thread. An empty row stays an empty line, so that lines are counted as people see
    them. What is merged over several rows stands in each of them.
    """
    try:
        with ZipFile(io.BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > LARGEST_UNPACKED:
                return None
        return _written(_rows(content))
    except Exception as error:  # a broken file fails in a hundred ways, and none of them is a fault of ours
        log.warning("a spreadsheet could not be read (%s)", type(error).__name__)
        return None


def _rows(content: bytes) -> list[list[str]]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        shown = [each for each in book.worksheets if each.sheet_state == "visible"] or book.worksheets[:1]
        first = _cells(shown[0])
        others = (_cells(sheet) for sheet in shown[1:])
        # A sheet with words and nothing beside them is the cover of the others.
        return first if _is_table(first) else next(filter(_is_table, others), first)
    finally:
        book.close()


def _is_table(cells: list[list[str]]) -> bool:
    return any(sum(map(bool, row)) > 1 for row in cells)


def _cells(sheet: Any) -> list[list[str]]:
    sheet.reset_dimensions()  # some programs write them wrongly
    rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
    cells = [[_cell(value) for value in row] for row in rows]
    # Read row by row, a sheet does not tell what is merged: that stands behind the rows in its part of the file.
    with sheet._get_source() as source:
        _fill(cells, _MERGED.findall(source.read()))
    return cells


def _fill(cells: list[list[str]], merged: Iterable[bytes]) -> None:
    """Write what is merged over several rows into each of them; what is merged over columns stays in the first."""
    from openpyxl.utils.cell import range_boundaries

    for ref in merged:
        left, top, _, bottom = range_boundaries(ref.decode())
        for row in cells[top:bottom]:
            if left <= len(row) and not row[left - 1]:
                row[left - 1] = cells[top - 1][left - 1]


def _written(rows: Iterable[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(_without_the_empty_end(row) for row in rows)
    return out.getvalue()


def _without_the_empty_end(row: list[str]) -> list[str]:
    filled = [at for at, cell in enumerate(row, 1) if cell]
    return row[: max(filled, default=1)]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())
