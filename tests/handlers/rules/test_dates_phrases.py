"""Dates as people write them in English and Chinese: hundreds of phrases, and what is asked about or refused."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handlers.rules.date_fold import fold
from handlers.rules.date_reading import Doubt
from handlers.rules.dates import DateReading, Known, Reading, UnreadableDate, read_date, split_due
from handlers.rules.day_layers import DayName
from handlers.rules.holiday_names import holidays
from handlers.rules.working_time import WorkingTime, parse_week
from storage.kinds import DayKind

VIENTIANE = ZoneInfo("Asia/Vientiane")
NOW = datetime(2027, 3, 10, 10, 0, tzinfo=VIENTIANE)  # a Wednesday
TABLE: Mapping[str, Any] = json.loads((Path(__file__).parent / "date_phrases_en_zh.json").read_text(encoding="utf-8"))
DAYS = [(country, date.fromisoformat(day), kind, en, zh) for country, day, kind, en, zh in TABLE["calendar"]]
OFF_IN_CHINA = {day: DayKind.OFF for country, day, kind, _, _ in DAYS if country == "CN" and kind == "off"}
KNOWN = Known(
    WorkingTime(VIENTIANE, parse_week("Mon-Fri 08:00-12:00 13:00-17:00"), (OFF_IN_CHINA,)),
    holidays((day, DayName(en, zh=zh)) for _, day, _, en, zh in DAYS),
)
ORDERS = {"en": ("en", "zh_Hans", "lo"), "zh_Hans": ("zh_Hans", "en", "lo")}
ACCEPTED = [(language, *row) for language in ORDERS for row in TABLE[language]["accept"].items()]
REFUSED = [
    (language, reason, phrase)
    for language in ORDERS
    for reason, phrases in TABLE[language]["refuse"].items()
    for phrase in phrases
]


def shown(reading: DateReading | Reading) -> str:
    return f"{reading.day}".removeprefix("2027-") + (f" {reading.at:%H:%M}" if reading.at else "")


def read(phrase: str, language: str = "zh_Hans", known: Known = KNOWN, now: datetime = NOW) -> str:
    """The reading, a second one, the doubt and the zone behind strokes; or "refused: why"."""
    try:
        found = read_date(phrase, now, VIENTIANE, ORDERS[language], known)
    except UnreadableDate as refusal:
        return f"refused: {refusal.reason}"
    second = shown(found.second) if found.second else None
    return " | ".join(filter(None, (shown(found), second, found.doubt, found.zone and found.zone.key)))


@pytest.mark.parametrize(("language", "phrase", "meaning"), ACCEPTED)
def test_what_a_phrase_means(language: str, phrase: str, meaning: str) -> None:
    assert read(phrase, language) == meaning


@pytest.mark.parametrize(("language", "reason", "phrase"), REFUSED)
def test_what_is_refused(language: str, reason: str, phrase: str) -> None:
    assert read(phrase, language) == f"refused: {reason}"


@pytest.mark.parametrize(("language", "reason", "phrase"), REFUSED)
def test_no_other_language_takes_what_one_refuses(language: str, reason: str, phrase: str) -> None:
    other = "en" if language == "zh_Hans" else "zh_Hans"
    assert read(phrase, other) == f"refused: {reason}"


@pytest.mark.parametrize(
    "phrase", ["5个工作日内", "within 5 working days", "next working day", "国庆节前", "before Pi Mai"]
)
def test_where_nothing_is_known_working_days_and_holidays_are_refused(phrase: str) -> None:
    assert read(phrase, known=Known()) == "refused: not_a_date"


def test_before_a_holiday_without_working_days_is_the_day_before_its_first_day_off() -> None:
    assert read("春节前", known=Known(holidays=KNOWN.holidays)) == "2028-01-24"
    assert read("清明节前") == "04-02"
    assert read("清明节前", known=Known(holidays=KNOWN.holidays)) == "04-04"


@pytest.mark.parametrize(
    ("now", "phrase", "meaning"),
    [
        pytest.param("2027-03-14 10:00", "下周一", "03-15", id="on a Sunday next week begins tomorrow"),
        pytest.param("2027-03-14 10:00", "这周日", "03-14", id="this Sunday is today"),
        pytest.param("2027-03-12 17:30", "周五下午5点", "03-19 17:00", id="today is over at that hour"),
        pytest.param("2027-04-30 10:00", "月底", "04-30", id="the last day is the end"),
        pytest.param("2027-12-31 10:00", "下个月5号", "2028-01-05", id="over the new year"),
        pytest.param("2027-12-31 10:00", "年底", "12-31", id="the last day of the year"),
        pytest.param("2027-01-31 10:00", "一个月后", "02-28", id="a month too short"),
        pytest.param("2027-10-02 10:00", "国庆节前", "refused: past", id="the holiday has begun"),
        pytest.param("2027-04-15 10:00", "before Pi Mai", "refused: past", id="the feast has begun"),
        pytest.param("2027-04-12 10:00", "四月上旬", "2028-04-10 | some_day", id="ten days that are over"),
        pytest.param("2027-04-08 10:00", "四月初", "04-10 | some_day", id="the proposed day is over, not the period"),
        pytest.param("2027-12-20 10:00", "3月底前", "2028-03-31", id="the next March"),
        pytest.param("2027-03-10 23:30", "3点", "refused: past", id="both halves of the day are over"),
    ],
)
def test_the_corners_of_the_calendar_in_chinese(now: str, phrase: str, meaning: str) -> None:
    assert read(phrase, now=datetime.fromisoformat(now).replace(tzinfo=VIENTIANE)) == meaning


def test_a_place_gives_its_own_today() -> None:
    late = datetime(2027, 3, 10, 23, 30, tzinfo=VIENTIANE)
    assert read("今天15:00北京时间", now=late) == "03-11 15:00 | Asia/Shanghai"
    assert read("今天23:45", now=late) == "03-10 23:45"


@pytest.mark.parametrize(
    ("phrase", "meaning"),
    [
        pytest.param(
            "tomorrow 9am Beijing time", "03-11 09:00 | 03-12 09:00 | whose_day | Asia/Shanghai", id="tomorrow"
        ),
        pytest.param(
            "Thursday 9am Beijing time", "03-11 09:00 | 03-18 09:00 | whose_day | Asia/Shanghai", id="weekday"
        ),
        pytest.param("明天上午9点（北京时间）", "03-11 09:00 | 03-12 09:00 | whose_day | Asia/Shanghai", id="Chinese"),
        pytest.param("ມື້ອື່ນ 9 ໂມງ ເວລາປັກກິ່ງ", "03-11 09:00 | 03-12 09:00 | whose_day | Asia/Shanghai", id="Lao"),
        pytest.param("15 March 9am Beijing time", "03-15 09:00 | Asia/Shanghai", id="a date is one everywhere"),
        pytest.param("Friday 9am Beijing time", "03-12 09:00 | Asia/Shanghai", id="the same by either day"),
        pytest.param("in 2 hours Beijing time", "03-11 03:30 | Asia/Shanghai", id="a span is counted over there"),
        pytest.param("tomorrow 9am", "03-11 09:00", id="no place, no question"),
    ],
)
def test_where_it_is_tomorrow_already_both_days_are_offered(phrase: str, meaning: str) -> None:
    geneva = ZoneInfo("Europe/Zurich")
    found = read_date(phrase, datetime(2027, 3, 10, 18, 30, tzinfo=geneva), geneva)
    second = shown(found.second) if found.second else None
    said = " | ".join(filter(None, (shown(found), second, found.doubt, found.zone and found.zone.key)))
    assert said == meaning


def test_every_doubt_is_offered_or_asked_about_in_some_phrase() -> None:
    doubts = {part for _, _, meaning in ACCEPTED for part in meaning.split(" | ")[1:]}
    assert {str(doubt) for doubt in Doubt if doubt is not Doubt.WHOSE_DAY} <= doubts  # at ten it is one day everywhere


def test_what_asks_is_what_could_do_harm() -> None:
    assert {doubt for doubt in Doubt if not doubt.asks} == {
        Doubt.TODAY_OR_LATER,
        Doubt.THIS_OR_NEXT_WEEK,
        Doubt.DAY_OR_MONTH_FIRST,
        Doubt.FRIDAY_OR_SUNDAY,
        Doubt.BEFORE_OR_ON,
    }


PIECES = """
下 本 周 五 日 天 前 内 后 月 底 初 中 旬 年 号 点 半 上午 下午 晚上 三 十 15 4/5 2027 : . - / 工作日 个 国庆节 北京时间
by before next this Friday March 3 15th 5pm at in within days weeks working end of early tonight noon am Pi Mai
15:00 2570 ' ( ) Vientiane time half past quarter
"""


@given(st.lists(st.sampled_from(PIECES.split()), max_size=7), st.sampled_from(["", " "]), st.integers(0, 7000))
@example(["国庆节", "前"], "", 0)
def test_whatever_is_put_together_is_read_ahead_or_refused(words: list[str], between: str, days: int) -> None:
    now = datetime(2020, 1, 1, 13, tzinfo=UTC) + timedelta(days)
    try:
        found = read_date(between.join(words), now, VIENTIANE, ORDERS["zh_Hans"], KNOWN)
    except UnreadableDate:
        return
    today = now.astimezone(found.zone or VIENTIANE).date()
    readings = [found, *filter(None, [found.second])]
    assert all(today <= each.day <= today + timedelta(5 * 366) for each in readings)
    assert len({(each.day, each.at) for each in readings}) == len(readings)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    try:
        found = read_date(text, NOW, VIENTIANE, ORDERS["en"], KNOWN)
    except UnreadableDate:
        return
    assert found.day >= NOW.date()


@given(st.text("前内 在4月20日周五截止by before\n@#。，", max_size=60))
def test_cutting_a_date_out_loses_no_other_word(text: str) -> None:
    rest, due = split_due(text, known=KNOWN)
    assert (rest == text) if due is None else due in text
    letters = iter(text)
    assert all(sign in letters for sign in rest if not sign.isspace())


@pytest.mark.parametrize(
    ("words", "text", "due"),
    [
        pytest.param("请在4月20日前提交教材", "提交教材", "请在4月20日前", id="in the middle of a sentence"),
        pytest.param("请各位老师在4月20日前提交教材", "请各位老师提交教材", "在4月20日前", id="behind other words"),
        pytest.param("国庆节前提交报告", "提交报告", "国庆节前", id="before a holiday"),
        pytest.param("本周内完成调研", "完成调研", "本周内", id="within this week"),
        pytest.param("提交计划，截止4月20日 @li", "提交计划 @li", "4月20日", id="a person behind the date"),
        pytest.param("计划 4月20日下午5点前 #tot", "计划 #tot", "4月20日下午5点前", id="with an hour"),
        pytest.param("2027年4月20日前提交", "提交", "2027年4月20日前", id="with a year"),
        pytest.param("预算表（4月20日前）", "预算表", "4月20日前", id="in brackets"),
        pytest.param("Budget (due 20 April) @li", "Budget @li", "20 April", id="in brackets, in English"),
        pytest.param("ສົ່ງແຜນ (ກ່ອນວັນສຸກ)", "ສົ່ງແຜນ", "ກ່ອນວັນສຸກ", id="in brackets, in Lao"),
        pytest.param("Budget (by Friday or later)", None, None, id="in brackets, with more"),
        pytest.param("学生劳动前培训", None, None, id="work is no holiday without its day"),
        pytest.param("本月内刊编辑", None, None, id="the paper of a house"),
        pytest.param("4月20日截止", "", "4月20日截止", id="the word behind the date"),
        pytest.param("4月20日前完成初稿，5月1日前定稿", "完成初稿，5月1日前定稿", "4月20日前", id="the first of two"),
        pytest.param("4月31日前提交", "提交", "4月31日前", id="no such day: reading it will say so"),
        pytest.param("Send plan before Friday", "Send plan", "before Friday", id="before stays with its date"),
        pytest.param("Plan by Pi Mai", "Plan", "Pi Mai", id="by a holiday"),
        pytest.param("Plan deadline: 20 April", "Plan", "20 April", id="deadline"),
        pytest.param("Plan within 3 working days", "Plan", "within 3 working days", id="within"),
        pytest.param("ສົ່ງລາຍງານກ່ອນວັນສຸກ", "ສົ່ງລາຍງານ", "ກ່ອນວັນສຸກ", id="Lao without spaces"),
        pytest.param("Plan4月20日前B", "Plan B", "4月20日前", id="words are not glued"),
        pytest.param("计划 @li5日内完成", None, None, id="inside a name"),
        pytest.param("周五前端会议", None, None, id="the front end"),
        pytest.param("整理4月20日前的材料", None, None, id="what was before"),
        pytest.param("4月20日前一天开会", None, None, id="the day before it"),
        pytest.param("第12周五前提交", None, None, id="a number is not cut"),
        pytest.param("一周内容安排", None, None, id="the content of a week"),
        pytest.param("目前进展和提前准备", None, None, id="at present and in advance"),
        pytest.param("Check before lunch", None, None, id="before something else"),
        pytest.param("plan before\nFriday", None, None, id="over the end of a line"),
    ],
)
def test_a_date_inside_a_task(words: str, text: str | None, due: str | None) -> None:
    assert split_due(words, known=KNOWN) == (words if text is None else text, due)
