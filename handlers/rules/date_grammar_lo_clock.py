"""The time of day in Lao: 9 ໂມງເຊົ້າ, ບ່າຍ 3 ໂມງເຄິ່ງ, ຕີ 4, ທ່ຽງ, 14 ໂມງ 30 ນາທີ, 8h30, 15:00, before the day or after it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from functools import cache

from handlers.rules.date_lao import spelled

_PARTS: Mapping[str, range] = {
    spelled(part): hours
    for part, hours in {
        "ເຊົ້າ": range(4, 12),  # one to three are said with ຕີ; with ໂມງເຊົ້າ some count from six
        "ສວາຍ": range(8, 13),
        "ສວຍ": range(8, 13),
        "ທ່ຽງຄືນ": range(0),  # which of the two midnights of a day?
        "ທ່ຽງ": range(12, 13),
        "ບ່າຍ": range(13, 18),
        "ແລງ": range(13, 21),
        "ຄ່ຳ": range(17, 24),
        "ກາງຄືນ": range(19, 24),  # the hours after midnight belong to either day
        "ຄືນ": range(19, 24),
    }.items()
}
"""The hours of the day that each word can stand with."""

_CLEAR_BY_ITSELF = range(8, 24)
"""3 ໂມງ is three in the morning or in the afternoon; eight to twelve are the day's in working life."""

_NIGHTS = frozenset(map(spelled, ("ກາງຄືນ", "ຄືນ", "ທ່ຽງຄືນ")))
"""What can stand with 24 ໂມງ, the end of a day."""

_PART = "|".join(_PARTS)
_AT = "(?:ໃນ|ກ່ອນ|ພາຍໃນ|ບໍ່ເກີນ)?(?:ເວລາ|ຕອນ)?"
_EARLY = f"(?:(?:ຕອນ|ໂມງ)?(?P<early>{_PART})(?:ເວລາ)?)?"
_LATE = f"(?: ?(?:ໃນ|ຂອງ)?(?:ຕອນ|ໂມງ)?(?P<late>{_PART}))?"
# Two bare digits behind ໂມງ are minutes only where no month follows: 9 ໂມງ 15 ມີນາ.
_MINUTES = rf"(?: (?P<minutes>\d{{1,2}}) ນາທີ| (?P<bare>[0-5]\d)(?=$| (?:ວັນ|ມື້|ຕອນ|{_PART}))|(?P<half>ເຄິ່ງ)|ກົງ)?"
_HOUR = (
    rf"(?<![\d:./-]) ?(?P<hour>\d{{1,2}})"
    rf"(?:(?P<spoken> ໂມງ){_MINUTES}|[:.](?P<shown>[0-5]\d) ໂມງ|:(?P<digits>\d{{2}})|h(?P<french>[0-5]\d)?)"
)
_SMALL_HOUR = r"ຕີ (?P<small>[1-5])(?: ?(?P<small_half>ເຄິ່ງ))?"
_CLOCK = f"{_AT}{_EARLY} ?(?:{_HOUR}|{_SMALL_HOUR}){_LATE}|{_AT}(?P<noon>ທ່ຽງ(?:ຄືນ|ກົງ)?)"
_PART_ALONE = re.compile(
    spelled(rf"(?P<rest>.+?)(?:ໃນ)?(?:ຕອນ|ມື້)?(?:{_PART})|(?:ຕອນ|ມື້)?(?:{_PART})(?P<day>(?:ວັນ|ມື້).+)")
)
_THIS_PART = re.compile(spelled(rf"(?:ຕອນ|ມື້)?(?P<part>{_PART})ນີ້(?P<more>(?: ?\d.*)?)"))
_PART_AT_LAST = re.compile(spelled(rf"(?P<clock>.*ໂມງ.*)(?P<part>{_PART})ນີ້"))
_NOON_OF_DAY = re.compile(spelled(r"ທ່ຽງວັນ(?=$|ວັນ|ມື້| \d)"))
_ONE_IN_THE_AFTERNOON = re.compile(spelled(r"(?<!\d )ບ່າຍໂມງ"))
_NOON, _MIDNIGHT, _TODAY, _AT_ONE = (spelled(word) for word in ("ທ່ຽງ", "ທ່ຽງຄືນ", "ມື້ນີ້", "ບ່າຍ 1 ໂມງ"))


@dataclass(frozen=True, slots=True)
class Timed:
    """The words around a time of day (None for the time alone) and the times it may mean, best first.

    No times at all: there is no such hour, or it could be either midnight; or it `ends_day`, as 24:00 does.
    """

    rest: str | None
    times: tuple[time, ...]
    ends_day: bool


def plain(text: str) -> str:
    """ແລງນີ້ 3 ໂມງ and 3 ໂມງແລງນີ້ with today in them, ທ່ຽງວັນ as ທ່ຽງ, ບ່າຍໂມງ as one o'clock; else as it is."""
    text = _ONE_IN_THE_AFTERNOON.sub(_AT_ONE, _NOON_OF_DAY.sub(_NOON, text))
    if match := _THIS_PART.fullmatch(text):
        return f"{_TODAY}{match['part']}{match['more']}"
    if match := _PART_AT_LAST.fullmatch(text):
        return f"{match['clock']}{match['part']}{_TODAY}"
    return text


@cache
def _with_a_day() -> tuple[re.Pattern[str], ...]:
    """Day then time, time then day, and the part of the day before both; compiled when Lao is first read."""
    part_first = rf"(?:ໃນ)?(?:ຕອນ)?(?P<before>{_PART})(?P<rest>(?:ຂອງ)?(?:ວັນ|ມື້).+?) ?(?:{_CLOCK})"
    around = (rf"(?:(?P<rest>.+?) ?)??(?:{_CLOCK})", rf"(?:{_CLOCK})(?:ຂອງ|ໃນ)? ?(?P<rest>.+)", part_first)
    return tuple(re.compile(spelled(pieces)) for pieces in around)


def timed(text: str) -> Iterator[Timed]:
    """Every way to take a time of day off the words."""
    for pattern in _with_a_day():
        if match := pattern.fullmatch(text):
            yield Timed(match["rest"], _times(match), _ends_day(match))


def part_alone(text: str) -> str | None:
    """The words for the day in ມື້ອື່ນເຊົ້າ, where no hour stands; None if this is something else."""
    match = _PART_ALONE.fullmatch(text)
    return (match["rest"] or match["day"]) if match else None


def _times(match: re.Match[str]) -> tuple[time, ...]:
    if match["noon"]:
        return () if match["noon"] == _MIDNIGHT else (time(12),)
    minute = _minute(match)
    return tuple(time(hour, minute) for hour in _hours(match) if minute < 60)


def _ends_day(match: re.Match[str]) -> bool:
    """24:00, also with a word for the night; 24h may be as many hours."""
    groups = match.groupdict()
    clear = any(map(groups.get, ("spoken", "shown", "digits", "french")))
    parts = {part for part in map(groups.get, ("before", "early", "late")) if part}
    return match["hour"] == "24" and clear and _minute(match) == 0 and parts <= _NIGHTS


def _minute(match: re.Match[str]) -> int:
    written = next(filter(None, map(match.group, ("minutes", "bare", "shown", "digits", "french"))), None)
    return 30 if match["half"] or match["small_half"] else int(written or 0)


def _hours(match: re.Match[str]) -> Sequence[int]:
    """The hours of the day that the words allow, best first."""
    groups = match.groupdict()
    parts = [_PARTS[part] for part in map(groups.get, ("before", "early", "late")) if part]
    if match["small"]:
        return [int(match["small"])] if all(int(match["small"]) in part for part in parts) else []
    hour = int(match["hour"])
    if parts:
        return [each for each in (hour, hour + 12) if hour and all(each in part for part in parts)]
    return _unsaid(hour, match)


def _unsaid(hour: int, match: re.Match[str]) -> Sequence[int]:
    """The same where no part of the day is said: small hours are either the morning's or the afternoon's."""
    of_24_hours = len(match["hour"]) == 2 and not match["spoken"]
    clear = range(24) if of_24_hours else _CLEAR_BY_ITSELF
    if hour in clear:
        return [] if hour == _minute(match) == 0 else [hour]
    if not 1 <= hour <= 7:
        return []
    return [hour, hour + 12] if hour == 7 else [hour + 12, hour]
