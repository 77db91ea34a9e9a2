"""The date in a text that gives something to do: by Friday, until Friday, before 15/3, 4月20日前, 截止日期, ກ່ອນວັນສຸກ."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice

IsDate = Callable[[str], bool]
Cut = tuple[int, int, str]
"""From where to where of the text, and the words of the date in there."""

_SIGNS = r"\s，。；、：:,;"
_PICTURES = r"\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff"
"""Arrows, signs and emoji, which people put behind what they wrote."""
_TO_THE_END = rf"[^\n]{{1,60}}?)[{_SIGNS}.!！{_PICTURES}]{{0,9}}(?=\s[@#]\w|\n|$)"
_FORWARD = (
    rf"(?<!\S)(?:by|until|till|due:?|deadline:?)\s{{1,9}}(?P<date>{_TO_THE_END}",
    rf"(?<!\S)(?P<date>(?:before|within|no later than|not later than)[^\S\n]{{1,9}}{_TO_THE_END}",
    rf"(?:截止(?:日期|时间|到|于|至)?|截至|ກຳນົດ(?:ສົ່ງ|ເວລາ)?)[:：]?\s{{0,9}}(?P<date>{_TO_THE_END}",
    rf"(?P<date>(?:ກ່ອນ|ພາຍໃນ|ບໍ່ເກີນ){_TO_THE_END}",
)
"""A word and the date behind it, up to the end of the line or the next @person or #area."""

_BEHIND_A_NAME = rf"(?<!\S)[@#]\w{{1,64}}[,;:，、]?\s{{1,9}}(?P<date>{_TO_THE_END}"
"""A date alone behind @person or #area needs no word before it: what is to be done stands elsewhere."""

_CLOSING = (
    # Not the same signs in other words: 前端, 前期, 前一天, 内容, 内部; nor a 的, which makes it what was before.
    r"(?:之前|以前|前)(?![的端期言面后往景者任台线沿夕辈锋例身半所来几年天\d]|提(?!交)|[一两二三四五][天日周个年月])"
    r"|(?:之内|以内|内)(?![的容部外在地存科衣心蒙幕陆政河刊勤训审网])"
    rf"|截止(?=[{_SIGNS}@#]|$)"
)
"""A word behind the date, which in Chinese needs no space around it."""
_IN_BRACKETS = re.compile(r"[（(]([^()（）\n]{1,60})[)）]")
_LONGEST = 24
_MOST_CLOSINGS = 20
_MOST_WORDS = 40
"""Places at which a date is looked for behind each kind of word: a text that has more is no task."""
_NUMERALS = frozenset("0123456789０１２３４５６７８９〇零一二两三四五六七八九十百第")
_BORDER = r"\n|[@#]\w*"
"""A line or a name: no date reaches over it."""
_LOOSE = " \t，、,"


def cut(words: str, is_date: IsDate) -> tuple[str, str | None]:
    """The text without its date, and the words of the date; the whole text and None where there is no date in it."""
    found = next(_dates(words, is_date), None)
    if found is None:
        return words, None
    first, last, phrase = found
    before, behind = words[:first].rstrip(_LOOSE), words[last:]
    between = " " if before[-1:].isascii() and behind[:1].isalnum() else ""
    return f"{before}{between}{behind}".strip().lstrip(_LOOSE), phrase


@cache
def _forward() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in _FORWARD)


@cache
def _behind_a_name() -> re.Pattern[str]:
    return re.compile(_BEHIND_A_NAME)


@cache
def _closing() -> re.Pattern[str]:
    return re.compile(_CLOSING)


def _dates(words: str, is_date: IsDate) -> Iterator[Cut]:
    for brackets in islice(_IN_BRACKETS.finditer(words), _MOST_WORDS):
        inside = next(_bare_dates(brackets[1], is_date), None)
        if inside and inside[:2] == (0, len(brackets[1])):
            yield brackets.start(), brackets.end(), inside[2]
    yield from _bare_dates(words, is_date)
    for behind in islice(_behind_a_name().finditer(words), _MOST_WORDS):
        if is_date(behind["date"]):
            yield behind.start("date"), behind.end(), behind["date"]


def _bare_dates(words: str, is_date: IsDate) -> Iterator[Cut]:
    for pattern in _forward():
        start = tried = 0
        while tried < _MOST_WORDS and (match := pattern.search(words, start)):
            if is_date(match["date"]):
                yield match.start(), match.end(), match["date"]
            start, tried = match.start() + 1, tried + 1
    for number, closing in enumerate(_closing().finditer(words)):
        if number == _MOST_CLOSINGS:
            return
        yield from _backward(words, closing, is_date)


def _backward(words: str, closing: re.Match[str], is_date: IsDate) -> Iterator[Cut]:
    """The longest date that ends with this word, if there is one."""
    earliest = max(closing.start() - _LONGEST, 0)
    for start in range(_border(words, earliest, closing.start()), closing.start()):
        cuts_a_number = start > 0 and words[start - 1] in _NUMERALS
        phrase = words[start : closing.end()].strip(_LOOSE)
        if not cuts_a_number and is_date(phrase):
            yield start, closing.end(), phrase
            return


def _border(words: str, earliest: int, last: int) -> int:
    """The first place from which a date that ends there can begin."""
    return max(
        (border.end() for border in re.finditer(_BORDER, words[:last]) if border.end() > earliest), default=earliest
    )
