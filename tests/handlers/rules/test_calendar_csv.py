"""Calendars as tables: what can be read, what is a fault of which line, what a table would change."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.calendar_csv import EXAMPLE, Changes, Entry, Fault, Wrong, compare, read_sheet
from handlers.rules.day_layers import DayName
from storage.kinds import DayKind

HEADER = "country,date,kind,name_en\n"
DAY = date(2027, 2, 13)
MAKE_UP = DayName("Make-up working day")


def entry(kind: DayKind | None = DayKind.ON, name: DayName = MAKE_UP, **more: bool) -> Entry:
    return Entry("CN", DAY, kind, name, **more)


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        pytest.param(HEADER + "CN,2027-02-13,on,Make-up working day\n", [entry()], id="as the example"),
        pytest.param("\ufeff" + HEADER + "cn,2027/2/13,ON,Make-up working day", [entry()], id="by a spreadsheet"),
        pytest.param("Kind;Date;Country;Name\non;2027.02.13;CN;x", [entry(name=DayName("", "x"))], id="semicolons"),
        pytest.param("date\tkind\tname_zh\n2027年2月13日\ton\t补班", [entry(name=DayName("", zh="补班"))], id="tabs"),
        pytest.param(HEADER + "\n,,,\nCN,2027-02-13,remove,\n", [entry(None, DayName(""))], id="removed, blank lines"),
        pytest.param(
            "country,date,kind,name_en,status\nCN,2027-02-13,on,Make-up working day,confirmed",
            [entry(confirmed=True)],
            id="confirmed by who sends it",
        ),
    ],
)
def test_a_table_is_read(text: str, entries: list[Entry]) -> None:
    sheet = read_sheet(text, {"CN"})
    assert list(sheet.entries) == entries
    assert sheet.faults == ()


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        pytest.param("TH,2027-02-13,on,Day", Fault(2, Wrong.COUNTRY, "TH"), id="another country"),
        pytest.param(",2027-02-13,on,Day", Fault(2, Wrong.COUNTRY, ""), id="no country, and two it could be"),
        pytest.param("CN,13 Feb,on,Day", Fault(2, Wrong.DATE, "13 Feb"), id="a date in words"),
        pytest.param("CN,2027-02-29,on,Day", Fault(2, Wrong.DATE, "2027-02-29"), id="a day that does not exist"),
        pytest.param("CN,2570-02-13,on,Day", Fault(2, Wrong.DATE, "2570-02-13"), id="a Buddhist year"),
        pytest.param("CN,2027-02-13,free,Day", Fault(2, Wrong.KIND, "free"), id="a kind nobody knows"),
        pytest.param("CN,2027-02-13,on,", Fault(2, Wrong.NAME), id="no name"),
        pytest.param(f"CN,2027-02-13,on,{'x' * 101}", Fault(2, Wrong.NAME), id="a very long name"),
        pytest.param("CN", Fault(2, Wrong.DATE, ""), id="half a line"),
    ],
)
def test_a_line_that_says_nothing_is_a_fault(line: str, fault: Fault) -> None:
    assert read_sheet(HEADER + line, {"CN", "LA"}).faults == (fault,)


def test_every_fault_is_told_with_its_line() -> None:
    text = HEADER + "CN,x,on,Day\nCN,2027-02-13,off,Day\nCN,2027-02-13,on,Day\nCN,2027-02-13,observance,Day\n"
    assert [(each.line, each.wrong) for each in read_sheet(text).faults] == [(2, Wrong.DATE), (4, Wrong.TWICE)]


@pytest.mark.parametrize("text", ["", "hello", "day,sort\n1,2", "\n\n"])
def test_what_is_no_table_is_one_fault(text: str) -> None:
    assert [fault.wrong for fault in read_sheet(text).faults] == [Wrong.NO_HEADER]


def test_the_example_can_be_read() -> None:
    assert read_sheet(EXAMPLE).entries[0].name.lo == "ວັນເຮັດວຽກຊົດເຊີຍ"


@given(st.text(max_size=200))
def test_no_text_makes_reading_fail(text: str) -> None:
    assert read_sheet(text).faults or read_sheet(text).entries == ()
    read_sheet(HEADER + text)


@pytest.mark.parametrize(
    ("said", "new", "changes"),
    [
        pytest.param({}, entry(), Changes(added=(entry(),)), id="a new day"),
        pytest.param({DayKind.ON: (MAKE_UP, False)}, entry(), Changes(same=1), id="known already"),
        pytest.param({DayKind.OFF: (MAKE_UP, True)}, entry(), Changes(changed=(entry(),)), id="on instead of off"),
        pytest.param(
            {DayKind.ON: (DayName("Other"), True)}, entry(), Changes(changed=(entry(),)), id="called otherwise"
        ),
        pytest.param({DayKind.ON: (DayName(MAKE_UP.en, zh="补班"), True)}, entry(), Changes(same=1), id="fewer names"),
        pytest.param(
            {DayKind.ON: (MAKE_UP, False)},
            entry(confirmed=True),
            Changes(changed=(entry(confirmed=True),)),
            id="surer than before",
        ),
        pytest.param({DayKind.OBSERVANCE: (MAKE_UP, True)}, entry(), Changes(added=(entry(),)), id="beside a feast"),
        pytest.param({DayKind.ON: (MAKE_UP, True)}, entry(None), Changes(removed=(entry(None),)), id="removed"),
        pytest.param({}, entry(None), Changes(same=1), id="removed, but never there"),
    ],
)
def test_what_a_table_would_change(said: dict[DayKind, tuple[DayName, bool]], new: Entry, changes: Changes) -> None:
    assert compare([new], {("CN", DAY): said} if said else {}) == changes
