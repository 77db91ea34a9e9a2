"""Holidays as people name them: every language, without remarks, days in a row as one."""

import csv
from datetime import date
from importlib.resources import files

import pytest

from handlers.rules.day_layers import DayName
from handlers.rules.holiday_names import holidays


@pytest.fixture(scope="module")
def shipped():
    """The holidays of 2026 of both countries, by name."""
    rows = csv.DictReader(files("storage").joinpath("calendar_days.csv").read_text(encoding="utf-8").splitlines())
    days = [
        (
            date.fromisoformat(row["date"]),
            DayName(row["name_en"], row["name_local"], row["name_zh"], row["name_lo"]),
        )
        for row in rows
        if row["kind"] != "on" and row["date"].startswith("2026")
    ]
    found = {}
    for each in holidays(days):
        found.setdefault(each.name, []).append((each.first, each.last))
    return found


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        pytest.param("lao new year", (4, 14), (4, 16), id="in English"),
        pytest.param("pi mai", (4, 14), (4, 16), id="as it is called in Vientiane"),
        pytest.param("老挝新年", (4, 14), (4, 16), id="in Chinese"),
        pytest.param("ປີໃໝ່ລາວ", (4, 14), (4, 16), id="in Lao"),
        pytest.param("spring festival", (2, 17), (2, 19), id="the name in brackets"),
        pytest.param("春节", (2, 17), (2, 19), id="the Spring Festival"),
        pytest.param("国庆节", (10, 1), (10, 5), id="a day in lieu belongs to its holiday"),
        pytest.param("国庆", (10, 1), (10, 5), id="in short"),
        pytest.param("boun that luang festival", (11, 24), (11, 24), id="an observance has a name too"),
        pytest.param("that luang", (11, 24), (11, 24), id="in the short form"),
    ],
)
def test_a_holiday_is_known_by_name(shipped, name, first, last):
    assert shipped[name] == [(date(2026, *first), date(2026, *last))]


def test_remarks_and_days_in_exchange_are_no_names(shipped):
    assert not [name for name in shipped if "exchange" in name or "调休" in name or "observed" in name or "补" in name]


def test_the_same_holiday_of_two_years_is_two():
    name = DayName("Founding day")
    found = holidays([(date(2027, 9, 1), name), (date(2026, 9, 1), name)])
    assert [(each.first.year, each.name) for each in found] == [(2026, "founding day"), (2027, "founding day")]


def test_a_weekend_within_a_holiday_does_not_cut_it():
    name = DayName("Semester break")
    friday, monday = date(2026, 7, 3), date(2026, 7, 6)
    assert [(each.first, each.last) for each in holidays([(friday, name), (monday, name)])] == [(friday, monday)]
