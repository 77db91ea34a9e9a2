"""The words of Chinese dates, and the pieces that their patterns are made of; numbers are in digits already."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from handlers.rules.date_reading import Days

Meaning = Callable[[re.Match[str], date], Days | None]
Rules = Sequence[tuple[re.Pattern[str], Meaning]]

NAMED = {
    "前天": -2,
    "昨天": -1,
    "昨日": -1,
    "今天": 0,
    "今日": 0,
    "今儿": 0,
    "明天": 1,
    "明日": 1,
    "明儿": 1,
    "后天": 2,
    "后日": 2,
    "大后天": 3,
}
_WEEKDAYS = "一二三四五六日"
WEEK = "(?:周|星期|礼拜)"
WHICH = "(?P<which>本|当|这1?个?|下下1?个?|下1?个?|上1?个?)"
"""This one, the next, the one after, the last: with the sign for one and the measure word or without."""
WEEKDAY = f"{WEEK}(?P<weekday>[1-6一二三四五六日天])"
YEAR = r"(?:(?:(?:公元)?(?P<year>\d{4}|\d{2})年|佛历(?P<buddhist>\d{4})年|(?P<near>今年|明年|后年|本年))的?)"
DAY = r"(?P<day>\d{1,2})"
MONTH = r"(?P<month>\d{1,2})月份?"
END = "(?:月?底|末|尾|结束)"
_AHEAD = {"下": 1, "下下": 2, "上": -1}
_YEARS_AHEAD = {"明年": 1, "后年": 2}


def compiled(*rules: tuple[str, Meaning]) -> Rules:
    """Rules with their patterns, tried in this order."""
    return tuple((re.compile(pattern), meaning) for pattern, meaning in rules)


def by_rules(rules: Rules, words: str, today: date) -> Days | None:
    """What the first rule that fits all the words makes of them; None if there is none."""
    for pattern, meaning in rules:
        if (match := pattern.fullmatch(words)) and (days := meaning(match, today)):
            return days
    return None


def ahead(match: re.Match[str]) -> int:
    """How many weeks, months or quarters ahead the words say; 0 for this one and where nothing is said."""
    return _AHEAD.get((match.groupdict().get("which") or "").rstrip("1个"), 0)


def weekday_of(match: re.Match[str]) -> int:
    """The weekday, Monday 0."""
    sign = match["weekday"].replace("天", "日")
    return int(sign) - 1 if sign.isdecimal() else _WEEKDAYS.index(sign)


def year_digits(match: re.Match[str], today: date) -> str | None:
    """The year as it is written, 今年 and 明年 in digits; None where there is none."""
    found = match.groupdict()
    if found.get("near"):
        return str(today.year + _YEARS_AHEAD.get(match["near"], 0))
    return found.get("year") or found.get("buddhist")
