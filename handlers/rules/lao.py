"""Lao as different keyboards and hands type it, brought to one form so that two texts can be compared."""

import re

_SAME = str.maketrans(
    {
        "ໜ": "ຫນ",
        "ໝ": "ຫມ",
        "ຼ": "ລ",
        **dict(zip("໐໑໒໓໔໕໖໗໘໙", "0123456789", strict=True)),
    }
)
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]")
_SYLLABLE_SIGNS = re.compile("[ະາຳຽັິ-ຼ່-ໍ]+")
_MARKS_IN_ORDER = "ຼ຺ຸູັິີຶືົໍ່້໊໋໌"
"""Below the letter, above it, then the tone: the order of the Unicode chapter on Lao."""

_BEFORE_SIGN = re.compile(r"\s+(?=[ໆຯ])")
_THAI = str.maketrans("ฯๆ", "ຯໆ")
"""Signs that stand on many Lao keyboards and look alike."""


def fold_lao(text: str) -> str:
    """The form in which spellings of the same Lao are equal; for comparing only, never kept or shown.

    ໜ and ຫນ, ໝ and ຫມ, ຫຼ and ຫລ, ຳ in one sign or two, marks in any order, ເເ for ແ, Lao digits, unseen signs and
    spaces of every kind. Everything that is not Lao stays, capitals too; folding twice changes nothing.
    """
    seen = _BEFORE_SIGN.sub("", " ".join(_UNSEEN.sub("", text).translate(_THAI).split()))
    return _SYLLABLE_SIGNS.sub(_in_order, seen.replace("ເເ", "ແ")).translate(_SAME)


def _in_order(run: re.Match[str]) -> str:
    """Marks before the vowels beside the letter, each mark once, and ໍ with າ as one sign."""
    signs = run[0].replace("ຳ", "ໍາ")
    marks = "".join(sorted(set(signs) & set(_MARKS_IN_ORDER), key=_MARKS_IN_ORDER.index))
    vowels = "".join(sign for sign in signs if sign not in _MARKS_IN_ORDER)
    if "ໍ" in marks and "າ" in vowels:
        return marks.replace("ໍ", "") + vowels.replace("າ", "ຳ", 1)
    return marks + vowels
