"""English dates: today, next Friday, 15 March, the 15th, in two weeks, end of month; with 5pm, noon or 15:00."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from handlers.rules import date_numbers
from handlers.rules.date_reading import (
    Days,
    Doubt,
    Found,
    Known,
    Reason,
    UnreadableDate,
    add_months,
    month_end,
    next_in_month,
    next_in_year,
    real_day,
    real_time,
    unless_today,
)
from handlers.rules.date_years import with_weekday

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_FRIDAY, _SUNDAY = 4, 6
_MOST = 1000

_WEEKDAY = (
    r"(?P<weekday>mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
)
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?P<day>\d{1,2})"
_ORDINAL = r"(?P<day>[2-9]?1st|[2-9]?2nd|[2-9]?3rd|(?:1\d|\d?[04-9])th)"
_YEAR = r"(?: (?P<year>\d{4}))?"
_WHICH = r"(?:(?P<which>the|this|next) )?"
_END = "(?:the )?end of "
_COUNT = r"(?P<count>[1-9]\d{0,5}|an?|" + "|".join(_NUMBERS[1:]) + ")"

_CLOCK = r"(?:(?P<hour>\d{1,2})(?::(?P<minute>\d{2}))?(?: ?(?P<half>[ap])\.?m)?|(?P<noon>noon|midday))"
_DAY_THEN_CLOCK = re.compile(rf"(?:(?P<rest>.+?) )??(?:at |by )?{_CLOCK}")
_CLOCK_THEN_DAY = re.compile(rf"(?:at )?{_CLOCK}(?: on)? (?P<rest>.+)")
_OPENING = re.compile(r"^(?:by|on|until|till|due) ")
_FROM_NOW = re.compile(r"(.+) from now")
_HOURS = re.compile(rf"(?:in|within) {_COUNT} (?P<unit>hour|minute)s?")


def read(words: str, now: datetime, _: Known) -> Found | None:
    """What an English phrase means; `words` are folded, `now` is local. None if this is no English date."""
    phrase = _FROM_NOW.sub(r"in \1", _OPENING.sub("", words, count=1))
    if match := _HOURS.fullmatch(phrase):
        return _after_hours(match, now)
    days = read_day(phrase, now.date())
    return Found(days) if days else _with_clock(phrase, now.date())


def read_day(phrase: str, today: date) -> Days | None:
    """The day that the words mean, without a time: the first rule that fits all of them."""
    if days := date_numbers.read_day(phrase, today):
        return days
    for pattern, meaning in _RULES:
        if match := pattern.fullmatch(phrase):
            return meaning(match, today)
    return None


def _with_clock(phrase: str, today: date) -> Found | None:
    for pattern in (_DAY_THEN_CLOCK, _CLOCK_THEN_DAY):
        match = pattern.fullmatch(phrase)
        if match is None or not (match["noon"] or match["minute"] or match["half"]):
            continue
        days = read_day(match["rest"], today) if match["rest"] else Days(today)
        if days:
            return Found(days, _time_of(match))
    return None


def _time_of(match: re.Match[str]) -> time:
    if match["noon"]:
        return time(12)
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), match["half"]
    if half and not 1 <= hour <= 12:
        raise UnreadableDate(Reason.NO_SUCH_TIME)
    return real_time(hour % 12 + (12 if half == "p" else 0) if half else hour, minute)


def _after_hours(match: re.Match[str], now: datetime) -> Found:
    count = _count(match["count"])
    span = timedelta(hours=count) if match["unit"] == "hour" else timedelta(minutes=count)
    # Hours are counted on the clock of the world, not on the wall: clocks may change in between.
    then = (now.astimezone(UTC) + span).astimezone(now.tzinfo)
    return Found(Days(then.date()), then.time().replace(second=0, microsecond=0))


def _count(words: str) -> int:
    count = int(words) if words.isdecimal() else _NUMBERS.index(words) if words in _NUMBERS else 1
    if count > _MOST:
        raise UnreadableDate(Reason.TOO_FAR)
    return count


def _after_days(match: re.Match[str], today: date) -> Days:
    count, unit = _count(match["count"]), match["unit"]
    if unit in ("month", "year"):
        return Days(add_months(today, count * (12 if unit == "year" else 1)))
    return Days(today + timedelta(count * (7 if unit == "week" else 1)))


def _named(match: re.Match[str], today: date) -> Days:
    ahead = {"yesterday": -1, "today": 0, "tomorrow": 1}
    return Days(today + timedelta(ahead.get(match["name"], 2)))


def _on_weekday(match: re.Match[str], today: date) -> Days:
    later = today + timedelta((_weekday(match) - today.weekday() - 1) % 7 + 1)
    if later - today < timedelta(7):
        return Days(later)
    if match["which"] == "this":
        return Days(today, later, Doubt.TODAY_OR_LATER)
    return Days(later, today, Doubt.TODAY_OR_LATER)


def _on_next_weekday(match: re.Match[str], today: date) -> Days:
    best = _in_week(today, 1, _weekday(match))
    coming = today + timedelta((_weekday(match) - today.weekday() - 1) % 7 + 1)
    return Days(best) if best == coming else Days(best, coming, Doubt.THIS_OR_NEXT_WEEK)


def _weekday_of_week(match: re.Match[str], today: date) -> Days:
    return Days(_in_week(today, _ahead(match), _weekday(match)))


def _some_day_of_week(match: re.Match[str], today: date) -> Days:
    return Days(_in_week(today, _ahead(match), _FRIDAY), doubt=Doubt.SOME_DAY_OF_A_WEEK)


def _end_of_week(match: re.Match[str], today: date) -> Days:
    weeks = _ahead(match)
    return Days(_in_week(today, weeks, _FRIDAY), _in_week(today, weeks, _SUNDAY), Doubt.FRIDAY_OR_SUNDAY)


def _end_of_month(match: re.Match[str], today: date) -> Days:
    day = add_months(today.replace(day=1), _ahead(match))
    return Days(month_end(day.year, day.month))


def _end_of_year(match: re.Match[str], today: date) -> Days:
    return Days(real_day(today.year + _ahead(match), 12, 31))


def _end_of_named_month(match: re.Match[str], today: date) -> Days:
    return _end_by_year(_month(match), match["year"], today)


def _end_of_quarter(match: re.Match[str], today: date) -> Days:
    return _end_by_year(int(match["quarter"]) * 3, match["year"], today)


def _end_by_year(month: int, year: str | None, today: date) -> Days:
    if year:
        return Days(month_end(real_day(int(year), month, 1).year, month))
    end = month_end(today.year, month)
    return Days(end if end >= today else month_end(today.year + 1, month))


def _in_month(match: re.Match[str], today: date) -> Days:
    month, day = _month(match), _day(match)
    if match["year"]:
        return Days(real_day(int(match["year"]), month, day))
    best = next_in_year(month, day, today)
    return unless_today(best, next_in_year(month, day, today + timedelta(1)), today)


def _of_number(match: re.Match[str], today: date) -> Days:
    best = next_in_month(_day(match), today)
    return unless_today(best, next_in_month(_day(match), today + timedelta(1)), today)


def _weekday_and_date(match: re.Match[str], today: date) -> Days | None:
    days = read_day(match["date"], today) if any(char.isdecimal() for char in match["date"]) else None
    if days is None:
        return None
    return with_weekday(days, _weekday(match), today)


def _in_week(today: date, weeks: int, weekday: int) -> date:
    return today + timedelta(weeks * 7 + weekday - today.weekday())


def _ahead(match: re.Match[str]) -> int:
    return int(match["which"] == "next")


def _weekday(match: re.Match[str]) -> int:
    return _WEEKDAYS.index(match["weekday"][:3])


def _month(match: re.Match[str]) -> int:
    return _MONTHS.index(match["month"][:3]) + 1


def _day(match: re.Match[str]) -> int:
    return int(match["day"].rstrip("stndrh"))


Meaning = Callable[[re.Match[str], date], Days | None]

_RULES: tuple[tuple[re.Pattern[str], Meaning], ...] = tuple(
    (re.compile(pattern), meaning)
    for pattern, meaning in (
        (r"(?P<name>yesterday|today|tomorrow|(?:the )?day after tomorrow)", _named),
        (rf"(?:(?P<which>this|coming|this coming) )?{_WEEKDAY}", _on_weekday),
        (rf"next {_WEEKDAY}", _on_next_weekday),
        (rf"{_WEEKDAY} (?:of )?(?P<which>this|next) week", _weekday_of_week),
        (rf"(?P<which>this|next) week {_WEEKDAY}", _weekday_of_week),
        (r"(?P<which>this|next) week", _some_day_of_week),
        (rf"{_END}{_WHICH}week", _end_of_week),
        (rf"{_END}{_WHICH}month", _end_of_month),
        (rf"{_END}{_WHICH}year", _end_of_year),
        (rf"{_END}{_MONTH}{_YEAR}", _end_of_named_month),
        (rf"{_END}q(?P<quarter>[1-4]){_YEAR}", _end_of_quarter),
        (rf"(?:in|within) {_COUNT} (?P<unit>day|week|month|year)s?", _after_days),
        (rf"{_DAY} {_MONTH}{_YEAR}", _in_month),
        (rf"(?:the )?{_ORDINAL} (?:of )?{_MONTH}{_YEAR}", _in_month),
        (rf"{_MONTH} {_DAY}{_YEAR}", _in_month),
        (rf"{_MONTH} (?:the )?{_ORDINAL}{_YEAR}", _in_month),
        (rf"(?:the )?{_ORDINAL}", _of_number),
        (rf"{_WEEKDAY} (?P<date>.+)", _weekday_and_date),
    )
)
