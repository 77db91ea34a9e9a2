"""A paper's table as CSV that Excel opens rightly: UTF-8 with its mark, and no text that a spreadsheet would run."""

import csv
from io import StringIO

from handlers.papers.paper import Paper

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Signs with which a spreadsheet takes a text for a formula; in Chinese and Japanese editions the wide ones, too."""


def comma_separated(paper: Paper) -> bytes:
    """The bytes of the .csv file; empty but for its mark where the paper has no table of lines."""
    stream = StringIO(newline="")
    writer = csv.writer(stream)
    if paper.lines is not None:
        writer.writerow(paper.lines.columns)
        writer.writerows([_still(text) for text in row] for row in paper.lines.rows)
    return stream.getvalue().encode("utf-8-sig")


def _still(text: str) -> str:
    return f"'{text}" if text.startswith(RUNS) else text
