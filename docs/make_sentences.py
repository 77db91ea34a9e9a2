"""Writes docs/sentences.md: every sentence of every language once, for a native reader to go through."""

import html
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

DOCS = Path(__file__).parent
CATALOGUES = DOCS.parent / "handlers" / "catalogues"
LANGUAGES = {"zh_Hans": "中文", "lo": "ພາສາລາວ"}
HEAD = """# Every sentence

Made by `make catalogues` from the catalogues; corrections go there (see [translating.md](translating.md)).
Braces stand for what is filled in: a name, a number, a date. What is in `<…>` makes Telegram write bold or italic.
"""


def page() -> str:
    """The page, grouped by the file in which a sentence is said."""
    catalogues = {language: _catalogue(language) for language in LANGUAGES}
    groups: dict[str, list[Message]] = {}
    for message in catalogues["zh_Hans"]:
        if message.id:
            groups.setdefault(min(name for name, _ in message.locations), []).append(message)
    parts = [HEAD]
    for name in sorted(groups):
        parts.append("\n".join(_table(name, groups[name], catalogues)))
    return "\n".join(parts)


def _catalogue(language: str) -> Catalog:
    with (CATALOGUES / language / "LC_MESSAGES" / "focalpoint.po").open("rb") as file:
        return read_po(file, locale=language)


def _table(name: str, messages: list[Message], catalogues: dict[str, Catalog]) -> Iterator[str]:
    yield f"## {Path(name).stem.replace('_', ' ')}\n"
    yield f"| English | {' | '.join(LANGUAGES.values())} |"
    yield "|---" * (len(LANGUAGES) + 1) + "|"
    for message in messages:
        said = [_cell(message.id)]
        for catalogue in catalogues.values():
            found = catalogue.get(message.id)
            said.append("" if found is None else _cell(found.string) + _remarks(found))
        yield f"| {' | '.join(said)} |"
    yield ""


def _cell(sentence: str | tuple[str, ...]) -> str:
    forms = sentence if isinstance(sentence, tuple) else (sentence,)
    return "<br>".join(html.escape(form, quote=False).replace("|", "&#124;").replace("\n", "<br>") for form in forms)


def _remarks(message: Message) -> str:
    return "".join(f"<br>*{html.escape(line, quote=False)}*" for line in message.user_comments)


if __name__ == "__main__":
    (DOCS / "sentences.md").write_text(page(), encoding="utf-8")
