"""Months, quarters, and which months a plan shows."""

from datetime import date

import pytest

from handlers.rules.periods import after, before, month, months, quarter, read_period, shown_days
from handlers.rules.spans import Span

TODAY = date(2026, 5, 12)


@pytest.mark.parametrize(
    ("periods", "first", "last"),
    [
        pytest.param([], date(2026, 5, 1), date(2026, 5, 31), id="nothing planned: this month"),
        pytest.param([(None, None)], date(2026, 5, 1), date(2026, 5, 31), id="no dates yet"),
        pytest.param(
            [(date(2026, 4, 20), date(2026, 7, 7))], date(2026, 4, 1), date(2026, 7, 31), id="whole months around it"
        ),
        pytest.param(
            [(date(2025, 1, 1), date(2026, 8, 1))], date(2026, 3, 1), date(2026, 8, 31), id="two months back at most"
        ),
        pytest.param(
            [(date(2026, 1, 1), date(2026, 2, 1))], date(2026, 5, 1), date(2026, 5, 31), id="what is over is left out"
        ),
        pytest.param(
            [(date(2026, 4, 20), date(2026, 4, 24))],
            date(2026, 4, 1),
            date(2026, 5, 31),
            id="what was held lately is not",
        ),
        pytest.param([(date(2026, 5, 1), date(2029, 1, 1))], date(2026, 5, 1), date(2027, 4, 30), id="a year at most"),
    ],
)
def test_a_plan_shows(periods, first, last):
    assert shown_days(periods, TODAY) == (first, last)


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 5, 31), date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_quarter(day, first, last):
    assert quarter(day) == Span(first, last)


def test_a_month_knows_its_leap_day():
    assert month(date(2028, 2, 3)) == Span(date(2028, 2, 1), date(2028, 2, 29))


def test_months_follow_one_another_over_the_new_year():
    assert list(months(date(2026, 11, 15), date(2027, 1, 2))) == [
        date(2026, 11, 1),
        date(2026, 12, 1),
        date(2027, 1, 1),
    ]


YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))
Q2, APRIL = Span(date(2026, 4, 1), date(2026, 6, 30)), Span(date(2026, 4, 1), date(2026, 4, 30))


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("", Q2),
        ("quarter", Q2),
        ("Q2", Q2),
        ("q2 2026", Q2),
        ("2026 Q2", Q2),
        ("2026年第二季度", Q2),
        ("第2季度", Q2),
        ("本季度", Q2),
        ("ໄຕມາດ 2", Q2),
        ("ໄຕມາດທີ 2", Q2),
        pytest.param("Q3", Span(date(2025, 7, 1), date(2025, 9, 30)), id="one that has not begun: last year's"),
        ("month", Span(date(2026, 5, 1), date(2026, 5, 31))),
        ("2026-04", APRIL),
        ("2026年4月", APRIL),
        ("2026/4", APRIL),
        ("2026-13", None),
        ("Q5", None),
        ("0000-01", None),
        ("soon", None),
        ("2026-04-01 2026-06-30", None),
    ],
)
def test_a_period_is_read(words, period):
    assert read_period(words, TODAY) == period


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        pytest.param("April", (2026, 4, 1), (2026, 4, 30), id="a month by its name"),
        pytest.param("dec", (2025, 12, 1), (2025, 12, 31), id="in short: the last one that has begun"),
        pytest.param("June 2025", (2025, 6, 1), (2025, 6, 30), id="with its year"),
        pytest.param("4月", (2026, 4, 1), (2026, 4, 30), id="in Chinese"),
        pytest.param("十二月份", (2025, 12, 1), (2025, 12, 31), id="in Chinese letters"),
        pytest.param("2025年4月", (2025, 4, 1), (2025, 4, 30), id="in Chinese with its year"),
        pytest.param("ເດືອນເມສາ 2025", (2025, 4, 1), (2025, 4, 30), id="in Lao"),
        pytest.param("ເດືອນ 4", (2026, 4, 1), (2026, 4, 30), id="in Lao by its number"),
        pytest.param("last month", (2026, 4, 1), (2026, 4, 30), id="the month before"),
        pytest.param("上季度", (2026, 1, 1), (2026, 3, 31), id="the quarter before"),
        pytest.param("ໄຕມາດກ່ອນ", (2026, 1, 1), (2026, 3, 31), id="the quarter before, in Lao"),
        pytest.param("2025", (2025, 1, 1), (2025, 12, 31), id="a year"),
        pytest.param("去年", (2025, 1, 1), (2025, 12, 31), id="the year before"),
    ],
)
def test_a_period_in_words(words, first, last):
    assert read_period(words, TODAY) == Span(date(*first), date(*last))


@pytest.mark.parametrize("words", ["soon", "13月", "二十月", "Q5", "9999-12", "1999", "marching", "2569"])
def test_what_is_no_period(words):
    assert read_period(words, TODAY) is None


@pytest.mark.parametrize(
    ("period", "earlier", "later"),
    [
        (Q2, Span(date(2026, 1, 1), date(2026, 3, 31)), Span(date(2026, 7, 1), date(2026, 9, 30))),
        (YEAR, Span(date(2025, 1, 1), date(2025, 12, 31)), Span(date(2027, 1, 1), date(2027, 12, 31))),
        (APRIL, Span(date(2026, 3, 1), date(2026, 3, 31)), Span(date(2026, 5, 1), date(2026, 5, 31))),
    ],
)
def test_leaves_turn_by_periods_of_the_same_length(period, earlier, later):
    assert (before(period), after(period)) == (earlier, later)
