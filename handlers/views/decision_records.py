"""What is said when a coordinator records an answer for somebody, and when that person contests it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, View
from handlers.rules import text
from handlers.rules.names import meeting_of_evidence
from handlers.views.language import language_name
from handlers.voice import Say
from storage.kinds import Verdict

SHOWN_WORDS = 150
"""UTF-16 units of a reason or of evidence on the card; the history has more of it."""
QUOTED = 600
"""UTF-16 units of a decision's text in a notice."""
LABEL = 60
"""UTF-16 units of a name on a button."""
LINE = Markup("\n")


@dataclass(frozen=True)
class RecordRoutes:
    """The presses and questions on the way from a person to the evidence, and the press that contests the answer."""

    for_person: str
    for_verdict: str
    reason: str
    evidence: str
    contest: str


@dataclass(frozen=True)
class NoticeFacts:
    """What the person is told for whom an answer, or without a `verdict` the confirmation of a wording, was recorded.

    `press` and `args` are those of the button that contests it; `minutes` where these were answered and no decision.
    """

    decision: str
    text: str
    group: str
    recorder: str
    evidence: str
    args: dict[str, Any]
    press: str = "decision.contest"
    verdict: Verdict | None = None
    reason: str = ""
    language: str = ""
    minutes: bool = False


def choose_person(
    name: str,
    persons: Sequence[tuple[int, str, str]],
    confirming: Sequence[tuple[int, int, str, str]],
    args: dict[str, Any],
    routes: RecordRoutes,
) -> View:
    """The persons (id, name, side) for whom an answer can be recorded.

    `confirming` are those (wording, id, name, language) for whom a wording can be confirmed.
    """

    def view(say: Say) -> Page:
        answers = [
            Button(_label(say, person, side), routes.for_person, {**args, "person": person_id})
            for person_id, person, side in persons
        ]
        wordings = [
            Button(
                _confirms(say, person, language), "decision.text_for_person", {**args, "person": of, "text": text_id}
            )
            for text_id, of, person, language in confirming
        ]
        rows = tuple((button,) for button in (*answers, *wordings))
        return Page(say("{name}: whose answer do you record?", name=name), rows)

    return view


def _label(say: Say, person: str, side: str) -> str:
    return say("{person} · {side}", person=text.clip(person, LABEL), side=side).unescape()


def _confirms(say: Say, person: str, language: str) -> str:
    named = language_name(say, language)
    return say("{person} · confirms the {language} wording", person=text.clip(person, LABEL), language=named).unescape()


def by_coordinator(say: Say, recorder: str, person: str, evidence: str) -> Markup:
    """The line that stands for ever below what a coordinator, or a meeting's moderator, wrote down for somebody."""
    meeting = meeting_of_evidence(evidence)
    if meeting:
        return say(
            "<i>Said in {meeting} by {person}, recorded by {recorder}</i>",
            meeting=meeting,
            person=say.name(person),
            recorder=say.name(recorder),
        )
    return say(
        "<i>Recorded by the coordinator {recorder} for {person}: {evidence}</i>",
        recorder=say.name(recorder),
        person=say.name(person),
        evidence=" ".join(text.clip(evidence, SHOWN_WORDS).split()),
    )


def choose_verdict(name: str, person: str, side: str, args: dict[str, Any], routes: RecordRoutes) -> View:
    """Agrees or objects, for the person chosen."""

    def view(say: Say) -> Page:
        buttons = (
            Button(say("Agrees"), routes.for_verdict, {**args, "verdict": Verdict.AGREE.value}),
            Button(say("Objects"), routes.for_verdict, {**args, "verdict": Verdict.OBJECT.value}),
        )
        said = say("{name}: what does {person} ({side}) answer?", name=name, person=say.name(person), side=side)
        return Page(said, (buttons,))

    return view


def ask_reason(name: str, person: str) -> View:
    """The question for the reason of somebody's objection."""

    def view(say: Say) -> Page:
        said = say("{name}: what is the reason that {person} gives? /cancel stops.", name=name, person=say.name(person))
        return Page(said, ask=say("The reason"))

    return view


def ask_evidence(name: str, person: str) -> View:
    """The question for the evidence of somebody's answer."""

    def view(say: Say) -> Page:
        said = say(
            "{name}: how did {person} answer? Please write the evidence, such as the letter or call and its date. "
            "It is shown with the answer. /cancel stops.",
            name=name,
            person=say.name(person),
        )
        return Page(said, ask=say("Letter, call, date"))

    return view


def recorded(name: str) -> View:
    """The receipt for the coordinator."""
    return lambda say: Page(say("{name}: the answer is recorded, and the person is told.", name=name))


def notice(facts: NoticeFacts) -> View:
    """What the person reads in private, with the button that contests it."""

    def view(say: Say) -> Page:
        lines = [
            say("{group}, <b>{name}</b>", group=facts.group, name=facts.decision),
            Markup.escape(text.clip(facts.text, QUOTED)),
            _said(say, facts),
        ]
        if facts.reason:
            lines.append(say("Reason: {reason}", reason=facts.reason))
        lines.append(say("Evidence: {evidence}", evidence=facts.evidence))
        lines.append(say("If that is not so, please contest it: then it no longer counts."))
        return Page(LINE.join(lines), _contesting(say, facts))

    return view


def notice_in_group(facts: NoticeFacts) -> View:
    """The same in the group behind a mention, shorter, where the person cannot be reached in private."""

    def view(say: Say) -> Page:
        return Page(_said_in_group(say, facts), _contesting(say, facts))

    return view


def _said_in_group(say: Say, facts: NoticeFacts) -> Markup:
    if facts.verdict is None:
        return say("a wording of <b>{name}</b> was confirmed for you. You can contest it here.", name=facts.decision)
    if facts.minutes:
        return say(
            "an answer to the minutes of <b>{name}</b> was recorded for you. You can contest it here.",
            name=facts.decision,
        )
    return say("an answer to <b>{name}</b> was recorded for you. You can contest it here.", name=facts.decision)


def _said(say: Say, facts: NoticeFacts) -> Markup:
    recorder = say.name(facts.recorder)
    if facts.verdict is None:
        language = language_name(say, facts.language)
        return say(
            "The coordinator {recorder} has recorded that you confirm this wording in {language}.",
            recorder=recorder,
            language=language,
        )
    if facts.minutes:
        if facts.verdict is Verdict.AGREE:
            return say("The coordinator {recorder} has recorded that you agree to the minutes.", recorder=recorder)
        return say("The coordinator {recorder} has recorded that you object to the minutes.", recorder=recorder)
    if facts.verdict is Verdict.AGREE:
        return say("The coordinator {recorder} has recorded that you agree.", recorder=recorder)
    return say("The coordinator {recorder} has recorded that you object.", recorder=recorder)


def _contesting(say: Say, facts: NoticeFacts) -> tuple[tuple[Button, ...], ...]:
    return ((Button(say("Contest"), facts.press, facts.args),),)


def contested(name: str) -> View:
    """The receipt for the person who contested."""
    return lambda say: Page(say("{name}: the answer recorded for you no longer counts.", name=name))
