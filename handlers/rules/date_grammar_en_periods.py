"""Weeks, months, quarters and years in English: their ends, and the parts of them that are asked about."""

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from handlers.rules import date_grammar_en_words as en
from handlers.rules import date_periods as periods
from handlers.rules.date_grammar_en_words import (
    Rules,
    ahead,
    compiled,
    month_number,
    month_of,
    month_of_name,
    year_digits,
)
from handlers.rules.date_periods import Period, some_day
from handlers.rules.date_reading import Days, Doubt, month_end, real_day
from handlers.rules.date_years import year_of

_END = "(?:at |in )?(?:(?:the )?(?:end|close)(?: of|-)? ?|(?:the )?last day of )(?:the )?"
_QUARTER = r"(?:q(?P<quarter>[1-4])|(?P<ranked>[1-4])(?:st|nd|rd|th) quarter)"
_OF_YEAR = rf"(?: (?:of )?{en.YEAR})?"
_PART = (
    "(?:at |in )?(?P<part>(?:the )?(?:beginning|start|middle) of|(?:early|late)(?: in|-)?|mid(?: of|-)?"
    "|(?:the )?(?:1st|2nd|3rd|middle|last|final) 10 days of|(?:the )?(?:1st|2nd) half of) ?(?:the )?"
)
_NTH_WEEK = rf"(?:in )?(?:the )?(?P<number>1st|2nd|3rd|4th|last) week (?:of|in) {en.SOME_MONTH}"
_SOMETIME = "(?:some ?time )?(?:in |during )?"
_TO = "(?: ?[-/] ?| (?:to|till|until|through|and) )"
_QUARTER_OF_YEAR = rf"{_QUARTER}(?: (?:of )?{en.LAST_YEAR})?"
_SEVERAL_MONTHS = (
    r"(?P<which>this|next) quarter",
    _QUARTER_OF_YEAR,
    r"q(?P<quarter>[1-4])[-/]?(?P<year>\d{4})",
    r"(?P<year>\d{4})[ /-]?q(?P<quarter>[1-4])",
    r"h(?P<half>[12])(?:[-/ ]?(?P<year>\d{4}))?",
    r"(?P<year>\d{4})[ /-]?h(?P<half>[12])",
    rf"(?:from )?q(?P<begin>[1-4]){_TO}q?(?P<quarter>[1-4])(?: (?:of )?{en.LAST_YEAR})?",
    rf"(?:from |between )?{en.MONTH.replace('month>', 'begin>')}(?: (?P<first>\d{{4}}))?{_TO}{en.MONTH}{en.MONTH_YEAR}",
)
"""Quarters, halves by their number, and ranges of quarters and months."""
_THIRDS = {"1st": 0, "early": 0, "2nd": 1, "middle": 1, "3rd": 2, "last": 2, "final": 2, "late": 2}


@cache
def ends() -> Rules:
    """Last days of something; before adds nothing to them."""
    return compiled(
        (rf"{_END}{en.WHICH}week", _end_of_week),
        (rf"{_END}{en.WHICH}year", _end_of_near_year),
        (rf"{_END}{en.WHICH}quarter", _end_of_near_quarter),
        (rf"{_END}{en.SOME_MONTH}", _end_of_month),
        (rf"{_END}{_QUARTER}{_OF_YEAR}", _end_of_quarter),
        (rf"{_END}(?P<year>\d{{4}})", _end_of_year),
    )


@cache
def within() -> Rules:
    """Whole weeks, months and years behind within: till their last day."""
    return compiled(
        (r"within (?P<which>this|next) week", _end_of_week),
        (rf"within (?:(?P<which>this|next) month|{en.MONTH}{en.MONTH_YEAR})", _end_of_month),
        (r"within (?P<which>this|next) quarter", _end_of_near_quarter),
        (rf"within (?:the )?{_QUARTER}{_OF_YEAR}", _end_of_quarter),
        (r"within (?P<which>this|next) year", _end_of_near_year),
    )


@cache
def open_ones() -> Rules:
    """Several days of which one has to be chosen."""
    return compiled(
        (rf"{_SOMETIME}(?P<which>this|next) week", _week),
        (rf"(?:{_PART}|later ){en.WHICH}week", _part_of_week),
        (r"(?:the )?week after next", _week_after_next),
        (rf"(?:(?:in|during|over|on) )?{en.WHICH}weekend", _weekend),
        (rf"{_SOMETIME}(?P<which>this|next) month(?P<month>(?!))?", _whole_month),
        (rf"{_SOMETIME}{en.MONTH} (?P<year>\d{{4}})", _whole_month),
        (rf"(?:some ?time )?(?:in|during) {en.MONTH}", _whole_month),
        (rf"{_PART}{en.SOME_MONTH}", _some_day_of_month),
        (_NTH_WEEK, _some_day_of_nth_week),
        (rf"{_PART}(?:{en.WHICH}year|(?P<year>\d{{4}}))", _part_of_year),
        *((rf"{_SOMETIME}(?:the )?{pattern}", _some_months) for pattern in _SEVERAL_MONTHS),
    )


@cache
def before() -> Rules:
    """The same behind before: till the day before them."""
    return compiled(
        (r"(?P<which>this|next) week", _before_week),
        (rf"{en.WHICH}weekend", _before_weekend),
        (r"(?P<which>this|next) month(?P<month>(?!))?", _before_month),
        (rf"{en.MONTH}{en.MONTH_YEAR}", _before_month),
        (rf"{_PART}{en.SOME_MONTH}", _before_part_of_month),
        *((rf"(?:the )?{pattern}", _before_months) for pattern in _SEVERAL_MONTHS),
    )


def _end_of_week(match: re.Match[str], today: date) -> Days:
    return periods.end_of_week(today, ahead(match))


def _end_of_month(match: re.Match[str], today: date) -> Days:
    of, doubt = month_of(match, today)
    return Days(month_end(of.year, of.month), doubt=doubt)


def _end_of_near_year(match: re.Match[str], today: date) -> Days:
    return Days(real_day(today.year + ahead(match), 12, 31))


def _end_of_year(match: re.Match[str], today: date) -> Days:
    year, doubt = _year(match, today)
    return Days(date(year, 12, 31), doubt=doubt)


def _end_of_near_quarter(match: re.Match[str], today: date) -> Days:
    return Days(periods.quarter_end(today, ahead(match)))


def _end_of_quarter(match: re.Match[str], today: date) -> Days:
    year, doubt = _year(match, today)
    month = 3 * int(match["quarter"] or match["ranked"])
    end = month_end(year, month)
    return Days(end if end >= today or year_digits(match, today) else month_end(year + 1, month), doubt=doubt)


def _year(match: re.Match[str], today: date) -> tuple[int, Doubt | None]:
    digits = year_digits(match, today)
    year, doubt = year_of(digits) if digits else (today.year, None)
    return real_day(year, 1, 1).year, doubt


def _week(match: re.Match[str], today: date) -> Days:
    return some_day(periods.week(today, ahead(match)), today, Doubt.SOME_DAY_OF_A_WEEK)


def _part_of_week(match: re.Match[str], today: date) -> Days | None:
    part = (match["part"] or "late").removeprefix("the ")
    if part[0].isdecimal() or part.startswith(("last", "final")):
        return None
    weekday = 0 if part.startswith(("beg", "start", "early")) else 2 if part.startswith("mid") else periods.FRIDAY
    found = periods.week(today, ahead(match))
    return some_day(replace(found, proposed=found.first + timedelta(weekday)), today, Doubt.SOME_DAY_OF_A_WEEK)


def _week_after_next(_: re.Match[str], today: date) -> Days:
    return some_day(periods.week(today, 2), today, Doubt.SOME_DAY_OF_A_WEEK)


def _weekend(match: re.Match[str], today: date) -> Days:
    return periods.weekend(today, ahead(match))


def _whole_month(match: re.Match[str], today: date) -> Days:
    return some_day(periods.month(month_of(match, today)[0]), today)


def _some_day_of_month(match: re.Match[str], today: date) -> Days:
    return some_day(_part_of_month(match, today), today)


def _part_of_month(match: re.Match[str], today: date) -> Period:
    of, _ = month_of(match, today)
    period = _part(match["part"], of)
    if period.last < today and match["month"] and not year_digits(match, today):
        return _part(match["part"], of.replace(year=of.year + 1))
    return period


def _part(words: str, of: date) -> Period:
    part = words.removeprefix("the ")
    first = part.replace("-", " ").split()[0]
    if "half" in part:
        return periods.half(of, first == "2nd")
    if part.startswith("mid") and "10 days" not in part:
        return periods.middle(of)
    return periods.ten_days(of, _THIRDS[first]) if first in _THIRDS else periods.beginning(of)


def _some_day_of_nth_week(match: re.Match[str], today: date) -> Days:
    of, _ = month_of(match, today)
    number = 0 if match["number"] == "last" else int(match["number"][0])
    return some_day(periods.nth_week(of, number), today)


def _part_of_year(match: re.Match[str], today: date) -> Days | None:
    part = match["part"].removeprefix("the ")
    year, _ = _year(match, today)
    name = next((name for sign, name in _YEAR_PARTS.items() if part.startswith(sign)), None)
    if name is None or "10 days" in part:
        return None
    return periods.some_day_of_year(year + ahead(match), name, today)


_YEAR_PARTS = {
    "beginning": "beginning",
    "start": "beginning",
    "early": "beginning",
    "mid": "middle",
    "1st": "first",
    "2nd": "second",
}


def _months(match: re.Match[str], today: date) -> Period | None:
    found = match.groupdict()
    digits = year_digits(match, today)
    year = year_of(digits)[0] if digits else None
    if found.get("month"):
        begins_in = year_of(found["first"])[0] if found["first"] else None
        begin = month_of_name(found["begin"])
        return periods.months(begin, month_number(match), today, begins_in=begins_in, ends_in=year)
    if half := found.get("half"):
        return periods.quarters(2 * int(half) - 1, 2 * int(half), today, year)
    last = found.get("quarter") or found.get("ranked")
    if last is None:
        return periods.near_quarter(today, ahead(match))
    return periods.quarters(int(found.get("begin") or last), int(last), today, year)


def _some_months(match: re.Match[str], today: date) -> Days | None:
    return periods.some_months(_months(match, today))


def _before_months(match: re.Match[str], today: date) -> Days | None:
    return periods.before_months(_months(match, today))


def _before_week(match: re.Match[str], today: date) -> Days:
    return periods.end_of_week(today, ahead(match) - 1)


def _before_weekend(match: re.Match[str], today: date) -> Days:
    return Days(periods.week(today, ahead(match)).proposed)


def _before_month(match: re.Match[str], today: date) -> Days:
    return periods.before(periods.month(month_of(match, today)[0]))


def _before_part_of_month(match: re.Match[str], today: date) -> Days:
    return periods.before(_part_of_month(match, today))
