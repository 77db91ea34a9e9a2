"""Quarters and ranges of months as due dates: their last working day is proposed, and always asked about."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from handlers.rules.dates import Doubt, Known, UnreadableDate, read_date, split_due
from handlers.rules.languages import SPOKEN, starting_with
from handlers.rules.working_time import WorkingTime, parse_week
from storage.kinds import DayKind

VIENTIANE = ZoneInfo("Asia/Vientiane")
NOW = datetime(2027, 3, 10, 10, 0, tzinfo=VIENTIANE)  # a Wednesday
TABLE: Mapping[str, Any] = json.loads((Path(__file__).parent / "date_phrases_months.json").read_text(encoding="utf-8"))
ASKED = [row for phrases in TABLE["asked"].values() for row in phrases.items()]
REFUSED = [(reason, phrase) for reason, phrases in TABLE["refused"].items() for phrase in phrases]


def known(*off: date) -> Known:
    """Somebody who works from Monday to Friday, but for these days."""
    week = parse_week("Mon-Fri 08:00-12:00 13:00-16:00")
    return Known(WorkingTime(VIENTIANE, week, (dict.fromkeys(off, DayKind.OFF),)))


def read(phrase: str, language: str = "en", now: datetime = NOW, by: Known | None = None) -> str:
    """The day that is proposed, with its doubt where that is another one; or "refused: why"."""
    try:
        found = read_date(phrase, now, VIENTIANE, starting_with(language, SPOKEN), by or known())
    except UnreadableDate as refusal:
        return f"refused: {refusal.reason}"
    day = f"{found.day}".removeprefix("2027-")
    return day if found.doubt is Doubt.SEVERAL_MONTHS else f"{day} | {found.doubt}"


@pytest.mark.parametrize(("phrase", "day"), ASKED)
def test_what_is_proposed(phrase: str, day: str) -> None:
    assert {each: read(phrase, each) for each in SPOKEN} == dict.fromkeys(SPOKEN, day)


@pytest.mark.parametrize(("reason", "phrase"), REFUSED)
@pytest.mark.parametrize("language", SPOKEN)
def test_what_is_refused(language: str, reason: str, phrase: str) -> None:
    assert read(phrase, language) == f"refused: {reason}"


def test_it_is_always_asked_about() -> None:
    assert Doubt.SEVERAL_MONTHS.asks


@pytest.mark.parametrize(
    ("now", "phrase", "off", "meaning"),
    [
        pytest.param("2027-03-10", "Q1", ["2027-03-31"], "03-30", id="its last day is a day off"),
        pytest.param("2027-03-10", "Q1", ["2027-03-30", "2027-03-31"], "03-29", id="its last two days are"),
        pytest.param("2027-03-31", "Q1", [], "03-31", id="today is its last day"),
        pytest.param("2027-03-31", "Q1", ["2027-03-31"], "03-31", id="no working day of it is left"),
        pytest.param("2027-04-01", "Q1", [], "2028-03-31", id="it is over: the next one"),
        pytest.param("2027-10-31", "September-October", [], "10-31", id="a Sunday, and the last day"),
        pytest.param("2027-11-01", "September-October", [], "2028-10-31", id="the range is over: the next one"),
        pytest.param("2027-12-15", "next quarter", [], "2028-03-31", id="over the new year"),
        pytest.param("2027-12-15", "November-February", [], "2028-02-29", id="a range that goes on"),
        pytest.param("2028-01-15", "November-February", [], "2028-02-29", id="one that began last year"),
        pytest.param("2028-01-15", "11月至2月", [], "2028-02-29", id="the same in Chinese"),
    ],
)
def test_the_corners_of_the_calendar(now: str, phrase: str, off: list[str], meaning: str) -> None:
    at = datetime.fromisoformat(now).replace(hour=10, tzinfo=VIENTIANE)
    assert read(phrase, now=at, by=known(*map(date.fromisoformat, off))) == meaning


def test_where_nobodys_working_days_are_known_it_is_the_last_day() -> None:
    assert read("September-October", by=Known()) == "10-31"


@pytest.mark.parametrize(
    ("words", "text", "phrase"),
    [
        ("Send the plan by Q2 2027 @thongsa", "Send the plan @thongsa", "Q2 2027"),
        ("Send the plan before March–April", "Send the plan", "before March–April"),
        ("Report for Q1", "Report for Q1", None),
        ("Write the plan due Q1 report", "Write the plan due Q1 report", None),
        ("第二季度前提交计划", "提交计划", "第二季度前"),
        ("提交计划 第二季度前", "提交计划", "第二季度前"),
        ("第一季度报告", "第一季度报告", None),
        ("ສົ່ງແຜນ ກ່ອນໄຕມາດ 2", "ສົ່ງແຜນ", "ກ່ອນໄຕມາດ 2"),
        ("ລາຍງານໄຕມາດ 1", "ລາຍງານໄຕມາດ 1", None),
    ],
)
def test_inside_a_task(words: str, text: str, phrase: str | None) -> None:
    assert split_due(words) == (text, phrase)


@pytest.mark.parametrize("phrase", ["next week", "下周", "ອາທິດໜ້າ"])
@pytest.mark.parametrize(
    ("off", "day"),
    [
        pytest.param([], "03-19", id="Friday"),
        pytest.param([19], "03-18", id="Thursday, where Friday is a day off"),
        pytest.param([17, 18, 19], "03-16", id="the last one that is left"),
        pytest.param([15, 16, 17, 18, 19], "03-19", id="Friday, where the whole week is off: no day of another week"),
    ],
)
def test_of_a_week_a_working_day_is_proposed(phrase: str, off: list[int], day: str) -> None:
    by = known(*(date(2027, 3, each) for each in off))
    assert read(phrase, by=by) == f"{day} | {Doubt.SOME_DAY_OF_A_WEEK}"


def test_this_week_no_day_that_is_over_is_proposed() -> None:
    thursday = datetime(2027, 3, 11, 10, 0, tzinfo=VIENTIANE)
    assert read("this week", now=thursday, by=known(date(2027, 3, 12))).startswith("03-11")
    friday = datetime(2027, 3, 12, 10, 0, tzinfo=VIENTIANE)
    assert read("this week", now=friday, by=known(date(2027, 3, 12))).startswith("03-12")
