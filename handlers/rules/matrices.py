"""Action matrices that people keep: which column is which, what each row says, and which rows cannot be read and why.

Values in, values out: who is who, the areas and the reading of dates are handed over.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum, auto

from handlers.rules.date_reading import Days
from handlers.rules.matrix_days import day_in
from handlers.rules.matrix_words import Column, column_of, says_nothing, state_of
from handlers.rules.tables import Row, rows_of
from handlers.rules.text import searchable, units
from storage.kinds import TaskState

HEADER_WITHIN = 15
"""Lines from the top within which the header has to stand: a title is often above it."""
MOST_ROWS = 1000
LONGEST = 500
"""UTF-16 units of a text."""
_BETWEEN = re.compile(r"\s*(?:[,;/、，；+&\n]|\band\b|和|与|及|ແລະ)\s*", re.IGNORECASE)


class RowWrong(StrEnum):
    """What keeps a row from being imported."""

    NO_TEXT = auto()
    LONG_TEXT = auto()
    RESPONSIBLE = auto()
    DATE = auto()
    STATUS = auto()
    AREA = auto()


@dataclass(frozen=True)
class RowFault:
    """A line (1 is the first of the file) that cannot be read, and what stands there."""

    line: int
    wrong: RowWrong
    text: str = ""


@dataclass(frozen=True)
class Holder:
    """Who does it: a side, or one of its people, or somebody of the supporting organisation (`side_id` None)."""

    side_id: int | None
    person_id: int | None = None


@dataclass(frozen=True)
class Known:
    """What names mean in this group: people and sides by what they are called (searchable), areas, and dates."""

    holders: Mapping[str, tuple[Holder, ...]]
    areas: Mapping[str, int]
    day: Callable[[str], Days | None]


@dataclass(frozen=True)
class MatrixRow:
    """One row: the activity it belongs to, what is to be done, by whom, until when, and how it stands.

    `written` are the words of its date, and `days` what they were read as and may be instead.
    """

    line: int
    activity: str
    text: str
    holders: tuple[Holder, ...] = ()
    due: date | None = None
    state: TaskState = TaskState.OPEN
    remarks: str = ""
    area_id: int | None = None
    written: str = ""
    days: Days | None = None

    @property
    def is_doubtful(self) -> bool:
        """Whether its date may be another day."""
        return self.days is not None and self.days.doubt is not None


@dataclass(frozen=True)
class Matrix:
    """What a file says. `columns` are those that were understood with their headers, `unknown` the other headers."""

    columns: Mapping[Column, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    rows: tuple[MatrixRow, ...] = ()
    faults: tuple[RowFault, ...] = ()
    too_long: bool = False

    @property
    def readable(self) -> bool:
        """Whether a header was found that names at least what is to be done and one more thing."""
        return Column.ACTIVITY in self.columns and len(self.columns) > 1

    @property
    def doubtful(self) -> tuple[MatrixRow, ...]:
        """The rows whose date may be another day."""
        return tuple(row for row in self.rows if row.is_doubtful)

    @property
    def activities(self) -> tuple[str, ...]:
        """The activities of the rows, each once, in their order."""
        return tuple(dict.fromkeys(row.activity for row in self.rows))


def read_matrix(text: str, known: Known) -> Matrix:
    """A matrix out of its table; an empty cell of the activity stands for the one above, as merged cells do."""
    lines = rows_of(text)
    at, columns = _header(lines)
    if Column.ACTIVITY not in columns:
        return Matrix()
    headers = lines[at][1]
    names = {column: headers[place] for column, place in columns.items()}
    unknown = tuple(cell for place, cell in enumerate(headers) if cell and place not in columns.values())
    body = lines[at + 1 :]
    if len(body) > MOST_ROWS:
        return Matrix(names, unknown, too_long=True)
    read = _rows(body, columns, headers, known)
    rows = tuple(each for each in read if isinstance(each, MatrixRow))
    return Matrix(names, unknown, rows, tuple(each for each in read if isinstance(each, RowFault)))


def _header(lines: Sequence[Row]) -> tuple[int, dict[Column, int]]:
    """The first line that names two columns or more, and where they stand. A lone task column is the activity."""
    for at, (_, cells) in enumerate(lines[:HEADER_WITHIN]):
        found: dict[Column, int] = {}
        for place, cell in enumerate(cells):
            column = column_of(cell)
            if column is not None:
                found.setdefault(column, place)
        if Column.TASK in found and Column.ACTIVITY not in found:
            found[Column.ACTIVITY] = found.pop(Column.TASK)
        if len(found) > 1 and Column.ACTIVITY in found:
            return at, found
    return 0, {}


def _rows(
    body: Sequence[Row], columns: Mapping[Column, int], headers: tuple[str, ...], known: Known
) -> list[MatrixRow | RowFault]:
    """What each line says; a header that stands again, as on every page of a printed table, is none of them."""
    found, above = list[MatrixRow | RowFault](), ""
    for line, cells in body:
        cell = {column: cells[place] if place < len(cells) else "" for column, place in columns.items()}
        if cell[Column.ACTIVITY] == headers[columns[Column.ACTIVITY]]:
            continue
        above = cell[Column.ACTIVITY] or (above if Column.TASK in columns else "")
        if any(cell.values()):
            found.append(_row(line, above, cell, known))
    return found


def _row(line: int, activity: str, cell: Mapping[Column, str], known: Known) -> MatrixRow | RowFault:
    text = cell.get(Column.TASK, "") or activity
    if says_nothing(text) or says_nothing(activity):
        return RowFault(line, RowWrong.NO_TEXT)
    if units(text) > LONGEST or units(activity) > LONGEST or units(cell.get(Column.REMARKS, "")) > LONGEST:
        return RowFault(line, RowWrong.LONG_TEXT)
    holders = read_holders(cell.get(Column.RESPONSIBLE, ""), known.holders)
    if holders is None:
        return RowFault(line, RowWrong.RESPONSIBLE, cell[Column.RESPONSIBLE])
    days, written = None, cell.get(Column.DUE, "")
    if not says_nothing(written) and (days := day_in(written, known.day)) is None:
        return RowFault(line, RowWrong.DATE, written)
    state = state_of(cell.get(Column.STATUS, ""))
    if state is None:
        return RowFault(line, RowWrong.STATUS, cell[Column.STATUS])
    area = "" if says_nothing(cell.get(Column.AREA, "")) else cell[Column.AREA]
    if area and searchable(area) not in known.areas:
        return RowFault(line, RowWrong.AREA, area)
    area_id, due = known.areas[searchable(area)] if area else None, days.best if days else None
    return MatrixRow(line, activity, text, holders, due, state, cell.get(Column.REMARKS, ""), area_id, written, days)


def read_holders(written: str, known: Mapping[str, tuple[Holder, ...]]) -> tuple[Holder, ...] | None:
    """Who is meant, each once; nobody where nothing is written; None where a name means nobody here."""
    whole = known.get(searchable(written))
    if whole is not None:
        return whole
    if says_nothing(written):
        return ()
    found: dict[Holder, None] = {}
    for part in filter(None, _BETWEEN.split(written)):
        meant = known.get(searchable(part.strip(" @()")))
        if meant is None:
            return None
        found |= dict.fromkeys(meant)
    return tuple(found)
