"""Requests for support: the living card and the list."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, Rows, View
from handlers.rules import text
from handlers.rules.names import support_name
from handlers.rules.support import OPEN_SUPPORT, SupportStep, steps_from
from handlers.voice import Say
from storage.kinds import SupportKind, SupportState

LINE = Markup("\n")
PARAGRAPH = Markup("\n\n")
SHOWN_WORDS = 200
"""UTF-16 units of an answer on the card; the history has more of it."""
LISTED_WORDS = 80
"""UTF-16 units of a request in a list."""


@dataclass(frozen=True)
class SupportFacts:
    """Everything a card shows. `place` is whose request it is; `back` leads to a page of the list."""

    id: int
    group_id: int
    group: str
    number: int
    text: str
    state: SupportState
    since: date
    asker: str
    place: str
    asked_on: date
    kind: SupportKind | None = None
    needed_by: date | None = None
    activity: str = ""
    reply: str = ""
    explanation: str = ""
    back: dict[str, Any] | None = None

    @property
    def args(self) -> dict[str, Any]:
        """What every button of the card carries."""
        return {"id": self.id, "group": self.group_id, **(self.back or {})}


@dataclass(frozen=True)
class ListFacts:
    """One page of a list; `choice` is "open" or "all"."""

    group_id: int
    choice: str
    page: int
    pages: int
    total: int
    rows: tuple[SupportFacts, ...]


def state_word(say: Say, state: SupportState) -> Markup:
    """A request's state in words."""
    return {
        SupportState.ASKED: say("asked for"),
        SupportState.QUESTION: say("asked back"),
        SupportState.GRANTED: say("granted"),
        SupportState.PARTLY: say("granted in part"),
        SupportState.DECLINED: say("declined"),
        SupportState.WITHDRAWN: say("withdrawn"),
    }[state]


def kind_word(say: Say, kind: SupportKind) -> Markup:
    """What kind of support it is."""
    return {
        SupportKind.EXPERT: say("Expert"),
        SupportKind.FUNDING: say("Funding"),
        SupportKind.TRANSLATION: say("Translation"),
        SupportKind.EQUIPMENT: say("Equipment"),
        SupportKind.LETTER: say("Letter"),
        SupportKind.OTHER: say("Something else"),
    }[kind]


def card(facts: SupportFacts) -> View:
    """The card of a request: what is asked, of what kind, by when, what was answered, and what can be done."""

    def view(say: Say) -> Page:
        parts = [_heading(say, facts), Markup.escape(facts.text), _answers(say, facts), _frame(say, facts)]
        return Page(PARAGRAPH.join(part for part in parts if part), _buttons(say, facts))

    return view


def _heading(say: Say, facts: SupportFacts) -> Markup:
    name, state = support_name(facts.number), state_word(say, facts.state)
    if facts.state is SupportState.ASKED:
        return say("<b>{name}</b> · support {state}", name=name, state=state)
    return say("<b>{name}</b> · support {state} since {day}", name=name, state=state, day=say.day(facts.since))


def _answers(say: Say, facts: SupportFacts) -> Markup:
    lines = []
    if facts.reply:
        lines.append(say("The project: {words}", words=_clipped(facts.reply)))
    if facts.explanation:
        lines.append(say("The answer: {words}", words=_clipped(facts.explanation)))
    return LINE.join(lines)


def _clipped(words: str) -> str:
    return text.clip(" ".join(words.split()), SHOWN_WORDS)


def _frame(say: Say, facts: SupportFacts) -> Markup:
    lines = [say("Kind: {kind}", kind=kind_word(say, facts.kind))] if facts.kind is not None else []
    if facts.needed_by is not None:
        lines.append(say("Needed by: {day}", day=say.day(facts.needed_by)))
    if facts.activity:
        lines.append(say("Activity: {activity}", activity=facts.activity))
    asked = say("Asked by {name}, {place}, {day}", name=say.name(facts.asker), place=facts.place,
        day=say.day(facts.asked_on))  # fmt: skip
    return LINE.join([*lines, asked, Markup.escape(facts.group)])


def _buttons(say: Say, facts: SupportFacts) -> Rows:
    steps, args = steps_from(facts.state), facts.args
    answering = [Button(step_word(say, step), _PRESSES[step], args) for step in _ANSWERS if step in steps]
    rows = [tuple(answering[start : start + 2]) for start in range(0, len(answering), 2)]
    own = []
    if SupportStep.EXPLAIN in steps:
        own.append(Button(say("Answer"), "support.explain", args))
    if facts.state in OPEN_SUPPORT:
        own += [
            Button(say("Kind and date"), "support.details", args),
            Button(say("Withdraw"), "support.withdraw", args),
        ]
    last = [Button(say("History"), "support.history", args)]
    if facts.back is not None:
        last.append(Button(say("Back to the list"), "support.page", {"group": facts.group_id, **facts.back}))
    return tuple(row for row in (*rows, tuple(own), tuple(last)) if row)


_ANSWERS = (SupportStep.GRANT, SupportStep.PARTLY, SupportStep.DECLINE, SupportStep.ASK_BACK)
_PRESSES = {
    SupportStep.GRANT: "support.grant",
    SupportStep.PARTLY: "support.partly",
    SupportStep.DECLINE: "support.decline",
    SupportStep.ASK_BACK: "support.ask_back",
}


def step_word(say: Say, step: SupportStep) -> Markup:
    """What the project can answer, as a button says it."""
    return {
        SupportStep.GRANT: say("Granted"),
        SupportStep.PARTLY: say("In part"),
        SupportStep.DECLINE: say("Not possible"),
        SupportStep.ASK_BACK: say("Ask back"),
    }[step]


def listed(facts: ListFacts) -> View:
    """One page of requests, with a button for each, for the pages beside it and for the other list."""

    def view(say: Say) -> Page:
        lines = [_row(say, row) for row in facts.rows] or [_nothing(say, facts.choice)]
        return Page(PARAGRAPH.join([_title(say, facts), LINE.join(lines)]), _list_buttons(say, facts))

    return view


def _title(say: Say, facts: ListFacts) -> Markup:
    if facts.choice == "open":
        title = say("<b>Open requests for support</b>: {total}", total=facts.total)
    else:
        title = say("<b>All requests for support</b>: {total}", total=facts.total)
    if facts.pages < 2:
        return title
    return say("{title} · page {page} of {pages}", title=title, page=facts.page, pages=facts.pages)


def _nothing(say: Say, choice: str) -> Markup:
    if choice == "open":
        return say("No request is open. /support TEXT asks the project for something.")
    return say("There is none yet. /support TEXT asks the project for something.")


def _row(say: Say, row: SupportFacts) -> Markup:
    words = text.clip(" ".join(row.text.split()), LISTED_WORDS)
    return say("<b>{name}</b> · {state} · {text}", name=support_name(row.number), state=state_word(say, row.state),
        text=words)  # fmt: skip


def _list_buttons(say: Say, facts: ListFacts) -> Rows:
    here = {"group": facts.group_id, "choice": facts.choice, "page": facts.page}
    cards = [Button(support_name(row.number), "support.show", {**here, "id": row.id}) for row in facts.rows]
    rows = [tuple(cards[start : start + 3]) for start in range(0, len(cards), 3)]
    turning = []
    if facts.page > 1:
        turning.append(Button(say("‹ Newer"), "support.page", {**here, "page": facts.page - 1}))
    if facts.page < facts.pages:
        turning.append(Button(say("Older ›"), "support.page", {**here, "page": facts.page + 1}))
    other = ("all", say("All")) if facts.choice == "open" else ("open", say("Open"))
    choice = Button(other[1], "support.page", {"group": facts.group_id, "choice": other[0], "page": 1})
    return tuple(row for row in (*rows, tuple(turning), (choice,)) if row)
