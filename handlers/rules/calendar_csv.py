"""A calendar as a table of days in CSV: read line by line, compared with what is known before anything is written."""

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from handlers.rules.day_layers import DayName
from handlers.rules.tables import delimiter
from handlers.rules.text import clean
from storage.kinds import DayKind

REMOVE = "remove"
NAMELESS = DayName("")
LONGEST_NAME = 100
LONGEST_FILE = 2000
"""Lines of one file: a hundred days a year for two countries and ten years."""
EARLIEST, LATEST = 2000, 2100
EXAMPLE = "country,date,kind,name_en,name_zh,name_lo\nCN,2027-02-13,on,Make-up working day,调休上班,ວັນເຮັດວຽກຊົດເຊີຍ"


class Wrong(StrEnum):
    """What keeps a line from being read."""

    NO_HEADER = auto()
    """The first line does not name the columns date and kind."""
    TOO_LONG = auto()
    """More lines than a calendar can have."""
    COUNTRY = auto()
    """No country in two capital letters, or none of those that are meant."""
    DATE = auto()
    """No date as 2027-02-13."""
    KIND = auto()
    """Neither off nor on nor observance nor remove."""
    NAME = auto()
    """No name, or a very long one."""
    TWICE = auto()
    """The same day of the same country stands in an earlier line."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A line (1 is the header) that cannot be read, and what stands there."""

    line: int
    wrong: Wrong
    text: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One day of a country as a list has it; no kind means that the day is to be removed."""

    country: str
    day: date
    kind: DayKind | None
    name: DayName = NAMELESS
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file says, and what in it says nothing."""

    entries: tuple[Entry, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What a list would do to the days that are known; what it leaves as it is, is only counted."""

    added: tuple[Entry, ...] = ()
    changed: tuple[Entry, ...] = ()
    removed: tuple[Entry, ...] = ()
    same: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    @property
    def all(self) -> tuple[Entry, ...]:
        """Everything that is to be written, in the order of the days."""
        return tuple(sorted((*self.added, *self.changed, *self.removed), key=lambda each: (each.day, each.country)))


def read_sheet(text: str, countries: Collection[str] | None = None) -> Sheet:
    """Read a table of days. `countries` are those that may stand in it; a single one need not be written.

    The first line names the columns: date and kind, then country, name_en, name_local, name_zh, name_lo, status in
    any order. Commas, semicolons or tabs part them. A file with faults is meant to be sent again as a whole.
    """
    lines = clean(text.removeprefix("\ufeff")).splitlines()
    first = lines[0] if lines else ""
    table = csv.DictReader(lines, delimiter=delimiter([first]))
    columns = [_plain(name) for name in table.fieldnames or ()]
    table.fieldnames = columns
    if not {"date", "kind"} <= set(columns):
        return Sheet(faults=(Fault(1, Wrong.NO_HEADER, first[:LONGEST_NAME]),))
    if len(lines) > LONGEST_FILE:
        return Sheet(faults=(Fault(LONGEST_FILE + 1, Wrong.TOO_LONG),))
    read = [_entry(number, row, countries) for number, row in _rows(table)]
    entries = [(number, each) for number, each in read if isinstance(each, Entry)]
    faults = [each for _, each in read if isinstance(each, Fault)] + list(_twice(entries))
    return Sheet(tuple(each for _, each in entries), tuple(sorted(faults, key=lambda fault: fault.line)))


def _plain(name: str | None) -> str:
    return (name or "").strip().casefold()


def _rows(table: "csv.DictReader[str]") -> Iterator[tuple[int, dict[str, str]]]:
    for row in table:
        cells = {name: value.strip() for name, value in row.items() if name and isinstance(value, str)}
        if any(cells.values()):
            yield table.line_num, cells


def _entry(number: int, row: Mapping[str, str], countries: Collection[str] | None) -> tuple[int, Entry | Fault]:
    country, name = _country(row, countries), _name(row)
    day, kind = _day(row.get("date", "")), _kind(row.get("kind", ""))
    if country is None:
        return number, Fault(number, Wrong.COUNTRY, row.get("country", ""))
    if day is None:
        return number, Fault(number, Wrong.DATE, row.get("date", ""))
    if kind is None:
        return number, Fault(number, Wrong.KIND, row.get("kind", ""))
    if name is None and kind != REMOVE:
        return number, Fault(number, Wrong.NAME)
    meant = None if kind == REMOVE else DayKind(kind)
    return number, Entry(country, day, meant, name or NAMELESS, row.get("status", "").casefold() == "confirmed")


def _country(row: Mapping[str, str], countries: Collection[str] | None) -> str | None:
    written = row.get("country", "").upper()
    if not written and countries is not None and len(countries) == 1:
        return next(iter(countries))
    if not re.fullmatch("[A-Z]{2}", written) or (countries is not None and written not in countries):
        return None
    return written


def _day(text: str) -> date | None:
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text, re.ASCII)
    try:
        day = None if found is None else date(*map(int, found.groups()))
    except ValueError:
        return None
    return day if day is not None and EARLIEST <= day.year <= LATEST else None


def _kind(text: str) -> str | None:
    kind = text.casefold()
    return kind if kind == REMOVE or kind in set(DayKind) else None


def _name(row: Mapping[str, str]) -> DayName | None:
    parts = {part: row.get(f"name_{part}", "") for part in ("en", "local", "zh", "lo")}
    parts["local"] = parts["local"] or row.get("name", "")
    if not any(parts.values()) or any(len(part) > LONGEST_NAME for part in parts.values()):
        return None
    return DayName(**parts)


def _twice(entries: Iterable[tuple[int, Entry]]) -> Iterator[Fault]:
    """A day may have one line, and one more as an observance."""
    seen = set()
    for number, entry in entries:
        meant = (entry.country, entry.day, entry.kind is DayKind.OBSERVANCE)
        if meant in seen:
            yield Fault(number, Wrong.TWICE, entry.day.isoformat())
        seen.add(meant)


Known = Mapping[tuple[str, date], Mapping[DayKind, tuple[DayName, bool]]]
"""Country and day to what is said of it: by kind its names, and whether that is confirmed."""


def compare(entries: Iterable[Entry], known: Known) -> Changes:
    """What a list would change."""
    added, changed, removed, same = [], [], [], 0
    for entry in entries:
        said = known.get((entry.country, entry.day), {})
        if entry.kind is None:
            removed += [entry] if said else []
            same += not said
        elif entry.kind in said and _is_same(entry, said[entry.kind]):
            same += 1
        elif entry.kind in said or _is_other_way_round(entry.kind, said):
            changed.append(entry)
        else:
            added.append(entry)
    return Changes(tuple(added), tuple(changed), tuple(removed), same)


def _is_same(entry: Entry, said: tuple[DayName, bool]) -> bool:
    name, confirmed = said
    return merged(entry.name, name) == name and (confirmed or not entry.confirmed)


def _is_other_way_round(kind: DayKind, said: Collection[DayKind]) -> bool:
    return kind is not DayKind.OBSERVANCE and bool({DayKind.OFF, DayKind.ON} & set(said))


def merged(new: DayName, old: DayName) -> DayName:
    """The newer names, and the older ones in the languages the newer does not speak."""
    return DayName(new.en or old.en, new.local or old.local, new.zh or old.zh, new.lo or old.lo)
