"""Cities by name in the languages of the bot, for the clocks that count there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from zoneinfo import available_timezones

from handlers.rules.lao import fold_lao

# Cities that give no zone its name: (zone, what people write).
CITIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Asia/Shanghai", ("Kunming", "昆明", "ຄຸນໝິງ", "ຄຸນມິງ")),
    ("Asia/Shanghai", ("Beijing", "Peking", "北京", "ປັກກິ່ງ")),
    ("Asia/Shanghai", ("Guangzhou", "广州", "ກວາງໂຈ")),
    ("Asia/Shanghai", ("Nanning", "南宁", "ໜານໜິງ")),
    ("Asia/Shanghai", ("Chengdu", "成都", "ເຊິງຕູ")),
    ("Asia/Shanghai", ("Jinghong", "景洪", "ຊຽງຮຸ່ງ")),
    ("Asia/Shanghai", ("Shenzhen", "深圳")),
    ("Asia/Vientiane", ("Luang Prabang", "琅勃拉邦", "ຫຼວງພະບາງ")),
    ("Asia/Vientiane", ("Savannakhet", "沙湾拿吉", "ສະຫວັນນະເຂດ")),
    ("Asia/Vientiane", ("Pakse", "巴色", "ປາກເຊ")),
    ("Asia/Vientiane", ("Vientiane", "万象", "ວຽງຈັນ")),
    ("Asia/Bangkok", ("Bangkok", "曼谷", "ບາງກອກ")),
    ("Asia/Bangkok", ("Chiang Mai", "清迈", "ຊຽງໃໝ່")),
    ("Asia/Bangkok", ("Hanoi", "河内", "ຮ່າໂນ້ຍ")),
    ("Asia/Phnom_Penh", ("Phnom Penh", "金边", "ພະນົມເປັນ")),
    ("Asia/Yangon", ("Naypyidaw", "内比都")),
    ("Europe/Zurich", ("Geneva", "日内瓦", "ເຈນີວາ")),
    ("Europe/Rome", ("Turin", "都灵")),
)
REGIONS = tuple(
    f"{region}/"
    for region in ["Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"]
)
# Old names of zones that are words of their own.
NO_CITIES = frozenset(f"Australia/{word}" for word in ("ACT", "LHI", "NSW", "North", "South", "West"))
LANGUAGES = ("en", "zh_Hans", "lo")
LONGEST = 200
"""Characters of days and a city together: in what is longer none is looked for."""
_LINK = re.compile(r"(?:[\s,，、;；]|\b(?:in|at|to)\b|在|去|ທີ່|ຢູ່|ໄປ)+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A city as the person wrote it, and the name of its zone."""

    city: str
    zone: str


def place_at_end(text: str, own: Mapping[str, str]) -> tuple[str, Place] | None:
    """The city a text ends with, and the text before it; None when no known city stands there.

    `own` are cities of the group with their zones; they win over every other of that name. A zone's own name, such
    as Asia/Bangkok, does as well.
    """
    words = " ".join(text.split())
    if len(words) > LONGEST:
        return None
    known = _known() | {_folded(city): zone for city, zone in own.items()}
    for start in range(len(words)):
        if words[start] == " " or (start and _within_a_word(words, start)):
            continue
        city = words[start:]
        zone = known.get(_folded(city))
        if zone is not None:
            return _LINK.sub("", words[:start]), Place(city, zone)
    return None


def _within_a_word(text: str, start: int) -> bool:
    """Whether a cut there would go through a word of letters that are written with spaces."""
    return all(each.isascii() and each.isalnum() for each in text[start - 1 : start + 1])


def _folded(name: str) -> str:
    return fold_lao(name.strip().casefold().replace("_", " "))


@cache
def _known() -> dict[str, str]:
    from babel import Locale

    found: dict[str, str] = {}
    zones = sorted(zone for zone in available_timezones() if zone.startswith(REGIONS) and zone not in NO_CITIES)
    for zone in zones:
        found |= {_folded(zone): zone, _folded(zone.rpartition("/")[2]): zone}
    for language in LANGUAGES:
        listed = Locale.parse(language).time_zones
        found |= {_folded(listed[zone]["city"]): zone for zone in zones if "city" in listed.get(zone, {})}
    found |= {_folded(name): zone for zone, names in CITIES for name in names}
    return found
