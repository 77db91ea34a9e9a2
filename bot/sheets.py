"""Spreadsheets that people send, as the text of a table: values only, never a formula."""

import csv
import io
import logging
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from zipfile import ZipFile

log = logging.getLogger(__name__)
MOST_ROWS, MOST_COLUMNS = 2000, 40
LARGEST_UNPACKED = 64 * 1024 * 1024
"""Bytes: a small file can unpack to a very large one."""


def as_text(content: bytes) -> str | None:
    """The first sheet of an XLSX file as CSV, dates as 2027-02-13; None when it is none. Takes a while: in a thread.

    An empty row stays an empty line, so that lines are counted as people see them.
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
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # some programs write them wrongly
        rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
        return [[_cell(value) for value in row] for row in rows]
    finally:
        book.close()


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
