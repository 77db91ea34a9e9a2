"""Text as Telegram measures and reads it: UTF-16 units, cleaning, and the entities found in what people write."""

import re
import unicodedata

from bot.rehearsal.records import Json
from bot.rehearsal.refusals import bad

MOST_ENTITIES = 100

# Letters of the scripts used here carry their vowels as marks, which \w leaves out.
_WORD = r"\w\u0E80-\u0EFF"
_FOUND = {
    "url": re.compile(r"(?:https?://|www\.|\bt\.me/)[^\s<>\"]+[^\s<>\".,;:!?)\]]"),
    "email": re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w"),
    "bot_command": re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])"),
    "mention": re.compile(r"(?<!\w)@[A-Za-z0-9_]{2,32}(?!\w)"),
    "hashtag": re.compile(rf"(?<![{_WORD}#&])#(?=[{_WORD}]*[^\W\d])[{_WORD}]{{1,256}}"),
}
_DROPPED = re.compile("[\r\u2028-\u202e]")
_BLANKED = re.compile("[\x00-\x08\x09\x0b-\x1f\x7f]")
_TYPE_WORDS = (
    "mention hashtag cashtag bot_command url email phone_number bold italic underline strikethrough "
    "spoiler blockquote expandable_blockquote code pre text_link text_mention custom_emoji date_time"
)
_TYPES = frozenset(_TYPE_WORDS.split())


def units(text: str) -> int:
    """The length of a text in UTF-16 units, the measure of every limit and offset."""
    return len(text.encode("utf-16-le")) // 2


def part(text: str, offset: int, length: int) -> str:
    """The piece of a text that an entity covers, offset and length in UTF-16 units."""
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le")


def clean(text: str) -> str:
    """What Telegram keeps of a text: no carriage returns nor direction overrides, controls become spaces.

    Every change keeps the place of what stays, except the dropped characters; entities are given after it.
    """
    return _BLANKED.sub(" ", _DROPPED.sub("", text))


def is_blank(text: str) -> bool:
    """Whether a reader would see nothing: spaces, format characters and combining marks alone."""
    return all(unicodedata.category(letter)[0] in "ZC" or letter.isspace() for letter in text)


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Text without outer white space, the entities moved and shortened to fit."""
    lead = units(text) - units(text.lstrip())
    kept = text.strip()
    end = units(kept)
    moved = []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        stop = min(entity["offset"] - lead + entity["length"], end)
        if stop > start:
            moved.append(entity | {"offset": start, "length": stop - start})
    return kept, moved


def found_in(text: str, taken: list[Json]) -> list[Json]:
    """The entities Telegram finds by itself, beside those already there and not across them."""
    entities = list(taken)
    for kind, pattern in _FOUND.items():
        for match in pattern.finditer(text):
            offset, length = units(text[: match.start()]), units(match.group())
            if not any(_overlap(entity, offset, length) for entity in entities if _is_exclusive(entity)):
                entities.append({"type": kind, "offset": offset, "length": length})
    return ordered(entities)


def ordered(entities: list[Json]) -> list[Json]:
    """Entities by place, the longer one first, and no more of them than Telegram keeps."""
    return sorted(entities, key=lambda one: (one["offset"], -one["length"]))[:MOST_ENTITIES]


def checked(text: str, entities: list[Json]) -> list[Json]:
    """Entities that came beside the text; refused when one lies outside it or has no known type."""
    for entity in entities:
        if not isinstance(entity, dict) or entity.get("type") not in _TYPES:
            raise bad(f"can't parse entities: unsupported entity type {_type_of(entity)!r}")
        if entity["type"] == "text_mention" and not isinstance(entity.get("user"), dict):
            raise bad("can't parse entities: text_mention must have a user")
        _check_place(text, entity)
    return ordered(entities)


def _check_place(text: str, entity: Json) -> None:
    offset, length = entity.get("offset"), entity.get("length")
    if type(offset) is not int or type(length) is not int or offset < 0 or length <= 0:
        raise bad("can't parse entities: receive an entity with incorrect offset or length")
    size = units(text)
    if offset >= size:
        raise bad("entity begins after the end of the text")
    if offset + length > size:
        raise bad("entity ends after the end of the text")
    try:
        part(text, offset, length)
    except UnicodeDecodeError:
        raise bad("entity begins in a middle of a UTF-16 symbol") from None


def _type_of(entity: object) -> object:
    return entity.get("type") if isinstance(entity, dict) else entity


def _overlap(entity: Json, offset: int, length: int) -> bool:
    start, end = int(entity["offset"]), int(entity["offset"]) + int(entity["length"])
    return start < offset + length and offset < end


def _is_exclusive(entity: Json) -> bool:
    return entity["type"] not in {
        "bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote",
    }  # fmt: skip
