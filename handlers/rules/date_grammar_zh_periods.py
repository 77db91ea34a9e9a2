"""Weeks, months, quarters and years in Chinese: their ends (月底, 二季度末), 内, and the parts that are asked about."""

import re
from dataclasses import replace
from datetime import date
from functools import cache

from handlers.rules import date_grammar_zh_words as zh
from handlers.rules import date_periods as periods
from handlers.rules.date_grammar_zh_words import Rules, ahead, compiled, year_digits
from handlers.rules.date_periods import Period, some_day
from handlers.rules.date_reading import Days, Doubt, add_months, month_end, real_day
from handlers.rules.date_years import year_of

_QUARTER = r"(?:第?(?P<quarter>[1-4])季度?|q(?P<letter>[1-4]))"
_TEN_DAYS = {"上旬": 0, "中旬": 1, "下旬": 2}
_TO = "(?:-|~|到|至|、|和|与|及|/)"
_SEVERAL_MONTHS = (
    f"{zh.WHICH}季度",
    f"{zh.YEAR}?第?(?P<quarter>[1-4])季度",
    f"{zh.YEAR}?q(?P<quarter>[1-4])",
    f"{zh.YEAR}?第?(?P<begin>[1-4])(?:季度)?{_TO}第?(?P<quarter>[1-4])季度",
    rf"从?{zh.YEAR}?(?P<begin>\d{{1,2}})(?:月份?)?{_TO}(?:次年|(?P<last>\d{{4}})年)?{zh.MONTH}",
)
"""Quarters, and ranges of quarters and months."""
_PART = "(?P<part>上旬|中旬|下旬|初|中|上半月|下半月)"


@cache
def ends() -> Rules:
    """Last days of something; 前 adds nothing to them."""
    return compiled(
        (f"{zh.WHICH}?(?:月份?{zh.END}|月的?最后1天)", _end_of_near_month),
        (f"{zh.YEAR}?{zh.MONTH}(?:{zh.END}|的?最后1天)", _end_of_month),
        (f"(?:{zh.YEAR}|岁|年)(?:年?{zh.END}|年终|终|的?最后1天)", _end_of_year),
        (f"{zh.WHICH}?季度?{zh.END}", _end_of_near_quarter),
        (f"{zh.YEAR}?{_QUARTER}{zh.END}", _end_of_quarter),
        (f"{zh.WHICH}{zh.WEEK}(?:底|结束)", _end_of_week),
        (f"{zh.YEAR}?(?P<half>上|下)半年{zh.END}", _end_of_half),
    )


@cache
def within() -> Rules:
    """Whole weeks, months, quarters and years before 内: till their last day."""
    return compiled(
        (f"{zh.WHICH}{zh.WEEK}", _end_of_week),
        (f"{zh.WHICH}月(?:份|度)?", _end_of_near_month),
        (f"{zh.YEAR}?{zh.MONTH}", _end_of_month),
        (f"{zh.WHICH}季度", _end_of_near_quarter),
        (f"{zh.YEAR}?{_QUARTER}", _end_of_quarter),
        (f"(?:{zh.YEAR}|本?年)(?:年|年?度)?", _end_of_year),
        (f"{zh.YEAR}?(?P<half>上|下)半年", _end_of_half),
    )


@cache
def open_ones() -> Rules:
    """Several days of which one has to be chosen."""
    return compiled(
        (f"{zh.WHICH}{zh.WEEK}(?P<part>初|中)?", _week),
        (f"{zh.WHICH}?(?:周|礼拜)末", _weekend),
        *((pattern, _some_day_of_month) for pattern in _PARTS_OF_MONTHS),
        (f"{zh.WHICH}月份?", _near_month),
        (f"{zh.YEAR}{zh.MONTH}", _whole_month),
        (f"(?:{zh.YEAR}|年)年?(?P<part>初|中)", _part_of_year),
        (f"{zh.YEAR}?(?P<part>上|下)半年", _part_of_year),
        *((pattern, _some_months) for pattern in _SEVERAL_MONTHS),
    )


@cache
def before() -> Rules:
    """The same before 前: till the day before them."""
    return compiled(
        (f"{zh.WHICH}{zh.WEEK}", _before_week),
        (f"{zh.WHICH}?(?:周|礼拜)末", _before_weekend),
        *((pattern, _before_part_of_month) for pattern in _PARTS_OF_MONTHS),
        (f"{zh.WHICH}月份?", _before_near_month),
        (f"{zh.YEAR}?{zh.MONTH}", _before_month),
        *((pattern, _before_months) for pattern in _SEVERAL_MONTHS),
    )


_PARTS_OF_MONTHS = (
    f"{zh.WHICH}?月?份?(?<=月|份){_PART}",
    f"{zh.YEAR}?{zh.MONTH}{_PART}",
    f"{zh.WHICH}?月?{_PART}(?<=旬|月)",
)


def _near_first(match: re.Match[str], today: date) -> date:
    return add_months(today.replace(day=1), ahead(match))


def _month_of(match: re.Match[str], today: date) -> tuple[date, Doubt | None]:
    """The first day of the month that is named, in the year written or else the next that is not over."""
    digits, month = year_digits(match, today), int(match["month"])
    if digits:
        year, doubt = year_of(digits)
        return real_day(year, month, 1), doubt
    first = real_day(today.year, month, 1)
    return (first if month >= today.month else add_months(first, 12)), None


def _year(match: re.Match[str], today: date) -> tuple[int, Doubt | None]:
    digits = year_digits(match, today)
    year, doubt = year_of(digits) if digits else (today.year, None)
    return real_day(year, 1, 1).year, doubt


def _end_of_near_month(match: re.Match[str], today: date) -> Days:
    of = _near_first(match, today)
    return Days(month_end(of.year, of.month))


def _end_of_month(match: re.Match[str], today: date) -> Days:
    of, doubt = _month_of(match, today)
    return Days(month_end(of.year, of.month), doubt=doubt)


def _end_of_year(match: re.Match[str], today: date) -> Days:
    year, doubt = _year(match, today)
    return Days(date(year, 12, 31), doubt=doubt)


def _end_of_near_quarter(match: re.Match[str], today: date) -> Days:
    return Days(periods.quarter_end(today, ahead(match)))


def _end_of_quarter(match: re.Match[str], today: date) -> Days:
    year, doubt = _year(match, today)
    month = 3 * int(match["quarter"] or match["letter"])
    end = month_end(year, month)
    return Days(end if end >= today or year_digits(match, today) else month_end(year + 1, month), doubt=doubt)


def _end_of_half(match: re.Match[str], today: date) -> Days:
    year, doubt = _year(match, today)
    return Days(date(year, 6, 30) if match["half"] == "上" else date(year, 12, 31), doubt=doubt)


def _end_of_week(match: re.Match[str], today: date) -> Days:
    return periods.end_of_week(today, ahead(match))


def _week(match: re.Match[str], today: date) -> Days:
    found = periods.week(today, ahead(match))
    weekday = {"初": 0, "中": 2}.get(match["part"], periods.FRIDAY)
    proposed = date.fromordinal(found.first.toordinal() + weekday)
    return some_day(replace(found, proposed=proposed), today, Doubt.SOME_DAY_OF_A_WEEK)


def _weekend(match: re.Match[str], today: date) -> Days:
    return periods.weekend(today, ahead(match))


def _near_month(match: re.Match[str], today: date) -> Days:
    return some_day(periods.month(_near_first(match, today)), today)


def _whole_month(match: re.Match[str], today: date) -> Days:
    return some_day(periods.month(_month_of(match, today)[0]), today)


def _part_of_month(match: re.Match[str], today: date) -> Period:
    found = match.groupdict()
    if not found.get("month"):
        return _part(match["part"], _near_first(match, today))
    period = _part(match["part"], _month_of(match, today)[0])
    if period.last < today and not year_digits(match, today):
        return _part(match["part"], add_months(period.first, 12))
    return period


def _part(part: str, of: date) -> Period:
    if part in _TEN_DAYS:
        return periods.ten_days(of, _TEN_DAYS[part])
    if part.endswith("半月"):
        return periods.half(of, part == "下半月")
    return periods.beginning(of) if part == "初" else periods.middle(of)


def _some_day_of_month(match: re.Match[str], today: date) -> Days:
    return some_day(_part_of_month(match, today), today)


def _part_of_year(match: re.Match[str], today: date) -> Days | None:
    parts = {"初": "beginning", "中": "middle", "上": "first", "下": "second"}
    return periods.some_day_of_year(_year(match, today)[0], parts[match["part"]], today)


def _months(match: re.Match[str], today: date) -> Period | None:
    found = match.groupdict()
    digits = year_digits(match, today)
    year = year_of(digits)[0] if digits else None
    if found.get("month"):
        last = int(found["last"]) if found["last"] else None
        return periods.months(int(found["begin"]), int(match["month"]), today, begins_in=year, ends_in=last)
    if "quarter" not in found:
        return periods.near_quarter(today, ahead(match))
    return periods.quarters(int(found.get("begin") or match["quarter"]), int(match["quarter"]), today, year)


def _some_months(match: re.Match[str], today: date) -> Days | None:
    return periods.some_months(_months(match, today))


def _before_months(match: re.Match[str], today: date) -> Days | None:
    return periods.before_months(_months(match, today))


def _before_week(match: re.Match[str], today: date) -> Days:
    return periods.end_of_week(today, ahead(match) - 1)


def _before_weekend(match: re.Match[str], today: date) -> Days:
    return Days(periods.week(today, ahead(match)).proposed)


def _before_part_of_month(match: re.Match[str], today: date) -> Days:
    return periods.before(_part_of_month(match, today))


def _before_near_month(match: re.Match[str], today: date) -> Days:
    return periods.before(periods.month(_near_first(match, today)))


def _before_month(match: re.Match[str], today: date) -> Days:
    return periods.before(periods.month(_month_of(match, today)[0]))
