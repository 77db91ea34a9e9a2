"""Lists of meetings."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, Rows, View
from handlers.rules import text
from handlers.rules.names import meeting_name
from handlers.views.meetings import state_word
from handlers.views.tasks import Cities
from handlers.voice import Say
from storage.kinds import MeetingState

LISTED_WORDS = 80
LINE = Markup("\n")
PARAGRAPH = Markup("\n\n")


@dataclass(frozen=True)
class RowFacts:
    """One line of a list."""

    id: int
    number: int
    title: str
    state: MeetingState
    starts_at: datetime | None


@dataclass(frozen=True)
class ListFacts:
    """One page of a list; `choice` is "coming", "held" or "all"."""

    group_id: int
    choice: str
    page: int
    pages: int
    total: int
    rows: tuple[RowFacts, ...]
    cities: Cities


def listed(facts: ListFacts) -> View:
    """One page of meetings, with a button for each, for the pages beside it and for the other lists."""

    def view(say: Say) -> Page:
        lines = [_row(say, row, facts.cities) for row in facts.rows] or [_nothing(say, facts.choice)]
        return Page(PARAGRAPH.join([_title(say, facts), LINE.join(lines)]), _buttons(say, facts))

    return view


def _title(say: Say, facts: ListFacts) -> Markup:
    title = {
        "coming": say("<b>Coming meetings</b>: {total}", total=facts.total),
        "held": say("<b>Meetings held</b>: {total}", total=facts.total),
        "all": say("<b>All meetings</b>: {total}", total=facts.total),
    }[facts.choice]
    if facts.pages < 2:
        return title
    return say("{title} · page {page} of {pages}", title=title, page=facts.page, pages=facts.pages)


def _nothing(say: Say, choice: str) -> Markup:
    if choice == "coming":
        return say("No meeting is ahead. /meet calls one.")
    return say("There is none yet. /meet calls one.")


def _row(say: Say, row: RowFacts, cities: Cities) -> Markup:
    title = text.clip(" ".join(row.title.split()), LISTED_WORDS)
    line = say("<b>{name}</b> · {state} · {text}", name=meeting_name(row.number), state=state_word(say, row.state),
               text=title)  # fmt: skip
    return line if row.starts_at is None else LINE.join([line, say.moment(row.starts_at, cities)])


def _buttons(say: Say, facts: ListFacts) -> Rows:
    cards = [
        Button(meeting_name(row.number), "meeting.show", {"id": row.id, "group": facts.group_id}) for row in facts.rows
    ]
    rows = [tuple(cards[start : start + 3]) for start in range(0, len(cards), 3)]
    here: dict[str, Any] = {"group": facts.group_id, "choice": facts.choice}
    coming = facts.choice == "coming"
    back, on = (say("‹ Back"), say("More ›")) if coming else (say("‹ Newer"), say("Older ›"))
    turning = []
    if facts.page > 1:
        turning.append(Button(back, "meetings.page", {**here, "page": facts.page - 1}))
    if facts.page < facts.pages:
        turning.append(Button(on, "meetings.page", {**here, "page": facts.page + 1}))
    return tuple(row for row in (*rows, tuple(turning), _choices(say, facts)) if row)


def _choices(say: Say, facts: ListFacts) -> tuple[Button, ...]:
    labels = (("coming", say("Ahead")), ("held", say("Held")), ("all", say("All")))
    return tuple(
        Button(label, "meetings.page", {"group": facts.group_id, "choice": choice, "page": 1})
        for choice, label in labels
        if choice != facts.choice
    )
