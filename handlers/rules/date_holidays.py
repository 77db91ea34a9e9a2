"""Dates that hang on a holiday: before Pi Mai, 春节前, before National Day. The names come from the calendars."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import NoReturn

from handlers.rules.date_reading import Days, Doubt, Holiday, Known, Reason, UnreadableDate
from handlers.rules.holiday_names import NAMES

_ENGLISH_FRAME = re.compile(r"^(?:the )?(?:boun )?|'s?(?= )|(?: (?:day|festival|holidays?|week|break))+$")
_CHINESE_FRAME = re.compile(r"^(?:中国|农历)|(?:小?长假|假期|放假|假|节日|节)+$")
_EVE = re.compile(r"\beve$|除夕$")
_YEAR = re.compile(
    r"^(?P<said>今年|明年|20\d\d(?=年))年?的?(?=.)|(?<=.) (?:in |of )?(?P<last>(?:this|next) year|20\d\d)$"
)
_NEXT_YEAR = ("next year", "明年")
_SPELLED = {
    "labour": "labor",
    "pimai": "pi mai",
    "pee mai": "pi mai",
    "spring festival": "chinese new year",  # spring alone is a season
    "may day": "labor day",
    "农历新年": "春节",
    "-": " ",
}
_ALSO = {
    "labor": ("labor", "international labor"),
    "women": ("international women rights",),
    "international women": ("international women rights",),
    "national": ("national", "lao national"),
    "new year": ("new year", "lao new year", "chinese new year"),
    "lunar new year": ("chinese new year",),
    "international new year": ("new year",),
    "qing ming": ("tomb sweeping",),
    "chinese national": ("国庆",),
    "china national": ("国庆",),
    "新年": ("元旦", "春"),
    "三八": ("国际妇女",),
    "三八妇女": ("国际妇女",),
    "妇女": ("国际妇女",),
    "老挝国庆": ("老挝国庆日",),
    "五一": ("五一", "劳动"),
    "五一劳动": ("五一", "劳动"),
    "十一": ("十一", "国庆"),
    "过年": ("过年", "春"),
}
"""Names that calendars give to what people call so; more than one where it may be either."""
_SAID_BARE = frozenset({"新年", "除夕", "三八", "五一", "十一", "过年", "老挝国庆"})
_MOST_WORKING_DAYS = 250
_ONE_YEAR = timedelta(330)
"""The same holiday is not further from its next one than that, but for those that go by the moon."""


def before(name: str, today: date, known: Known, ahead: int = 0) -> Days | None:
    """The last day before a holiday, or so many days earlier; the last working day where these are known.

    None where no holiday is called so. Where two are, the nearer one is the first meaning.
    """
    firsts = _firsts(name, today, known.holidays)
    if not firsts:
        return None
    days = [_day_before(first, known, ahead) for first in firsts[:2]]
    return Days(days[0]) if len(days) == 1 else Days(days[0], days[1], Doubt.WHICH_HOLIDAY)


def on(name: str, today: date, known: Known) -> Days | None:
    """The holiday itself; one of several days is asked about. None where no holiday is called so."""
    found = _coming(name, today, known.holidays)
    if not found:
        return None
    best, first = found[0], max(found[0].first, today)
    if len(found) > 1:
        return Days(first, found[1].first, Doubt.WHICH_HOLIDAY)
    return Days(first, doubt=Doubt.SOME_DAY if best.last > first else None)


def working_days(count: int, today: date, known: Known) -> Days | None:
    """So many working days after today; None where nobody's working days are known."""
    if count > _MOST_WORKING_DAYS:
        raise UnreadableDate(Reason.TOO_FAR)
    day = known.working.add_working_days(today, count) if known.working else None
    return Days(day) if day else None


def refuse_year(year: int, today: date, named: Iterable[Holiday]) -> NoReturn:
    """Raises for a holiday of a year in which none of that name is ahead: it is over, or no calendar has it yet."""
    is_over = year < today.year or any(each.first.year == year for each in named)
    raise UnreadableDate(Reason.PAST if is_over else Reason.NO_CALENDAR)


def _day_before(first: date, known: Known, ahead: int) -> date:
    if ahead:
        return first - timedelta(ahead)
    eve = first - timedelta(1)
    return (known.working and known.working.working_day_on_or_before(eve)) or eve


def _firsts(name: str, today: date, holidays: Sequence[Holiday]) -> list[date]:
    """The first days of the holidays of that name; an eve that has a name of its own belongs to them."""
    eves = {each.last + timedelta(1): each.first for each in holidays if _EVE.search(each.name)}
    return sorted({eves.get(each.first, each.first) for each in _coming(name, today, holidays)})


def _coming(name: str, today: date, holidays: Sequence[Holiday]) -> list[Holiday]:
    """The next holiday of that name that is not over, and others so called within the year after it.

    UnreadableDate where a year is written in which there is none ahead.
    """
    name, year = _without_year(name, today)
    key = _key(name)
    if len(name) == 1 or _is_any_word(name, key, holidays):
        return []
    wanted = _ALSO.get(key, (key,))
    named = [each for each in holidays if _key(each.name) in wanted]
    ahead = {(each.first, each.last): each for each in named if each.last >= today and year in (None, each.first.year)}
    if year and not ahead and (named or not _keys_of_names().isdisjoint(wanted)):
        refuse_year(year, today, named)
    ordered = [ahead[days] for days in sorted(ahead)]
    return [each for each in ordered if each.first - ordered[0].first < _ONE_YEAR and _differs(each, ordered[0])]


def _without_year(name: str, today: date) -> tuple[str, int | None]:
    """Pi Mai 2028, 明年春节: the name, and the year in which it has to be."""
    match = _YEAR.search(name)
    if match is None:
        return name, None
    said = match["said"] or match["last"]
    year = int(said) if said.isdecimal() else today.year + (said in _NEXT_YEAR)
    return f"{name[: match.start()]}{name[match.end() :]}", year


def _is_any_word(name: str, key: str, holidays: Sequence[Holiday]) -> bool:
    """National, women and 劳动 are no holidays without their day; Qingming and 五一 are."""
    if not key:
        return True
    if key != name or name in _SAID_BARE or any(each.name == name for each in holidays):
        return False
    return not key.isascii() or " " not in key


def _differs(one: Holiday, first: Holiday) -> bool:
    """Both countries keep 1 May, one of them for longer: that is one holiday."""
    return one is first or one.first > first.last


@cache
def _keys_of_names() -> frozenset[str]:
    return frozenset(map(_key, NAMES))


@lru_cache(maxsize=1024)
def _key(name: str) -> str:
    """A name without what is sometimes written around it."""
    for spelled, meant in _SPELLED.items():
        name = name.replace(spelled, meant)
    bare = _ENGLISH_FRAME.sub("", name.strip())
    return _CHINESE_FRAME.sub("", bare)
