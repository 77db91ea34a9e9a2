"""A group's own words: the list with its buttons, and what is said when one changes."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from handlers.reply import Button, Page, View
from handlers.views.language import language_name
from handlers.voice import Say

PARAGRAPH = Markup("\n\n")
LINE = Markup("\n")


@dataclass(frozen=True)
class TermFacts:
    """A term of the glossary in one language and the group's word for it, empty for our own."""

    language: str
    term: str
    instead: str


def listed(group_id: int, words: Sequence[TermFacts], *, may_change: bool) -> View:
    """Every word of the group's own, with a button to undo each, and how one is made."""

    def view(say: Say) -> Page:
        lines = [_line(say, each) for each in words] or [say("None so far: I use the words of the glossary.")]
        parts = [say("<b>Words of this group</b>"), LINE.join(lines), _how(say)]
        return Page(PARAGRAPH.join(parts), _undoing(say, group_id, words) if may_change else ())

    return view


def _line(say: Say, words: TermFacts) -> Markup:
    return say(
        "{language}: {instead} instead of {term}",
        language=language_name(say, words.language),
        instead=words.instead,
        term=words.term,
    )


def _how(say: Say) -> Markup:
    return say(
        "A coordinator changes a word of the glossary, in any of the languages: "
        "<code>/term focal point = contact person</code>"
    )


def _undoing(say: Say, group_id: int, words: Sequence[TermFacts]) -> tuple[tuple[Button, ...], ...]:
    return tuple(
        (
            Button(
                say("Undo: {word}", word=each.instead).unescape(),
                "term.undo",
                {"group": group_id, "language": each.language, "term": each.term},
            ),
        )
        for each in words
    )


def changed(words: TermFacts) -> View:
    """To the group: which word it reads from now on."""

    def view(say: Say) -> Page:
        values = {"language": language_name(say, words.language), "term": words.term, "instead": words.instead}
        if words.instead:
            return Page(say("{language}: from now on I say “{instead}” instead of “{term}”.", **values))
        return Page(say("{language}: from now on I say “{term}” again.", **values))

    return view


def proposed(say: Say) -> Page:
    """To the focal point: his word waits for the coordinator."""
    return Page(say("The coordinator is asked whether it shall be so."))


def proposal(group: str, group_id: int, person: str, words: TermFacts) -> View:
    """To the coordinator: a focal point proposes a word."""

    def view(say: Say) -> Page:
        text = say(
            "{person} proposes for {group}: in {language}, “{instead}” instead of “{term}”.",
            person=say.name(person),
            group=group,
            language=language_name(say, words.language),
            instead=words.instead,
            term=words.term,
        )
        args = {"group": group_id, "language": words.language, "term": words.term, "instead": words.instead}
        leave = Button(say("Leave it as it is"), "term.list", {"group": group_id})
        return Page(text, ((Button(say("Make it so"), "term.set", args), leave),))

    return view
