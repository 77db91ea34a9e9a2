"""What is said when a coordinator confirms a wording for somebody, and when that person contests it."""

from handlers.reply import Page, View
from handlers.views.language import language_name
from handlers.voice import Say


def ask_evidence(name: str, person: str, language: str) -> View:
    """The question for the evidence that somebody confirms a wording."""
    return lambda say: Page(
        say(
            "{name}: how did {person} confirm the wording in {language}? Please write the evidence, such as the letter "
            "or call and its date. It stays on the card. /cancel stops.",
            name=name,
            person=say.name(person),
            language=language_name(say, language),
        ),
        ask=say("Letter, call, date"),
    )


def recorded(name: str, language: str) -> View:
    """The receipt for the coordinator."""
    return lambda say: Page(
        say(
            "{name}: the wording in {language} is recorded as confirmed, and the person is told.",
            name=name,
            language=language_name(say, language),
        )
    )


def contested(name: str, language: str) -> View:
    """The receipt for the person who contested."""
    return lambda say: Page(
        say(
            "{name}: the confirmation of the wording in {language} recorded for you no longer counts.",
            name=name,
            language=language_name(say, language),
        )
    )


def contested_in_group(name: str, language: str, side: str, *, reopened: bool) -> View:
    """What the group hears when a recorded confirmation was contested."""

    def view(say: Say) -> Page:
        said = say(
            "<b>{name}</b>: the confirmation of the wording in {language} recorded for {side} was contested by the "
            "person it was recorded for. It no longer counts.",
            name=name,
            language=language_name(say, language),
            side=side,
        )
        return Page(say("{said} {name} is open again.", said=said, name=name) if reopened else said)

    return view
