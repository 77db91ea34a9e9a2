"""What somebody is told for whom an answer was written down in a meeting."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, View
from handlers.rules import text
from handlers.voice import Say

QUOTED = 600
LINE = Markup("\n")


@dataclass(frozen=True)
class NoticeFacts:
    """The decision with its text, the meeting, the group, and who wrote the answer down."""

    decision: str
    text: str
    meeting: str
    group: str
    recorder: str
    args: dict[str, Any]


def notice(facts: NoticeFacts) -> View:
    """In private, with the buttons that confirm and contest it."""

    def view(say: Say) -> Page:
        lines = [
            say("{group}, <b>{name}</b>", group=facts.group, name=facts.decision),
            Markup.escape(text.clip(facts.text, QUOTED)),
            say(
                "{recorder} wrote down that you agreed to this for your side in {meeting}. "
                "Please confirm it, or contest it: then it no longer counts.",
                recorder=say.name(facts.recorder),
                meeting=facts.meeting,
            ),
        ]
        return Page(LINE.join(lines), _rows(say, facts))

    return view


def notice_in_group(facts: NoticeFacts) -> View:
    """The same in the group behind a mention, shorter."""

    def view(say: Say) -> Page:
        said = say(
            "in {meeting} it was written down that you agreed to <b>{name}</b>. You can confirm or contest it here.",
            meeting=facts.meeting,
            name=facts.decision,
        )
        return Page(said, _rows(say, facts))

    return view


def _rows(say: Say, facts: NoticeFacts) -> tuple[tuple[Button, ...], ...]:
    return (
        (
            Button(say("Confirm"), "decision.confirm", facts.args),
            Button(say("Contest"), "decision.contest", facts.args),
        ),
    )


def confirmed(name: str) -> View:
    """The receipt of a confirmation."""
    return lambda say: Page(say("{name}: you have confirmed it.", name=name))
