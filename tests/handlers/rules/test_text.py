"""Text: what is kept, what a reader would see, how long it is for Telegram, and where it is cut."""

import re
from html import escape, unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules import text


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        pytest.param("  send it \n", "send it", id="spaces around"),
        pytest.param("a\x00b", "ab", id="NUL goes"),
        pytest.param("a\ud83db\ude00", "ab", id="lone surrogates go"),
        pytest.param("e\u0301", "\u00e9", id="letters and marks are joined"),
        pytest.param("\u0e99\u0eb3", "\u0e99\u0eb3", id="Lao am stays one sign"),
        pytest.param("１５号 ①", "１５号 ①", id="compatibility forms stay"),
        pytest.param("👩\u200d🏫", "👩\u200d🏫", id="a joined emoji stays joined"),
        pytest.param("\u202eabc", "\u202eabc", id="direction signs are kept: they are isolated when shown"),
    ],
)
def test_what_is_kept(raw: str, kept: str) -> None:
    assert text.clean(raw) == kept


@given(st.text(st.characters()))
def test_cleaning_twice_changes_nothing_more(raw: str) -> None:
    once = text.clean(raw)
    assert text.clean(once) == once
    assert once.encode("utf-8").decode("utf-8") == once


@pytest.mark.parametrize(
    ("words", "empty"),
    [
        pytest.param("", True, id="nothing"),
        pytest.param(" \n\t\u3000\u00a0", True, id="spaces of every width"),
        pytest.param("\u200b\u200c\u200d\u2060\ufeff", True, id="zero width"),
        pytest.param("\u0301\u0eb4\u20dd", True, id="marks without a letter"),
        pytest.param("\u3164\u115f\uffa0\u2800", True, id="fillers that count as letters"),
        pytest.param("\u2068\u2069\u200f", True, id="direction signs"),
        pytest.param("\ufe0f\U000e0020", True, id="variation signs and tags"),
        pytest.param("\u200bx", False, id="one letter among them"),
        pytest.param("ກ\u0eb4", False, id="a Lao letter with its mark"),
        pytest.param("好", False, id="one character"),
        pytest.param("👍🏽", False, id="an emoji"),
        pytest.param("\ue000", False, id="a private sign may be drawn"),
    ],
)
def test_what_a_reader_would_see(words: str, empty: bool) -> None:
    assert text.visibly_empty(words) is empty


@given(st.text())
def test_units_are_what_utf16_has(words: str) -> None:
    assert text.units(words) == len(words.encode("utf-16-le", "surrogatepass")) // 2


def test_visible_units_leave_out_the_markup() -> None:
    assert text.visible_units('<b>a &lt; b</b> <a href="https://example.org/?a=1&amp;b=2">👍</a>') == 8


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param("ana", "\u2068ana\u2069", id="a plain name"),
        pytest.param("\u202egnp\u202c", "\u2068gnp\u2069", id="turned around"),
        pytest.param("a\u2069b\u2066", "\u2068ab\u2069", id="ends the isolate itself"),
        pytest.param("a\n\nb", "\u2068a b\u2069", id="over two paragraphs"),
    ],
)
def test_a_name_is_isolated(name: str, shown: str) -> None:
    assert text.isolate(name) == shown


@pytest.mark.parametrize(
    ("words", "limit", "clipped"),
    [
        pytest.param("plan", 4, "plan", id="fits"),
        pytest.param("plans", 4, "pla…", id="cut"),
        pytest.param("the plan", 5, "the…", id="no space before the dots"),
        pytest.param("😀😀😀", 4, "😀…", id="not through a pair"),
        pytest.param("ae\u0301\u0301x", 4, "a…", id="not between a letter and its marks"),
        pytest.param("a👩\u200d🏫b", 5, "a…", id="not through a joined emoji"),
        pytest.param("ab", 1, "…", id="only the dots"),
        pytest.param("ab", 0, "", id="no room at all"),
    ],
)
def test_clipping(words: str, limit: int, clipped: str) -> None:
    assert text.clip(words, limit) == clipped


@given(st.text(), st.integers(0, 40))
def test_what_is_clipped_fits(words: str, limit: int) -> None:
    assert text.units(text.clip(words, limit)) <= limit


@pytest.mark.parametrize(
    ("html", "limit", "pieces"),
    [
        pytest.param("one\n\ntwo", 20, ["one\n\ntwo"], id="fits in one"),
        pytest.param("one a\n\ntwo b\n\nsix", 12, ["one a\n\ntwo b", "six"], id="between paragraphs"),
        pytest.param("a\nb\n\nlong\nmore", 9, ["a\nb", "long\nmore"], id="a paragraph stays whole if it can"),
        pytest.param("aaaa\nbbbb\ncccc", 9, ["aaaa\nbbbb", "cccc"], id="else between lines"),
        pytest.param("<b>aa</b>\n\n<i>&lt;&amp;</i>", 6, ["<b>aa</b>\n\n<i>&lt;&amp;</i>"], id="markup weighs nothing"),
        pytest.param("aaa bbb ccc", 7, ["aaa bbb", "ccc"], id="else between words"),
        pytest.param("aaa bbb", 6, ["aaa", "bbb"], id="words cut apart are never glued"),
        pytest.param("<b>aaa bbb</b>", 4, ["<b>aaa</b>", "<b>bbb</b>"], id="open tags are closed and opened again"),
        pytest.param("<i><b>aa</b>bb</i>", 3, ["<i><b>aa</b>b</i>", "<i>b</i>"], id="only the open ones"),
        pytest.param("&lt;&gt;&amp;", 2, ["&lt;&gt;", "&amp;"], id="not through an entity"),
        pytest.param('<a href="x">ab</a>', 1, ['<a href="x">a</a>', '<a href="x">b</a>'], id="a link goes on"),
        pytest.param("<b>😀😀</b>", 1, ["<b>😀</b>", "<b>😀</b>"], id="every piece shows something"),
        pytest.param("aae\u0301", 3, ["aa", "e\u0301"], id="not between a letter and its mark"),
        pytest.param("a\n\n\u200b\n\n", 1, ["a"], id="no empty message"),
        pytest.param("", 10, [], id="nothing to say"),
    ],
)
def test_splitting(html: str, limit: int, pieces: list[str]) -> None:
    assert text.split_paragraphs(html, limit) == pieces


LINE = st.tuples(st.sampled_from(["", "b", "i"]), st.text("ab &<😀", max_size=30)).map(
    lambda made: f"<{made[0]}>{escape(made[1])}</{made[0]}>" if made[0] else escape(made[1])
)


@given(st.lists(LINE, max_size=8).map("\n".join), st.integers(2, 40))
def test_every_piece_fits_is_balanced_and_nothing_is_lost(html: str, limit: int) -> None:
    pieces = text.split_paragraphs(html, limit)
    for piece in pieces:
        assert 0 < text.visible_units(piece) <= limit
        assert [piece.count(f"<{tag}>") for tag in "bi"] == [piece.count(f"</{tag}>") for tag in "bi"]
    assert letters("".join(pieces)) == letters(html)


def letters(html: str) -> str:
    return re.sub(r"\s", "", unescape(re.sub(r"<[^<>]*>", "", html)))


@pytest.mark.parametrize(
    "html",
    ["", "plain", "<b>bold</b> &amp; more", "中文，ລາວ", "\U0001f600" * 3, "a" * 10, "<i>" + "a" * 9 + "</i>"],
)
@pytest.mark.parametrize("limit", [0, 1, 5, 6, 9, 10, 30])
def test_what_fits_is_what_telegram_would_count(html, limit):
    assert text.fits(html, limit) == (text.visible_units(html) <= limit)


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("We meet in May. #trainers", "We meet in May."),
        ("课程一起编写。 #课程 ", "课程一起编写。"),
        ("Room #2 is free", "Room #2 is free"),
        ("#trainers", "#trainers"),
    ],
)
def test_a_paper_leaves_the_area_at_the_end_out(words, left):
    assert text.without_tag(words) == left
