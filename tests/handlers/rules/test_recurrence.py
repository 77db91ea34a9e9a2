"""When a task that repeats is due next, and how a rule is written: tables, and what holds for every rule."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.recurrence import LAST, Every, Repeat, Where, due_on, next_after
from handlers.rules.recurrence_words import OFF, read_repeat
from handlers.rules.working_time import WorkingTime, parse_week

OFFICE = WorkingTime(zone=ZoneInfo("Asia/Vientiane"), week=parse_week("Mon-Fri 08:00-12:00"))
WEEK, TWO_WEEKS, MONTH, QUARTER, YEAR = Every
FIRST, LAST_WORKING = Where.FIRST_WORKING, Where.LAST_WORKING
MONDAY, FRIDAY = 0, 4


@pytest.mark.parametrize(
    ("rule", "last", "following", "due"),
    [
        pytest.param(Repeat(WEEK, MONDAY), "2026-04-06", "2026-04-13", "2026-04-13", id="a week later"),
        pytest.param(Repeat(WEEK, MONDAY), "2026-04-08", "2026-04-13", "2026-04-13", id="from a Wednesday"),
        pytest.param(Repeat(WEEK, 5), "2026-04-04", "2026-04-11", "2026-04-10", id="a Saturday: due on Friday"),
        pytest.param(Repeat(TWO_WEEKS, MONDAY), "2026-04-06", "2026-04-20", "2026-04-20", id="two weeks later"),
        pytest.param(Repeat(TWO_WEEKS, FRIDAY), "2026-04-09", "2026-04-24", "2026-04-24", id="moved by a day"),
        pytest.param(Repeat(MONTH, 5), "2026-04-05", "2026-05-05", "2026-05-05", id="a month later"),
        pytest.param(Repeat(MONTH, 5), "2026-04-01", "2026-04-05", "2026-04-03", id="this month still: a Sunday"),
        pytest.param(Repeat(MONTH, 31), "2026-01-31", "2026-02-28", "2026-02-27", id="the end of February"),
        pytest.param(Repeat(MONTH, 30), "2026-01-30", "2026-02-28", "2026-02-27", id="the 30th of February"),
        pytest.param(Repeat(MONTH, 30), "2026-02-28", "2026-03-30", "2026-03-30", id="and the 30th of March again"),
        pytest.param(Repeat(MONTH, 29), "2028-01-29", "2028-02-29", "2028-02-29", id="29 February of a leap year"),
        pytest.param(Repeat(MONTH, 5), "2026-12-05", "2027-01-05", "2027-01-05", id="over the new year"),
        pytest.param(Repeat(MONTH, where=FIRST), "2026-04-01", "2026-05-01", "2026-05-01", id="first working day"),
        pytest.param(Repeat(MONTH, where=FIRST), "2026-07-01", "2026-08-03", "2026-08-03", id="it is a Monday"),
        pytest.param(Repeat(MONTH, where=LAST_WORKING), "2026-04-30", "2026-05-29", "2026-05-29", id="its last one"),
        pytest.param(Repeat(QUARTER, 5), "2026-04-05", "2026-07-05", "2026-07-03", id="a quarter later"),
        pytest.param(Repeat(QUARTER, LAST), "2026-03-31", "2026-06-30", "2026-06-30", id="the end of a quarter"),
        pytest.param(Repeat(QUARTER, LAST), "2026-05-10", "2026-06-30", "2026-06-30", id="of this quarter"),
        pytest.param(Repeat(QUARTER, where=FIRST), "2026-04-01", "2026-07-01", "2026-07-01", id="its first one"),
        pytest.param(Repeat(QUARTER, where=LAST_WORKING), "2026-10-01", "2026-12-31", "2026-12-31", id="and its last"),
        pytest.param(Repeat(YEAR, 5, month=3), "2026-03-05", "2027-03-05", "2027-03-05", id="a year later"),
        pytest.param(Repeat(YEAR, 29, month=2), "2028-02-29", "2029-02-28", "2029-02-28", id="29 February"),
        pytest.param(Repeat(YEAR, 29, month=2), "2027-02-28", "2028-02-29", "2028-02-29", id="in a leap year again"),
    ],
)
def test_the_next_one(rule, last, following, due):
    day = next_after(rule, date.fromisoformat(last), date.fromisoformat(last), OFFICE)
    assert (day.isoformat(), due_on(day, OFFICE).isoformat()) == (following, due)


def test_what_was_missed_is_not_made_up():
    day = next_after(Repeat(WEEK, MONDAY), date(2026, 1, 5), date(2026, 4, 8), OFFICE)
    assert day == date(2026, 4, 13)


RULES = st.one_of(
    st.builds(Repeat, st.sampled_from([WEEK, TWO_WEEKS]), st.integers(0, 6)),
    st.builds(Repeat, st.sampled_from([MONTH, QUARTER]), st.integers(1, 31), st.sampled_from(Where)),
    st.builds(Repeat, st.just(YEAR), st.integers(1, 31), month=st.integers(1, 12)),
)


@given(RULES, st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_it_always_goes_on_and_its_form_can_be_read(rule, last):
    day = next_after(rule, last, last, OFFICE)
    assert day > last
    assert OFFICE.works_on(due_on(day, OFFICE))
    assert Repeat.parse(rule.format()) == rule


DUE = date(2026, 4, 8)  # a Wednesday


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("every Monday", Repeat(WEEK, MONDAY)),
        ("weekly on Friday", Repeat(WEEK, FRIDAY)),
        ("weekly", Repeat(WEEK, 2)),
        ("every two weeks", Repeat(TWO_WEEKS, 2)),
        ("every two weeks on Monday", Repeat(TWO_WEEKS, MONDAY)),
        ("every month on the 5th", Repeat(MONTH, 5)),
        ("monthly", Repeat(MONTH, 8)),
        ("every month on the last day", Repeat(MONTH, LAST)),
        ("First working day of the month", Repeat(MONTH, where=FIRST)),
        ("every month on the last working day", Repeat(MONTH, where=LAST_WORKING)),
        ("quarterly on the 10th", Repeat(QUARTER, 10)),
        ("first working day of the quarter", Repeat(QUARTER, where=FIRST)),
        ("every year on 5 March", Repeat(YEAR, 5, month=3)),
        ("yearly", Repeat(YEAR, 8, month=4)),
        ("每周一", Repeat(WEEK, MONDAY)),
        ("每星期五", Repeat(WEEK, FRIDAY)),
        ("每周", Repeat(WEEK, 2)),
        ("每两周", Repeat(TWO_WEEKS, 2)),
        ("每两周周一", Repeat(TWO_WEEKS, MONDAY)),
        ("每月5日", Repeat(MONTH, 5)),
        ("每月５号", Repeat(MONTH, 5)),
        ("每月最后一天", Repeat(MONTH, LAST)),
        ("每月第一个工作日", Repeat(MONTH, where=FIRST)),
        ("每月最后一个工作日", Repeat(MONTH, where=LAST_WORKING)),
        ("每季度第一个工作日", Repeat(QUARTER, where=FIRST)),
        ("每季度末", Repeat(QUARTER, LAST)),
        ("每年3月5日", Repeat(YEAR, 5, month=3)),
        ("ທຸກວັນຈັນ", Repeat(WEEK, MONDAY)),
        ("ທຸກອາທິດ ວັນສຸກ", Repeat(WEEK, FRIDAY)),
        ("ທຸກສອງອາທິດ", Repeat(TWO_WEEKS, 2)),
        ("ທຸກເດືອນ ວັນທີ 5", Repeat(MONTH, 5)),
        ("ທຸກເດືອນ ວັນສຸດທ້າຍ", Repeat(MONTH, LAST)),
        ("ວັນເຮັດວຽກທຳອິດ ທຸກເດືອນ", Repeat(MONTH, where=FIRST)),
        ("ທຸກໄຕມາດ ວັນເຮັດວຽກສຸດທ້າຍ", Repeat(QUARTER, where=LAST_WORKING)),
        ("ທຸກປີ 5 ມີນາ", Repeat(YEAR, 5, month=3)),
        ("now and then", None),
        ("Monday", None),
        ("every month on the 42nd", None),
        ("every month on Monday", None),
        ("every week or so", None),
        ("every year on 30 February", None),
        ("每周一次", None),
        ("", None),
    ],
)
def test_a_rule_in_plain_words(words, rule):
    assert read_repeat(words, DUE) == rule


def test_without_a_due_date_the_day_has_to_be_said():
    assert read_repeat("monthly", None) is None
    assert read_repeat("monthly on the 5th", None) == Repeat(MONTH, 5)
    assert {"off", "取消", "ຢຸດ"} <= OFF
