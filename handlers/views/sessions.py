"""What is said while a meeting goes on, and when it is over."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, View
from handlers.rules import text
from handlers.voice import Say

LABEL = 40
ITEM_UNITS = 120
TITLE_UNITS = 120
LINE = Markup("\n")


def opened(name: str) -> View:
    """The receipt of the beginning."""
    return lambda say: Page(say("{name} is open. What is recorded now belongs to it.", name=name))


def item(name: str, words: str | None) -> View:
    """Which point is spoken of now; None when there is no further one."""

    def view(say: Say) -> Page:
        if words is None:
            return Page(say("{name}: the agenda is finished. /close ends the meeting.", name=name))
        return Page(say("{name}: now “{text}”", name=name, text=text.clip(" ".join(words.split()), ITEM_UNITS)))

    return view


def here(name: str) -> View:
    """The receipt of being there."""
    return lambda say: Page(say("{name}: you are there.", name=name))


def people(name: str, args: dict[str, Any], rows: Sequence[tuple[int, str, str]], page: int, pages: int) -> View:
    """Who else is there: (person id, name, side)."""

    def view(say: Say) -> Page:
        listed: list[tuple[Button, ...]] = []
        for person_id, person, side in rows:
            shown = text.clip(person, LABEL)
            label = say("{name} · {side}", name=shown, side=text.clip(side, LABEL)) if side else Markup.escape(shown)
            listed.append((Button(label, "session.somebody", {**args, "person": person_id, "sheet": page}),))
        turning = []
        if page > 1:
            turning.append(Button(say("‹ Back"), "session.somebody", {**args, "sheet": page - 1}))
        if page < pages:
            turning.append(Button(say("More ›"), "session.somebody", {**args, "sheet": page + 1}))
        last = (
            Button(say("By name"), "session.ask_guests", args),
            Button(say("Back to the card"), "meeting.card", args),
        )
        rows_ = tuple(row for row in (*listed, tuple(turning), last) if row)
        return Page(say("{name}: who else is there?", name=name), rows_)

    return view


def ask_guests(name: str) -> View:
    """The question for those without Telegram."""

    def view(say: Say) -> Page:
        question = say(
            "{name}: who is there without Telegram? One line each: name, title, institution. /cancel stops.", name=name
        )
        return Page(question, ask=say("Name, title, institution"))

    return view


def guests(name: str, number: int) -> View:
    """The receipt of names."""
    return lambda say: Page(
        say.n(
            "{name}: {number} person is written down.", "{name}: {number} persons are written down.", number, name=name
        )
    )


def is_closed(name: str) -> View:
    """The receipt of the end."""
    return lambda say: Page(say("{name} is over.", name=name))


def closed(name: str, title: str, left: int, args: dict[str, Any]) -> View:
    """To the group: it is over, the minutes are with both sides, what was not spoken of."""

    def view(say: Say) -> Page:
        lines = [
            say("<b>{name}</b> {title} is over. The minutes are with both focal points.", name=name,
                title=text.clip(title, TITLE_UNITS)),
        ]  # fmt: skip
        if left:
            lines.append(
                say.n(
                    "{number} point was left over; the next meeting takes it over.",
                    "{number} points were left over; the next meeting takes them over.",
                    left,
                )
            )
        row = (
            Button(say("Read the minutes"), "minutes.show", args),
            Button(say("Next meeting"), "meeting.follow", args),
        )
        return Page(LINE.join(lines), (row,))

    return view
