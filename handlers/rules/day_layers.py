"""The layers that speak of a day, and the names they give it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from zoneinfo import ZoneInfo

from storage.kinds import DayKind


class Layer(StrEnum):
    """Who can say whether a day is worked, from the general to the particular; the last one that speaks wins."""

    WEEK = auto()
    COUNTRY = auto()
    INSTITUTION = auto()
    LEAVE = auto()


@dataclass(frozen=True, slots=True)
class DayName:
    """What a day is called: in English, as it is written in its country, in Chinese, in Lao; "" where nobody said."""

    en: str
    local: str = ""
    zh: str = ""
    lo: str = ""

    def spoken(self, language: str) -> str:
        """The name for readers of a language ("en", "zh_Hans", "lo"); the English one, else any, where it has none."""
        own = {"zh": self.zh, "lo": self.lo}.get(language.partition("_")[0], "")
        return own or self.en or self.local or self.zh or self.lo


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a day is worked or not: the layer that had the last word, and the name it gave the day, if any."""

    works: bool
    layer: Layer
    name: DayName | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """Days at another place, both ends included, on that place's calendar; its clocks are those of `zone`."""

    first: date
    last: date
    zone: ZoneInfo
    city: str = ""


Days = Mapping[date, DayKind]
"""What one layer says of each day it speaks of."""
Names = Mapping[date, DayName]
