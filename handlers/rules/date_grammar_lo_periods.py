"""Weeks, months, quarters, years in Lao: their last days, and the parts of them in which a day has to be chosen."""

import re
from dataclasses import replace
from datetime import date
from functools import cache

from handlers.rules import date_grammar_lo_words as lo
from handlers.rules.date_grammar_lo_days import Rules, ahead, compiled, in_week, in_year, month_of
from handlers.rules.date_periods import (
    Period,
    before_months,
    months,
    near_quarter,
    nth_week,
    quarters,
    some_day,
    some_day_of_year,
    some_months,
)
from handlers.rules.date_reading import Days, Doubt, add_months, month_end, real_day
from handlers.rules.date_years import year_of

_WEDNESDAY, _FRIDAY, _SUNDAY = 2, 4, 6


_QUARTER = r"(?:ໄຕມາດ|ງວດ)(?:ທີ)? ?(?P<quarter>[1-4]|i{1,3}|iv)"
_NUMBERED_ONLY = "(?P<which_year>(?!))?(?P<era>(?!))?"
_SEVERAL_MONTHS = (
    f"(?:ໄຕມາດ|ງວດ){lo.WHICH}",
    f"{_QUARTER}{lo.YEAR}",
    rf"{_QUARTER}/(?P<year>\d{{4}}){_NUMBERED_ONLY}",
    f"(?:ແຕ່|ຕັ້ງແຕ່|ລະຫວ່າງ)?{lo.MONTHS_FROM_TO}{lo.YEAR}",
    rf"(?:ແຕ່|ຕັ້ງແຕ່|ລະຫວ່າງ)?{lo.MONTHS_FROM_TO}/(?P<year>\d{{4}}){_NUMBERED_ONLY}",
)
"""Quarters, and ranges of months."""
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@cache
def ends() -> Rules:
    """Last days of something; ກ່ອນ adds nothing to them."""
    return compiled(
        (f"(?:ວັນພັກ)?{lo.LAST}{lo.WEEK}{lo.WHICH}?", _end_of_week),
        (f"{lo.LAST}ເດືອນ{lo.WHICH}?", _end_of_month),
        (f"{lo.LAST}{lo.MONTH}{lo.YEAR}", _end_of_named_month),
        (rf"{lo.LAST}(?:ໄຕມາດ|ງວດ)(?:ທີ)? (?P<quarter>[1-4]){lo.YEAR}", _end_of_quarter),
        (f"{lo.LAST}ໄຕມາດ{lo.WHICH}?", _end_of_this_quarter),
        (f"{lo.LAST}ງວດ{lo.WHICH}", _end_of_this_quarter),
        (f"{lo.LAST}ປີ{lo.WHICH}?", _end_of_year),
        (f"{lo.LAST}{lo.GIVEN_YEAR}", _end_of_given_year),
    )


@cache
def within() -> Rules:
    """Whole weeks, months and years behind ພາຍໃນ: till their last day."""
    return compiled(
        (f"{lo.WEEK}{lo.WHICH}", _end_of_week),
        (f"ເດືອນ{lo.WHICH}", _end_of_month),
        (f"{lo.MONTH}{lo.YEAR}", _end_of_named_month),
        (rf"(?:ໄຕມາດ|ງວດ)(?:ທີ)? (?P<quarter>[1-4]){lo.YEAR}", _end_of_quarter),
        (f"(?:ໄຕມາດ|ງວດ){lo.WHICH}", _end_of_this_quarter),
        (f"ປີ{lo.WHICH}", _end_of_year),
        (f"ປີ ?{lo.GIVEN_YEAR}", _end_of_given_year),
    )


@cache
def periods() -> Rules:
    """Several days of which one has to be chosen."""
    part = f"(?:10 ວັນ)?{lo.PART_OF}(?:ຂອງ)?"
    week = f"{lo.WEEK}(?P<rank>ທຳອິດ|ສຸດທ້າຍ)(?:ຂອງ|ໃນ)?"
    return compiled(
        (f"{lo.WEEK}{lo.WHICH}", _some_day_of_week),
        (f"{lo.PART_OF}{lo.WEEK}{lo.WHICH}?", _part_of_week),
        (f"ເດືອນ{lo.WHICH}", _some_day_of_month),
        (f"(?=ເດືອນ){lo.MONTH}{lo.YEAR}", _some_day_of_named_month),  # a month's name alone may be a person's
        (f"{part}ເດືອນ{lo.WHICH}?", _part_of_month),
        (f"{part}{lo.MONTH}{lo.YEAR}", _part_of_named_month),
        ("10 ວັນ(?P<part>ທຳອິດ|ສຸດທ້າຍ)", _part_of_month),
        (f"{week}ເດືອນ{lo.WHICH}?", _week_of_month),
        (f"{week}{lo.MONTH}{lo.YEAR}", _week_of_named_month),
        (f"(?P<part>ຕົ້ນ|ກາງ)ປີ(?:{lo.WHICH}|{lo.GIVEN_YEAR})", _part_of_year),
        ("(?P<part>ກາງ)ປີ(?P<next>(?!))?(?P<year>(?!))?", _part_of_year),
        (f"6 ເດືອນ(?P<half>ຕົ້ນ|ທ້າຍ)ປີ(?:{lo.WHICH}|{lo.GIVEN_YEAR})?", _half_of_year),
        *((pattern, _some_months) for pattern in _SEVERAL_MONTHS),
    )


@cache
def before() -> Rules:
    """The same behind ກ່ອນ: till the day before them."""
    return compiled(*((pattern, _before_months) for pattern in _SEVERAL_MONTHS))


def _end_of_week(match: re.Match[str], today: date) -> Days:
    weeks = ahead(match)
    return Days(in_week(today, weeks, _FRIDAY), in_week(today, weeks, _SUNDAY), Doubt.FRIDAY_OR_SUNDAY)


def _end_of_month(match: re.Match[str], today: date) -> Days:
    day = add_months(today.replace(day=1), ahead(match))
    return Days(month_end(day.year, day.month))


def _end_of_named_month(match: re.Match[str], today: date) -> Days | None:
    return _end_by_year(month_of(match), match, today)


def _end_of_quarter(match: re.Match[str], today: date) -> Days | None:
    return _end_by_year(int(match["quarter"]) * 3, match, today)


def _end_of_this_quarter(match: re.Match[str], today: date) -> Days:
    day = add_months(today.replace(day=1), (2 - (today.month - 1) % 3) + 3 * ahead(match))
    return Days(month_end(day.year, day.month))


def _end_of_year(match: re.Match[str], today: date) -> Days:
    return Days(real_day(today.year + ahead(match), 12, 31))


def _end_of_given_year(match: re.Match[str], today: date) -> Days | None:
    return in_year(match, today, 12, 31)


def _end_by_year(month: int, match: re.Match[str], today: date) -> Days | None:
    real_day(today.year, month, 1)  # there is no thirteenth month
    if match["year"] or match["which_year"]:
        return in_year(match, today, month, None)
    end = month_end(today.year, month)
    return Days(end if end >= today else month_end(today.year + 1, month))


def _months(match: re.Match[str], today: date) -> Period | None:
    found = match.groupdict()
    if "quarter" not in found and "end" not in found:
        return near_quarter(today, ahead(match))
    year = year_of(found["year"])[0] if found["year"] else None
    if found["which_year"]:
        year = today.year + (found["which_year"] != lo.HERE)
    if "quarter" in found:
        number = _ROMAN.get(found["quarter"]) or int(found["quarter"])
        return quarters(number, number, today, year)
    begin, end = (_month_number(found[name]) for name in ("begin", "end"))
    return months(begin, end, today, ends_in=year)


def _month_number(written: str) -> int:
    return int(written) if written.isdecimal() else lo.MONTHS[written]


def _some_months(match: re.Match[str], today: date) -> Days | None:
    return some_months(_months(match, today))


def _before_months(match: re.Match[str], today: date) -> Days | None:
    return before_months(_months(match, today))


def _some_day_of_week(match: re.Match[str], today: date) -> Days:
    return Days(in_week(today, ahead(match), _FRIDAY), doubt=Doubt.SOME_DAY_OF_A_WEEK)


def _part_of_week(match: re.Match[str], today: date) -> Days:
    weekday = 0 if match["part"] in lo.FIRST_PARTS else _WEDNESDAY if match["part"] in lo.MIDDLE_PARTS else _FRIDAY
    return Days(in_week(today, ahead(match), weekday), doubt=Doubt.SOME_DAY_OF_A_WEEK)


def _some_day_of_month(match: re.Match[str], today: date) -> Days:
    return replace(_end_of_month(match, today), doubt=Doubt.SOME_DAY)


def _some_day_of_named_month(match: re.Match[str], today: date) -> Days | None:
    end = _end_of_named_month(match, today)
    return replace(end, doubt=Doubt.SOME_DAY) if end else None


def _part_of_month(match: re.Match[str], today: date) -> Days:
    found = match.groupdict()
    day = _part_end(found["part"], add_months(today.replace(day=1), bool(found.get("next"))))
    return Days(day if day >= today else _part_end(found["part"], add_months(today, 1)), doubt=Doubt.SOME_DAY)


def _part_of_named_month(match: re.Match[str], today: date) -> Days | None:
    end = _end_of_named_month(match, today)
    if end is None:
        return None
    day = _part_end(match["part"], end.best)
    if day < today and not (match["year"] or match["which_year"]):
        day = _part_end(match["part"], add_months(end.best, 12))
    return Days(day, doubt=Doubt.SOME_DAY)


def _week_of_month(match: re.Match[str], today: date) -> Days:
    return _some_week(match, add_months(today.replace(day=1), ahead(match)), today)


def _week_of_named_month(match: re.Match[str], today: date) -> Days | None:
    end = _end_of_named_month(match, today)
    return _some_week(match, end.best, today) if end and not end.doubt else None


def _some_week(match: re.Match[str], of: date, today: date) -> Days:
    return some_day(nth_week(of, 0 if match["rank"] == lo.AT_LAST else 1), today)


def _part_of_year(match: re.Match[str], today: date) -> Days | None:
    return some_day_of_year(_year(match, today), lo.YEAR_PARTS[match["part"]], today)


def _half_of_year(match: re.Match[str], today: date) -> Days | None:
    return some_day_of_year(_year(match, today), "first" if match["half"] == lo.START else "second", today)


def _year(match: re.Match[str], today: date) -> int:
    """The year that is written, a Buddhist one too: all these are asked about."""
    return year_of(match["year"])[0] if match["year"] else today.year + ahead(match)


def _part_end(part: str, month: date) -> date:
    """The last day of the first, middle or last ten days of a month."""
    if part in lo.FIRST_PARTS:
        return month.replace(day=10)
    return month.replace(day=20) if part in lo.MIDDLE_PARTS else month_end(month.year, month.month)
