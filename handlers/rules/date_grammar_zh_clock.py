"""The time of day in Chinese: 下午3点半, 晚上8点, 15时30分, 中午, 三点一刻, before the day or behind it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from functools import cache

from handlers.rules.date_hours import at_clock, in_part
from handlers.rules.date_reading import Days, Found, Reason, UnreadableDate

_PARTS: Mapping[str, range] = {
    "凌晨": range(1, 6),
    "清晨": range(4, 9),
    "清早": range(4, 9),
    "早上": range(4, 12),
    "早晨": range(4, 12),
    "早": range(4, 12),
    "上午": range(6, 12),
    "中午": range(11, 15),
    "正午": range(12, 13),
    "午间": range(11, 15),
    "下午": range(13, 20),
    "午后": range(13, 20),
    "傍晚": range(16, 21),
    "晚上": range(17, 24),
    "晚间": range(17, 24),
    "夜间": range(17, 24),
    "夜里": range(19, 24),  # the hours after midnight belong to either day
    "深夜": range(21, 24),
    "晚": range(17, 24),
    "半夜": range(0),  # which of the two midnights of a day?
    "午夜": range(0),
}
"""The hours of the day that each word can stand with."""

_PART = "|".join(_PARTS)
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:(?:点钟?|时)(?:(?P<half>半)|(?P<quarters>[123])刻|(?P<minute>\d{2}|\d(?=分))(?![\d月日号./-])分?|整|正)?"
    r"|:(?P<digits>\d{2})分?)"
)
_BEFORE = "(?:之前|以前|前|为止|截止|止)?"
_END = frozenset({"晚上", "晚间", "晚", "夜间", "夜里", "深夜", "半夜", "午夜"})
"""What can stand with 24点, the end of a day."""
_THIS_PART = re.compile("(今|明|后)(早|晚)(?!上|晨|间)")
_NOON = ("中午", "正午")


@dataclass(frozen=True, slots=True)
class Timed:
    """The words for the day ("" for the time alone) beside a time, still to be put together with a day."""

    rest: str
    match: re.Match[str]

    def on(self, days: Days) -> Found:
        """The day with the time; UnreadableDate where there is no such time, or it could be two that far apart."""
        groups = self.match.groupdict()
        part, hour = groups.get("part"), groups["hour"]
        if hour is None:
            return Found(days, time(12))
        minute = _minute(groups)
        if part is None or (part in _END and hour == "24"):
            return at_clock(days, hour, str(minute))
        return in_part(days, int(hour), minute, _PARTS[part])


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    clock = f"(?P<part>{_PART})?的? ?{_CLOCK}"
    noon = f"(?P<part>{'|'.join(_NOON)})(?P<hour>(?!))?"
    return (
        re.compile(f"(?P<rest>.*?)的? ?{clock}{_BEFORE}"),
        re.compile(f"(?P<rest>.*?)的?{noon}{_BEFORE}"),
        re.compile(f"{clock}的?(?P<rest>.+)"),
    )


def plain(words: str) -> str:
    """今晚8点 as 今天晚上8点."""
    return _THIS_PART.sub(r"\1天\2上", words)


def timed(words: str) -> Iterator[Timed]:
    """Every way to take a time of day off the words."""
    for pattern in _patterns():
        if match := pattern.fullmatch(words):
            yield Timed(match["rest"].strip(), match)


def part_alone(words: str) -> str | None:
    """The words for the day in 明天上午, where no hour stands; None if this is something else."""
    match = re.fullmatch(f"(?P<rest>.+?)的?(?:{_PART}){_BEFORE}", words)
    return match["rest"] if match else None


def _minute(groups: Mapping[str, str | None]) -> int:
    if groups["half"]:
        return 30
    if groups["quarters"]:
        return 15 * int(groups["quarters"])
    minute = int(groups["minute"] or groups["digits"] or 0)
    if minute > 59:
        raise UnreadableDate(Reason.NO_SUCH_TIME)
    return minute
