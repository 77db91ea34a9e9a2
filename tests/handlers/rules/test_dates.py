"""English dates: every phrase of the table, the calendar's corners, what is refused and why, dates inside a task."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules import date_due
from handlers.rules.dates import DateReading, Doubt, Reading, Reason, UnreadableDate, read_date, split_due

VIENTIANE = ZoneInfo("Asia/Vientiane")
NOW = datetime(2027, 3, 10, 10, 0, tzinfo=VIENTIANE)  # a Wednesday
TABLE: Mapping[str, Any] = json.loads((Path(__file__).parent / "date_phrases_en.json").read_text(encoding="utf-8"))


def shown(day: date, at: time | None = None) -> str:
    return f"{day}" + (f" {at:%H:%M}" if at else "")


def dated(answer: str) -> str:
    return answer if answer.startswith("20") else f"2027-{answer}"


def read(phrase: str, now: datetime = NOW, zone: ZoneInfo = VIENTIANE) -> str:
    """What is read, in short: the reading, or "refused: why"; a second reading behind a stroke."""
    try:
        found = read_date(phrase, now, zone)
    except UnreadableDate as refusal:
        return f"refused: {refusal.reason}"
    second = f" | {shown(found.second.day, found.second.at)}" if found.second else ""
    return shown(found.day, found.at) + second


@pytest.mark.parametrize("phrase", TABLE["accept"], ids=lambda phrase: phrase["text"])
def test_phrases_that_are_dates(phrase: Mapping[str, Any]) -> None:
    found = read_date(phrase["text"], NOW, VIENTIANE)
    assert shown(found.day, found.at) in map(dated, phrase["ok"])
    if found.second:
        assert shown(found.second.day, found.second.at) in map(dated, phrase["second"])
    assert bool(found.second) is bool(phrase["second"])


@pytest.mark.parametrize("phrase", TABLE["refuse"])
def test_phrases_that_are_no_dates(phrase: str) -> None:
    assert read(phrase) == "refused: not_a_date"


@pytest.mark.parametrize(
    ("phrase", "meaning"),
    [
        pytest.param("  By   FRIDAY. ", "2027-03-12", id="capitals, spaces and a full stop"),
        pytest.param("１５／３ １７：００", "2027-03-15 17:00", id="full-width digits"),
        pytest.param("Fri, 12 March", "2027-03-12", id="a weekday that fits its date"),
        pytest.param("Mon 12 March", "2027-03-12 | 2027-03-15", id="a weekday that does not: the nearest such day too"),
        pytest.param("Sunday 14/3/2027 5 p.m.", "2027-03-14 17:00", id="weekday, digits and a time"),
        pytest.param("Friday 4/6", "2027-06-04", id="no second reading where the weekday decides"),
        pytest.param("Sunday 6/6", "2027-06-06", id="the same number twice"),
        pytest.param("4/5", "2027-05-04 | 2027-04-05", id="day first, month first as a second reading"),
        pytest.param("5/5", "2027-05-05", id="both orders say the same"),
        pytest.param("3/15", "2027-03-15", id="only month first exists"),
        pytest.param("03/15/2027", "2027-03-15", id="only month first exists, with a year"),
        pytest.param("4/3", "2028-03-04 | 2027-04-03", id="day first is next year's"),
        pytest.param("15-03-2027", "2027-03-15", id="with strokes"),
        pytest.param("2027/3/15", "2027-03-15", id="the year first"),
        pytest.param("2027-03-15T14:30", "2027-03-15 14:30", id="as programs write it"),
        pytest.param("14:30 2027-03-15", "2027-03-15 14:30", id="time before digits"),
        pytest.param("15/3/27", "2027-03-15", id="two digits of a year"),
        pytest.param("15.3", "refused: not_a_date", id="a number with a point"),
        pytest.param("2027-03/15", "refused: not_a_date", id="two kinds of strokes"),
        pytest.param("31/4", "refused: no_such_day", id="no such day"),
        pytest.param("13/13/2027", "refused: no_such_day", id="no such month"),
        pytest.param("30 February", "refused: no_such_day", id="no year has it"),
        pytest.param("29 February 2027", "refused: no_such_day", id="this year does not have it"),
        pytest.param("29 February", "2028-02-29", id="the next leap day"),
        pytest.param("the 32nd", "refused: no_such_day", id="no month has it"),
        pytest.param("the 0th", "refused: no_such_day", id="before the first"),
        pytest.param("the 12th", "2027-03-12", id="a twelfth"),
        pytest.param("the 21st", "2027-03-21", id="a twenty-first"),
        pytest.param("the 31th", "refused: not_a_date", id="no ordinal either"),
        pytest.param("the 15st", "refused: not_a_date", id="no ordinal"),
        pytest.param("the 2nd", "2027-04-02", id="past this month: the next"),
        pytest.param("1st of April", "2027-04-01", id="an ordinal and a month"),
        pytest.param("March the 22nd", "2027-03-22", id="a month and an ordinal"),
        pytest.param("Sept 3", "2027-09-03", id="four letters of a month"),
        pytest.param("March 15, 2027", "2027-03-15", id="a comma before the year"),
        pytest.param("10 March", "2027-03-10 | 2028-03-10", id="today by date"),
        pytest.param("the 10th", "2027-03-10 | 2027-04-10", id="today by number"),
        pytest.param("this Wednesday", "2027-03-10 | 2027-03-17", id="this weekday is today"),
        pytest.param("this Monday", "2027-03-15", id="past in this week: the coming one"),
        pytest.param("Wed 17:00", "2027-03-17 17:00 | 2027-03-10 17:00", id="today is possible till five"),
        pytest.param("Wed 9:00", "2027-03-17 09:00", id="today at nine is over"),
        pytest.param("next Wednesday", "2027-03-17", id="next and coming are the same day"),
        pytest.param("next Sunday", "2027-03-21 | 2027-03-14", id="the coming one as a second reading"),
        pytest.param("next week Friday", "2027-03-19", id="the week first"),
        pytest.param("Tuesday this week", "refused: past", id="over"),
        pytest.param("this week", "2027-03-12", id="this week ends on Friday"),
        pytest.param("end of this week", "2027-03-12 | 2027-03-14", id="Friday or Sunday"),
        pytest.param("by the end of the year", "2027-12-31", id="end of the year"),
        pytest.param("end of next year", "2028-12-31", id="end of next year"),
        pytest.param("end of February", "2028-02-29", id="February is over: the next"),
        pytest.param("end of Q1 2028", "2028-03-31", id="a quarter with its year"),
        pytest.param("end of Q4 2026", "refused: past", id="a quarter that is over"),
        pytest.param("end of Q5", "refused: not_a_date", id="a fifth quarter"),
        pytest.param("three weeks from now", "2027-03-31", id="from now"),
        pytest.param("in a year", "2028-03-10", id="in a year"),
        pytest.param("in 30 minutes", "2027-03-10 10:30", id="minutes"),
        pytest.param("within an hour", "2027-03-10 11:00", id="an hour"),
        pytest.param("in 20 hours", "2027-03-11 06:00", id="hours past midnight"),
        pytest.param("in 0 days", "refused: not_a_date", id="no days"),
        pytest.param("in 5000 days", "refused: too_far", id="many days"),
        pytest.param("in 999999 years", "refused: too_far", id="more years than there are"),
        pytest.param("5pm", "2027-03-10 17:00", id="a time alone is today's"),
        pytest.param("at 9:00", "refused: past", id="a time that is over"),
        pytest.param("10:00", "2027-03-10 10:00", id="this very minute"),
        pytest.param("12am tomorrow", "refused: no_such_time", id="midnight by clock, or noon"),
        pytest.param("tomorrow 12pm", "2027-03-11 12:00", id="noon by clock"),
        pytest.param("5:30 pm on Friday", "2027-03-12 17:30", id="time first"),
        pytest.param("today at 24:00", "2027-03-10", id="the end of the day"),
        pytest.param("today at 0:00", "refused: no_such_time", id="either midnight"),
        pytest.param("tomorrow 13pm", "refused: no_such_time", id="no such hour"),
        pytest.param("tomorrow 15", "refused: not_a_date", id="a number is no time"),
        pytest.param("midnight tomorrow", "refused: no_such_time", id="which midnight?"),
        pytest.param("yesterday", "refused: past", id="yesterday"),
        pytest.param("2027-03-09", "refused: past", id="yesterday by date"),
        pytest.param("15 March 2026", "refused: past", id="last year"),
        pytest.param("2028-09-10", "2028-09-10", id="eighteen months ahead"),
        pytest.param("2028-09-11", "2028-09-11", id="a day more is asked about"),
        pytest.param("2570-03-15", "2027-03-15", id="a Buddhist year"),
        pytest.param("0000-01-01", "refused: no_such_day", id="the year nought"),
        pytest.param("9999-12-31", "refused: too_far", id="the last year"),
        pytest.param("before Friday", "2027-03-12 | 2027-03-11", id="before: with it or without?"),
        pytest.param("15", "refused: not_a_date", id="a number"),
        pytest.param("March", "refused: not_a_date", id="a month"),
        pytest.param("on", "refused: not_a_date", id="an opening and nothing else"),
        pytest.param("", "refused: not_a_date", id="nothing"),
        pytest.param("Friday " * 500, "refused: not_a_date", id="a long text"),
    ],
)
def test_what_is_read(phrase: str, meaning: str) -> None:
    assert read(phrase) == meaning


@pytest.mark.parametrize(
    ("now", "phrase", "meaning"),
    [
        pytest.param("2027-01-31 10:00", "in 1 month", "2027-02-28", id="a month too short"),
        pytest.param("2026-12-31 10:00", "tomorrow", "2027-01-01", id="into the new year"),
        pytest.param("2026-12-10 10:00", "end of next month", "2027-01-31", id="over the new year"),
        pytest.param("2026-12-28 10:00", "Friday next week", "2027-01-08", id="a week in the new year"),
        pytest.param("2027-04-05 10:00", "the 31st", "2027-05-31", id="April has no 31st"),
        pytest.param("2027-03-13 10:00", "end of week", "2027-03-14", id="on Saturday only Sunday is left"),
        pytest.param("2027-03-12 10:00", "next Friday", "2027-03-19", id="next Friday on a Friday"),
        pytest.param("2027-03-31 10:00", "end of March", "2027-03-31", id="the last day is the end"),
        pytest.param("2028-03-01 10:00", "29 Feb", "2032-02-29", id="four years to the next leap day"),
        pytest.param("2027-03-10 23:59", "today", "2027-03-10", id="a minute before midnight"),
    ],
)
def test_the_corners_of_the_calendar(now: str, phrase: str, meaning: str) -> None:
    assert read(phrase, datetime.fromisoformat(now).replace(tzinfo=VIENTIANE)) == meaning


def test_today_is_the_readers_day() -> None:
    late = datetime(2027, 3, 10, 16, 30, tzinfo=UTC)
    assert read("today", late, VIENTIANE) == "2027-03-10"
    assert read("today", late, ZoneInfo("Asia/Shanghai")) == "2027-03-11"


BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("phrase", "meaning"),
    [
        pytest.param("tomorrow 02:30", "refused: no_such_time", id="the clocks jump over it"),
        pytest.param("in 24 hours", "2027-03-28 13:00", id="hours are hours"),
        pytest.param("tomorrow 12:00", "2027-03-28 12:00", id="noon is noon"),
    ],
)
def test_when_the_clocks_change(phrase: str, meaning: str) -> None:
    assert read(phrase, datetime(2027, 3, 27, 12, 0, tzinfo=BERLIN), BERLIN) == meaning


@pytest.mark.parametrize(
    ("phrase", "second", "doubt"),
    [
        ("next Friday", Reading(date(2027, 3, 12)), Doubt.THIS_OR_NEXT_WEEK),
        ("Wednesday", Reading(date(2027, 3, 10)), Doubt.TODAY_OR_LATER),
        ("4/5 17:00", Reading(date(2027, 4, 5), time(17)), Doubt.DAY_OR_MONTH_FIRST),
        ("end of next week", Reading(date(2027, 3, 21)), Doubt.FRIDAY_OR_SUNDAY),
        ("next week", None, Doubt.SOME_DAY_OF_A_WEEK),
        ("Friday", None, None),
        ("Wed 9:00", None, None),
    ],
)
def test_a_doubt_is_named(phrase: str, second: Reading | None, doubt: Doubt | None) -> None:
    found = read_date(phrase, NOW, VIENTIANE)
    assert (found.second, found.doubt) == (second, doubt)


def test_digits_are_read_in_every_language_words_in_their_own() -> None:
    assert read_date("15/3", NOW, VIENTIANE, languages=()) == DateReading(date(2027, 3, 15))
    with pytest.raises(UnreadableDate) as refusal:
        read_date("Friday", NOW, VIENTIANE, languages=("lo",))
    assert refusal.value.reason is Reason.NOT_A_DATE


def test_a_moment_without_a_zone_is_our_own_fault() -> None:
    with pytest.raises(ValueError, match="zone"):
        read_date("today", NOW.replace(tzinfo=None), VIENTIANE)


@given(st.dates(date(2027, 3, 10), date(2028, 9, 10)), st.sampled_from(["{:%Y-%m-%d}", "{:%d/%m/%Y}", "{:%d %B %Y}"]))
def test_a_full_date_is_read_as_it_was_written(day: date, form: str) -> None:
    found = read_date(form.format(day), NOW, VIENTIANE)
    assert (found.day, found.at) == (day, None)


@given(st.text("0123456789/:-. apmfridynextoh", max_size=30), st.integers(0, 7000))
def test_whatever_is_typed_is_read_ahead_or_refused(phrase: str, days: int) -> None:
    now = datetime(2020, 1, 1, 13, tzinfo=UTC) + timedelta(days)
    try:
        found = read_date(phrase, now, VIENTIANE)
    except UnreadableDate:
        return
    today = now.astimezone(VIENTIANE).date()
    assert all(today <= day <= today + timedelta(1830) for day in (found.day, found.second and found.second.day) if day)


@pytest.mark.parametrize(
    ("words", "text", "due"),
    [
        pytest.param("Send the plan by Friday", "Send the plan", "Friday", id="at the end"),
        pytest.param("Send the plan BY 15 March 5pm", "Send the plan", "15 March 5pm", id="with a time"),
        pytest.param("Send the plan due: 15/3", "Send the plan", "15/3", id="due with a colon"),
        pytest.param("Send the plan due in 3 days", "Send the plan", "in 3 days", id="due without"),
        pytest.param("Plan due by Friday", "Plan", "by Friday", id="due by"),
        pytest.param("Plan by Friday @ana #toc", "Plan @ana #toc", "Friday", id="persons and areas follow"),
        pytest.param("Plan @ana by the 15th #toc", "Plan @ana #toc", "the 15th", id="between person and area"),
        pytest.param("Send by e-mail by Friday", "Send by e-mail", "Friday", id="the by that is a date"),
        pytest.param("Plan by Friday\nwith annex", "Plan\nwith annex", "Friday", id="at the end of a line"),
        pytest.param("by Friday", "", "Friday", id="a date and nothing else"),
        pytest.param("Collect the forms until 30 April @ana", "Collect the forms @ana", "30 April", id="until"),
        pytest.param("Collect the forms till Friday", "Collect the forms", "Friday", id="till"),
        pytest.param("Wait until the forms are there", None, None, id="until something"),
        pytest.param("Plan by 2020-01-01", "Plan", "2020-01-01", id="past: reading it will say so"),
        pytest.param("Plan by 31/4", "Plan", "31/4", id="no such day: reading it will say so"),
        pytest.param("Plan by Friday! 👍🏽 @ana", "Plan @ana", "Friday", id="a picture behind it"),
        pytest.param(
            "ແປເອກະສານ @ana ພາຍໃນ 20 ເມສາ 😀", "ແປເອກະສານ @ana", "ພາຍໃນ 20 ເມສາ", id="lo, a picture behind it"
        ),
        pytest.param("Plan @ana 30 April", "Plan @ana", "30 April", id="alone behind a person"),
        pytest.param("Plan @ana, tomorrow #tot", "Plan @ana #tot", "tomorrow", id="alone between person and area"),
        pytest.param("印刷教材 @li 4月30日", "印刷教材 @li", "4月30日", id="zh alone behind a person"),
        pytest.param("ພິມປຶ້ມ #tot ມື້ອື່ນ", "ພິມປຶ້ມ #tot", "ມື້ອື່ນ", id="lo alone behind an area"),
        pytest.param("Plan @ana Monday by Friday", "Plan @ana Monday", "Friday", id="the one with a word counts"),
        pytest.param("Call @ana Friday group", None, None, id="more than a date behind a person"),
        pytest.param("Buy for @ana 12", None, None, id="a number behind a person"),
        pytest.param("mail to ana@li Friday", None, None, id="an address is no person"),
        pytest.param("check translation by hand", None, None, id="by hand"),
        pytest.param("module on drying by sun", None, None, id="the sun is no Sunday"),
        pytest.param("papers by Friday group", None, None, id="a group's name"),
        pytest.param("approved by @ana", None, None, id="by a person"),
        pytest.param("due to rain", None, None, id="due to"),
        pytest.param("standby Friday", None, None, id="by inside a word"),
        pytest.param("Friday", None, None, id="a date without by"),
        pytest.param("", None, None, id="nothing"),
        pytest.param("准备课程表初稿 @li 4月20日前", "准备课程表初稿 @li", "4月20日前", id="zh behind a person"),
        pytest.param("4月20日前完成初稿 @li", "完成初稿 @li", "4月20日前", id="zh first, with no space"),
        pytest.param("准备课程表，截止4月20日", "准备课程表", "4月20日", id="zh after a comma"),
        pytest.param("课程表 截止日期：2027-04-20 #tot", "课程表 #tot", "2027-04-20", id="zh with a colon"),
        pytest.param("提交报告 5个工作日内", "提交报告", "5个工作日内", id="zh working days"),
        pytest.param("整理会议前的材料", None, None, id="zh before a meeting"),
        pytest.param("三天前讨论的问题", None, None, id="zh three days ago"),
        pytest.param("在中国境内考察", None, None, id="zh inside the country"),
        pytest.param("ຮ່າງບັນຊີ @ana ກຳນົດ 30 ເມສາ #tot", "ຮ່າງບັນຊີ @ana #tot", "30 ເມສາ", id="lo"),
        pytest.param("ສົ່ງລາຍງານ ກ່ອນ 20 ເມສາ", "ສົ່ງລາຍງານ", "ກ່ອນ 20 ເມສາ", id="lo before"),
        pytest.param("ກ່ອນກອງປະຊຸມ ໃຫ້ກຽມເອກະສານ", None, None, id="lo before a meeting"),
    ],
)
def test_a_date_inside_a_task(words: str, text: str | None, due: str | None) -> None:
    assert split_due(words) == (words if text is None else text, due)


@pytest.mark.parametrize(
    "words", ["by " * 1365, "by Friday " * 409, "due " * 1024, "by" + " " * 4094, "by 1 " * 819, "@a 1 " * 819]
)
def test_a_text_full_of_by_takes_no_time(words: str) -> None:
    begun = perf_counter()
    split_due(words)
    assert perf_counter() - begun < 0.5  # measured: under 0.03; without bounds in the pattern it took seconds


@pytest.mark.parametrize("piece", ["by ", "by Friday x\n", "@a x ", "(x) ", "before x ", "截止x ", "x前"])
def test_a_date_is_looked_for_in_so_many_places(piece: str) -> None:
    looked: list[str] = []
    date_due.cut(piece * 1000, lambda phrase: bool(looked.append(phrase)))
    assert len(looked) <= 1000


def test_reading_takes_under_two_milliseconds() -> None:
    begun = perf_counter()
    for phrase in TABLE["refuse"] * 20:
        read(phrase)
    assert (perf_counter() - begun) / (20 * len(TABLE["refuse"])) < 0.002
