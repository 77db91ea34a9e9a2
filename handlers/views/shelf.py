"""The shelf of a group: the card of a file, and the list."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, Rows, View
from handlers.rules import text
from handlers.rules.names import file_name
from handlers.views.attachments import word_of
from handlers.voice import Say

LINE = Markup("\n")
PARAGRAPH = Markup("\n\n")
SHOWN_NAME = 80
"""UTF-16 units of a file's own name."""
LISTED_WORDS = 80
"""UTF-16 units of what a list says of a file."""
LABEL = 40
"""UTF-16 units of an area on a button."""


@dataclass(frozen=True)
class FileFacts:
    """Everything a card shows. `link` is where a link leads; `back` leads to a page of the list."""

    id: int
    group_id: int
    number: int
    kind: str
    name: str
    link: str
    words: str
    area: str
    sharer: str
    shared_on: date
    gone: bool = False
    back: dict[str, Any] | None = None

    @property
    def args(self) -> dict[str, Any]:
        """What every button of the card carries."""
        return {"id": self.id, "group": self.group_id, **(self.back or {})}


@dataclass(frozen=True)
class ShelfFacts:
    """One page of a list: of the area `of` (0 for all), or with these words. `title` is the area's name."""

    group_id: int
    of: int
    words: str
    title: str
    page: int
    pages: int
    total: int
    rows: tuple[FileFacts, ...]

    def args(self, page: int) -> dict[str, Any]:
        """What leads to a page of this list."""
        return {"group": self.group_id, "of": self.of, "words": self.words, "page": page}


def shown_name(say: Say, kind: str, name: str, words: str) -> Markup:
    """What a file or link is called: by its own name, else by the words it was shared with."""
    found = " ".join((name or words).split())
    if found:
        return Markup.escape(text.clip(found, SHOWN_NAME))
    return word_of(say, kind)


def card(facts: FileFacts) -> View:
    """The card of a file: what it is, by whom, and what can be done."""

    def view(say: Say) -> Page:
        return Page(PARAGRAPH.join(_parts(say, facts)), _buttons(say, facts))

    return view


def caption(facts: FileFacts) -> View:
    """The same below the file itself, without buttons."""
    return lambda say: Page(PARAGRAPH.join(_parts(say, facts)))


def _parts(say: Say, facts: FileFacts) -> list[Markup]:
    name = shown_name(say, facts.kind, facts.name, facts.words)
    parts = [say("<b>{code}</b> · {name}", code=file_name(facts.number), name=name)]
    if facts.link:
        parts.append(Markup.escape(facts.link))
    if facts.words and Markup.escape(facts.words) not in (Markup.escape(facts.name), name):
        parts.append(Markup.escape(facts.words))
    lines = [say("Area: {area}", area=say.area(facts.area))] if facts.area else []
    lines.append(say("Shared by {name}, {day}", name=say.name(facts.sharer), day=say.day(facts.shared_on)))
    if facts.gone:
        lines.append(say("It was taken off the shelf."))
    return [*parts, LINE.join(lines)]


def _buttons(say: Say, facts: FileFacts) -> Rows:
    first: tuple[Button, ...] = ()
    if not facts.gone:
        send = (Button(say("Send the file"), "shelf.send", facts.args),) if not facts.link else ()
        first = (
            *send,
            Button(say("Area"), "shelf.area", facts.args),
            Button(say("Take off the shelf"), "shelf.take_off", facts.args),
        )
    back = facts.back
    last = (Button(say("Back to the list"), "shelf.page", {"group": facts.group_id, **back}),) if back else ()
    return tuple(row for row in (first, last) if row)


def areas(facts: FileFacts, choices: tuple[tuple[int, str], ...]) -> View:
    """Which area does it belong to?"""

    def view(say: Say) -> Page:
        rows = [
            (Button(text.clip(say.area(name), LABEL), "shelf.area", {**facts.args, "area": area_id}),)
            for area_id, name in choices
        ]
        none = (Button(say("No area"), "shelf.area", {**facts.args, "area": 0}),)
        back = (Button(say("Back to the card"), "shelf.card", facts.args),)
        return Page(say("{name}: which area?", name=file_name(facts.number)), (*rows, none, back))

    return view


def shared(names: list[str]) -> View:
    """What is said of several files that one message shared."""
    return lambda say: Page(say("On the shelf: {names}.", names=say.all_of(names)))


def in_area(name: str, area: str) -> View:
    """The receipt of choosing an area; "" for none."""

    def view(say: Say) -> Page:
        return Page(
            say("{name}: {area}.", name=name, area=say.area(area)) if area else say("{name} has no area.", name=name)
        )

    return view


def taken_off(name: str) -> View:
    """The receipt of taking a file off."""
    return lambda say: Page(say("{name} is off the shelf.", name=name))


def lost(name: str) -> View:
    """What is said where Telegram no longer has a file."""
    return lambda say: Page(say("Telegram no longer has the file {name}. Please share it again.", name=name))


def listed(facts: ShelfFacts) -> View:
    """One page of the shelf, newest first, with a button for each."""

    def view(say: Say) -> Page:
        lines = [_row(say, row) for row in facts.rows] or [_nothing(say, facts)]
        return Page(PARAGRAPH.join([_title(say, facts), LINE.join(lines)]), _list_buttons(say, facts))

    return view


def _title(say: Say, facts: ShelfFacts) -> Markup:
    title = say("<b>The shelf</b>: {total}", total=facts.total)
    if facts.title or facts.words:
        title = say("{title} · {part}", title=title, part=say.area(facts.title) or text.clip(facts.words, LABEL))
    if facts.pages < 2:
        return title
    return say("{title} · page {page} of {pages}", title=title, page=facts.page, pages=facts.pages)


def _nothing(say: Say, facts: ShelfFacts) -> Markup:
    if facts.title or facts.words:
        return say("Nothing of that is on the shelf. /shelf lists everything.")
    return say("The shelf is empty. /share below a file, or as a reply to one, puts it there.")


def _row(say: Say, row: FileFacts) -> Markup:
    name = shown_name(say, row.kind, row.name, row.words)
    words = text.clip(" ".join(row.words.split()), LISTED_WORDS) if row.name else ""
    line = say("<b>{code}</b> · {name}", code=file_name(row.number), name=name)
    return say("{line} · {words}", line=line, words=words) if words and words != row.name else line


def _list_buttons(say: Say, facts: ShelfFacts) -> Rows:
    here = facts.args(facts.page)
    cards = [Button(file_name(row.number), "shelf.show", {**here, "id": row.id}) for row in facts.rows]
    rows = [tuple(cards[start : start + 3]) for start in range(0, len(cards), 3)]
    turning = []
    if facts.page > 1:
        turning.append(Button(say("‹ Newer"), "shelf.page", facts.args(facts.page - 1)))
    if facts.page < facts.pages:
        turning.append(Button(say("Older ›"), "shelf.page", facts.args(facts.page + 1)))
    return tuple(row for row in (*rows, tuple(turning)) if row)
