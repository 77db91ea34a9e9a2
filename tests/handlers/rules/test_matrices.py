"""Action matrices: columns in three languages, rows as they are kept, and what is wrong with others."""

from datetime import date, timedelta

import pytest

from handlers.rules.date_reading import Days, Doubt
from handlers.rules.matrices import MOST_ROWS, Holder, Known, RowWrong, read_holders, read_matrix
from handlers.rules.matrix_words import Column, column_of, names_of_country, state_of
from handlers.rules.text import searchable
from storage.kinds import TaskState

LAO, CHINESE, TRAINER = Holder(1), Holder(2), Holder(1, 7)
HOLDERS = {"vientiane": (LAO,), "kunming": (CHINESE,), "both": (LAO, CHINESE), searchable("Trainer, North"): (TRAINER,)}


def day(written):
    """What is read of a date; one with a question mark behind it may be the next day."""
    try:
        found = date.fromisoformat(written.rstrip("?"))
    except ValueError:
        return None
    if written.endswith("?"):
        return Days(found, found + timedelta(1), Doubt.BEFORE_OR_ON)
    return Days(found)


KNOWN = Known(HOLDERS, {"tot": 5}, day)
HEAD = "Activity,Responsible,Due date,Status,Remarks\n"


@pytest.mark.parametrize(
    ("header", "column"),
    [
        pytest.param("Activity", Column.ACTIVITY, id="English"),
        pytest.param("RESPONSIBLE PERSON:", Column.RESPONSIBLE, id="capitals and a colon"),
        pytest.param("截止日期", Column.DUE, id="Chinese"),
        pytest.param("ຜູ້ຮັບຜິດຊອບ", Column.RESPONSIBLE, id="Lao"),
        pytest.param("ກິດຈະກໍາ", Column.ACTIVITY, id="Lao in the other spelling"),
        pytest.param("Status (%)", Column.STATUS, id="something in brackets"),
        pytest.param("备注 / Remarks", Column.REMARKS, id="two languages"),
        pytest.param("Activity 活动", Column.ACTIVITY, id="two languages side by side, or one below the other"),
        pytest.param("负责方 Responsible", Column.RESPONSIBLE, id="the other one first"),
        pytest.param("ວັນກຳນົດ 截止日期", Column.DUE, id="neither of them English"),
        pytest.param("Kunming 昆明", None, id="two languages of something else"),
        pytest.param("No.", None, id="a number"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_what_a_header_means(header, column):
    assert column_of(header) is column


@pytest.mark.parametrize(
    ("written", "state"),
    [
        pytest.param("", TaskState.OPEN, id="nothing"),
        pytest.param("Ongoing", TaskState.IN_PROGRESS, id="English"),
        pytest.param("已完成", TaskState.DONE, id="Chinese"),
        pytest.param("ຕິດຂັດ", TaskState.BLOCKED, id="Lao"),
        pytest.param("0%", TaskState.OPEN, id="nothing of it"),
        pytest.param("50%", TaskState.IN_PROGRESS, id="half of it"),
        pytest.param("0.5", TaskState.IN_PROGRESS, id="half of it, as a spreadsheet keeps it"),
        pytest.param("1", TaskState.DONE, id="all of it"),
        pytest.param("100", TaskState.DONE, id="all of it in hundreds"),
        pytest.param("In progress (50%)", TaskState.IN_PROGRESS, id="something in brackets"),
        pytest.param("DONE.", TaskState.DONE, id="capitals and a stop"),
        pytest.param("执行中", TaskState.IN_PROGRESS, id="another Chinese word"),
        pytest.param("n/a", TaskState.OPEN, id="says nothing"),
        pytest.param("150%", None, id="more than all of it"),
        pytest.param("maybe", None, id="no state"),
    ],
)
def test_what_a_state_means(written, state):
    assert state_of(written) is state


@pytest.mark.parametrize(
    ("written", "holders"),
    [
        pytest.param("", (), id="nobody"),
        pytest.param("–", (), id="a dash for nobody"),
        pytest.param("待定", (), id="to be determined"),
        pytest.param("Kunming", (CHINESE,), id="a side"),
        pytest.param("Both", (LAO, CHINESE), id="both"),
        pytest.param("Kunming / Vientiane", (CHINESE, LAO), id="with a stroke"),
        pytest.param("Kunming and Vientiane", (CHINESE, LAO), id="with and"),
        pytest.param("Kunming、Vientiane", (CHINESE, LAO), id="with a Chinese comma"),
        pytest.param("Kunming, both", (CHINESE, LAO), id="each once"),
        pytest.param("Trainer, North", (TRAINER,), id="a name with a comma in it"),
        pytest.param("Kunming, Hanoi", None, id="one is unknown"),
    ],
)
def test_who_is_meant(written, holders):
    assert read_holders(written, HOLDERS) == holders


def test_a_row_in_full():
    [row] = read_matrix(HEAD + "Draft module 3,Kunming,2027-03-15,in progress,second draft\n", KNOWN).rows
    assert (row.line, row.activity, row.text, row.holders) == (2, "Draft module 3", "Draft module 3", (CHINESE,))
    assert (row.due, row.state, row.remarks) == (date(2027, 3, 15), TaskState.IN_PROGRESS, "second draft")


def test_a_title_above_and_columns_nobody_knows():
    matrix = read_matrix(",,\nAction matrix 2027,,\nNo.,工作内容,负责方\n1,起草,Kunming\n", KNOWN)
    assert matrix.readable
    assert (matrix.columns, matrix.unknown) == ({Column.ACTIVITY: "工作内容", Column.RESPONSIBLE: "负责方"}, ("No.",))
    assert matrix.rows[0].line == 4


@pytest.mark.parametrize(
    ("written", "due"),
    [
        pytest.param("2026-05-01", date(2026, 5, 1), id="a date"),
        pytest.param("2026-05-01 00:00:00", date(2026, 5, 1), id="with midnight behind it"),
        pytest.param("2026-05-01T13:30", date(2026, 5, 1), id="with a time"),
        pytest.param("46143", date(2026, 5, 1), id="as a spreadsheet counts days"),
        pytest.param("46143.5", date(2026, 5, 1), id="with half a day"),
        pytest.param("TBD", None, id="to be determined"),
        pytest.param("-", None, id="a dash"),
    ],
)
def test_when_it_is_due(written, due):
    [row] = read_matrix(HEAD + f"Draft,,{written},,\n", KNOWN).rows
    assert row.due == due


def test_rows_whose_date_may_be_another_day():
    lines = ("Draft,,2026-05-01?,,", "Print,,2026-05-01,,", "Bind,,46143,,", "Sell,,,,")
    matrix = read_matrix(HEAD + "\n".join(lines), KNOWN)
    assert [row.text for row in matrix.doubtful] == ["Draft"]
    (row,) = matrix.doubtful
    assert (row.due, row.written) == (date(2026, 5, 1), "2026-05-01?")
    assert row.days.second == date(2026, 5, 2)


@pytest.mark.parametrize("written", ["12345", "99999", "2026", "46143 days", "1"])
def test_a_number_that_is_no_day(written):
    [fault] = read_matrix(HEAD + f"Draft,,{written},,\n", KNOWN).faults
    assert (fault.wrong, fault.text) == (RowWrong.DATE, written)


@pytest.mark.parametrize(
    "title",
    ["", "Action plan\n", "Action plan, second quarter, 2026\n\n"],
    ids=["none", "of one word", "with commas"],
)
def test_what_parts_the_cells_is_seen_below_a_title(title):
    [row] = read_matrix(title + "Activity;Responsible\nDraft, then print;Kunming\n", KNOWN).rows
    assert (row.text, row.holders) == ("Draft, then print", (CHINESE,))


def test_a_header_that_stands_again_is_no_row():
    matrix = read_matrix(HEAD + "Draft,,,,\n" + HEAD + "Print,,,,\n", KNOWN)
    assert ([row.line for row in matrix.rows], matrix.faults) == ([2, 4], ())


def test_an_empty_activity_is_the_one_above_where_tasks_stand_beside_it():
    text = "Activity;Task;Deadline\nModule 3;Draft;2027-03-15\n;Review;2027-04-01\n\nModule 4;;\n"
    matrix = read_matrix(text, KNOWN)
    assert [(row.activity, row.text) for row in matrix.rows] == [
        ("Module 3", "Draft"),
        ("Module 3", "Review"),
        ("Module 4", "Module 4"),
    ]
    assert matrix.activities == ("Module 3", "Module 4")


def test_a_lone_task_column_is_what_is_to_be_done():
    assert read_matrix("Task\tWho\nDraft\tKunming\n", KNOWN).rows[0].activity == "Draft"


@pytest.mark.parametrize(
    ("row", "wrong", "text"),
    [
        pytest.param(",Kunming,2027-03-15,,", RowWrong.NO_TEXT, "", id="nothing to do"),
        pytest.param("-,Kunming,2027-03-15,,", RowWrong.NO_TEXT, "", id="a dash to do"),
        pytest.param("x" * 501 + ",,,,", RowWrong.LONG_TEXT, "", id="a long text"),
        pytest.param("Draft,Hanoi,,,", RowWrong.RESPONSIBLE, "Hanoi", id="nobody here"),
        pytest.param("Draft,,soon,,", RowWrong.DATE, "soon", id="no date"),
        pytest.param("Draft,,,maybe,", RowWrong.STATUS, "maybe", id="no status"),
    ],
)
def test_rows_that_cannot_be_read(row, wrong, text):
    matrix = read_matrix(HEAD + "Print,,,,\n" + row + "\nBind,,,,\n", KNOWN)
    [fault] = matrix.faults
    assert (fault.line, fault.wrong, fault.text) == (3, wrong, text)
    assert [each.text for each in matrix.rows] == ["Print", "Bind"]


def test_areas():
    matrix = read_matrix("Activity,Area\nDraft,TOT\nPrint,sports\n", KNOWN)
    assert matrix.rows[0].area_id == 5
    assert matrix.faults[0].wrong is RowWrong.AREA


@pytest.mark.parametrize("text", ["", "a,b\n1,2", "Activity\nDraft", "Deadline,Status\n2027-01-01,done"])
def test_what_is_no_matrix(text):
    assert not read_matrix(text, KNOWN).readable


def test_a_very_long_one_is_refused_as_a_whole():
    assert read_matrix(HEAD + "Draft,,,,\n" * (MOST_ROWS + 1), KNOWN).too_long


@pytest.mark.parametrize(
    ("country", "name"),
    [
        pytest.param("LA", "老方", id="Lao in Chinese"),
        pytest.param("CN", "chinese side", id="Chinese in English"),
        pytest.param("VN", "越南方", id="another country in Chinese"),
        pytest.param("VN", "Vietnam", id="another country in English"),
    ],
)
def test_a_side_may_be_called_after_its_country(country, name):
    assert name in set(names_of_country(country))
