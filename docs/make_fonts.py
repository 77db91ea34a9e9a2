"""Makes the fonts under handlers/fonts small enough to travel: `python docs/make_fonts.py LATIN LAO CHINESE`.

The three arguments are Noto Sans, Noto Sans Lao and Noto Sans CJK (a collection; its simplified Chinese face is taken).
It needs fontTools, which nothing else here needs. What stays of the Chinese font are the characters of GB 2312 and
those that names of today use beside them, listed in handlers/fonts/name_characters.txt. How wide the letters of the
first two are goes into handlers/fonts/widths.json; Chinese ones are as wide as high.
"""

import json
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

FONTS = Path(__file__).parents[1] / "handlers" / "fonts"
SIMPLIFIED = "Noto Sans CJK SC"
LATIN = {*range(0x20, 0x180), *range(0x1CD, 0x1DD), *range(0x1EA0, 0x1EFA)}
DASHES = {*range(0x2010, 0x2028), *range(0x2030, 0x205F)}
SIGNS = {0x20AC, 0x2103, 0x2116, 0x2122, *range(0x2190, 0x2194), 0x2212, 0x2713, 0x25A0, 0x25B2, 0x25CF, 0x25CB}
LAO = {*range(0x0E80, 0x0F00), 0x25CC}
FEATURES = ["ccmp", "locl", "kern", "liga", "rlig", "mark", "mkmk", "abvm", "blwm", "dist"]
"""What shaping needs; forms for vertical text and the like stay behind."""
PUNCTUATION = {*range(0x3000, 0x3020), *range(0xFF01, 0xFF5F), 0xFFE5}


def chinese() -> set[int]:
    """The characters of GB 2312, those of names, and the punctuation that goes with them."""
    rows = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    standard = {ord(letter) for row in rows for letter in row.decode("gb2312", errors="ignore")}
    names = (FONTS / "name_characters.txt").read_text(encoding="utf-8")
    return standard | {ord(letter) for letter in names if not letter.isspace()} | PUNCTUATION


def face(path: str) -> TTFont:
    """The font of a file; of a collection its simplified Chinese face."""
    if not path.endswith(".ttc"):
        return TTFont(path)
    return next(font for font in TTCollection(path).fonts if font["name"].getDebugName(1) == SIMPLIFIED)


def make(path: str, wanted: set[int], name: str) -> dict[str, float]:
    """Write the part of a font that holds these characters; how wide each is, in parts of the letter's height."""
    options = subset.Options(layout_features=FEATURES, name_IDs=["*"], hinting=False)
    font = face(path)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    font.save(FONTS / name)
    return {
        chr(code): round(font["hmtx"][glyph][0] / font["head"].unitsPerEm, 3)
        for code, glyph in font.getBestCmap().items()
    }


if __name__ == "__main__":
    latin, lao, cjk = sys.argv[1:]
    widths = make(lao, LAO, "NotoSansLao-Regular.ttf") | make(latin, LATIN | DASHES | SIGNS, "NotoSans-Regular.ttf")
    (FONTS / "widths.json").write_text(json.dumps(widths, sort_keys=True, separators=(",", ":")) + "\n")
    make(cjk, chinese(), "NotoSansSC-Regular.otf")
