"""How a decision's wordings are shown: each once, labelled with its language, and what is said about them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from handlers.reply import Button, Page, Rows, View
from handlers.rules.text import clip, units
from handlers.views import decision_records
from handlers.views.language import language_name, own_name
from handlers.voice import Say

CARD_UNITS = 2400
"""UTF-16 units of all wordings on a card, so that it stays under 4,096 with the rest of it in two languages."""
LINE = Markup("\n")


@dataclass(frozen=True)
class ConfirmedFacts:
    """That a side confirmed a wording; `recorder` and `evidence` when a coordinator wrote it down for the person."""

    id: int
    side: str
    person: str = ""
    recorder: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class TextFacts:
    """A wording beside the original; the sides whose language it is, by whether they confirmed it.

    `later`: written after both sides had agreed.
    """

    id: int
    language: str
    text: str
    later: bool = False
    confirmed: tuple[ConfirmedFacts, ...] = ()
    unconfirmed: tuple[str, ...] = ()


@dataclass(frozen=True)
class WordingFacts:
    """The language of the original, the wordings beside it, and the sides' languages in which there is none yet.

    `awaited` are the sides whose wording is all that is missing, once every side agreed and the group asks for it.
    """

    original: str = "en"
    texts: tuple[TextFacts, ...] = ()
    unwritten: tuple[str, ...] = ()
    awaited: tuple[str, ...] = ()


def body(original: str, facts: WordingFacts) -> list[Markup]:
    """The text in every language there is, one paragraph each; without a label while there is only one.

    Nothing in it depends on the reader, so that a post in two languages has it once.
    """
    if not facts.texts:
        return [Markup.escape(original)]
    texts = [(facts.original, original), *((text.language, text.text) for text in facts.texts)]
    room = _room([text for _, text in texts])
    return [_labelled(language, clip(text, room)) for language, text in texts]


def _room(texts: Sequence[str]) -> int:
    """How long each text may be: the short ones leave their room to the long ones."""
    left, room = CARD_UNITS, 0
    for behind, length in enumerate(sorted(units(text) for text in texts)):
        room = left // (len(texts) - behind)
        left -= min(length, room)
    return room


def is_cut(original: str, facts: WordingFacts) -> bool:
    """Whether the card shows less than all of the wordings."""
    return bool(facts.texts) and units(original) + sum(units(text.text) for text in facts.texts) > CARD_UNITS


def _labelled(language: str, text: str) -> Markup:
    return Markup("<b>{language}</b>\n{text}").format(language=own_name(language), text=text)


def standing(say: Say, facts: WordingFacts) -> Markup:
    """Which wording is the original and who confirmed the others, a line each; nothing while there is only one."""
    if not facts.texts:
        return Markup()
    lines = [say("{language}: the original", language=language_name(say, facts.original))]
    for text in facts.texts:
        lines += _standing(say, text)
    return LINE.join(lines)


def _standing(say: Say, text: TextFacts) -> Iterable[Markup]:
    language = language_name(say, text.language)
    if text.later:
        yield say("{language}: added after both sides had agreed", language=language)
    if text.confirmed:
        sides = say.all_of(each.side for each in text.confirmed)
        yield say("{language}: confirmed by {sides}", language=language, sides=sides)
        for each in text.confirmed:
            if each.recorder:
                yield decision_records.by_coordinator(say, each.recorder, each.person, each.evidence)
    if text.unconfirmed:
        yield say("{language}: not confirmed yet by {sides}", language=language, sides=say.all_of(text.unconfirmed))
    if not text.confirmed and not text.unconfirmed and not text.later:
        yield say("{language}: a translation", language=language)


def buttons(say: Say, original: str, facts: WordingFacts, args: dict[str, Any]) -> Rows:
    """To write the wordings that are not there, to confirm those that wait for it, to read those the card cuts."""
    writing = tuple(
        Button(
            say("Wording in {language}", language=language_name(say, language)),
            "decision.text",
            {**args, "language": language},
        )
        for language in facts.unwritten
    )
    confirming = tuple(
        Button(
            say("Confirm {language}", language=language_name(say, text.language)),
            "decision.text_confirm",
            {**args, "text": text.id},
        )
        for text in facts.texts
        if text.unconfirmed
    )
    contesting = tuple(
        Button(
            say("Contest ({side}, {language})", side=each.side, language=language_name(say, text.language)).unescape(),
            "decision.text_contest",
            {**args, "confirmation": each.id},
        )
        for text in facts.texts
        for each in text.confirmed
        if each.recorder
    )
    reading = (Button(say("Whole text"), "decision.text_whole", args),) if is_cut(original, facts) else ()
    return tuple(row for row in (writing, confirming, contesting, reading) if row)


def whole(name: str, texts: Sequence[tuple[str, str]], language: str, args: dict[str, Any]) -> View:
    """One wording of several (language, text) in full, with a button for each of the others and back to the card."""

    def view(say: Say) -> Page:
        shown = dict(texts)[language]
        others = tuple(
            Button(own_name(other), "decision.text_whole", {**args, "language": other})
            for other, _ in texts
            if other != language
        )
        heading = say("<b>{name}</b> in full", name=name)
        return Page(
            Markup("\n\n").join((heading, _labelled(language, shown))),
            (others, (Button(say("Back to the card"), "decision.card", args),)),
        )

    return view


def ask(name: str, language: str) -> View:
    """The question for a wording."""

    def view(say: Say) -> Page:
        text = say(
            "{name}: please write its text in {language}. /cancel stops.",
            name=name,
            language=language_name(say, language),
        )
        return Page(text, ask=say("The wording"))

    return view


def ask_language(name: str, languages: Sequence[str], args: dict[str, Any]) -> View:
    """The question in which language the words are that somebody just wrote."""

    def view(say: Say) -> Page:
        row = tuple(
            Button(own_name(language), "decision.text_language", {**args, "language": language})
            for language in languages
        )
        return Page(say("{name}: in which language is that?", name=name), (row,))

    return view


def written(name: str, language: str) -> View:
    """The receipt of a wording."""
    return lambda say: Page(
        say("{name}: the wording in {language} is written down.", name=name, language=language_name(say, language))
    )


def written_already(name: str, language: str) -> View:
    """The receipt when the same words stand there."""
    return lambda say: Page(
        say("{name}: the wording in {language} says that already.", name=name, language=language_name(say, language))
    )


def confirmed(name: str, language: str) -> View:
    """The receipt of a confirmation."""
    return lambda say: Page(
        say("{name}: the wording in {language} is confirmed.", name=name, language=language_name(say, language))
    )


def waits(name: str, sides: Sequence[str]) -> View:
    """What the group hears when both sides agreed and a wording is missing."""

    def view(say: Say) -> Page:
        return Page(
            say(
                "Both sides agree to <b>{name}</b>. It counts once {sides} has confirmed the wording in its language.",
                name=name,
                sides=say.all_of(sides),
            )
        )

    return view
