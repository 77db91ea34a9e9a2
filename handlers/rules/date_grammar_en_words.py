"""The words of English dates in one spelling, numbers in digits, and the pieces that the patterns are made of."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache

from handlers.rules.date_reading import Days, Doubt, Reason, UnreadableDate, add_months, real_day
from handlers.rules.date_years import year_of

Meaning = Callable[[re.Match[str], date], Days | None]
Rules = Sequence[tuple[re.Pattern[str], Meaning]]

_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINAL_ONES = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
_ORDINAL_TEENS = [
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth"),
    *("fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
]
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_COUNTED = {
    **{word: at for at, word in enumerate([*_ONES, *_TEENS], 1)},
    **{word: 10 * at for at, word in enumerate(_TENS, 2)},
}
_RANKED = {
    **{word: at for at, word in enumerate([*_ORDINAL_ONES, *_ORDINAL_TEENS], 1)},
    "twentieth": 20,
    "thirtieth": 30,
}
_SAME = (  # three (3) days have lost their brackets by here
    (r"\b(?:tmrw|tmr|tmw|tomorow|tommorow|tommorrow)\b", "tomorrow"),
    (r"\b(?:the )?(?:end|close) of (?:the )?(?:(?:business|working|work|office) )?(?:day|hours)\b", "eod"),
    (r"\b(?:close of business|end of business|c\.?o\.?b|eob)\b\.?", "eod"),
    (r"\bwks?\b", "week"),
    (r"\beow\b", "end of week"),
    (r"\b(?:eom|month[ -]end)\b", "end of month"),
    (r"\b(?:eoy|year[ -]end)\b", "end of year"),
    (r"\bquarter[ -]end\b", "end of quarter"),
    (r"\bquarter ([1-4])\b", r"q\1"),
    (r"\bb\.?e\.? ?(2[56]\d\d)\b", r"\1"),
    (r"\b(2[56]\d\d) ?b\.?e\b\.?", r"\1"),
    (r"\b(\d{1,3}) \1(?= (?:working|business|work|days?|weeks?|months?|hours?)\b)", r"\1"),
    (r"\b(?:a|1) fortnight\b", "2 weeks"),
    (r"\bhalf an hour\b", "30 minutes"),
    (r"\bhalf a month\b", "15 days"),
    (r"\bhalf a year\b", "6 months"),
    (r"\bhalf past (\d{1,2})\b", r"\1:30"),
    (r"\bquarter past (\d{1,2})\b", r"\1:15"),
)
_TO_THE_HOUR = re.compile(r"\b(?:a )?quarter to (\d{1,2})\b")

WEEKDAY = (
    r"(?P<weekday>mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?)\.?"
)
MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
ORDINAL = r"(?P<day>[2-9]?1st|[2-9]?2nd|[2-9]?3rd|(?:1\d|\d?[04-9])th)"
YEAR = r"(?:(?P<year>\d{4})|(?P<near>this|next) year)"
DATE_YEAR = r"(?:(?P<year>\d{4})|'?(?P<short>\d{2})|(?P<near>this|next) year)"
LAST_YEAR = r"(?:(?P<year>\d{4})|'(?P<short>\d{2})|(?P<near>this|next) year)"
"""Behind the day: April 20-24 is no date of 2024."""
MONTH_YEAR = r"(?: (?:of )?(?:(?P<year>\d{4})|(?P<near>this|next) year))?"
SOME_MONTH = rf"(?:(?:the )?(?P<which>this|next) month|(?:the )?month|{MONTH}{MONTH_YEAR})"
WHICH = "(?:(?P<which>the|this|next) )?"
COUNT = r"(?P<count>\d{1,6}|an?)"
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MOST = 1000


def normal(phrase: str) -> str:
    """A folded phrase with its numbers in digits (twenty-first as 21st, half past three as 3:30), EOM in words."""
    alone = phrase in _RANKED  # the second may be a day of the month; second alone is anything
    words = phrase if alone else _number_words().sub(_in_digits, phrase)
    for pattern, same in _spellings():
        words = pattern.sub(same, words)
    return _TO_THE_HOUR.sub(lambda match: f"{(int(match[1]) + 10) % 12 + 1}:45", words)


@cache
def _number_words() -> re.Pattern[str]:
    tens, ones, ranks = "|".join(_TENS), "|".join(_ONES), "|".join(_ORDINAL_ONES)
    single = "|".join(sorted({*_COUNTED, *_RANKED}, key=len, reverse=True))
    return re.compile(rf"\b(?:(?P<tens>{tens})[- ](?P<last>{ranks}|{ones})|(?P<single>{single}))\b")


@cache
def _spellings() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), same) for pattern, same in _SAME)


def _in_digits(match: re.Match[str]) -> str:
    last = match["single"] or match["last"]
    number = _COUNTED[match["tens"]] if match["tens"] else 0
    number += _COUNTED.get(last) or _RANKED[last]
    return _ranked(number) if last in _RANKED else str(number)


def _ranked(number: int) -> str:
    return f"{number}{'th' if 10 < number % 100 < 14 else _ENDINGS.get(number % 10, 'th')}"


def compiled(*rules: tuple[str, Meaning]) -> Rules:
    """Rules with their patterns, tried in this order."""
    return tuple((re.compile(pattern), meaning) for pattern, meaning in rules)


def by_rules(rules: Rules, words: str, today: date) -> Days | None:
    """What the first rule that fits all the words makes of them; None if there is none."""
    for pattern, meaning in rules:
        if (match := pattern.fullmatch(words)) and (days := meaning(match, today)):
            return days
    return None


def count_of(match: re.Match[str]) -> int:
    """How many; UnreadableDate where that is no number of days that anybody plans."""
    count = int(match["count"]) if match["count"].isdecimal() else 1
    if count > _MOST:
        raise UnreadableDate(Reason.TOO_FAR)
    return count


def ahead(match: re.Match[str]) -> int:
    """1 where the words say the next one, 0 for this one."""
    return int(match["which"] == "next")


def weekday_of(match: re.Match[str]) -> int:
    """The weekday, Monday 0."""
    return _WEEKDAYS.index(match["weekday"][:3])


def month_number(match: re.Match[str]) -> int:
    """The month that is named, 1 to 12."""
    return month_of_name(match["month"])


def month_of_name(name: str) -> int:
    """The month of that name, which may be cut short."""
    return _MONTHS.index(name[:3]) + 1


def year_digits(match: re.Match[str], today: date) -> str | None:
    """The year as it is written, this and next year in digits; None where there is none."""
    found = match.groupdict()
    if found.get("near"):
        return str(today.year + (match["near"] == "next"))
    return found.get("year") or found.get("short")


def month_of(match: re.Match[str], today: date) -> tuple[date, Doubt | None]:
    """The first day of the month meant, in the year written or the next in which it is not over; and what to ask."""
    if not match["month"]:
        return add_months(today.replace(day=1), ahead(match)), None
    digits, month = year_digits(match, today), month_number(match)
    if digits:
        year, doubt = year_of(digits)
        return real_day(year, month, 1), doubt
    return date(today.year + (month < today.month), month, 1), None
