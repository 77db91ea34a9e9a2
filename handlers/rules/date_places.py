"""Zones as people name them in a date: by a place (15:00 Vientiane time, 北京时间, ເວລາວຽງຈັນ), never by letters."""

import re
from functools import cache
from zoneinfo import ZoneInfo

from handlers.rules.date_grammar_lo import take_place as take_lao_place

_ENGLISH = {
    "vientiane": "Asia/Vientiane",
    "luang prabang": "Asia/Vientiane",
    "lao": "Asia/Vientiane",
    "laos": "Asia/Vientiane",
    "beijing": "Asia/Shanghai",
    "kunming": "Asia/Shanghai",
    "yunnan": "Asia/Shanghai",
    "china": "Asia/Shanghai",
    "chinese": "Asia/Shanghai",
    "bangkok": "Asia/Bangkok",
    "thai": "Asia/Bangkok",
    "thailand": "Asia/Bangkok",
    "hanoi": "Asia/Ho_Chi_Minh",
    "vietnam": "Asia/Ho_Chi_Minh",
    "phnom penh": "Asia/Phnom_Penh",
    "geneva": "Europe/Zurich",
}
_CHINESE = {
    "万象": "Asia/Vientiane",
    "琅勃拉邦": "Asia/Vientiane",
    "老挝": "Asia/Vientiane",
    "北京": "Asia/Shanghai",
    "昆明": "Asia/Shanghai",
    "云南": "Asia/Shanghai",
    "中国": "Asia/Shanghai",
    "曼谷": "Asia/Bangkok",
    "泰国": "Asia/Bangkok",
    "河内": "Asia/Ho_Chi_Minh",
    "越南": "Asia/Ho_Chi_Minh",
    "日内瓦": "Europe/Zurich",
}
_MENTIONED = re.compile("time|時間|时间|" + "|".join(_ENGLISH))
"""Most phrases name no place, and are done with here."""


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    english, chinese = "|".join(_ENGLISH), "|".join(_CHINESE)
    return (
        re.compile(rf"(?:\bin )?\b(?P<place>{english})(?:'s)?(?: local| standard)? time\b"),
        re.compile(rf"(?:按|以)?(?P<place>{chinese})(?:当地|本地|标准)?(?:时间|時間)"),
        # A city alone is a zone only behind a time of day: 3pm Kunming, 15:00 in Vientiane.
        re.compile(rf"(?<=[\dm]) (?:in )?(?P<place>{english})$"),
    )


def take_place(phrase: str) -> tuple[str, ZoneInfo | None]:
    """A folded phrase without the place whose clocks it names, and the zone of that place; None without one.

    A second place stays in the rest, where no grammar takes it.
    """
    if _MENTIONED.search(phrase):
        for pattern in _patterns():
            if match := pattern.search(phrase):
                zone = _ENGLISH.get(match["place"]) or _CHINESE[match["place"]]
                return " ".join(f"{phrase[: match.start()]} {phrase[match.end() :]}".split()), ZoneInfo(zone)
    return take_lao_place(phrase)
