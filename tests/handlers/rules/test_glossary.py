"""The glossary reads cleanly, and a search knows each term in the other languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules import glossary
from handlers.rules.text import searchable


def spellings(query: str) -> list[set[str]]:
    """The words of a query, each as the set of its spellings in one text."""
    return [{" ".join(spelling).strip() for spelling in word} for word in glossary.read(query)]


def test_every_concept_has_a_term_in_each_language_and_no_variants_are_left_in_it():
    assert len(glossary.concepts()) > 60
    for concept in glossary.concepts():
        for terms in concept.values():
            assert terms
            for term in terms:
                assert term == term.strip()
                assert not set("|/()（）") & set(term), term


@pytest.mark.parametrize("query", ["签证", "visa", "Visas", "ວີຊາ", "ＶＩＳＡ"])
def test_a_term_is_sought_in_all_three_languages(query):
    (word,) = spellings(query)
    assert {"visa", "签证", "ວີຊາ"} <= word


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        pytest.param("签证保险", ["visa", "insurance"], id="two terms without a space"),
        pytest.param("签证和保险", ["visa", "insurance"], id="an and between them"),
        pytest.param("签证、保险", ["visa", "insurance"], id="a pause between them"),
        pytest.param("ວີຊາປະກັນໄພ", ["visa", "insurance"], id="the same in Lao"),
        pytest.param("ວີຊາ ແລະ ປະກັນໄພ", ["visa", "insurance"], id="an and in Lao"),
        pytest.param("visa and insurance", ["visa", "insurance"], id="an and in English"),
        pytest.param("ໜ້າວຽກ", ["task"], id="Lao as it is printed"),
        pytest.param("ຫນ້າວຽກ", ["task"], id="Lao as it is typed"),
        pytest.param("training of trainers", ["tot"], id="a term of several words"),
        pytest.param("monitoring and evaluation", ["ຕິດຕາມແລະປະເມີນຜົນ"], id="a term with an and in it"),
        pytest.param("tot visas", ["师资培训", "签证"], id="several terms"),
        pytest.param("北京签证", ["北京", "visa"], id="a term beside a word that is none"),
        pytest.param("and", ["and"], id="nothing but a joining word"),
        pytest.param("“module plan”", ["module", "plan"], id="quotation marks"),
    ],
)
def test_what_a_query_is_read_as(query, texts):
    words = spellings(query)
    assert len(words) == len(texts)
    assert all(text in word for text, word in zip(texts, words, strict=True))


def test_a_term_in_latin_letters_that_nobody_typed_has_to_begin_a_word():
    (word,) = glossary.read("国际劳工组织")
    pieces = {piece for spelling in word for piece in spelling}
    assert " ilo" in pieces
    assert "ilo" not in pieces


def test_a_longer_term_counts_before_a_shorter_one_in_it():
    (word,) = spellings("ຜູ້ປະສານງານໂຄງການ")
    assert "coordinator" in word
    assert "project" not in word


def test_what_was_typed_is_whole_words_where_a_language_has_them():
    assert glossary.as_typed(glossary.read("module 签证")) == (" module ", "签证")


@given(st.text())
def test_any_query_is_read(query):
    pieces = [piece for word in glossary.read(query) for spelling in word for piece in spelling]
    assert all(piece.strip() for piece in pieces)


@given(st.text(alphabet="签证保险和北京ວີຊາ visa", min_size=1))
def test_a_text_that_holds_the_query_is_found_by_it(query):
    text = f" {searchable(query)} "
    assert all(any(all(piece in text for piece in spelling) for spelling in word) for word in glossary.read(query))
