"""The agenda of a meeting, and how it is changed by buttons."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, Rows, View
from handlers.rules import text
from handlers.views.meetings import ItemFacts, item_line
from handlers.voice import Say
from storage.kinds import ItemState, Subject

LINE = Markup("\n")
LABEL = 40
QUOTED = 80
LENGTHS = (5, 10, 15, 20, 30, 45, 60)
MOST = 24
"""Points that have a button."""


def editor(
    name: str,
    args: dict[str, Any],
    items: Sequence[ItemFacts],
    offers: Sequence[tuple[str, Subject, int]],
    *,
    live: bool,
) -> View:
    """The whole agenda; a number changes its point, a record that is offered becomes one."""

    def view(say: Say) -> Page:
        lines = [say("<b>{name}</b>: agenda", name=name)]
        lines += [item_line(say, number, item) for number, item in enumerate(items, 1)]
        if not items:
            lines.append(say("Nothing stands on it yet."))
        total = sum(item.minutes or 0 for item in items if item.state is not ItemState.MOVED)
        if total:
            lines.append(say.n("Together {number} minute", "Together {number} minutes", total))
        if offers:
            lines.append(say("Still open or late; press to put it on the agenda:"))
        back = (Button(say("Back to the card"), "meeting.card", args),)
        rows = (*_changing(say, args, items, offers), back) if live else (back,)
        return Page(LINE.join(lines), tuple(row for row in rows if row))

    return view


def _changing(
    say: Say, args: dict[str, Any], items: Sequence[ItemFacts], offers: Sequence[tuple[str, Subject, int]]
) -> Rows:
    numbers = [
        Button(str(number), "agenda.item", {**args, "item": each.id}) for number, each in enumerate(items[:MOST], 1)
    ]
    records = [
        Button(name, "agenda.take", {**args, "subject": subject.value, "of": record_id})
        for name, subject, record_id in offers
    ]
    return (
        *(tuple(numbers[start : start + 5]) for start in range(0, len(numbers), 5)),
        *(tuple(records[start : start + 4]) for start in range(0, len(records), 4)),
        (Button(say("Add a point"), "agenda.ask_text", args),),
    )


def item(name: str, args: dict[str, Any], number: int, facts: ItemFacts) -> View:
    """One point with what can be done to it."""

    def view(say: Say) -> Page:
        lines = [say("<b>{name}</b>: agenda", name=name), item_line(say, number, facts)]
        places = (
            Button(say("Up"), "agenda.move", {**args, "by": -1}),
            Button(say("Down"), "agenda.move", {**args, "by": 1}),
        )
        lengths = [Button(str(each), "agenda.minutes", {**args, "minutes": each}) for each in LENGTHS]
        later = say("Back on the agenda") if facts.state is ItemState.MOVED else say("For later")
        others = (
            Button(say("Who speaks?"), "agenda.speaker", args),
            Button(later, "agenda.leave", args),
        )
        lines.append(say("The numbers are minutes."))
        back = (Button(say("Back to the agenda"), "agenda.show", {key: args[key] for key in ("id", "group")}),)
        return Page(LINE.join(lines), (places, tuple(lengths[:4]), tuple(lengths[4:]), others, back))

    return view


def speakers(words: str, args: dict[str, Any], people: Sequence[tuple[int, str, str]], page: int, pages: int) -> View:
    """Who speaks to a point: (person id, name, side)."""

    def view(say: Say) -> Page:
        rows: list[tuple[Button, ...]] = []
        for person_id, name, side in people:
            shown = text.clip(name, LABEL)
            label = say("{name} · {side}", name=shown, side=text.clip(side, LABEL)) if side else Markup.escape(shown)
            rows.append((Button(label, "agenda.speaker", {**args, "person": person_id}),))
        turning = []
        if page > 1:
            turning.append(Button(say("‹ Back"), "agenda.speaker", {**args, "sheet": page - 1}))
        if page < pages:
            turning.append(Button(say("More ›"), "agenda.speaker", {**args, "sheet": page + 1}))
        last = (
            Button(say("Nobody"), "agenda.speaker", {**args, "person": 0}),
            Button(say("Back"), "agenda.item", args),
        )
        question = say("Who speaks to “{text}”?", text=text.clip(" ".join(words.split()), QUOTED))
        return Page(question, tuple(row for row in (*rows, tuple(turning), last) if row))

    return view


def ask_text(name: str) -> View:
    """The question for a point."""

    def view(say: Say) -> Page:
        question = say(
            "{name}: what shall stand on the agenda? For example: Module plan @trainer 15 min. /cancel stops.",
            name=name,
        )
        return Page(question, ask=say("A point"))

    return view


def added(name: str) -> View:
    """The receipt of a point."""
    return lambda say: Page(say("{name}: it stands on the agenda.", name=name))
