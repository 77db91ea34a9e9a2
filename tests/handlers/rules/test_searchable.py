"""Spellings of the same are equal in what a search looks through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.text import searchable


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Module PLAN", "module plan", id="case"),
        pytest.param("STRASSE", "straße", id="case of more than one letter"),
        pytest.param("ＴＯＴ　２０２６", "tot 2026", id="full width"),
        pytest.param("ﾃｽﾄ", "テスト", id="half width"),
        pytest.param("ເດືອນ ໑໒", "ເດືອນ 12", id="Lao digits"),
        pytest.param("ໜ້າວຽກ", "ຫນ້າວຽກ", id="Lao letters in one sign or two"),
        pytest.param("ຫຼັກສູດ", "ຫລັກສູດ", id="Lao lo below or beside"),
        pytest.param("ກຳນົດ", "ກໍານົດ", id="Lao am in one sign or two"),
        pytest.param("ມື້", "ມ\u0ec9\u0eb7", id="Lao marks in any order"),
        pytest.param("ແຜນ ວຽກ", "ແຜນວຽກ", id="a space inside Lao"),
        pytest.param("ແຜນ\u200bວຽກ", "ແຜນວຽກ", id="an unseen sign"),
        pytest.param("课程\n开发", "课程开发", id="a line break inside Chinese"),
        pytest.param("计划，签证", "计划,签证", id="punctuation of either width"),
        pytest.param("cafe\u0301", "café", id="composed or not"),
    ],
)
def test_the_same(one, other):
    assert searchable(one) == searchable(other)


def test_signs_stand_apart_from_words():
    assert searchable("Module-plan: 50% (#tot)") == "module - plan : 50 % ( # tot )"


def test_several_texts_become_one_line():
    assert searchable("One", "Two\nThree") == "one two three"


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert searchable(searchable(text)) == searchable(text)
