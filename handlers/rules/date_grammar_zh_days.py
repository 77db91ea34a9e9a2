"""Single days in Chinese: 大后天, 下周五, 15号, 下个月5号, 3月15日, 4月20日(周二), 4/20; each can stand before 前."""

import re
from datetime import date, timedelta
from functools import cache

from handlers.rules import date_grammar_zh_words as zh
from handlers.rules import date_numbers
from handlers.rules.date_grammar_zh_words import Rules, ahead, by_rules, compiled, weekday_of, year_digits
from handlers.rules.date_periods import nth_weekday, week, week_of
from handlers.rules.date_reading import Days, Doubt, add_months, next_in_month, real_day, unless_today
from handlers.rules.date_years import in_year, with_weekday

_NAMES = "|".join(zh.NAMED)
_OF_WEEK = f"{zh.WHICH}(?:{zh.WEEK}的?)?{zh.WEEKDAY}"


@cache
def days() -> Rules:
    """Every way to name a single day."""
    return (
        *dates(),
        *compiled(
            (f"(?P<name>{_NAMES})", _named),
            (zh.WEEKDAY, _on_weekday),
            (_OF_WEEK, _weekday_of_week),
            (rf"{zh.WEEKDAY} ?(?P<date>.*\d.*)", _weekday_and_date),
            (rf"(?P<date>.*\d.*?|{_NAMES}) ?{zh.WEEKDAY}", _weekday_and_date),
            (rf"{_OF_WEEK} ?(?P<date>.*\d.*)", _weekday_of_week_and_date),
            (rf"(?P<date>.*\d.*?) ?{_OF_WEEK}", _weekday_of_week_and_date),
            (f"{zh.WHICH}月的?(?:第(?P<number>[1-5])|(?P<last>最后1))个{zh.WEEKDAY}", _nth_weekday_of_near_month),
            (r"(?P<date>.*\d.*?[日号])(?:那1?|当|所在的?)个?(?:周|星期|礼拜)", _week_of_date),
            (f"{zh.YEAR}?{zh.MONTH}的?(?:第(?P<number>[1-5])|(?P<last>最后1))个{zh.WEEKDAY}", _nth_weekday),
        ),
    )


@cache
def dates() -> Rules:
    """Days by their numbers."""
    return compiled(
        (f"{zh.YEAR}?(?P<month>\\d{{1,2}})月{zh.DAY}[日号]?", _in_month),
        (f"{zh.WHICH}月的?{zh.DAY}[日号]", _in_near_month),
        (f"{zh.DAY}[日号]", _of_number),
        (r"(?P<digits>\d+[-/.]\d+[-/.]\d+|\d+/\d+)[日号]?", _in_digits),
        (r"(?P<month>\d{1,2})\.(?P<day>\d{1,2})[日号]", _in_month),
        (r"(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)", _in_month),
    )


DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})")
"""4.20 before 前 is a date; alone it is a number."""


def _named(match: re.Match[str], today: date) -> Days:
    return Days(_ahead_by_name(match["name"], today))


def _ahead_by_name(name: str, today: date) -> date:
    return today + timedelta(zh.NAMED[name])


def _on_weekday(match: re.Match[str], today: date) -> Days:
    later = today + timedelta((weekday_of(match) - today.weekday() - 1) % 7 + 1)
    return Days(later) if later - today < timedelta(7) else Days(later, today, Doubt.TODAY_OR_LATER)


def _weekday_of_week(match: re.Match[str], today: date) -> Days:
    return Days(week(today, ahead(match)).first + timedelta(weekday_of(match)))


def _in_month(match: re.Match[str], today: date) -> Days:
    return in_year(year_digits(match, today), int(match["month"]), int(match["day"]), today)


def _in_near_month(match: re.Match[str], today: date) -> Days:
    of = add_months(today.replace(day=1), ahead(match))
    return Days(real_day(of.year, of.month, int(match["day"])))


def _of_number(match: re.Match[str], today: date) -> Days:
    number = int(match["day"])
    return unless_today(next_in_month(number, today), next_in_month(number, today + timedelta(1)), today)


def _in_digits(match: re.Match[str], today: date) -> Days | None:
    return date_numbers.read_day(match["digits"], today, month_first=True)


def _weekday_and_date(match: re.Match[str], today: date) -> Days | None:
    words = match["date"]
    days = Days(_ahead_by_name(words, today)) if words in zh.NAMED else by_rules(dates(), words, today)
    return with_weekday(days, weekday_of(match), today) if days else None


def _weekday_of_week_and_date(match: re.Match[str], today: date) -> Days | None:
    """下周五(3月19日): one day if both say the same, else both are offered."""
    days = by_rules(dates(), match["date"], today)
    if days is None:
        return None
    other = _weekday_of_week(match, today).best
    return Days(other) if other in (days.best, days.second) else Days(days.best, other, Doubt.WEEKDAY_DIFFERS)


def _week_of_date(match: re.Match[str], today: date) -> Days | None:
    days = by_rules(dates(), match["date"], today)
    return week_of(days.best, today) if days and not days.doubt else None


def _nth_weekday_of_near_month(match: re.Match[str], today: date) -> Days | None:
    return _nth(match, add_months(today.replace(day=1), ahead(match)))


def _nth_weekday(match: re.Match[str], today: date) -> Days | None:
    digits = year_digits(match, today)
    if digits is None:
        first = real_day(today.year, int(match["month"]), 1)
        found = _nth(match, first)
        is_over = found is None or (found.best < today and first.month != today.month)
        return _nth(match, add_months(first, 12)) if is_over else found
    of = in_year(digits, int(match["month"]), 1, today)
    found = _nth(match, of.best)
    return Days(found.best, doubt=of.doubt) if found else None


def _nth(match: re.Match[str], of: date) -> Days | None:
    day = nth_weekday(of, 0 if match["last"] else int(match["number"]), weekday_of(match))
    return Days(day) if day else None
