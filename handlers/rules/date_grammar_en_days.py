"""Single days in English: tomorrow, next Friday, 15 March, the 15th, Friday (12 March), the last Friday of April."""

import re
from datetime import date, timedelta
from functools import cache

from handlers.rules import date_grammar_en_words as en
from handlers.rules import date_numbers
from handlers.rules.date_grammar_en_words import Rules, ahead, by_rules, compiled, month_of, weekday_of, year_digits
from handlers.rules.date_periods import nth_weekday, week, week_of
from handlers.rules.date_reading import Days, Doubt, add_months, next_in_month, real_day, unless_today
from handlers.rules.date_years import in_year, with_weekday

_NAMES = {"yesterday": -1, "today": 0, "tomorrow": 1, "day after tomorrow": 2, "the day after tomorrow": 2}
_NAME = "|".join(_NAMES)
_RANK = r"(?P<number>1st|2nd|3rd|4th|5th|last)"
_NOT_ITS_RANK = r"(?!(?:the )?[1-5](?:st|nd|rd|th) \w+\.?$)"
"""The second Friday is not Friday the second."""
_WEEKDAY_OF_WEEK = rf"{en.WEEKDAY} (?:of )?(?:(?P<which>this|next) week|(?P<after>the week after next))"
_WEEK_AND_WEEKDAY = rf"(?P<which>this|next) week(?:'s)? (?:on )?{en.WEEKDAY}"


@cache
def days() -> Rules:
    """Every way to name a single day."""
    return (
        *compiled(
            (f"(?P<name>{_NAME})", _named),
            (rf"(?:(?P<which>this|(?:this |the )?coming|upcoming) )?{en.WEEKDAY}", _on_weekday),
            (rf"next {en.WEEKDAY}", _on_next_weekday),
            (rf"last {en.WEEKDAY}", _on_last_weekday),
            (_WEEKDAY_OF_WEEK, _weekday_of_week),
            (_WEEK_AND_WEEKDAY, _weekday_of_week),
        ),
        *dates(),
        *compiled(
            (rf"{en.WEEKDAY} (?P<date>.+)", _weekday_and_date),
            (rf"{_NOT_ITS_RANK}(?P<date>.*\d.*|{_NAME}) {en.WEEKDAY}", _weekday_and_date),
            (rf"(?P<near>(?:next|this) {en.WEEKDAY}) (?P<date>.*\d.*)", _near_weekday_and_date),
            (rf"(?:the )?{_RANK} {en.WEEKDAY} (?:of|in) {en.SOME_MONTH}", _nth_weekday),
            (rf"{en.SOME_MONTH}(?:'s)? {_RANK} {en.WEEKDAY}", _nth_weekday),
            (rf"(?:the )?1st day of {en.SOME_MONTH}", _first_of_month),
            (r"(?:the )?(?:week (?:of|commencing|beginning|starting)|w/c)(?: on)? (?P<date>.+)", _week_of_date),
            (rf"{en.COUNT} (?P<unit>day|week)s? (?:from|after|on) (?:(?P<name>today|tomorrow)|{en.WEEKDAY})", _counted),
        ),
    )


@cache
def dates() -> Rules:
    """Days by their numbers."""
    day = rf"(?:the )?(?:{en.ORDINAL}|(?P<plain>\d{{1,2}}))"
    return compiled(
        (r"(?P<digits>\d[\d./-]*\d)", _in_digits),
        (rf"{day}[ /-]?(?:of )?{en.MONTH}(?:[ /-]?{en.DATE_YEAR})?", _in_month),
        (rf"{en.MONTH}[ -]?{day}(?: {en.LAST_YEAR})?", _in_month),
        (rf"(?P<year>\d{{4}})[ -]{en.MONTH}[ -]{day}", _in_month),
        (rf"(?:the )?{en.ORDINAL}(?: of)?(?: (?P<which>this|next) month)", _in_near_month),
        (rf"(?:the )?{en.ORDINAL}(?: of the month)?", _of_number),
    )


def _named(match: re.Match[str], today: date) -> Days:
    return Days(today + timedelta(_NAMES[match["name"]]))


def _coming(match: re.Match[str], today: date) -> date:
    return today + timedelta((weekday_of(match) - today.weekday() - 1) % 7 + 1)


def _on_weekday(match: re.Match[str], today: date) -> Days:
    later = _coming(match, today)
    if later - today < timedelta(7):
        return Days(later)
    if match["which"] == "this":
        return Days(today, later, Doubt.TODAY_OR_LATER)
    return Days(later, today, Doubt.TODAY_OR_LATER)


def _on_next_weekday(match: re.Match[str], today: date) -> Days:
    best, coming = week(today, 1).first + timedelta(weekday_of(match)), _coming(match, today)
    return Days(best) if best == coming else Days(best, coming, Doubt.THIS_OR_NEXT_WEEK)


def _on_last_weekday(match: re.Match[str], today: date) -> Days:
    return Days(today - timedelta((today.weekday() - weekday_of(match) - 1) % 7 + 1))


def _weekday_of_week(match: re.Match[str], today: date) -> Days:
    weeks = 2 if match.groupdict().get("after") else ahead(match)
    return Days(week(today, weeks).first + timedelta(weekday_of(match)))


def _in_digits(match: re.Match[str], today: date) -> Days | None:
    return date_numbers.read_day(match["digits"], today)


def _in_month(match: re.Match[str], today: date) -> Days:
    return in_year(year_digits(match, today), en.month_number(match), _number(match), today)


def _in_near_month(match: re.Match[str], today: date) -> Days:
    of = add_months(today.replace(day=1), ahead(match))
    return Days(real_day(of.year, of.month, _number(match)))


def _of_number(match: re.Match[str], today: date) -> Days:
    number = _number(match)
    return unless_today(next_in_month(number, today), next_in_month(number, today + timedelta(1)), today)


def _number(match: re.Match[str]) -> int:
    return int((match["day"] or match["plain"]).rstrip("stndrh"))


def _weekday_and_date(match: re.Match[str], today: date) -> Days | None:
    words = match["date"]
    days = Days(today + timedelta(_NAMES[words])) if words in _NAMES else by_rules(dates(), words, today)
    return with_weekday(days, weekday_of(match), today) if days else None


def _near_weekday_and_date(match: re.Match[str], today: date) -> Days | None:
    """Next Friday (19 March): the date, if it can be that Friday; else both are offered."""
    days = by_rules(dates(), match["date"], today)
    near = by_rules(compiled_near(), match["near"], today)
    if days is None or near is None:
        return None
    agreed = [day for day in (near.best, near.second) if day and day in (days.best, days.second)]
    return Days(agreed[0]) if agreed else Days(days.best, near.best, Doubt.WEEKDAY_DIFFERS)


@cache
def compiled_near() -> Rules:
    """This and next with a weekday."""
    return compiled(
        (rf"(?P<which>this) {en.WEEKDAY}", _on_weekday),
        (rf"next {en.WEEKDAY}", _on_next_weekday),
    )


def _nth_weekday(match: re.Match[str], today: date) -> Days | None:
    of, doubt = month_of(match, today)
    number = 0 if match["number"] == "last" else int(match["number"][0])
    day = nth_weekday(of, number, weekday_of(match))
    return Days(day, doubt=doubt) if day else None


def _week_of_date(match: re.Match[str], today: date) -> Days | None:
    days = by_rules(dates(), match["date"], today)
    return week_of(days.best, today) if days and not days.doubt else None


def _first_of_month(match: re.Match[str], today: date) -> Days:
    of, doubt = month_of(match, today)
    return Days(of, doubt=doubt)


def _counted(match: re.Match[str], today: date) -> Days | None:
    """Two weeks from Friday, a week from tomorrow."""
    if match["count"] == "0":
        return None
    start = today + timedelta(_NAMES[match["name"]]) if match["name"] else _coming(match, today)
    return Days(start + timedelta(en.count_of(match) * (7 if match["unit"] == "week" else 1)))
