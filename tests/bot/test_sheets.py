"""Spreadsheets as text: values only, dates as dates, and nothing that is no spreadsheet."""

import io
from datetime import date, datetime

import pytest
import xlsxwriter

from bot import sheets
from handlers.rules.tables import rows_of


def workbook(rows):
    """An XLSX file, written by another library than the one that reads it."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, tuple):
                sheet.write_formula(at, column, value[0], None, value[1])
            else:
                sheet.write(at, column, value)
    book.close()
    return out.getvalue()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param("起草, draft", "起草, draft", id="a text with a comma"),
        pytest.param("two\nlines", "two lines", id="two lines in a cell"),
        pytest.param(datetime(2027, 3, 15), "2027-03-15", id="a date"),  # noqa: DTZ001  # a spreadsheet has no zones
        pytest.param(date(2027, 3, 15), "2027-03-15", id="a day"),
        pytest.param(12.0, "12", id="a whole number"),
        pytest.param(0.5, "0.5", id="a share"),
        pytest.param(("=1+1", 2), "2", id="a formula is its value"),
        pytest.param(("=A1", "=cmd"), "=cmd", id="a value that looks like a formula stays a text"),
    ],
)
def test_a_cell(value, text):
    [(line, cells)] = rows_of(sheets.as_text(workbook([["x", value]])))
    assert (line, cells) == (1, ("x", text))


def test_lines_are_counted_as_people_see_them():
    text = sheets.as_text(workbook([["Activity", "Who"], [None, None], ["Draft", "Kunming"]]))
    assert [(line, cells[0]) for line, cells in rows_of(text)] == [(1, "Activity"), (3, "Draft")]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"Activity,Who\n"], ids=["empty", "broken", "a CSV"])
def test_what_is_no_spreadsheet(content):
    assert sheets.as_text(content) is None


def test_what_unpacks_to_too_much_is_left_alone(monkeypatch):
    monkeypatch.setattr(sheets, "LARGEST_UNPACKED", 10)
    assert sheets.as_text(workbook([["x"]])) is None


def test_no_more_rows_than_fit():
    text = sheets.as_text(workbook([["x"]] * (sheets.MOST_ROWS + 5)))
    assert len(rows_of(text)) == sheets.MOST_ROWS


def written(fill):
    """An XLSX file that `fill` wrote into."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    fill(book)
    book.close()
    return out.getvalue()


def test_what_is_merged_over_rows_stands_in_each_of_them():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.merge_range("A1:C1", "Action matrix")
        sheet.write_row("A2", ["Activity", "Who", "Due"])
        sheet.merge_range("A3:A4", "Draft & print")
        sheet.merge_range("B3:B5", "Kunming")
        sheet.write_column("C3", ["May", "June", "July"])
        sheet.write("A5", "Bind")

    assert rows_of(sheets.as_text(written(fill))) == [
        (1, ("Action matrix",)),
        (2, ("Activity", "Who", "Due")),
        (3, ("Draft & print", "Kunming", "May")),
        (4, ("Draft & print", "Kunming", "June")),
        (5, ("Bind", "Kunming", "July")),
    ]


def test_a_range_merged_beyond_what_is_read_changes_nothing():
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_row("A1", ["Activity", "Who"])
        sheet.merge_range(1, 0, 20_000, 0, "Draft")
        sheet.merge_range(3, 60, 4, 60, "far right")

    lines = rows_of(sheets.as_text(written(fill)))
    assert lines == [(1, ("Activity", "Who")), *((number, ("Draft",)) for number in (2, 3, 4))]


def test_a_hidden_sheet_is_passed_over():
    def fill(book):
        hidden, shown = book.add_worksheet(), book.add_worksheet()
        hidden.write("A1", "Lists")
        shown.write("A1", "Activity")
        shown.activate()
        hidden.hide()

    assert rows_of(sheets.as_text(written(fill))) == [(1, ("Activity",))]


def test_a_cover_is_passed_over():
    def fill(book):
        cover, table, other = (book.add_worksheet() for _ in range(3))
        cover.write_column("A1", ["Action matrix", "Second quarter"])
        table.write_row("A1", ["Activity", "Who"])
        other.write_row("A1", ["Names", "Numbers"])

    assert rows_of(sheets.as_text(written(fill))) == [(1, ("Activity", "Who"))]
