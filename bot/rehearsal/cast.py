"""Who plays: people by their roles on both sides, and their own days and hours as the story knows them.

The hours stand here a second time on purpose: what the bot did is held against them, not against its own rules.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

VIENTIANE, KUNMING, PROJECT = "Vientiane", "Kunming", "Supporting project"
TITLE = "Vientiane – Kunming: vocational training"


@dataclass(frozen=True)
class Part:
    """One person of the cast."""

    key: str
    name: str
    side: str
    username: str | None = None
    language: str = "en"


CAST = (
    Part("coordinator", "Coordinator, project", PROJECT, "coordinator"),
    Part("vte_focal", "Focal point, Vientiane", VIENTIANE, "vte_focal", "lo"),
    Part("vte_alternate", "Alternate, Vientiane", VIENTIANE, "vte_alternate", "lo"),
    Part("vte_trainer", "Automotive trainer, Vientiane", VIENTIANE, "vte_trainer", "lo"),
    Part("kmg_focal", "Focal point, Kunming", KUNMING, "kmg_focal", "zh-hans"),
    Part("kmg_alternate", "Alternate, Kunming", KUNMING, "kmg_alternate", "zh-hans"),
    Part("kmg_trainer", "Electrical trainer, Kunming", KUNMING, None, "zh-hans"),
)


@dataclass(frozen=True)
class Place:
    """A place of work: its zone, its working hours, and the days that differ from Monday to Friday."""

    zone: ZoneInfo
    hours: tuple[tuple[time, time], ...]
    off: frozenset[date] = frozenset()
    on: frozenset[date] = frozenset()

    def works_on(self, day: date) -> bool:
        """Whether people work there on that day."""
        return day in self.on or (day.weekday() < 5 and day not in self.off)

    def at_work(self, moment: datetime) -> bool:
        """Whether people are at work there at that moment."""
        local = moment.astimezone(self.zone)
        return self.works_on(local.date()) and any(begin <= local.time() < end for begin, end in self.hours)


def _days(month: int, *days: int) -> frozenset[date]:
    return frozenset(date(2026, month, day) for day in days)


PI_MAI = _days(4, 14, 15, 16)
PLACES = {
    VIENTIANE: Place(
        ZoneInfo("Asia/Vientiane"),
        ((time(8), time(12)), (time(13), time(16))),
        off=PI_MAI | _days(5, 1),
    ),
    KUNMING: Place(
        ZoneInfo("Asia/Shanghai"),
        ((time(8, 30), time(12)), (time(14), time(17, 30))),
        off=_days(4, 6) | _days(5, 1, 4, 5) | _days(6, 19),
        on=_days(5, 9),
    ),
    PROJECT: Place(ZoneInfo("Asia/Bangkok"), ((time(8, 30), time(12)), (time(13), time(17)))),
}


def vientiane(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of the year 2026 by the clocks of Vientiane."""
    return datetime(2026, month, day, hour, minute, tzinfo=PLACES[VIENTIANE].zone)


def both_clocks(moment: datetime) -> str:
    """A moment in both cities, such as "09:03 Vientiane / 10:03 Kunming"."""
    shown = (f"{moment.astimezone(PLACES[side].zone):%H:%M} {side}" for side in (VIENTIANE, KUNMING))
    return " / ".join(shown)
