"""Documents, opened by other libraries than those that wrote them."""

import csv
import zipfile
from io import BytesIO, StringIO

import pytest
from lxml import etree
from openpyxl import load_workbook

from handlers.papers import comma, portable, word, workbook
from handlers.papers.paper import Heading, Image, Paper, Paragraph, Sheet, Signature, Table
from handlers.rules.scripts import Script, runs, script_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NASTY = ["=1+1", "+856 20 123", "-5", "@SUM(A1)", "https://example.org", "<b>bold</b>", "007"]
TABLE = Table(("No.\n编号", "Activity"), [["A1", "课程 ການປັບປຸງ plan"], *(["A2", each] for each in NASTY)], (1, 4))
PAPER = Paper(
    name="report",
    title="Progress report · 进展报告 · ບົດລາຍງານ",
    language="en",
    facts=[("Period", "1 April – 30 June 2026")],
    blocks=[Heading("Activities"), Paragraph("Two <b>activities</b>.\nSecond line"), TABLE],
    signatures=[Signature(side, ("Signature", "Name", "Date")) for side in ("Vientiane", "Kunming 昆明")],
    signed="Progress report: 1 April – 30 June",
    sheets=[Sheet("Overview: a/b", TABLE), Sheet("overview  a b", TABLE), Sheet("x" * 40, TABLE)],
    lines=TABLE,
)


@pytest.fixture(scope="module")
def body():
    with zipfile.ZipFile(BytesIO(word.docx(PAPER))) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def text_of(element):
    return "".join(element.itertext(f"{W}t"))


def test_a_word_document_says_everything_and_takes_no_text_for_markup(body):
    whole = text_of(body)
    assert "Progress report · 进展报告 · ບົດລາຍງານ" in whole
    assert "Two <b>activities</b>." in whole
    assert all(each in whole for each in NASTY)


@pytest.mark.parametrize(
    ("letter", "font"), [("课", "SimSun"), ("ກ", "Phetsarath OT"), ("P", "Times New Roman")], ids=["zh", "lo", "en"]
)
def test_every_script_names_its_font_in_every_slot(body, letter, font):
    found = [run for run in body.iter(f"{W}r") if letter in text_of(run)]
    assert found
    for run in found:
        fonts = run.find(f"{W}rPr/{W}rFonts")
        assert {fonts.get(f"{W}{slot}") for slot in ("ascii", "hAnsi", "eastAsia", "cs")} == {font}
        assert len({script_of(each) for each in text_of(run)}) == 1


def test_the_header_row_of_a_table_repeats_on_every_page(body):
    rows = list(body.iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows[:2]] == [True, False]


def test_there_is_a_place_to_sign_for_each_side(body):
    last = list(body.iter(f"{W}tbl"))[-1]
    cells = [text_of(cell) for cell in last.iter(f"{W}tc")]
    assert ["Vientiane" in cells[0], "Kunming 昆明" in cells[1]] == [True, True]
    assert all(f"{line}: ___" in cell for cell in cells for line in ("Signature", "Name", "Date"))
    assert last.find(f"{W}tr/{W}trPr/{W}cantSplit") is not None


def test_pages_are_numbered_by_word_itself():
    with zipfile.ZipFile(BytesIO(word.docx(PAPER))) as archive:
        (footer,) = (archive.read(name) for name in archive.namelist() if name.startswith("word/footer"))
    fields = [field.get(f"{W}instr") for field in etree.fromstring(footer).iter(f"{W}fldSimple")]
    assert (fields, text_of(etree.fromstring(footer))) == (["PAGE", "NUMPAGES"], "1 / 1")


def test_what_is_signed_stands_on_the_page_of_the_signatures(body):
    *_, before, signatures, _end = body.find(f"{W}body")
    assert text_of(before) == "Progress report: 1 April – 30 June"
    assert before.find(f"{W}pPr/{W}keepNext") is not None
    assert signatures.find(f"{W}tr/{W}trPr/{W}cantSplit") is not None


def test_no_row_is_torn_over_two_pages_and_a_short_table_stays_together(body):
    first = next(body.iter(f"{W}tbl"))
    rows = list(first.iter(f"{W}tr"))
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    kept = [len(list(row.iter(f"{W}keepNext"))) for row in rows]
    assert kept == [2] * len(rows)


def test_a_photo_goes_into_the_document():
    pixel = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
        "0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
    )
    paper = Paper("m", "Minutes", "en", [], [Image(pixel)])
    with zipfile.ZipFile(BytesIO(word.docx(paper))) as archive:
        assert [name for name in archive.namelist() if name.startswith("word/media/")]


def test_what_people_wrote_never_becomes_a_formula_a_number_or_a_link():
    book = load_workbook(BytesIO(workbook.xlsx(PAPER)))
    sheet = book.worksheets[0]
    assert [row[1].value for row in sheet.iter_rows(min_row=3)] == NASTY
    assert {row[1].data_type for row in sheet.iter_rows(min_row=3)} == {"s"}
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)


def test_sheets_have_names_that_excel_takes():
    names = load_workbook(BytesIO(workbook.xlsx(PAPER))).sheetnames
    assert names == ["Overview  a b", "overview  a b 2", "x" * 31]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param("History", "History 2", id="Excel's own"),
        pytest.param("'quoted'", "quoted", id="in apostrophes"),
        pytest.param("x" * 30 + "'s", "x" * 30, id="cut at an apostrophe"),
        pytest.param("=1+1", "=1+1", id="like a formula"),
        pytest.param("[]", "-", id="nothing that may stand there"),
        pytest.param("课程开发 · ການພັດທະນາຫຼັກສູດ ແລະ ການຝຶກອົບຮົມ", "课程开发 · ການພັດທະນາຫຼັກສູດ ແລະ ກາ", id="two scripts"),
    ],
)
def test_an_area_of_any_name_has_its_sheet(name, shown):
    paper = Paper("r", "Report", "en", [], [], sheets=[Sheet(name, TABLE)])
    assert load_workbook(BytesIO(workbook.xlsx(paper))).sheetnames == [shown]


def test_spaces_of_every_kind_stay_spaces_in_a_document():
    paper = Paper("r", "Report", "zh_Hans", [], [Paragraph("昆明\u3000万象\u00a01\t2 ແລະ\u200bການ\u2068x\u2069")])
    with zipfile.ZipFile(BytesIO(word.docx(paper))) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    assert "昆明 万象 1 2 ແລະ\u200bການx" in text_of(body)


def test_the_header_of_a_sheet_stays_in_sight():
    sheet = load_workbook(BytesIO(workbook.xlsx(PAPER))).worksheets[0]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$1")


def test_a_printed_sheet_says_what_it_is_a_part_of():
    paper = Paper("r", "Plan & report", "en", [], [], sheets=[Sheet("Tasks", TABLE)])
    sheet = load_workbook(BytesIO(workbook.xlsx(paper))).worksheets[0]
    assert (sheet.oddHeader.left.text, sheet.oddHeader.right.text) == ("Plan && report", "&A")
    assert sheet.oddFooter.right.text == "&P / &N"


def test_a_row_is_as_high_as_its_longest_cell_needs():
    words = "ຕົກລົງຈຸດປະສົງ ວັນທີ ຈຳນວນ ແລະ ຄຸນສົມບັດ " * 4
    table = Table(("No.\n编号", "Task"), [["T1", "short"], ["T2", words], ["T3", "one\ntwo\nthree"]])
    paper = Paper("r", "Report", "lo", [], [], sheets=[Sheet("Tasks", table)])
    sheet = load_workbook(BytesIO(workbook.xlsx(paper))).worksheets[0]
    heights = [round(sheet.row_dimensions[row].height / workbook.HEIGHT) for row in range(1, 5)]
    assert (heights[:2], heights[2] >= 3, heights[3]) == ([2, 1], True, 3)


def test_csv_has_its_mark_and_no_text_a_spreadsheet_would_run():
    content = comma.comma_separated(PAPER)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[0] == list(TABLE.columns)
    assert [row[1] for row in rows[2:]] == [f"'{each}" if each[0] in "=+-@" else each for each in NASTY]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠A1"])
def test_csv_keeps_a_text_from_running_however_it_begins(text):
    paper = Paper("r", "Report", "en", [], [], lines=Table(("Task",), [[text]]))
    content = comma.comma_separated(paper).decode("utf-8-sig")
    assert list(csv.reader(StringIO(content, newline="")))[1] == [f"'{text}"]


def test_a_pdf_is_made_where_its_library_is_installed():
    assert portable.can()
    content = portable.pdf(PAPER)
    assert content.startswith(b"%PDF-")
    assert content.count(b"/FontFile") >= 1


def test_scripts_are_told_apart_letter_by_letter():
    assert list(runs("A2 课程 ກ")) == [
        (Script.LATIN, "A2 "),
        (Script.CHINESE, "课程"),
        (Script.LATIN, " "),
        (Script.LAO, "ກ"),
    ]
