"""How decisions are shown: the living card and the list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, Rows, View
from handlers.rules import text
from handlers.rules.names import decision_name
from handlers.rules.states import OPEN_DECISIONS
from handlers.rules.wordings import read_in
from handlers.views import decision_records, decision_texts
from handlers.views.decision_records import SHOWN_WORDS
from handlers.views.decision_texts import WordingFacts
from handlers.voice import Say
from storage.kinds import DecisionState, Verdict

LISTED_WORDS = 80
"""UTF-16 units of a decision's text in a list."""
LINE = Markup("\n")
PARAGRAPH = Markup("\n\n")


@dataclass(frozen=True)
class AnswerFacts:
    """The answer of a side that counts; `recorder` and `evidence` when a coordinator wrote it down for the person."""

    id: int
    verdict: Verdict
    person: str
    on: date
    by_alternate: bool = False
    reason: str = ""
    recorder: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class SideFacts:
    """A side by name with its answer, None while there is none."""

    name: str
    answer: AnswerFacts | None


@dataclass(frozen=True)
class DecisionFacts:
    """Everything a card shows. `replacement` is the open proposal for its place; `back` leads to a page of the list."""

    id: int
    group_id: int
    number: int
    text: str
    state: DecisionState
    proposer: str
    proposed_on: date
    sides: tuple[SideFacts, ...]
    area: str = ""
    replaces: str = ""
    replaced_by: str = ""
    replacement: str = ""
    withdrawn: str = ""
    on_behalf: bool = True
    review_on: date | None = None
    wordings: WordingFacts = field(default_factory=WordingFacts)
    back: dict[str, Any] | None = None

    @property
    def args(self) -> dict[str, Any]:
        """What every button of the card carries."""
        return {"id": self.id, "group": self.group_id, **(self.back or {})}


@dataclass(frozen=True)
class ListFacts:
    """One page of a list: `rows` are (id, number, state, text), `choice` is "open", "agreed" or "all".

    By the decision's id: `others` are the texts beside the original, by language; `awaited` the sides whose wording
    is all that is missing.
    """

    group_id: int
    choice: str
    page: int
    pages: int
    total: int
    rows: tuple[tuple[int, int, DecisionState, str], ...]
    others: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    awaited: Mapping[int, Sequence[str]] = field(default_factory=dict)


def standing_words(say: Say, state: DecisionState, awaited: Sequence[str]) -> Markup:
    """Where a decision stands, in a few words: its state, or the sides whose wording is all that it waits for."""
    return say("waits for a wording: {sides}", sides=say.all_of(awaited)) if awaited else state_word(say, state)


def state_word(say: Say, state: DecisionState) -> Markup:
    """A decision's state in one word."""
    return {
        DecisionState.PROPOSED: say("proposed"),
        DecisionState.AGREED: say("agreed"),
        DecisionState.OBJECTED: say("objected"),
        DecisionState.WITHDRAWN: say("withdrawn"),
        DecisionState.SUPERSEDED: say("superseded"),
    }[state]


def card(facts: DecisionFacts) -> View:
    """The card of a decision: its text, who proposed it, where each side stands, and what can be done."""

    def view(say: Say) -> Page:
        texts = decision_texts.body(facts.text, facts.wordings)
        wordings = decision_texts.standing(say, facts.wordings)
        parts = (_heading(say, facts), *texts, _origin(say, facts), _sides(say, facts), wordings)
        return Page(PARAGRAPH.join(part for part in parts if part), _buttons(say, facts))

    return view


def _heading(say: Say, facts: DecisionFacts) -> Markup:
    if facts.wordings.awaited:
        name, sides = decision_name(facts.number), say.all_of(facts.wordings.awaited)
        return say("<b>{name}</b> · agreed; waits for the wording of {sides}", name=name, sides=sides)
    return say("<b>{name}</b> · {state}", name=decision_name(facts.number), state=state_word(say, facts.state))


def _origin(say: Say, facts: DecisionFacts) -> Markup:
    lines = [say("Proposed by {name}, {day}", name=say.name(facts.proposer), day=say.day(facts.proposed_on))]
    if facts.area:
        lines.insert(0, say("Area: {area}", area=say.area(facts.area)))
    if facts.replaces:
        lines.append(_replacing(say, facts))
    if facts.replaced_by:
        lines.append(say("{other} has taken its place.", other=facts.replaced_by))
    if facts.replacement:
        lines.append(say("{other} is proposed in its place.", other=facts.replacement))
    if facts.review_on is not None:
        lines.append(say("To be reviewed on {day}", day=say.day(facts.review_on, year=True)))
    if facts.withdrawn and facts.state is DecisionState.WITHDRAWN:
        lines.append(say("Withdrawn: {reason}", reason=text.clip(facts.withdrawn, SHOWN_WORDS)))
    return LINE.join(lines)


def _replacing(say: Say, facts: DecisionFacts) -> Markup:
    if facts.state in OPEN_DECISIONS:
        return say("It takes the place of {other} once both sides agree.", other=facts.replaces)
    if facts.state is DecisionState.WITHDRAWN:
        return say("It was to take the place of {other}.", other=facts.replaces)
    return say("It has taken the place of {other}.", other=facts.replaces)


def _sides(say: Say, facts: DecisionFacts) -> Markup:
    return LINE.join(line for side in facts.sides for line in _side(say, side))


def _side(say: Say, side: SideFacts) -> list[Markup]:
    answer = side.answer
    if answer is None:
        return [say("<b>{side}</b>: no answer yet", side=side.name)]
    who = say("{name} (alternate)", name=say.name(answer.person)) if answer.by_alternate else say.name(answer.person)
    said = say("agreed") if answer.verdict is Verdict.AGREE else say("objected")
    lines = [
        say("<b>{side}</b>: {said} · {who}, {day}", side=side.name, said=said, who=who, day=say.day(answer.on)),
    ]
    if answer.reason:
        lines.append(say("Reason: {reason}", reason=text.clip(answer.reason, SHOWN_WORDS)))
    if answer.recorder:
        lines.append(decision_records.by_coordinator(say, answer.recorder, answer.person, answer.evidence))
    return lines


def _buttons(say: Say, facts: DecisionFacts) -> Rows:
    last = [Button(say("History"), "decision.history", facts.args)]
    if facts.state is DecisionState.AGREED:
        last.append(Button(say("Review"), "decision.review", facts.args))
    if facts.back is not None:
        last.append(Button(say("Back to the list"), "decisions.page", {"group": facts.group_id, **facts.back}))
    return (*_answering(say, facts), *_wording(say, facts), *_contesting(say, facts), tuple(last))


def _wording(say: Say, facts: DecisionFacts) -> Rows:
    """Once agreed, a decision that never had a second wording keeps its card short: /text still adds one."""
    shown = facts.state in OPEN_DECISIONS or (facts.state is DecisionState.AGREED and facts.wordings.texts)
    return decision_texts.buttons(say, facts.text, facts.wordings, facts.args) if shown else ()


def _answering(say: Say, facts: DecisionFacts) -> Rows:
    if facts.state not in OPEN_DECISIONS:
        return ()
    second = [Button(say("Withdraw"), "decision.withdraw", facts.args)]
    if facts.on_behalf:
        second.append(Button(say("Record an answer"), "decision.on_behalf", facts.args))
    first = (Button(say("Agree"), "decision.agree", facts.args), Button(say("Object"), "decision.object", facts.args))
    return (first, tuple(second))


def _contesting(say: Say, facts: DecisionFacts) -> Rows:
    recorded = [(side.name, side.answer) for side in facts.sides if side.answer and side.answer.recorder]
    return tuple(
        (
            Button(
                say("Contest ({side})", side=name).unescape(), "decision.contest", {**facts.args, "answer": answer.id}
            ),
        )
        for name, answer in recorded
    )


def listed(facts: ListFacts) -> View:
    """One page of decisions, with a button for each, for the pages beside it and for the other lists."""

    def view(say: Say) -> Page:
        lines = [_row(say, row, facts) for row in facts.rows] or [_nothing(say, facts.choice)]
        return Page(PARAGRAPH.join([_title(say, facts), LINE.join(lines)]), _list_buttons(say, facts))

    return view


def _title(say: Say, facts: ListFacts) -> Markup:
    title = {
        "open": say("<b>Open decisions</b>: {total}", total=facts.total),
        "agreed": say("<b>Agreed decisions</b>: {total}", total=facts.total),
        "all": say("<b>All decisions</b>: {total}", total=facts.total),
    }[facts.choice]
    if facts.pages < 2:
        return title
    return say("{title} · page {page} of {pages}", title=title, page=facts.page, pages=facts.pages)


def _nothing(say: Say, choice: str) -> Markup:
    if choice == "open":
        return say("No decision is open. /decide proposes one.")
    return say("There is none yet. /decide proposes one.")


def _row(say: Say, row: tuple[int, int, DecisionState, str], facts: ListFacts) -> Markup:
    decision_id, number, state, words = row
    read = read_in(say.language, words, facts.others.get(decision_id, {}))
    stands = standing_words(say, state, facts.awaited.get(decision_id, ()))
    shown = text.clip(" ".join(read.split()), LISTED_WORDS)
    return say("<b>{name}</b> · {state} · {text}", name=decision_name(number), state=stands, text=shown)


def _list_buttons(say: Say, facts: ListFacts) -> Rows:
    here = {"group": facts.group_id, "choice": facts.choice, "page": facts.page}
    cards = [Button(decision_name(row[1]), "decision.show", {**here, "id": row[0]}) for row in facts.rows]
    rows = [tuple(cards[start : start + 3]) for start in range(0, len(cards), 3)]
    return tuple(row for row in (*rows, _pages(say, facts, here), _choices(say, facts)) if row)


def _pages(say: Say, facts: ListFacts, here: dict[str, Any]) -> tuple[Button, ...]:
    buttons = []
    if facts.page > 1:
        buttons.append(Button(say("‹ Newer"), "decisions.page", {**here, "page": facts.page - 1}))
    if facts.page < facts.pages:
        buttons.append(Button(say("Older ›"), "decisions.page", {**here, "page": facts.page + 1}))
    return tuple(buttons)


def _choices(say: Say, facts: ListFacts) -> tuple[Button, ...]:
    labels = (("open", say("Open")), ("agreed", say("Agreed")), ("all", say("All")))
    return tuple(
        Button(label, "decisions.page", {"group": facts.group_id, "choice": choice, "page": 1})
        for choice, label in labels
        if choice != facts.choice
    )
