"""A Chinese phrase made ready for its grammar: simplified signs, numbers in digits, no spaces but between numbers."""

import re
from collections.abc import Mapping

_SIMPLIFIED = str.maketrans(
    "週禮點號後兩個這內間時鐘節國慶過農曆歷遲於開為學終舊遠萬達歲結俩",
    "周礼点号后两个这内间时钟节国庆过农历历迟于开为学终旧远万达岁结两",
) | {ord("廿"): "二十"}
_DIGITS: Mapping[str, int] = {sign: at for at, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}
_NUMERALS = re.compile(r"(?<!\d)[〇零○一二两三四五六七八九十百]+(?!\d)")
_TENS = re.compile("([一二三四五六七八九])?十([一二三四五六七八九])?")
_HUNDREDS = re.compile(
    "([一二两三四五六七八九])百(?:[零〇]([一二三四五六七八九])|([一二三四五六七八九])十([一二三四五六七八九])?)?"
)
_WEEKDAY_AND_NUMBER = re.compile(
    "(?P<weekday>(?:周|星期|礼拜)[一二三四五六])(?=[一二两三四五六七八九十]{1,3}[点时号日]|[一二三四五六七八九十]{1,2}月)"
)
"""周五三点: Friday, and three o'clock."""
_SPACE = re.compile(r"(?<!\d) | (?!\d)")
_HAN = re.compile("[\u3007\u4e00-\u9fff]")


def is_chinese(phrase: str) -> bool:
    """Whether there is a Chinese sign in it."""
    return _HAN.search(phrase) is not None


def spelled(phrase: str) -> str:
    """The phrase in simplified signs and without spaces, but for those between numbers."""
    return _SPACE.sub("", phrase.translate(_SIMPLIFIED)).replace("元月", "1月")


def in_digits(words: str) -> str:
    """三月十五号 as 3月15号, 二〇二七年 as 2027年; what is no clear number (三五天, 十几天) stays as it is."""
    return _NUMERALS.sub(_in_digits, _WEEKDAY_AND_NUMBER.sub(r"\g<weekday> ", words))


def _in_digits(match: re.Match[str]) -> str:
    run = match[0]
    if run in _DIGITS:
        return str(_DIGITS[run])
    if tens := _TENS.fullmatch(run):
        return str(_digit(tens[1] or "一") * 10 + _digit(tens[2]))
    if hundreds := _HUNDREDS.fullmatch(run):
        return str(_digit(hundreds[1]) * 100 + _digit(hundreds[3]) * 10 + _digit(hundreds[2] or hundreds[4]))
    is_year = len(run) == 4 and run[0] == "二"
    is_minute = len(run) == 2 and run[0] in "零〇"
    return "".join(str(_DIGITS[sign]) for sign in run) if (is_year or is_minute) and "十" not in run else run


def _digit(sign: str | None) -> int:
    return _DIGITS[sign] if sign else 0
