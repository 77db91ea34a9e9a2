"""Months, quarters, and which months a plan shows."""

from datetime import date

import pytest

from handlers.rules.periods import month, months, quarter, shown_days
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
