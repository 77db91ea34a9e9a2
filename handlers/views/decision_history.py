"""The history of a decision in words."""

from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from handlers.reply import View
from handlers.rules import text
from handlers.rules.decision_changes import DecisionChange
from handlers.rules.names import meeting_of_evidence
from handlers.views.history import WORDS, HistoryFacts, HistoryPresses
from handlers.views.history import history as sheet
from handlers.views.language import language_name
from handlers.views.tasks import Cities
from handlers.voice import Say
from storage.kinds import DecisionState, Verdict

CONFIRMING = frozenset({DecisionChange.CONFIRMED, DecisionChange.CONFIRMATION_RECORDED, DecisionChange.UNASKED})
"""Changes that are no answer and can bring the agreement all the same."""


@dataclass(frozen=True)
class LineFacts:
    """One change: who made it, and the side, person, other decision or wording it is about; empty without one."""

    at: datetime
    change: DecisionChange
    state: DecisionState
    actor: str
    side: str = ""
    verdict: Verdict | None = None
    person: str = ""
    other: str = ""
    language: str = ""
    words: str = ""
    reason: str = ""
    evidence: str = ""
    before: DecisionState | None = None
    day: date | None = None

    @property
    def brought_agreement(self) -> bool:
        """Whether the decision was agreed with this change."""
        given = self.verdict is not None or self.change in CONFIRMING
        return given and self.state is DecisionState.AGREED and self.before is not DecisionState.AGREED


PRESSES = HistoryPresses("decision.history", "decision.card")


def history(facts: HistoryFacts[LineFacts]) -> View:
    """The history with buttons to older and newer changes and back to the card."""
    return sheet(facts, _line, PRESSES)


def _line(say: Say, line: LineFacts, _cities: Cities) -> list[Markup]:
    lines = [sentence(say, line)]
    if line.words:
        lines.append(Markup.escape(" ".join(text.clip(line.words, WORDS).split())))
    if line.reason:
        lines.append(say("Reason: {reason}", reason=text.clip(line.reason, WORDS)))
    if line.evidence:
        lines.append(say("Evidence: {evidence}", evidence=text.clip(line.evidence, WORDS)))
    if line.brought_agreement:
        lines.append(say("With this both sides agreed."))
    return lines


def sentence(say: Say, line: LineFacts) -> Markup:
    """What one change was."""
    actor = say.name(line.actor)
    match line.change:
        case DecisionChange.PROPOSED if line.other:
            return say("{name} proposed it in place of {other}.", name=actor, other=line.other)
        case DecisionChange.PROPOSED:
            return say("{name} proposed it.", name=actor)
        case DecisionChange.AGREED:
            return say("{name} agreed for {side}.", name=actor, side=line.side)
        case DecisionChange.OBJECTED:
            return say("{name} objected for {side}.", name=actor, side=line.side)
        case DecisionChange.RECORDED:
            return _recorded(say, line)
        case DecisionChange.CONTESTED:
            return say("{name} contested the answer recorded for {side}.", name=actor, side=line.side)
        case DecisionChange.WITHDRAWN:
            return say("{name} withdrew it.", name=actor)
        case DecisionChange.SUPERSEDED:
            return say("{other} took its place.", other=line.other)
        case DecisionChange.RESTORED:
            return say("It stands again: {other} is open again.", other=line.other)
        case DecisionChange.WORDED:
            return say(
                "{name} wrote its wording in {language}.", name=actor, language=language_name(say, line.language)
            )
        case DecisionChange.CONFIRMED:
            language = language_name(say, line.language)
            return say(
                "{name} confirmed the wording in {language} for {side}.", name=actor, language=language, side=line.side
            )
        case DecisionChange.CONFIRMATION_RECORDED:
            return say(
                "The coordinator {name} recorded for {person} that {side} confirms the wording in {language}.",
                name=actor,
                person=say.name(line.person),
                side=line.side,
                language=language_name(say, line.language),
            )
        case DecisionChange.CONFIRMATION_CONTESTED:
            return say(
                "{name} contested the confirmation of the wording in {language} recorded for {side}.",
                name=actor,
                language=language_name(say, line.language),
                side=line.side,
            )
        case DecisionChange.REVIEW if line.day is not None:
            return say("{name} asked for a review on {day}.", name=actor, day=say.day(line.day, year=True))
        case DecisionChange.REVIEW:
            return say("{name} asked for no review.", name=actor)
        case DecisionChange.REVIEW_ASKED:
            return say("The group was asked whether it still holds.")
        case DecisionChange.STILL_HOLDS:
            return say("{name} said for {side} that it still holds.", name=actor, side=line.side)
        case DecisionChange.UNASKED:
            return say("The group no longer asks for a wording in each language.")


def _recorded(say: Say, line: LineFacts) -> Markup:
    values = {"name": say.name(line.actor), "person": say.name(line.person), "side": line.side}
    meeting = meeting_of_evidence(line.evidence)
    if meeting:
        return say("{name} recorded that {person} agreed for {side} in {meeting}.", meeting=meeting, **values)
    if line.verdict is Verdict.AGREE:
        return say("The coordinator {name} recorded for {person} that {side} agrees.", **values)
    return say("The coordinator {name} recorded for {person} that {side} objects.", **values)
