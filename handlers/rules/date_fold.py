"""One form for what different keyboards make of the same phrase, in any language."""

import re

_FULL_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("’‘ʼ`", "'"),
        **dict.fromkeys("()[]【】〔〕", " "),
        ",": " ",
        "∶": ":",
        "。": ".",
        "⽉": "月",
        "⽇": "日",
    }
)
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]")


def fold(text: str) -> str:
    """The phrase in small letters and narrow digits, without brackets, unseen signs and the stop at its end.

    Not NFKC: that takes Lao apart. Folding twice changes nothing.
    """
    narrow = _UNSEEN.sub("", text).translate(_FULL_WIDTH).translate(_ALIKE)
    return " ".join(narrow.split()).rstrip(".!; ").casefold()
