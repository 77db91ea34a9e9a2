"""Holidays whose year is written: ahead, over, or of a year that no calendar has yet."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.rules.date_reading import NOTHING_KNOWN
from handlers.rules.dates import Known, Reason, UnreadableDate, read_date, split_due
from handlers.rules.day_layers import DayName
from handlers.rules.holiday_names import holidays

VIENTIANE = ZoneInfo("Asia/Vientiane")
NOW = datetime(2026, 11, 28, 10, 0, tzinfo=VIENTIANE)
PI_MAI = DayName("Lao New Year's Day", "ວັນປີໃໝ່ລາວ", "老挝新年", "ວັນປີໃໝ່ລາວ")
NATIONAL = DayName("Chinese National Day", "国庆节", "国庆节", "ວັນຊາດຈີນ")
KNOWN = Known(
    holidays=holidays(
        [
            (date(2026, 4, 14), PI_MAI),
            (date(2026, 4, 15), PI_MAI),
            (date(2027, 4, 14), PI_MAI),
            (date(2026, 10, 1), NATIONAL),
        ]
    )
)
"""This year's and what is known of the next: nobody has confirmed China's yet."""


def refusal(phrase: str, known: Known = KNOWN) -> Reason:
    with pytest.raises(UnreadableDate) as raised:
        read_date(phrase, NOW, VIENTIANE, known=known)
    return raised.value.reason


@pytest.mark.parametrize("phrase", ["before Pi Mai 2027", "2027年老挝新年前", "ກ່ອນປີໃໝ່ລາວ 2027", "before Pi Mai"])
def test_what_is_over_this_year_does_not_hide_the_next_one(phrase):
    assert read_date(phrase, NOW, VIENTIANE, known=KNOWN).day == date(2027, 4, 13)


@pytest.mark.parametrize(
    "phrase",
    [
        "before Pi Mai 2025",
        "by Pi Mai 2026",
        "Pi Mai 2025",
        "2 days before Pi Mai 2025",
        "2025年老挝新年前",
        "今年国庆节前",
        "2025年国庆节",
        "ກ່ອນປີໃໝ່ລາວ 2025",
        "ກ່ອນປີໃໝ່ລາວປີນີ້",
    ],
)
def test_a_holiday_that_is_over_is_past(phrase):
    assert refusal(phrase) is Reason.PAST


@pytest.mark.parametrize(
    "phrase", ["before Pi Mai 2029", "2035年春节前", "明年国庆节前", "2027年国庆节", "ກ່ອນປີໃໝ່ລາວ ປີ 2035"]
)
def test_a_holiday_of_a_year_without_a_calendar_is_not_called_unreadable(phrase):
    assert refusal(phrase) is Reason.NO_CALENDAR


@pytest.mark.parametrize("phrase", ["before Pi Mai 2027", "2027年春节前", "ກ່ອນປີໃໝ່ລາວ 2027", "今年国庆节前"])
def test_where_no_calendar_is_known_at_all_the_name_still_is(phrase):
    assert refusal(phrase, NOTHING_KNOWN) is Reason.NO_CALENDAR


@pytest.mark.parametrize("phrase", ["before the workshop 2025", "2025年报告前", "ກ່ອນລາຍງານ 2025", "before women 2025"])
def test_what_is_no_holiday_is_no_date_in_any_year(phrase):
    assert refusal(phrase) is Reason.NOT_A_DATE


@pytest.mark.parametrize(
    ("words", "text", "phrase"),
    [
        pytest.param("Finish it before Pi Mai 2025", "Finish it", "before Pi Mai 2025", id="en"),
        pytest.param("交报告 2035年春节前", "交报告", "2035年春节前", id="zh"),
        pytest.param("ສົ່ງລາຍງານ ກ່ອນປີໃໝ່ລາວ 2025", "ສົ່ງລາຍງານ", "ກ່ອນປີໃໝ່ລາວ 2025", id="lo"),
        pytest.param("Plan by workshop 2025", "Plan by workshop 2025", None, id="no holiday"),
    ],
)
def test_it_is_cut_out_of_a_task_so_that_the_reason_is_said(words, text, phrase):
    assert split_due(words, known=KNOWN) == (text, phrase)


def test_on_the_last_day_of_a_holiday_only_that_day_is_left():
    last = datetime(2026, 4, 15, 10, 0, tzinfo=VIENTIANE)
    found = read_date("Pi Mai 2026", last, VIENTIANE, known=KNOWN)
    assert (found.day, found.doubt) == (date(2026, 4, 15), None)
