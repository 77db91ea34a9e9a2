"""A country's public holidays from the library `holidays`, for years that no reviewed list has."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.exits import Refused
from storage import calendars
from storage.kinds import DayKind
from storage.tables import CountryDay

LANGUAGES = {"name_en": "en_US", "name_zh": "zh_CN", "name_lo": "lo"}
MAKE_UP = {"name_en": "Make-up working day", "name_zh": "调休上班", "name_lo": "ວັນເຮັດວຽກຊົດເຊີຍ"}


def days_of(country: str, year: int) -> list[CountryDay]:
    """The days off and make-up working days of a year, as provisional rows. Raises Refused."""
    from importlib.metadata import version

    import holidays

    source = f"holidays {version('holidays')}"
    try:
        known = holidays.country_holidays(country, years=year)
    except NotImplementedError:
        raise Refused(f"The library knows no country {country}. Write: focalpoint calendar import FILE.csv") from None
    names = _names(country, year, known)
    off = [_row(country, day, DayKind.OFF, names[day], source) for day in sorted(known) if day.year == year]
    work = sorted(day for day in getattr(known, "weekend_workdays", ()) if day.year == year)
    return off + [_row(country, day, DayKind.ON, {"name_local": "", **MAKE_UP}, source) for day in work]


def _names(country: str, year: int, known: Mapping[date, str]) -> dict[date, dict[str, str]]:
    import holidays

    supported: tuple[str, ...] = getattr(known, "supported_languages", ())
    spoken: dict[str, Mapping[date, Any]] = {
        part: holidays.country_holidays(country, years=year, language=language)
        for part, language in LANGUAGES.items()
        if language in supported
    }
    found = {}
    for day, local in known.items():
        parts = {part: str(listed.get(day, "")) for part, listed in spoken.items()}
        found[day] = {"name_en": local, "name_zh": "", "name_lo": ""} | parts | {"name_local": local}
    return found


def _row(country: str, day: date, kind: DayKind, names: Mapping[str, str], source: str) -> CountryDay:
    local = names["name_local"] or names["name_en"]
    return CountryDay(
        country=country,
        day=day,
        kind=kind,
        name_en=names["name_en"],
        name_local=local,
        name_zh=names["name_zh"],
        name_lo=names["name_lo"],
        source=source,
        status=calendars.PROVISIONAL,
    )
