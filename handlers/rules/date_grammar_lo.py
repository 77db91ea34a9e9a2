"""Lao dates: ມື້ອື່ນ 9 ໂມງເຊົ້າ, ກ່ອນວັນສຸກ, ພາຍໃນ 5 ວັນເຮັດວຽກ, ກ່ອນປີໃໝ່ລາວ, ວັນທີ 15 ມີນາ 2027; the whole phrase or nothing."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from handlers.rules import date_grammar_lo_clock as clock
from handlers.rules import date_grammar_lo_days as single
from handlers.rules import date_grammar_lo_periods as whole
from handlers.rules import date_grammar_lo_words as lo
from handlers.rules import date_holidays
from handlers.rules.date_grammar_lo_days import by_rules
from handlers.rules.date_lao import is_lao, normal, spelled
from handlers.rules.date_reading import Days, Doubt, Found, Holiday, Known, Reason, UnreadableDate
from handlers.rules.holiday_names import NAMES

_MINUTE = spelled("ນາທີ")
_FEAST = re.compile(spelled("^(?:ວັນພັກ|ພັກ|ວັນ|ບຸນ|ງານ|ເທດສະການ)+"))
_MOST_HOURS = 1000
_MOST_WORKING_DAYS = 250
_MOST_DAYS_EARLIER = 366
_CITIES = {
    "ວຽງຈັນ": "Asia/Vientiane",
    "ຄຸນໝິງ": "Asia/Shanghai",
    "ຄຸນມິງ": "Asia/Shanghai",
    "ປັກກິ່ງ": "Asia/Shanghai",
    "ລາວ": "Asia/Vientiane",
    "ຈີນ": "Asia/Shanghai",
}
_ZONES = {spelled(city): name for city, name in _CITIES.items()}
_WITHOUT_A_DAY = tuple(Holiday(name, date.min, date.min) for name in sorted(NAMES))
_A_YEAR = timedelta(300)
_SHORTEST_NAME = 5
"""Letters of a holiday's name that are enough without a word for day or feast before them."""
_OTHER_NAMES = {
    spelled(said): tuple(map(spelled, names))
    for said, names in {
        "ສົງການ": ("ປີໃໝ່ລາວ",),
        "ສົງກຣານ": ("ປີໃໝ່ລາວ",),
        "ແຮງງານ": ("ກຳມະກອນ",),
        "ຊາດລາວ": ("ຊາດ",),
        "ປີໃໝ່ຈີນ": ("ປີໃໝ່ຈີນ", "春节"),
        "ຕຸດຈີນ": ("ປີໃໝ່ຈີນ", "春节"),
        "ກຸດຈີນ": ("ປີໃໝ່ຈີນ", "春节"),
        "ຊາດຈີນ": ("ຊາດຈີນ", "国庆节"),
    }.items()
}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Compiled when the first Lao phrase is read."""
    count = rf"(?P<more>ອີກ)? ?{lo.COUNT}"
    return {
        "place": lo.pattern(rf"(?:ຕາມ)?ເວລາ(?:ຂອງ|ທີ່|ຢູ່|ນະຄອນຫຼວງ)?(?P<city>{'|'.join(_CITIES)})"),
        "hours": lo.pattern(
            "(?P<in>ໃນ|ພາຍໃນ|ບໍ່ເກີນ)?(?P<more>ອີກ)? ?"
            rf"(?:{lo.COUNT} (?P<unit>ຊົ່ວໂມງ|ຊມ|ຊ\.ມ\.?|ນາທີ)|(?P<half>ເຄິ່ງຊົ່ວໂມງ)){lo.FROM_NOW}"
        ),
        "opening": lo.pattern(
            "(?:(?:ວັນ)?ກຳນົດ(?:ສົ່ງ|ການ|ເວລາ)?|ສົ່ງ|ໃຫ້(?:ສຳ)?ເລັດ|ໃຫ້ແລ້ວ|ສຳເລັດ|ຢ່າງຊ້າ(?:ທີ່)?(?:ສຸດ)?"
            "|ຊ້າ(?:ທີ່)?ສຸດ|ແມ່ນ|:)*"
            "(?:(?P<before>ກ່ອນ(?:ຮອດ|ເຖິງ)?)|(?P<within>ພາຍໃນ(?:ໄລຍະ)?(?:ເວລາ)?|ບໍ່(?:ໃຫ້)?(?:ເກີນ|ກາຍ))"
            "|(?P<on>ໃນ|(?:ຈົນ)?(?:ຮອດ|ເຖິງ)))? ?(?P<rest>.+)"
        ),
        "earlier": lo.pattern(rf"{lo.EARLIER}ກ່ອນ(?:ຮອດ|ເຖິງ)? ?(?P<rest>.+)"),
        "earlier_at_last": lo.pattern(rf"(?P<rest>.+?) ?{lo.EARLIER}"),
        "of_year": lo.pattern(f"(?P<name>.+?){lo.YEAR}"),
        "after_work": lo.pattern("(?P<rest>.*)ກ່ອນ(?:ໂມງ)?ເລີກ(?:ວຽກ|ການ)|ກ່ອນ(?:ໂມງ)?ເລີກ(?:ວຽກ|ການ)(?P<day>(?:ວັນ|ມື້).+)"),
        "next_working": lo.pattern(f"{lo.WORKING_DAY}{lo.NEXT}"),
        "last_working": lo.pattern(f"{lo.WORKING_DAY}ສຸດທ້າຍ(?:ຂອງ|ໃນ)?(?P<month>.+)"),
        "span": lo.pattern(f"{count} {lo.UNIT}{lo.FROM_NOW}"),
        "working": lo.pattern(f"{count} {lo.WORKING_DAY}{lo.FROM_NOW}"),
    }


def read(phrase: str, local: datetime, known: Known) -> Found | None:
    """What a Lao phrase means; `phrase` is folded, `local` is the reader's now. None if this is no Lao date."""
    if not is_lao(phrase):
        return None
    words = clock.plain(normal(phrase))
    if found := _hours_ahead(words, local):
        return found
    if days := read_day(words, local.date(), known):
        return Found(days)
    return _with_time(words, local.date(), known)


def take_place(phrase: str) -> tuple[str, ZoneInfo | None]:
    """The phrase without the city whose clock is meant (15:00 ເວລາວຽງຈັນ), and that city's zone."""
    words = normal(phrase) if is_lao(phrase) else ""
    match = _patterns()["place"].search(words)
    if match is None:
        return phrase, None
    return normal(f"{words[: match.start()]} {words[match.end() :]}"), ZoneInfo(_ZONES[match["city"]])


def read_day(words: str, today: date, known: Known) -> Days | None:
    """The day that the words mean, without a time."""
    if match := _patterns()["after_work"].fullmatch(words):
        day = match["rest"] or match["day"]
        return read_day(day, today, known) if day else Days(today)
    if _patterns()["next_working"].fullmatch(words):
        return _working_days(1, today, known)
    if match := _patterns()["last_working"].fullmatch(words):
        return _last_working_day(match["month"], today, known)
    if match := _patterns()["earlier"].fullmatch(words):
        return _earlier(match, today, known)
    opening = _patterns()["opening"].fullmatch(words)
    if opening is None:
        return None
    rest = opening["rest"]
    if opening["before"]:
        return _before(rest, today, known)
    return (
        by_rules(single.days(), rest, today)
        or by_rules(whole.ends(), rest, today)
        or _ahead(rest, today, known, counted=bool(opening["within"] or opening["on"]))
        or (by_rules(whole.within(), rest, today) if opening["within"] else None)
        or by_rules(whole.periods(), rest, today)
    )


def _before(rest: str, today: date, known: Known) -> Days | None:
    """ກ່ອນ and a day: till that day, or till the one before it. A feast is over when it begins."""
    if days := by_rules(single.days(), rest, today):
        return days if days.doubt else Days(days.best, days.best - timedelta(1), Doubt.BEFORE_OR_ON)
    if days := by_rules(whole.ends(), rest, today) or _before_holiday(rest, today, known):
        return days
    if days := by_rules(whole.before(), rest, today):
        return days
    match = _patterns()["earlier_at_last"].fullmatch(rest)
    return _earlier(match, today, known) if match else None


def _earlier(match: re.Match[str], today: date, known: Known) -> Days | None:
    """So many days or weeks before a date or a holiday: 2 ມື້ກ່ອນປີໃໝ່ລາວ, ກ່ອນປີໃໝ່ລາວ 2 ມື້."""
    ahead = int(match["count"]) * (1 if match["unit"] in lo.ONE_DAY else 7)
    if ahead > _MOST_DAYS_EARLIER:
        return None
    days = by_rules(single.days(), match["rest"], today)
    if days is None:
        return _before_holiday(match["rest"], today, known, ahead)
    return None if days.doubt else Days(days.best - timedelta(ahead))


def _ahead(rest: str, today: date, known: Known, *, counted: bool) -> Days | None:
    """So many days or working days ahead, where some word says that they are counted from today."""
    if match := _patterns()["working"].fullmatch(rest):
        return _working_days(int(match["count"]), today, known)
    if (match := _patterns()["span"].fullmatch(rest)) and not (counted or _says_ahead(match)):
        return None
    return by_rules(single.spans(), rest, today)


def _says_ahead(match: re.Match[str]) -> bool:
    return bool(match["more"] or match["from"])


def _working_days(count: int, today: date, known: Known) -> Days | None:
    if count > _MOST_WORKING_DAYS:
        raise UnreadableDate(Reason.TOO_FAR)
    day = known.working.add_working_days(today, count) if known.working else None
    return Days(day) if day else None


def _last_working_day(month: str, today: date, known: Known) -> Days | None:
    end = by_rules(whole.ends(), lo.END + month, today)
    day = known.working.working_day_on_or_before(end.best) if known.working and end else None
    return Days(day, doubt=end.doubt) if day and end else None


def _before_holiday(words: str, today: date, known: Known, ahead: int = 0) -> Days | None:
    """The last day before a holiday that is named, the last working day where these are known; or so many days."""
    firsts = [each.first for each in _of_name_and_year(words, today, known.holidays)]
    # What comes within the year is another holiday, what comes later the same one again.
    year = sorted(first for first in set(firsts) if first - min(firsts) < _A_YEAR)
    eves = [first - timedelta(ahead) if ahead else _eve(first, known) for first in year]
    if len(eves) == 2:  # ປີໃໝ່ is the one of April or of January
        return Days(eves[0], eves[1], Doubt.WHICH_HOLIDAY)
    return Days(eves[0]) if len(eves) == 1 else None


def _eve(first: date, known: Known) -> date:
    day = first - timedelta(1)
    return (known.working and known.working.working_day_on_or_before(day)) or day


def _of_name_and_year(words: str, today: date, holidays: Sequence[Holiday]) -> list[Holiday]:
    """Those that are still to begin; UnreadableDate where a year is written in which there is none."""
    ahead = [each for each in holidays if each.first > today]
    match = _patterns()["of_year"].fullmatch(words)
    if match is None or not (match["year"] or match["which_year"]):
        return _of_name(words, ahead)
    first = single.in_year(match, today, 1, 1)
    if first is None or first.doubt:
        return []
    year, name = first.best.year, match["name"]
    found = [each for each in _of_name(name, ahead) if each.first.year == year]
    if not found and _of_name(name, [*holidays, *_WITHOUT_A_DAY]):
        date_holidays.refuse_year(year, today, _of_name(name, holidays))
    return found


def _of_name(words: str, holidays: Sequence[Holiday]) -> list[Holiday]:
    """The holidays of exactly that name; else those whose names begin with it, but for the words for day and feast."""
    if exact := [each for each in holidays if _known_name(each.name) == words]:
        return exact
    said = _bare(words)
    if not said or (said == words and len(said) < _SHORTEST_NAME):
        return []
    wanted = _OTHER_NAMES.get(said, (said,))
    return [each for each in holidays if _bare(_known_name(each.name)).startswith(wanted)]


@lru_cache(maxsize=1024)
def _known_name(name: str) -> str:
    """The name in a calendar as phrases are read: the same hundred come with every phrase."""
    return normal(name)


@lru_cache(maxsize=1024)
def _bare(name: str) -> str:
    return _FEAST.sub("", name)


def _with_time(words: str, today: date, known: Known) -> Found | None:
    for timed in clock.timed(words):
        days = read_day(timed.rest, today, known) if timed.rest else Days(today)
        if days is not None:
            return _at(days, timed)
    rest = clock.part_alone(words)
    days = read_day(rest, today, known) if rest else None
    return Found(days, doubt=Doubt.PART_OF_DAY) if days else None


def _at(days: Days, timed: clock.Timed) -> Found:
    """The day and the time; a second time where it may be the morning's or the afternoon's."""
    times = timed.times
    if not times and not timed.ends_day:
        raise UnreadableDate(Reason.NO_SUCH_TIME)
    if days.doubt is Doubt.BEFORE_OR_ON:  # before Friday, 17:00: the hour says it
        days = Days(days.best)
    if timed.ends_day:
        return Found(days, ends_day=True)
    if len(times) == 1:
        return Found(days, times[0])
    return Found(days, times[0], times[1], Doubt.MORNING_OR_EVENING)


def _hours_ahead(words: str, local: datetime) -> Found | None:
    match = _patterns()["hours"].fullmatch(words)
    if match is None or not (match["in"] or _says_ahead(match)):
        return None
    span = _span(match)
    # Hours are counted on the clock of the world, not on the wall: clocks may change in between.
    then = (local.astimezone(UTC) + span).astimezone(local.tzinfo)
    return Found(Days(then.date()), then.time().replace(second=0, microsecond=0))


def _span(match: re.Match[str]) -> timedelta:
    if match["half"]:
        return timedelta(minutes=30)
    if int(match["count"]) > _MOST_HOURS:
        raise UnreadableDate(Reason.TOO_FAR)
    return timedelta(minutes=int(match["count"]) * (1 if match["unit"] == _MINUTE else 60))
