"""Weekly patterns in words: "Mon-Fri 08:00-12:00 13:00-16:00"."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from itertools import groupby, pairwise

DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LONG_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MIDNIGHT = time(0)


@dataclass(frozen=True)
class Span:
    """One stretch of work on the wall clock, [start, end). An end of 00:00 is the end of the day."""

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.end != MIDNIGHT and self.start >= self.end:
            raise ValueError(f"The hours {self} end before they begin.")

    def __str__(self) -> str:
        end = "24:00" if self.end == MIDNIGHT else f"{self.end:%H:%M}"
        return f"{self.start:%H:%M}-{end}"

    def __contains__(self, moment: time) -> bool:
        return self.start <= moment and (self.end == MIDNIGHT or moment < self.end)


Week = Mapping[int, tuple[Span, ...]]
"""Weekday (0 is Monday) to the spans worked on it, in order."""


def parse_week(text: str) -> dict[int, tuple[Span, ...]]:
    """A weekly pattern such as "Mon-Fri 08:00-12:00 13:00-16:00; Sat 08:00-12:00".

    Days are English, whole or three letters; ranges may pass Sunday ("Sun-Thu"), lists have commas.
    Raises ValueError with one plain sentence.
    """
    week: dict[int, tuple[Span, ...]] = {}
    for part in filter(None, (each.strip() for each in text.split(";"))):
        days, *hours = re.sub(r"\s*([-,])\s*", r"\1", part).split()
        spans = _spans(hours, part)
        for day in _days(days):
            if day in week:
                raise ValueError(f"{DAY_NAMES[day]} stands twice in the week.")
            week[day] = spans
    if not week:
        raise ValueError('The week has no working day. Write for example "Mon-Fri 08:00-12:00 13:00-16:00".')
    return dict(sorted(week.items()))


def format_week(week: Week) -> str:
    """A weekly pattern as `parse_week` reads it, days with the same hours drawn together."""
    worked = [day for day in range(7) if week.get(day)]
    # Neighbours with the same hours share what is left when the position is taken from the day.
    runs = groupby(enumerate(worked), key=lambda each: (each[1] - each[0], week[each[1]]))
    parts = []
    for (_, spans), run in runs:
        days = [DAY_NAMES[day] for _, day in run]
        label = days[0] if len(days) == 1 else f"{days[0]}-{days[-1]}"
        parts.append(" ".join([label, *map(str, spans)]))
    return "; ".join(parts)


def _days(text: str) -> Iterator[int]:
    for part in text.split(","):
        first, *rest = (weekday(name) for name in part.split("-"))
        if len(rest) > 1:
            raise ValueError(f'"{part}" is not a range of days. Write for example "Mon-Fri".')
        last = rest[0] if rest else first
        for ahead in range((last - first) % 7 + 1):
            yield (first + ahead) % 7


def weekday(name: str) -> int:
    """The number of an English day name, Monday 0; whole or its first three letters. Raises ValueError."""
    for names in (DAY_NAMES, LONG_DAY_NAMES):
        if name.strip().capitalize() in names:
            return names.index(name.strip().capitalize())
    raise ValueError(f'"{name}" is not a day of the week. Write Mon, Tue, Wed, Thu, Fri, Sat or Sun.')


def _spans(hours: list[str], part: str) -> tuple[Span, ...]:
    if not hours:
        raise ValueError(f'"{part}" has no hours. Write for example "{part} 08:00-12:00 13:00-16:00".')
    spans = tuple(parse_span(each) for each in hours)
    for one, two in pairwise(spans):
        if one.end == MIDNIGHT or two.start < one.end:
            raise ValueError(f"The hours {one} and {two} overlap or are not in order.")
    return spans


def parse_span(text: str) -> Span:
    """Hours such as "08:00-12:00" (or "-24:00" at the end). Raises ValueError with a plain sentence."""
    found = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)-(?:([01]?\d|2[0-3]):([0-5]\d)|24:00)", text, re.ASCII)
    if found is None or text.endswith(("-00:00", "-0:00")):
        raise ValueError(f'"{text}" are not hours. Write for example 08:00-12:00.')
    hour, minute, last_hour, last_minute = (int(each or 0) for each in found.groups())
    return Span(time(hour, minute), time(last_hour, last_minute))
