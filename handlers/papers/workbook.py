"""A paper as an Excel workbook: a sheet for each part, header rows that stay in sight, no text that is a formula."""

import re
from collections.abc import Iterable
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING

from handlers.drawing.svg import width_of
from handlers.papers.paper import Paper, Table

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
LONGEST_NAME = 31
"""Letters of a sheet's name."""
RESERVED = "history"
"""A name that Excel keeps for itself."""
WIDEST, NARROWEST = 60.0, 9.0
"""Columns, in digits."""
HEIGHT = 17
"""Points of one line, with room for what stands above and below a Lao letter."""


def xlsx(paper: Paper) -> bytes:
    """The bytes of the .xlsx file."""
    from xlsxwriter import Workbook

    stream = BytesIO()
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = Workbook(stream, safe)
    book.set_properties({"title": paper.title, "author": "Focalpoint"})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8EDF2", "border": 1})
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    for name, table in sheets(paper):
        _sheet(book.add_worksheet(name), table, head, cell, paper.title)
    book.close()
    return stream.getvalue()


def sheets(paper: Paper) -> list[tuple[str, Table]]:
    """The sheets with names that Excel takes: short, without some signs, each once whatever its case."""
    found: dict[str, tuple[str, Table]] = {}
    for sheet in paper.sheets:
        plain = _shortened(FORBIDDEN.sub(" ", sheet.name), LONGEST_NAME) or "-"
        name, number = plain, 1
        while name.casefold() in found or name.casefold() == RESERVED:
            number += 1
            name = f"{_shortened(plain, LONGEST_NAME - 3)} {number}"
        found[name.casefold()] = (name, sheet.table)
    return list(found.values())


def _shortened(name: str, length: int) -> str:
    """No longer than that, and with no space or apostrophe at either end."""
    return name.strip(" '")[:length].strip(" '")


def _sheet(sheet: "Worksheet", table: Table, head: "Format", cell: "Format", title: str) -> None:
    widths = [_width(texts) for texts in zip(table.columns, *table.rows, strict=True)]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for number, row in enumerate((table.columns, *table.rows)):
        sheet.set_row(number, HEIGHT * max(map(_lines, row, widths)))
        for column, text in enumerate(row):
            sheet.write_string(number, column, text, cell if number else head)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_header(f"&L{title.replace('&', '&&')}&R&A")  # printed, it says what it is a part of
    sheet.set_footer("&R&P / &N")
    sheet.fit_to_pages(1, 0)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def _width(texts: Iterable[str]) -> float:
    """What a column needs, in digits."""
    widest = max(_digits(line) for text in texts for line in (text.splitlines() or [""]))
    return min(max(widest + 2, NARROWEST), WIDEST)


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column: a row keeps the height it has when it is opened."""
    return sum(max(1, ceil(_digits(line) / (width - 1))) for line in text.splitlines() or [""])


def _digits(line: str) -> float:
    return width_of(line, 1) * 1.8
