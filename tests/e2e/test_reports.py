"""`/report` from the words to the file: by a focal point in the group, by a coordinator in private."""

import csv
import zipfile
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from tests.e2e.test_uploads import stored


@pytest.fixture
async def quarter(bed):
    """A group with a decision, an activity with tasks, and people who took part."""
    await bed.hears("vte_focal", "/decide Both colleges use one module plan")
    await bed.presses("kmg_focal", bed.last(bed.group, "D1"), "Agree")
    await bed.hears("vte_focal", "/plan add Exchange visit of trainers #curriculum")
    await bed.hears("kmg_focal", "/support An interpreter for the workshop")
    await bed.hears("vte_focal", "/task =Send the list A1 by 8 April")
    await bed.hears("kmg_focal", "/task Answer the letter by 30 April #curriculum")
    return bed


async def made(bed, who, command, button, *, private=False):
    page = await bed.hears(who, command, private=private)
    await bed.presses(who, page, button)
    message = bed.last(who if private else bed.group, "Progress report")
    return page, message, stored(bed, message)


async def test_a_focal_point_gets_a_document_to_sign_in_the_group(quarter):
    page, message, content = await made(quarter, "vte_focal", "/report Q2", "Word")
    assert message.content["document"]["file_name"] == "report-2026-04-01-2026-06-30.docx"
    with zipfile.ZipFile(BytesIO(content)) as archive:
        written = archive.read("word/document.xml").decode()
    assert "Both colleges use one module plan" in written
    assert "Exchange visit of trainers" in written
    assert "An interpreter for the workshop" in written
    assert "Progress report: Wed 1 Apr 2026 – Tue 30 Jun 2026" in written  # above the places to sign
    assert "Word is sent." in page.text
    assert page.buttons[:4] == ["Word", "Excel", "CSV", "PDF"]


async def test_a_workbook_has_a_sheet_for_each_area_with_tasks(quarter):
    _, _, content = await made(quarter, "coordinator", "/report 2026-04", "Excel", private=True)
    book = load_workbook(BytesIO(content))
    assert "Curriculum development" in book.sheetnames
    texts = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {"=Send the list", "Answer the letter", "Both colleges use one module plan"} <= texts


async def test_a_task_of_both_sides_is_one_task_of_its_activity(quarter):
    await quarter.hears("vte_focal", "/task Agree on the dates A1 @vte_focal @kmg_focal by 8 April")
    await quarter.hears("vte_focal", "/done T1")
    _, _, content = await made(quarter, "coordinator", "/report 2026-04", "Excel", private=True)
    sheet = load_workbook(BytesIO(content))["Activities"]
    assert [row[5].value for row in sheet.iter_rows(min_row=2)] == ["on track (1/2)"]


async def test_a_table_for_programs(quarter):
    _, _, content = await made(quarter, "vte_focal", "/report", "CSV")
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))
    assert [row[1] for row in rows[1:]] == ["'=Send the list", "Answer the letter"]


async def test_the_group_hears_of_a_report_made_in_private(quarter):
    await made(quarter, "coordinator", "/report Q2", "Word", private=True)
    assert quarter.last(quarter.group, "A report of this group was made")


async def test_a_stretch_looks_back(quarter):
    page = await quarter.hears("vte_focal", "/report 1 March to 31 March")
    assert "Sun 1 Mar 2026 – Tue 31 Mar 2026" in page.text


async def test_leaves_turn_in_the_same_message(quarter):
    page = await quarter.hears("vte_focal", "/report Q2")
    await quarter.presses("vte_focal", page, "‹ Before")
    assert "Thu 1 Jan 2026" in page.text


async def test_what_is_no_period_gets_examples(quarter):
    said = await quarter.hears("vte_focal", "/report soon")
    assert "Q2" in said.text


async def test_a_member_makes_no_report_of_the_group(quarter):
    said = await quarter.hears("vte_trainer", "/report Q2")
    assert "Word" not in said.buttons
