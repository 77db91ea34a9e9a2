"""The holidays of a calendar as people name them in a date: "before Pi Mai", "国庆节前", "ກ່ອນປີໃໝ່ລາວ"."""

import re
from collections.abc import Iterable
from datetime import date

from handlers.rules.date_reading import Holiday
from handlers.rules.day_layers import DayName
from handlers.rules.working_time import ONE_DAY

_REMARK = re.compile(r"\s*[（(]([^()（）]*)[)）]")
_NO_NAMES = re.compile(r"observed|in lieu|in exchange|补假|调休|休息|day off|ວັນພັກ|ແລກກັບ", re.IGNORECASE)
_ALSO = (
    ("lao new year's day", "lao new year", "pi mai", "pi mai lao", "boun pi mai"),
    ("老挝新年", "泼水节", "老挝泼水节", "宋干节"),
    ("ບຸນປີໃໝ່ລາວ", "ປີໃໝ່ລາວ", "ບຸນປີໃໝ່"),
    ("chinese new year", "spring festival", "cny"),
    ("ບຸນກຸດຈີນ", "ກຸດຈີນ"),
    ("春节", "过年"),
    ("国庆节", "国庆", "十一"),
    ("劳动节", "五一", "五一节"),
    ("tomb-sweeping day", "qingming", "qingming festival"),
    ("清明节", "清明"),
    ("端午节", "端午"),
    ("中秋节", "中秋"),
    ("ວັນຊາດ", "ວັນຊາດລາວ"),
    ("boun that luang festival", "that luang", "that luang festival"),
    ("塔銮节", "塔銮"),
    ("begin of buddhist lent", "beginning of buddhist lent", "buddhist lent", "khao phansa", "boun khao phansa"),
    ("end of buddhist lent", "ok phansa", "boun ok phansa"),
    ("vientiane boat racing festival", "boat racing", "boat racing festival", "vientiane boat racing"),
    ("ວັນບຸນທາດຫລວງ", "ບຸນທາດຫລວງ", "ບຸນທາດຫຼວງ"),
)
"""What people call a holiday besides its name in the calendar, which stands first."""
NAMES = frozenset(name for names in _ALSO for name in names)
"""Names by which a holiday is known even where no calendar has it."""
_OTHER_NAMES = {known: others for known, *others in _ALSO}
_NEAR = 4 * ONE_DAY
"""Days of one name that lie this close are one holiday: a weekend may stand between."""


def holidays(days: Iterable[tuple[date, DayName]]) -> tuple[Holiday, ...]:
    """Every name of every holiday with its first and last day, in the order of the days."""
    found: dict[str, list[Holiday]] = {}
    for day, name in sorted(days, key=lambda each: each[0]):
        for word in _words(name):
            known = found.setdefault(word, [])
            if known and day - known[-1].last <= _NEAR:
                known[-1] = Holiday(word, known[-1].first, day)
            else:
                known.append(Holiday(word, day, day))
    every = (each for known in found.values() for each in known)
    return tuple(sorted(every, key=lambda each: (each.first, each.name)))


def _words(name: DayName) -> list[str]:
    """The names of a day, folded, without remarks such as "(in lieu)", and what else people call it."""
    said = (name.en, name.local, name.zh, name.lo)
    written = [one.strip() for names in said if names for one in names.split(";")]
    bare = [_REMARK.sub("", said) for said in written]
    inside = [remark for said in written for remark in _REMARK.findall(said)]
    words = dict.fromkeys(" ".join(each.casefold().split()) for each in [*bare, *inside] if not _NO_NAMES.search(each))
    return list(dict.fromkeys(each for word in words if word for each in (word, *_OTHER_NAMES.get(word, ()))))
