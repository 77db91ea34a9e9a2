"""Days in Lao: ມື້ອື່ນ, ວັນສຸກໜ້າ, ວັນຈັນອາທິດໜ້າ, ອີກ 3 ມື້, ທ້າຍເດືອນ, ວັນທີ 15 ມີນາ 2027, and what they leave open."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache

from handlers.rules import date_grammar_lo_words as lo
from handlers.rules import date_numbers
from handlers.rules.date_periods import nth_weekday, week_of
from handlers.rules.date_reading import (
    Days,
    Doubt,
    Reason,
    UnreadableDate,
    add_months,
    month_end,
    next_in_month,
    next_in_year,
    real_day,
    unless_today,
)
from handlers.rules.date_years import with_weekday, year_of

Meaning = Callable[[re.Match[str], date], Days | None]
Rules = Sequence[tuple[re.Pattern[str], Meaning]]

_MOST = 1000
_LONGEST_WITHOUT_YEAR = 5
_NTH = r"(?:(?:ທີ)?(?P<rank>ທຳອິດ|ສຸດທ້າຍ)(?:ຂອງ|ໃນ)?|ທີ (?P<number>[1-5]) ?(?:ຂອງ|ໃນ))"
"""Behind a weekday: the first, the last one of a month; with a number only before ຂອງ, else it is a date."""


@cache
def days() -> Rules:
    """Single days; each can stand behind ກ່ອນ."""
    return (
        *dates(),
        *compiled(
            (f"(?P<name>{lo.one_of(lo.NAMED)})", _named),
            (f"{lo.WEEKDAY}(?:{lo.NEXT}|(?P<this>ນີ້|{lo.COMING})|{lo.OVER})?", _on_weekday),
            (f"{lo.SHORT_WEEKDAY}(?:{lo.NEXT}|(?P<this>ນີ້))(?P<over>(?!))?", _on_weekday),
            (rf"{lo.WEEKDAY}{_NTH}ເດືອນ{lo.WHICH}?", _nth_weekday_of_near_month),
            (rf"{lo.WEEKDAY}{_NTH}{lo.MONTH}{lo.YEAR}", _nth_weekday),
            (f"{lo.WEEK}(?:ຂອງ|ທີ່ມີ|ທີ່)?(?P<date>ວັນທີ.+)", _week_of_date),
            (f"{lo.WEEKDAY}(?:ຂອງ|ໃນ)?{lo.WEEK}{lo.WHICH}", _weekday_of_week),
            (f"{lo.WEEK}{lo.WHICH}{lo.WEEKDAY}", _weekday_of_week),
            (rf"{lo.NEAR_WEEKDAY}(?P<date>.*\d.*)", _near_weekday_and_date),
            (rf"{lo.WEEKDAY}(?P<date>.*\d.*)", _weekday_and_date),
            (rf"(?P<date>.*\d.*?) ?{lo.WEEKDAY}", _weekday_and_date),
        ),
    )


@cache
def dates() -> Rules:
    """Days by their numbers."""
    return compiled(
        (rf"(?:(?:ວັນ)?ທີ )?{lo.DAY} (?:ຂອງ)?{lo.MONTH}{lo.YEAR}(?:ນີ້)?", _in_month),
        (rf"{lo.MONTH} ?ວັນທີ {lo.DAY}{lo.YEAR}", _in_month),
        (rf"(?:(?:ວັນ)?ທີ )?{lo.DAY} {lo.MONTH} ?(?:ປີ )?(?P<short_year>\d{{2}})", _in_short_year),
        # 3 ເດືອນໜ້າ alone may be the next three months.
        (rf"(?:(?:ວັນ)?ທີ |(?=.*ຂອງ)){lo.DAY} (?:ຂອງ)?ເດືອນ{lo.WHICH}", _in_this_or_next_month),
        (rf"ວັນທີ {lo.DAY} ນີ້", _in_this_month),
        (rf"ວັນທີ {lo.DAY}", _of_number),
        (r"(?:(?:ວັນ)?ທີ )?(?P<digits>\d+[-/.]\d+(?:[-/.]\d+)?)", _in_digits),
    )


@cache
def spans() -> Rules:
    """So many days, weeks, months ahead; the caller looks for the word that says so."""
    return compiled(
        (rf"(?P<more>ອີກ)? ?{lo.COUNT} {lo.UNIT}{lo.FROM_NOW}", _after),
        (rf"(?P<more>ຫຼັງຈາກນີ້(?:ໄປ)?) {lo.COUNT} {lo.UNIT}(?P<from>)", _after),
        (rf"(?P<more>ອີກ){lo.UNIT} (?P<count>1)(?P<from>)", _after),
        (r"(?P<more>ອີກ)ເຄິ່ງ(?P<unit>ເດືອນ|ປີ)(?P<from>)", _after_half),
    )


def compiled(*rules: tuple[str, Meaning]) -> Rules:
    """Rules with their patterns, tried in this order."""
    return tuple((lo.pattern(pieces), meaning) for pieces, meaning in rules)


def by_rules(rules: Rules, text: str, today: date) -> Days | None:
    """What the first rule that fits the whole text makes of it; None if there is none."""
    for pattern, meaning in rules:
        if (match := pattern.fullmatch(text)) and (days := meaning(match, today)):
            return days
    return None


def _named(match: re.Match[str], today: date) -> Days:
    return Days(today + timedelta(lo.NAMED[match["name"]] - lo.TODAY_NAMED))


def _on_weekday(match: re.Match[str], today: date) -> Days:
    later = today + timedelta((_weekday(match) - today.weekday() - 1) % 7 + 1)
    if match["over"]:
        return Days(later - timedelta(7 if later - today < timedelta(7) else 14))
    if match["next"]:
        best = in_week(today, 1, _weekday(match))
        return Days(best) if best == later else Days(best, later, Doubt.THIS_OR_NEXT_WEEK)
    if later - today < timedelta(7):
        return Days(later)
    if match["this"]:
        return Days(today, later, Doubt.TODAY_OR_LATER)
    return Days(later, today, Doubt.TODAY_OR_LATER)


def _weekday_of_week(match: re.Match[str], today: date) -> Days:
    return Days(in_week(today, ahead(match), _weekday(match)))


def _after(match: re.Match[str], today: date) -> Days:
    count, unit = int(match["count"]), match["unit"]
    if count > _MOST:
        raise UnreadableDate(Reason.TOO_FAR)
    if unit in lo.IN_MONTHS:
        return Days(add_months(today, count * lo.IN_MONTHS[unit]))
    return Days(today + timedelta(count * (1 if unit in lo.ONE_DAY else 7)))


def _after_half(match: re.Match[str], today: date) -> Days:
    return Days(today + timedelta(15) if lo.IN_MONTHS[match["unit"]] == 1 else add_months(today, 6))


def _in_month(match: re.Match[str], today: date) -> Days | None:
    month, day = month_of(match), int(match["day"])
    if match["year"] or match["which_year"]:
        return in_year(match, today, month, day)
    best = next_in_year(month, day, today)
    return unless_today(best, next_in_year(month, day, today + timedelta(1)), today)


def in_year(match: re.Match[str], today: date, month: int, day: int | None) -> Days | None:
    """A day of the year that is written, the month's last for None; a Buddhist year is asked about."""
    found = match.groupdict()
    written = found["year"] or str(today.year + (found["which_year"] != lo.HERE))
    era = (found["era"] or "")[:1]
    year, doubt = (int(written), None) if era == lo.CHRISTIAN else year_of(written)
    if era == lo.BUDDHIST and doubt is None:
        return None
    first = real_day(year, month, 1)
    return Days(real_day(year, month, day) if day is not None else month_end(first.year, month), doubt=doubt)


def _in_short_year(match: re.Match[str], today: date) -> Days | None:
    """27 is a year only where it is this one or one of the next two; else it numbers something."""
    year, doubt = year_of(match["short_year"])
    if year not in range(today.year, today.year + 3):
        return None
    return Days(real_day(year, month_of(match), int(match["day"])), doubt=doubt)


def _in_this_or_next_month(match: re.Match[str], today: date) -> Days:
    day = add_months(today.replace(day=1), ahead(match))
    return Days(real_day(day.year, day.month, int(match["day"])))


def _of_number(match: re.Match[str], today: date) -> Days:
    best = next_in_month(int(match["day"]), today)
    return unless_today(best, next_in_month(int(match["day"]), today + timedelta(1)), today)


def _in_digits(match: re.Match[str], today: date) -> Days | None:
    days = date_numbers.read_day(match["digits"], today)
    if days and days.doubt is Doubt.DAY_OR_MONTH_FIRST and len(match["digits"]) > _LONGEST_WITHOUT_YEAR:
        return Days(days.best)  # a whole date behind ວັນທີ has the day first, as all of Laos writes it
    return days


def _in_this_month(match: re.Match[str], today: date) -> Days:
    return Days(real_day(today.year, today.month, int(match["day"])))


def _weekday_and_date(match: re.Match[str], today: date) -> Days | None:
    found = _date_beside(match["date"], today)
    return with_weekday(found, _weekday(match), today) if found else None


def _near_weekday_and_date(match: re.Match[str], today: date) -> Days | None:
    """ວັນສຸກໜ້າ (19 ມີນາ): the date, if it can be that Friday; else both are offered."""
    found, near = _date_beside(match["date"], today), _on_weekday(match, today)
    if found is None:
        return None
    agreed = [day for day in (near.best, near.second) if day and day in (found.best, found.second)]
    return Days(agreed[0]) if agreed else Days(found.best, near.best, Doubt.WEEKDAY_DIFFERS)


def _date_beside(written: str, today: date) -> Days | None:
    """The date that stands beside a weekday."""
    words = written.strip()
    if words.startswith(lo.NUMBER_WORD):
        if lo.OF in words:  # ວັນຈັນທີ 2 ຂອງເດືອນ is the second Monday of a month
            return None
        words = lo.DAY_WORD + words
    return by_rules(dates(), words, today)


def _week_of_date(match: re.Match[str], today: date) -> Days | None:
    days = by_rules(dates(), match["date"], today)
    return week_of(days.best, today) if days and not days.doubt else None


def _nth_weekday_of_near_month(match: re.Match[str], today: date) -> Days | None:
    return _nth(match, add_months(today.replace(day=1), ahead(match)))


def _nth_weekday(match: re.Match[str], today: date) -> Days | None:
    first = next_in_year(month_of(match), 1, today.replace(day=1))
    if match["year"] or match["which_year"]:
        given = in_year(match, today, month_of(match), 1)
        return None if given is None or given.doubt else _nth(match, given.best)
    return _nth(match, first)


def _nth(match: re.Match[str], of: date) -> Days | None:
    rank = 0 if match["rank"] == lo.AT_LAST else int(match["number"] or 1)
    day = nth_weekday(of, rank, _weekday(match))
    return Days(day) if day else None


def in_week(today: date, weeks: int, weekday: int) -> date:
    """The weekday (0 is Monday) of the week that is so many weeks after this one."""
    return today + timedelta(weeks * 7 + weekday - today.weekday())


def ahead(match: re.Match[str]) -> int:
    """1 where the words say the next one, 0 for this one."""
    return int(match["next"] is not None)


def _weekday(match: re.Match[str]) -> int:
    return lo.WEEKDAYS[match["weekday"]]


def month_of(match: re.Match[str]) -> int:
    """The month that is named or numbered; the number is as written."""
    return lo.MONTHS[match["month"]] if match["month"] else int(match["month_number"])
