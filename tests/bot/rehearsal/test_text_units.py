"""Entities are found in what people write, measured in UTF-16 units."""

import pytest

from bot.rehearsal.entities import checked, found_in, is_blank, part, trimmed, units
from bot.rehearsal.refusals import Refusal


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("/task buy", [("bot_command", "/task")], id="a command"),
        pytest.param("/task@focalpoint_bot buy", [("bot_command", "/task@focalpoint_bot")], id="an addressed command"),
        pytest.param("and/or 15/3", [], id="a slash inside a word"),
        pytest.param("😀 @noy_k asks", [("mention", "@noy_k")], id="a name after a wide letter"),
        pytest.param("noy@example.org", [("email", "noy@example.org")], id="an address is no name"),
        pytest.param("see #training now", [("hashtag", "#training")], id="a hashtag"),
        pytest.param("#ຫຼັກສູດ", [("hashtag", "#ຫຼັກສູດ")], id="a Lao hashtag with its vowels"),
        pytest.param("#12", [], id="a number is no hashtag"),
        pytest.param("https://x.org/a#b.", [("url", "https://x.org/a#b")], id="a link without its full stop"),
        pytest.param("https://x.org/@noy", [("url", "https://x.org/@noy")], id="nothing inside a link"),
    ],
)
def test_finds_what_telegram_marks(text: str, found: list[tuple[str, str]]) -> None:
    entities = found_in(text, [])
    assert [(one["type"], part(text, one["offset"], one["length"])) for one in entities] == found


def test_does_not_mark_across_what_is_marked() -> None:
    given = [{"type": "code", "offset": 0, "length": 5}]
    assert found_in("/task", given) == given


def test_marks_inside_bold() -> None:
    kinds = [one["type"] for one in found_in("@noy_k", [{"type": "bold", "offset": 0, "length": 6}])]
    assert kinds == ["bold", "mention"]


def test_outer_white_space_goes_and_entities_follow() -> None:
    bold = {"type": "bold", "offset": 1, "length": 5}
    assert trimmed("  😀ab  ", [bold]) == ("😀ab", [{"type": "bold", "offset": 0, "length": 4}])


@pytest.mark.parametrize(
    ("offset", "length", "words"),
    [
        pytest.param(0, 9, "entity ends after the end of the text", id="too long"),
        pytest.param(8, 1, "entity begins after the end of the text", id="behind the end"),
        pytest.param(-1, 1, "can't parse entities: receive an entity with incorrect offset or length", id="before"),
        pytest.param(1, 1, "entity begins in a middle of a UTF-16 symbol", id="inside a wide letter"),
    ],
)
def test_refuses_entities_outside_the_text(offset: int, length: int, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        checked("😀 plain", [{"type": "bold", "offset": offset, "length": length}])


def test_keeps_a_hundred_entities() -> None:
    text = "@someone " * 120
    assert len(found_in(text, [])) == 100


@pytest.mark.parametrize("text", ["", " \n", "\u200b", "\u2066\u2069", "\u00ad"])
def test_sees_that_nothing_can_be_seen(text: str) -> None:
    assert is_blank(text)


def test_counts_units_not_letters() -> None:
    assert units("😀ຂ") == 3
