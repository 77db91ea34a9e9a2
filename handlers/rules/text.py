"""What is done to text before it is kept and before it is sent: cleaned, measured, isolated, cut."""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape

from handlers.rules.lao import fold_lao

MESSAGE_LIMIT = 4096
"""Visible UTF-16 units in one Telegram message."""

FSI, PDI = "\u2068", "\u2069"
_BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_TURNING_SIGNS = re.compile("[\u202a-\u202e]")
_NEVER_KEPT = re.compile("[\x00\ud800-\udfff]")
# Letters by category that draw nothing: Hangul fillers and the empty Braille cell.
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Mn", "Mc", "Me", "Zs", "Zl", "Zp"})
_TAG_AT_END = re.compile(r"\s*#\w+\s*$")
_MARKUP = re.compile(r"<[^<>]*>")
_TOKENS = re.compile(r"<[^<>]*>|&[#\w]{1,32};|.", re.DOTALL)
_TAG_NAME = re.compile(r"</?([a-zA-Z-]+)")
_HAN, _LAO = "[\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]", "[\u0e80-\u0eff]"
_NO_BORDER = re.compile(f"(?<={_HAN}) (?={_HAN})|(?<={_LAO}) (?={_LAO})")


def keepable(text: str) -> str:
    """Text without NUL, which PostgreSQL refuses, and without lone surrogates, which nothing can write."""
    return _NEVER_KEPT.sub("", text)


def clean(text: str) -> str:
    """Text as it is kept: without NUL and lone surrogates, NFC, stripped. NFKC would break Lao, so never that."""
    return unicodedata.normalize("NFC", keepable(text)).strip()


def searchable(*texts: str) -> str:
    """What a search looks through, never shown: all texts in one line, spellings of the same made equal.

    Compatibility forms, case and Lao spellings are folded, unseen signs dropped, and signs stand apart from words.
    Spaces between two Chinese or two Lao letters go: there they are a matter of taste.
    """
    compatible = unicodedata.normalize("NFKC", " ".join(texts)).casefold()
    folded = fold_lao(unicodedata.normalize("NFKC", compatible))
    apart = "".join(f" {char} " if unicodedata.category(char)[0] in "PS" else char for char in folded)
    return _NO_BORDER.sub("", " ".join(apart.split()))


def without_tag(text: str) -> str:
    """A text without the "#area" at its end, for papers, which name the area beside it; never nothing at all."""
    return _TAG_AT_END.sub("", text) or text


def visibly_empty(text: str) -> bool:
    """Whether a reader would see nothing: spaces, controls, zero-width signs, marks without a letter, fillers."""
    return all(_draws_nothing(char) for char in text)


def _draws_nothing(char: str) -> bool:
    # Private and unassigned characters do not count: newer scripts and emoji come as these, drawn or as a box.
    return char in _BLANK_LETTERS or unicodedata.category(char) in _INVISIBLE


def units(text: str) -> int:
    """The length in UTF-16 units, as Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def visible_units(html: str) -> int:
    """The length of Telegram HTML in UTF-16 units once tags are gone and entities are read."""
    return units(unescape(_MARKUP.sub("", html)))


def fits(html: str, limit: int) -> bool:
    """Whether Telegram HTML has at most so many visible UTF-16 units; the markup only makes it longer."""
    return units(html) <= limit or visible_units(html) <= limit


def isolate(name: str) -> str:
    """A name on one line, in FSI and PDI and without direction signs: it cannot turn the text around it."""
    return FSI + " ".join(_BIDI_CONTROLS.sub("", name).split()) + PDI


def straight(text: str) -> str:
    """A text without the signs that turn around what follows them, for a line that isolates nothing."""
    return _TURNING_SIGNS.sub("", text)


def clip(text: str, limit: int) -> str:
    """Plain text of at most `limit` UTF-16 units, ending in an ellipsis where something was cut off."""
    if units(text) <= limit:
        return text
    room = limit - 1
    end = 0
    for char in text:
        room -= units(char)
        if room < 0:
            break
        end += 1
    return text[: _letter_border(text, end)].rstrip() + "…" if limit > 0 else ""


def _letter_border(text: str, end: int) -> int:
    while 0 < end < len(text) and _clings(text[end - 1], text[end]):
        end -= 1
    return end


def _clings(left: str, right: str) -> bool:
    # A mark or a joiner belongs to what stands before it; what follows a joiner belongs to it too.
    return left == "\u200d" or right == "\u200d" or unicodedata.category(right).startswith("M")


def split_paragraphs(html: str, limit: int = MESSAGE_LIMIT) -> list[str]:
    """Telegram HTML in pieces of at most `limit` visible units, cut between paragraphs, else lines, else words.

    Expects that no tag crosses a line; a single line over the limit is cut with its open tags closed and opened again.
    """
    if fits(html, limit):
        return _that_show([html])
    pieces: list[str] = []
    current = ""
    for glue, part in _parts(html, limit):
        joined = current + glue + part
        if current and not fits(joined, limit):
            pieces.append(current)
            current = part
        else:
            current = joined if current else part
    return _that_show([*pieces, current])


def _that_show(pieces: list[str]) -> list[str]:
    return [piece.strip() for piece in pieces if _shows(piece)]


def _shows(html: str) -> bool:
    before_tags, _, _ = html.partition("<")
    return not visibly_empty(before_tags) or not visibly_empty(_MARKUP.sub("", html))


def _parts(html: str, limit: int) -> Iterator[tuple[str, str]]:
    for paragraph in html.split("\n\n"):
        if fits(paragraph, limit):
            yield "\n\n", paragraph
            continue
        glue = "\n\n"
        for line in paragraph.split("\n"):
            for piece in _cut_line(line, limit):
                yield glue, piece
                glue = "\n"


def _cut_line(line: str, limit: int) -> Iterator[str]:
    while not fits(line, limit):
        tokens = _TOKENS.findall(line)
        at = _cut_at(tokens, limit)
        opened = _open_tags(tokens[:at])
        yield "".join(tokens[:at]) + "".join(_closing(tag) for tag in reversed(opened))
        line = "".join(opened) + "".join(tokens[at:]).lstrip(" ")
    yield line


def _cut_at(tokens: list[str], limit: int) -> int:
    """The index before which to cut: at the last space, else at the last border of letters."""
    room, fits, space = limit, 0, 0
    for index, token in enumerate(tokens):
        room -= visible_units(token)
        if token == " ":
            space = index
        if room < 0:
            break
        fits = index + 1
    # Every piece shows something, or a line of tags would be cut for ever.
    least = next(index for index, token in enumerate(tokens) if visible_units(token)) + 1
    end = fits
    while end > least and _clings(tokens[end - 1][-1], tokens[end][0]):
        end -= 1
    return space or (end if end > least else max(fits, least))


def _open_tags(tokens: list[str]) -> list[str]:
    opened: list[str] = []
    for token in tokens:
        if token.startswith("</"):
            opened = opened[:-1]
        elif _MARKUP.fullmatch(token):
            opened.append(token)
    return opened


def _closing(tag: str) -> str:
    name = _TAG_NAME.match(tag)
    return f"</{name.group(1)}>" if name else ""
