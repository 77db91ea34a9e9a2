"""A Lao phrase made ready for its grammar: one spelling, numbers in digits, spaces around numbers and nowhere else."""

import re
from collections.abc import Mapping

from handlers.rules.lao import fold_lao

_SHORT_AND_LONG = str.maketrans("ິຶູຣ", "ີືຸລ")
"""ໜື່ງ and ໜຶ່ງ, ມີຖຸນາ and ມິຖຸນາ, ກູມພາ and ກຸມພາ, ກໍຣະກົດ and ກໍລະກົດ: no two words of dates differ in these letters alone."""


def spelled(text: str) -> str:
    """Lao in the one spelling in which phrases and patterns are compared."""
    return fold_lao(text).translate(_SHORT_AND_LONG)


_UNITS: Mapping[str, int] = {
    spelled(word): number
    for word, number in {
        "ໜຶ່ງ": 1,
        "ນຶ່ງ": 1,
        "ສອງ": 2,
        "ສາມ": 3,
        "ສີ່": 4,
        "ຫ້າ": 5,
        "ຫົກ": 6,
        "ເຈັດ": 7,
        "ແປດ": 8,
        "ເກົ້າ": 9,
    }.items()
}
_ONE_TO_NINE = "|".join(_UNITS)
_ONE_AFTER_TEN = spelled("ເອັດ")
_TENS = rf"(?:(?P<tens>{_ONE_TO_NINE})?ສີບ|(?P<twenty>ຊາວ))(?:(?P<one>{_ONE_AFTER_TEN})|(?P<last>{_ONE_TO_NINE}))?"
# A thousand and a hundred always say how many: ພັນ alone stands in other words (ເຂົ້າພັນສາ).
_WORDS = re.compile(
    rf"(?:(?P<thousands>{_ONE_TO_NINE})ພັນ)?(?:(?P<hundreds>{_ONE_TO_NINE})ຮ້ອຍ)?(?:{_TENS}|(?P<single>{_ONE_TO_NINE}))?"
)
_LAO = "\u0e80-\u0eff"
_BRACKETS = str.maketrans("()[]（）", "      ")
_AROUND_SIGNS = re.compile(r" ?([:/]) ?")
_NUMBERING = re.compile(r"(?<=ວັນ)ທີ່|ທີ່(?= ?\d)|(?<=ວັນ)ທີ ?:")
"""What many type for ທີ, the word before the number of a day."""
_CLOSING = re.compile(spelled("(?: )?(?:ເດີ້|ເດີ|ເນາະ|ເນາະເຈົ້າ|ເຈົ້າ|ຄັບ)$"))
"""What is put behind a date to be polite."""
_SPARE_SPACE = re.compile(r"(?<![0-9]) | (?![0-9])")
_AT_NUMBER = re.compile(rf"(?<=[0-9])(?=[{_LAO}])|(?<=[{_LAO}])(?=[0-9])")


def is_lao(text: str) -> bool:
    """Whether any Lao letter stands in it; digits and punctuation alone need no language."""
    return any("\u0e81" <= char <= "\u0ecf" or char in "ໜໝ" for char in text)


def normal(phrase: str) -> str:
    """The phrase as the grammar reads it: "ວັນທີສິບຫ້າ ເມສາ" becomes "ວັນທີ 15 ເມສາ"."""
    bare = _CLOSING.sub("", spelled(phrase.translate(_BRACKETS)).strip())
    text = _WORDS.sub(_in_digits, _NUMBERING.sub("ທີ", bare))
    glued = _SPARE_SPACE.sub("", _AROUND_SIGNS.sub(r"\1", " ".join(text.split())))
    return _AT_NUMBER.sub(" ", glued)


def _in_digits(match: re.Match[str]) -> str:
    if not match[0]:
        return ""
    number = 1000 * _unit(match["thousands"]) + 100 * _unit(match["hundreds"]) + _unit(match["single"])
    if match["twenty"]:
        number += 20
    elif "ສີບ" in match[0]:
        number += 10 * (_unit(match["tens"]) or 1)
    number += 1 if match["one"] else _unit(match["last"])
    # A number of its own on both sides: ວັນທີສິບ ຫ້າໂມງ is not the fifteenth.
    return f" {number} "


def _unit(word: str | None) -> int:
    return _UNITS[word] if word else 0
