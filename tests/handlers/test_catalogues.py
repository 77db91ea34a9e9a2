"""Every sentence of the code in every language: there, whole, with the same values, and compiled."""

import re
import runpy
import string
import unicodedata
from collections import Counter
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from itertools import permutations
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from markupsafe import Markup

from bot.bilingual import label
from bot.labels import room, width
from handlers.rules.languages import SPOKEN
from handlers.voice import CATALOGUES, Say
from tests.handlers.sentences import button_sentences

TRANSLATED = [language for language in SPOKEN if language != "en"]
DOCS = Path(__file__).parents[2] / "docs"
TAG = re.compile(r"<[^<>]*>")
COMMAND = re.compile(r"(?<![\w/<])/[a-z]\w*")
LONG = "⁨Docteur-en-Sciences Phouthasone-Keomanivong Vilaysack & <Co>⁩" * 4


def path(language: str, kind: str) -> Path:
    return CATALOGUES / language / "LC_MESSAGES" / f"focalpoint.{kind}"


@cache
def catalogue(language: str) -> Catalog:
    with path(language, "po").open("rb") as file:
        return read_po(file, locale=language)


@cache
def extracted() -> frozenset[str | tuple[str, ...]]:
    """Every sentence of the code; one with a plural as a pair."""
    read = runpy.run_path(str(DOCS / "extract_sentences.py"))["sentences"]
    return frozenset(sentence for _, sentence in read())


def entries(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


def forms(message: Message) -> list[tuple[str, str]]:
    """(English, translation) of each form of a sentence."""
    if isinstance(message.id, tuple):
        return [(message.id[-1], said) for said in message.string]
    return [(message.id, message.string)]


def translated(language: str) -> list[tuple[str, str]]:
    return [(english, said) for message in entries(language) for english, said in forms(message) if said]


def placeholders(sentence: str) -> Counter[str]:
    return Counter(name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None)


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_sentence_is_missing_from_the_catalogue(language):
    assert extracted() - {message.id for message in entries(language)} == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_sentence_is_left_that_nobody_says(language):
    assert {message.id for message in entries(language)} - extracted() == set()
    assert dict(catalogue(language).obsolete) == {}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated(language):
    missing = [english for message in entries(language) for english, said in forms(message) if not said]
    assert missing == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_fuzzy(language):
    assert not catalogue(language).fuzzy
    assert [message.id for message in entries(language) if message.fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_header_names_its_language_and_nobody(language):
    header = dict(catalogue(language).mime_headers)
    assert header["Language"] == language
    assert "FULL NAME" not in header["Last-Translator"]
    assert "@" not in header["Last-Translator"] + header["Language-Team"]


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_translation_has_the_values_of_its_sentence(language):
    assert [pair for pair in translated(language) if placeholders(pair[0]) != placeholders(pair[1])] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_translation_has_the_tags_of_its_sentence(language):
    assert [p for p in translated(language) if Counter(TAG.findall(p[0])) != Counter(TAG.findall(p[1]))] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_translation_names_the_same_commands(language):
    def named(sentence: str) -> set[str]:
        return set(COMMAND.findall(TAG.sub(" ", sentence)))

    assert [pair for pair in translated(language) if named(pair[0]) != named(pair[1])] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_translation_has_the_lines_of_its_sentence(language):
    def shape(sentence: str) -> tuple[int, bool, bool]:
        return sentence.count("\n"), sentence[:1].isspace(), sentence[-1:].isspace()

    assert [pair for pair in translated(language) if shape(pair[0]) != shape(pair[1])] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_holds_signs_that_nobody_sees(language):
    said = [said for _, said in translated(language)]
    assert [each for each in said if "\u200b" in each or each != unicodedata.normalize("NFC", each)] == []
    assert [each for each in said if any("\u0ed0" <= char <= "\u0ed9" for char in each)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_plural_forms_are_those_of_the_language(language):
    plurals = [message for message in entries(language) if message.pluralizable]
    assert plurals
    assert catalogue(language).num_plurals == 1
    assert [message.id for message in plurals if len(message.string) != 1] == []


def test_a_sentence_with_a_plural_is_read_as_one_whatever_its_values_are():
    said = "was due {due}, {number} working day ago.", "was due {due}, {number} working days ago."
    assert said in extracted()  # its value {due} is itself made by a function that speaks


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_the_program_reads_is_what_the_translators_wrote(language):
    written = BytesIO()
    write_mo(written, catalogue(language))
    compiled = GNUTranslations(BytesIO(path(language, "mo").read_bytes()))
    written.seek(0)
    assert compiled._catalog == GNUTranslations(written)._catalog  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", SPOKEN)
def test_every_sentence_can_be_said_with_long_names(language):
    say = Say(language)
    for sentence in extracted():
        one, many = sentence if isinstance(sentence, tuple) else (sentence, sentence)
        values = dict.fromkeys((placeholders(one) | placeholders(many)).keys() - {"number"}, LONG)
        said = say.n(one, many, 2, **values) if one != many else say(one, **values, number=2)
        assert isinstance(said, Markup)
        assert "\u200b" not in said
        assert said.count("<Co>") == 0
        assert "{" not in TAG.sub("", said)


@pytest.mark.parametrize("pair", [*permutations(SPOKEN, 2)], ids="+".join)
def test_every_button_fits_a_phone_in_two_languages(pair):
    labels = [label(tuple(str(Say(each)(english)) for each in pair), " · ") for english in sorted(button_sentences())]
    assert len(labels) > 60
    assert [each for each in labels if width(each) > room(1)] == []
