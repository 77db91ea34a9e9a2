"""Telegram's HTML, read as strictly as Telegram reads it and refused in its words."""

import re
from dataclasses import dataclass

from bot.rehearsal.entities import clean, ordered, units
from bot.rehearsal.records import Json
from bot.rehearsal.refusals import Refusal, bad

_SIMPLE = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "code": "code", "pre": "pre", "blockquote": "blockquote", "a": "text_link",
    "tg-time": "date_time",
}  # fmt: skip
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,8})|#([0-9]{1,10})|(lt|gt|amp|quot))(;?)")
_ATTRIBUTE = re.compile(r"\s*([^\s=>/]+)\s*(=)?\s*")
_BARE = re.compile(r"[A-Za-z0-9.-]+")
_FORMAT = re.compile(r"r|w?[dD]?[tT]?")


@dataclass
class _Open:
    name: str
    attributes: dict[str, str]
    offset: int


def parse_html(source: str) -> tuple[str, list[Json]]:
    """The plain text and the entities of Telegram-HTML; a Refusal in Telegram's words when it is malformed."""
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.place = 0
        self.written: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[Json] = []

    def read(self) -> tuple[str, list[Json]]:
        while self.place < len(self.source):
            letter = self.source[self.place]
            if letter == "<":
                self._tag()
            elif letter == "&":
                self._write(self._reference())
            else:
                self._write(letter)
                self.place += 1
        if self.open:
            raise self._wrong(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"', None)
        return "".join(self.written), ordered(self.entities)

    def _write(self, text: str) -> None:
        kept = clean(text)
        self.written.append(kept)
        self.length += units(kept)

    def _wrong(self, words: str, place: int | None) -> Refusal:
        if place is None:
            return bad(f"can't parse entities: {words}")
        offset = len(self.source[:place].encode())
        return bad(f"can't parse entities: {words} at byte offset {offset}")

    def _reference(self) -> str:
        """The character a reference stands for; what is no reference stays as written."""
        match = _REFERENCE.match(self.source, self.place)
        letter = _letter(match) if match else None
        if match is None or letter is None:
            self.place += 1
            return "&"
        self.place = match.end()
        return letter

    def _tag(self) -> None:
        if self.source.startswith("</", self.place):
            self._end_tag()
        else:
            self._start_tag()

    def _start_tag(self) -> None:
        start = self.place
        match = re.compile(r"[^\s>]*").match(self.source, start + 1)
        name = match.group().lower() if match else ""
        self.place = start + 1 + len(name)
        if self.place >= len(self.source):
            raise self._wrong("Unclosed start tag", start)
        if name not in _SIMPLE:
            raise self._wrong(f'Unsupported start tag "{name}"', start)
        attributes = self._attributes(name, start)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise self._wrong('Tag "span" must have class "tg-spoiler"', start)
        self.open.append(_Open(name, attributes, self.length))

    def _attributes(self, tag: str, start: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            while self.source[self.place : self.place + 1].isspace():
                self.place += 1
            if self.source[self.place : self.place + 1] == ">":
                self.place += 1
                return attributes
            if self.place >= len(self.source):
                raise self._wrong("Unclosed start tag", start)
            self._attribute(tag, start, attributes)

    def _attribute(self, tag: str, start: int, attributes: dict[str, str]) -> None:
        match = _ATTRIBUTE.match(self.source, self.place)
        if match is None:
            raise self._wrong(f'Empty attribute name in the tag "{tag}"', start)
        name = match.group(1).lower()
        self.place = match.end()
        if match.group(2):
            attributes[name] = self._value(start)
        elif (tag, name) == ("blockquote", "expandable"):
            attributes[name] = ""
        else:
            raise self._wrong(f'Expected equal sign in declaration of an attribute of the tag "{tag}"', start)

    def _value(self, start: int) -> str:
        quote = self.source[self.place : self.place + 1]
        if quote not in ('"', "'"):
            match = _BARE.match(self.source, self.place)
            if match is None:
                raise self._wrong("Unexpected end of name token", self.place)
            self.place = match.end()
            return match.group()
        self.place += 1
        value: list[str] = []
        while self.place < len(self.source) and self.source[self.place] != quote:
            if self.source[self.place] == "&":
                value.append(self._reference())
            else:
                value.append(self.source[self.place])
                self.place += 1
        if self.place >= len(self.source):
            raise self._wrong("Unclosed start tag", start)
        self.place += 1
        return "".join(value)

    def _end_tag(self) -> None:
        start = self.place
        end = self.source.find(">", start)
        if not self.open:
            raise self._wrong("Unexpected end tag", start)
        if end < 0:
            raise self._wrong("Unclosed end tag", start)
        name = self.source[start + 2 : end].strip().lower()
        opened = self.open.pop()
        if name and name != opened.name:
            at = len(self.source[:start].encode())
            words = f'expected "</{opened.name}>", found "</{name}>"'
            raise self._wrong(f"Unmatched end tag at byte offset {at}, {words}", None)
        self.place = end + 1
        self._close(opened, start)

    def _close(self, opened: _Open, place: int) -> None:
        length = self.length - opened.offset
        entity: Json = {"type": _SIMPLE[opened.name], "offset": opened.offset, "length": length}
        extra = self._extra(opened, place)
        if length and extra is not None:
            self.entities.append(entity | extra)

    def _extra(self, opened: _Open, place: int) -> Json | None:
        """What an entity carries beside its place; None when Telegram shows the text without an entity."""
        if opened.name == "a":
            url = opened.attributes.get("href", "")
            return {"url": url} if re.match(r"(https?|tg|ton|mailto):", url) else None
        if opened.name == "tg-time":
            return self._time(opened, place)
        if opened.name == "blockquote" and "expandable" in opened.attributes:
            return {"type": "expandable_blockquote"}
        return self._language(opened)

    def _time(self, opened: _Open, place: int) -> Json:
        unix, shape = opened.attributes.get("unix", ""), opened.attributes.get("format", "")
        if not re.fullmatch(r"\d{1,10}", unix):
            raise self._wrong("Invalid date specified", place)
        if not _FORMAT.fullmatch(shape):
            raise self._wrong("Invalid date format specified", place)
        return {"unix_time": int(unix)} | ({"date_time_format": shape} if shape else {})

    def _language(self, opened: _Open) -> Json | None:
        """`<pre><code class="language-x">` is one entity with a language, not two."""
        language = opened.attributes.get("class", "").removeprefix("language-")
        if opened.name != "code" or not self.open or self.open[-1].name != "pre":
            return {"language": opened.attributes["language"]} if "language" in opened.attributes else {}
        if language:
            self.open[-1].attributes["language"] = language
        return None


def _letter(match: re.Match[str]) -> str | None:
    """The letter of a reference; numbers that are no letter stay text, as on Telegram."""
    if match.group(3):
        return _NAMED[match.group(3)]
    code = int(match.group(1), 16) if match.group(1) else int(match.group(2))
    is_letter = 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if is_letter else None
