"""Numbers as people write them."""

import pytest

from handlers.rules.indicators import MOST, read_count, read_indicators, read_people


@pytest.mark.parametrize(
    ("words", "read"),
    [
        pytest.param("Trainers trained: 20", [("Trainers trained", 20.0)], id="with a colon"),
        pytest.param("培训教师：20", [("培训教师", 20.0)], id="with a Chinese colon"),
        pytest.param("ຄູຝຶກ: ໒໐", [("ຄູຝຶກ", 20.0)], id="Lao digits"),
        pytest.param("Modules revised 3\n\nClasses 2.5", [("Modules revised", 3.0), ("Classes", 2.5)], id="two lines"),
        pytest.param("Modules in use", [("Modules in use", None)], id="no target"),
        pytest.param("12", [("12", None)], id="a number alone is what is counted"),
        pytest.param("Level 2 trainers = 8", [("Level 2 trainers", 8.0)], id="a number inside"),
    ],
)
def test_indicators(words, read):
    assert read_indicators(words) == read


def test_no_more_indicators_than_a_card_shows():
    assert len(read_indicators("\n".join(f"Thing {n}: 1" for n in range(9)))) == MOST


@pytest.mark.parametrize(
    ("words", "number"),
    [
        pytest.param("12", 12.0, id="bare"),
        pytest.param("12 trainers", 12.0, id="with a word"),
        pytest.param("2,5", 2.5, id="a comma"),
        pytest.param("many", None, id="no number"),
        pytest.param("12 of 20", None, id="two numbers"),
    ],
)
def test_a_count(words, number):
    assert read_count(words) == number


@pytest.mark.parametrize(
    ("words", "people"),
    [
        pytest.param("5 4", (5, 4), id="bare"),
        pytest.param("5 women, 4 men", (5, 4), id="with words"),
        pytest.param("女5男4", (5, 4), id="Chinese"),
        pytest.param("໕ ໔", (5, 4), id="Lao digits"),
        pytest.param("9", None, id="one number"),
        pytest.param("1 2 3", None, id="three numbers"),
        pytest.param("100000 1", None, id="nobody is that many"),
    ],
)
def test_women_and_men(words, people):
    assert read_people(words) == people
