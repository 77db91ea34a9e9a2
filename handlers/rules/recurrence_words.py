"""A rule for repeating in plain words, in English, Chinese and Lao: the whole phrase or nothing."""

import re
from datetime import date

from handlers.rules.date_fold import fold
from handlers.rules.recurrence import LAST, Every, Repeat, Where

OFF = frozenset({"off", "stop", "never", "no", "关闭", "取消", "停止", "ຢຸດ", "ຍົກເລີກ", "ບໍ່"})

_WEEKDAYS = (
    ("monday", "mon", "周一", "星期一", "礼拜一", "ວັນຈັນ"),
    ("tuesday", "tue", "周二", "星期二", "礼拜二", "ວັນອັງຄານ"),
    ("wednesday", "wed", "周三", "星期三", "礼拜三", "ວັນພຸດ"),
    ("thursday", "thu", "周四", "星期四", "礼拜四", "ວັນພະຫັດ"),
    ("friday", "fri", "周五", "星期五", "礼拜五", "ວັນສຸກ"),
    ("saturday", "sat", "周六", "星期六", "礼拜六", "ວັນເສົາ"),
    ("sunday", "sun", "周日", "周天", "星期日", "星期天", "ວັນອາທິດ"),
)
MONTHS = (
    ("january", "jan", "ມັງກອນ"), ("february", "feb", "ກຸມພາ"), ("march", "mar", "ມີນາ"), ("april", "apr", "ເມສາ"),
    ("may", "ພຶດສະພາ"), ("june", "jun", "ມິຖຸນາ"), ("july", "jul", "ກໍລະກົດ"), ("august", "aug", "ສິງຫາ"),
    ("september", "sep", "ກັນຍາ"), ("october", "oct", "ຕຸລາ"), ("november", "nov", "ພະຈິກ"), ("december", "dec", "ທັນວາ"),
)  # fmt: skip
"""What the months are called in English, in full and in short, and in Lao."""
_PERIODS = {
    Every.TWO_WEEKS: (
        "every two weeks", "every 2 weeks", "every second week", "fortnightly", "每两周", "每2周", "每二周", "隔周",
        "每两", "ທຸກສອງອາທິດ", "ທຸກ 2 ອາທິດ", "ທຸກ2ອາທິດ",
    ),
    Every.QUARTER: ("every quarter", "each quarter", "of the quarter", "quarterly", "每季度", "每季", "ທຸກໄຕມາດ"),
    Every.MONTH: ("every month", "each month", "of the month", "monthly", "每个月", "每月", "ທຸກເດືອນ"),
    Every.YEAR: ("every year", "each year", "yearly", "annually", "每年", "ທຸກປີ"),
    Every.WEEK: ("every week", "each week", "weekly", "每个星期", "每星期", "每周", "ທຸກອາທິດ"),
}  # fmt: skip
_FIRST_WORKING = ("first working day", "1st working day", "第一个工作日", "首个工作日", "ວັນເຮັດວຽກທຳອິດ", "ວັນເຮັດວຽກທໍາອິດ")
_LAST_WORKING = ("last working day", "最后一个工作日", "最后工作日", "ວັນເຮັດວຽກສຸດທ້າຍ")
_LAST_DAY = ("last day", "最后一天", "月底", "季度末", "季末", "末", "ວັນສຸດທ້າຍ", "ທ້າຍເດືອນ", "ທ້າຍໄຕມາດ")
_NUMBER = re.compile(r"(?:ວັນທີ\s*)?(\d{1,2})\s*(?:st|nd|rd|th|日|号|號)?(?!\d)")
_FILLERS = re.compile(r"\b(?:on|the|of|day|every|each|in|at)\b|[,，、。.的在月每]|ຂອງ|ວັນທີ|ວັນ|ທຸກ|ມື້|ໃນ|ເດືອນ|ໄຕມາດ")


def read_repeat(words: str, due: date | None) -> Repeat | None:
    """The rule that is meant; None where the phrase is none. What is not said is taken from the due date."""
    rest = fold(words).strip()
    weekday, rest = _one_of(rest, _WEEKDAYS)  # first: 每周一 names day and period in one
    every, rest = _period(rest)
    if every is None and weekday is not None and rest.strip() in ("every", "each", "每", "ທຸກ", "on"):
        every, rest = Every.WEEK, ""
    if every is None:
        return None
    if every in (Every.WEEK, Every.TWO_WEEKS):
        day = weekday if weekday is not None else (due.weekday() if due else None)
        return Repeat(every, day) if day is not None and _is_spent(rest) else None
    return None if weekday is not None else _of_months(every, rest, due)


def _of_months(every: Every, rest: str, due: date | None) -> Repeat | None:
    for where, names in ((Where.FIRST_WORKING, _FIRST_WORKING), (Where.LAST_WORKING, _LAST_WORKING)):
        found, left = _take(rest, names)
        if found:
            return Repeat(every, where=where) if every is not Every.YEAR and _is_spent(left) else None
    if every is Every.YEAR:
        return _of_year(rest, due)
    found, left = _take(rest, _LAST_DAY)
    if found:
        return Repeat(every, LAST) if _is_spent(left) else None
    number, left = _number(rest)
    day = number if number is not None else (due.day if due else None)
    return Repeat(every, day) if day is not None and 1 <= day <= LAST and _is_spent(left) else None


def _of_year(rest: str, due: date | None) -> Repeat | None:
    chinese = re.search(r"(\d{1,2})\s*月\s*(\d{1,2})\s*[日号號]?", rest)
    if chinese is not None:
        return _yearly(int(chinese[1]), int(chinese[2]), rest.replace(chinese[0], " "))
    month, left = _one_of(rest, MONTHS)
    number, left = _number(left)
    if month is not None and number is not None:
        return _yearly(month + 1, number, left)
    return Repeat(Every.YEAR, due.day, month=due.month) if due is not None and _is_spent(rest) else None


def _yearly(month: int, day: int, left: str) -> Repeat | None:
    try:
        date(2024, month, day)  # a year with a 29 February
    except ValueError:
        return None
    return Repeat(Every.YEAR, day, month=month) if _is_spent(left) else None


def _period(text: str) -> tuple[Every | None, str]:
    for every, names in _PERIODS.items():
        found, rest = _take(text, names)
        if found:
            return every, rest
    return None, text


def _one_of(text: str, rows: tuple[tuple[str, ...], ...]) -> tuple[int | None, str]:
    for number, names in enumerate(rows):
        found, rest = _take(text, names)
        if found:
            return number, rest
    return None, text


def _take(text: str, names: tuple[str, ...]) -> tuple[str, str]:
    """The name that stands in the text, and the text without it; a Latin name only as a whole word."""
    for name in names:
        pattern = rf"\b{re.escape(name)}\b" if name.isascii() else re.escape(fold(name))
        found = re.search(pattern, text)
        if found is not None:
            return name, text[: found.start()] + " " + text[found.end() :]
    return "", text


def _number(text: str) -> tuple[int | None, str]:
    found = _NUMBER.search(text)
    return (None, text) if found is None else (int(found[1]), text[: found.start()] + " " + text[found.end() :])


def _is_spent(rest: str) -> bool:
    return not _FILLERS.sub(" ", rest).strip()
