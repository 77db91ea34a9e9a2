"""Dates in two languages at once: 下周五 5pm, Friday 下午3点, by 下周五, before 国庆, ວັນສຸກ 5pm, ກ່ອນ Friday."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, time

from handlers.rules.date_reading import Days, Doubt, Found

Read = Callable[[str, datetime], Found | None]
"""What the grammars make of a phrase in one language at some moment; None if it is no date in any."""

_SCRIPTS = (re.compile("[a-z]"), re.compile("[\u3007\u4e00-\u9fff]"), re.compile("[\u0e80-\u0eff]"))
_TILL = re.compile(
    "(?:by|until|till|due|no later than|not later than|最迟|最晚|截止|ພາຍໃນ|ບໍ່ເກີນ) ?(?P<day>.+)|(?P<day_first>.+?) ?截止"
)
_BEFORE = re.compile("(?:before|ກ່ອນ) ?(?P<day>.+)|(?P<day_first>.+?) ?(?:之前|以前|前)")
_IN_FRAME = ("before {}", "{}前", "ກ່ອນ{}")
"""Before a day, in the language of each script."""
_BORDER = re.compile(r" |(?<=[a-z0-9])(?=[\u4e00-\u9fff\u0e80-\u0eff])|(?<=[\u4e00-\u9fff\u0e80-\u0eff])(?=[a-z0-9])")
_NO_CLOCK = re.compile(
    r"\b(?:in|within|today|tonight|now|from)\b"
    "|[今明后昨周天日号月年内]|星期|礼拜|小时|ວັນ|ມື້|ເດືອນ|ປີ|ອີກ|ຊົ່ວໂມງ"
)
"""Words for a day or a span: what has one is more than a time."""
_MOST_BORDERS = 12
_EARLY, _LATE = time(0, 0), time(0, 1)


def read(phrase: str, local: datetime, one: Read) -> Found | None:
    """What a folded phrase in more than one script means; None if this is none, or no date in any language."""
    if sum(script.search(phrase) is not None for script in _SCRIPTS) < 2:
        return None
    if match := _TILL.fullmatch(phrase):
        return _inside(match, local, one)
    if match := _BEFORE.fullmatch(phrase):
        return _before(match, local, one)
    return next((found for parts in _cuts(phrase) if (found := _together(*parts, local, one))), None)


def _inside(match: re.Match[str], local: datetime, one: Read) -> Found | None:
    day = match["day"] or match["day_first"]
    return one(day, local) or read(day, local, one)


def _before(match: re.Match[str], local: datetime, one: Read) -> Found | None:
    """The same in the language of the day."""
    day = match["day"] or match["day_first"]
    framed = [frame.format(day) for script, frame in zip(_SCRIPTS, _IN_FRAME, strict=True) if script.search(day)]
    return one(framed[0], local) if len(framed) == 1 else None


def _cuts(phrase: str) -> Iterator[tuple[str, str]]:
    """Every way to take the phrase for a day and a time."""
    borders = list(_BORDER.finditer(phrase))
    for border in borders if len(borders) <= _MOST_BORDERS else ():
        first, second = phrase[: border.start()].strip(), phrase[border.end() :].strip()
        yield first, second
        yield second, first


def _together(day: str, clock: str, local: datetime, one: Read) -> Found | None:
    if not day or _NO_CLOCK.search(clock):
        return None
    timed = one(clock, datetime.combine(local.date(), _EARLY, local.tzinfo))
    later = one(clock, datetime.combine(local.date(), _LATE, local.tzinfo))
    if timed is None or not (timed.at or timed.ends_day) or timed != later or timed.days != Days(local.date()):
        return None
    found = one(day, local)
    if found is None or found.at is not None or found.doubt is not None:
        return None
    days = Days(found.days.best) if found.days.doubt is Doubt.BEFORE_OR_ON else found.days
    return replace(timed, days=days)
