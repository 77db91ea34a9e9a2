"""The rehearsal ends well, tells the story, leaves its files, and would say so if it did not."""

import asyncio
import csv
import os
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook

from bot.rehearsal.expectations import Expectations
from bot.rehearsal.paper import Paper
from tests.icalendar_reader import event_of

TELLING = (
    "D1: ທັງສອງຝ່າຍເຫັນດີແລ້ວ",
    "PI MAI: VIENTIANE CELEBRATES, KUNMING WORKS",
    "only Kunming was nudged on 14, 15 and 16 April",
    "THE POWER FAILS IN THE MIDDLE OF THREE COMMANDS",
    "on Saturday 9 May only Kunming was nudged",
    "the group reads which steps moved, all 22",
    "the minutes are agreed by both sides",
    "the chain of the journal holds",
)
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
AGREED = "ໂມດູນໄຟຟ້າລົດຍົນມີ 120 ຊົ່ວໂມງ"


@pytest.mark.timeout(300)
async def test_the_whole_story_is_played_and_every_expectation_met(tmp_path):
    command = (sys.executable, "-m", "bot", "rehearse", "--files", str(tmp_path / "made"))
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, env=os.environ | {"NO_COLOR": "1"}
    )
    said, _ = await asyncio.wait_for(process.communicate(), 280)
    text = said.decode()
    assert process.returncode == 0, text[-2000:]
    assert [line for line in TELLING if line not in text] == []
    assert "\x1b[" not in text
    assert "NOT SO" not in text
    can_be_opened(tmp_path / "made")


def can_be_opened(folder: Path) -> None:
    """Every kind of file that is left behind, by another library than the one that wrote it."""
    *reports, minutes = sorted(folder.glob("*.docx"), key=lambda file: "minutes" in file.name)
    assert (len(reports), "minutes-M1" in minutes.name) == (4, True)
    assert all(AGREED in words_of(file) for file in (*reports, minutes))
    for file in folder.glob("*.ics"):
        event = event_of(file.read_bytes())
        assert event.lines["DTSTART"].parameters["TZID"] in ("Asia/Vientiane", "Asia/Shanghai", "Asia/Bangkok")
        assert event.begins == datetime(2026, 6, 8, 6, 0, tzinfo=UTC)
    for file in folder.glob("*.xlsx"):
        book = load_workbook(file)
        assert AGREED in str([cell.value for sheet in book for row in sheet.iter_rows() for cell in row])
    (table,) = folder.glob("*.csv")
    with table.open(encoding="utf-8-sig", newline="") as lines:
        assert "T32" in [row[0] for row in csv.reader(lines)]
    assert all(file.read_bytes().startswith(b"\x89PNG") for file in folder.glob("*.png"))


def words_of(file: Path) -> str:
    with zipfile.ZipFile(file) as archive:
        return "".join(etree.fromstring(archive.read("word/document.xml")).itertext(f"{WORD}t"))


def test_one_broken_expectation_fails_the_rehearsal():
    lines: list[str] = []
    expectations = Expectations(Paper(echo=lines.append, colour=False))
    expectations.expect(True, "the sun rises")
    assert expectations.exit_code == 0
    expectations.expect(False, "nobody was nudged at night")
    assert expectations.exit_code == 1
    assert any("nobody was nudged at night" in line for line in lines)


def test_a_story_that_expects_nothing_proves_nothing():
    assert Expectations(Paper(echo=lambda _: None, colour=False)).exit_code == 1
