"""Telegram-HTML is read as Telegram reads it, and refused in its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from bot.rehearsal.entities import clean, units
from bot.rehearsal.markup import parse_html
from bot.rehearsal.refusals import Refusal


def _entity(kind: str, offset: int, length: int, **extra: object) -> dict[str, object]:
    return {"type": kind, "offset": offset, "length": length, **extra}


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        pytest.param("plain", "plain", [], id="plain text"),
        pytest.param("<b>T1</b> x", "T1 x", [_entity("bold", 0, 2)], id="bold"),
        pytest.param("<strong>a</strong>", "a", [_entity("bold", 0, 1)], id="strong is bold"),
        pytest.param(
            "<em>a</em><ins>b</ins>", "ab", [_entity("italic", 0, 1), _entity("underline", 1, 1)], id="em, ins"
        ),
        pytest.param("<strike>a</strike>", "a", [_entity("strikethrough", 0, 1)], id="strike"),
        pytest.param("<del>a</del>", "a", [_entity("strikethrough", 0, 1)], id="del"),
        pytest.param('<span class="tg-spoiler">a</span>', "a", [_entity("spoiler", 0, 1)], id="span as a spoiler"),
        pytest.param("<tg-spoiler>a</tg-spoiler>", "a", [_entity("spoiler", 0, 1)], id="spoiler"),
        pytest.param(
            "<a href='https://x.org/?a=1&amp;b=2'>a</a>",
            "a",
            [_entity("text_link", 0, 1, url="https://x.org/?a=1&b=2")],
            id="link, its address unescaped",
        ),
        pytest.param("<a href='nowhere'>a</a>", "a", [], id="a link to nowhere is plain text"),
        pytest.param("<blockquote>a</blockquote>", "a", [_entity("blockquote", 0, 1)], id="quotation"),
        pytest.param(
            "<blockquote expandable>a</blockquote>", "a", [_entity("expandable_blockquote", 0, 1)], id="long quotation"
        ),
        pytest.param(
            '<pre><code class="language-py">a</code></pre>', "a", [_entity("pre", 0, 1, language="py")], id="programme"
        ),
        pytest.param("<code>a</code>", "a", [_entity("code", 0, 1)], id="code"),
        pytest.param(
            '<tg-time unix="1775008800" format="wDt">9</tg-time>',
            "9",
            [_entity("date_time", 0, 1, unix_time=1775008800, date_time_format="wDt")],
            id="moment",
        ),
        pytest.param("<b>😀<i>x</i></b>", "😀x", [_entity("bold", 0, 3), _entity("italic", 2, 1)], id="nested, UTF-16"),
        pytest.param("&lt;&gt;&amp;&quot;&#39;&#x41;", "<>&\"'A", [], id="references"),
        pytest.param("a & b &nbsp; &#0;", "a & b &nbsp; &#0;", [], id="what is no reference stays"),
        pytest.param("3 > 2", "3 > 2", [], id="a lone greater-than"),
        pytest.param("<b></b>x", "x", [], id="nothing in bold"),
        pytest.param("<B>x</b>", "x", [_entity("bold", 0, 1)], id="capitals do not matter"),
        pytest.param("<b>a\u202eb</b>", "ab", [_entity("bold", 0, 2)], id="direction overrides are dropped"),
    ],
)
def test_reads_what_telegram_reads(source: str, text: str, entities: list[dict[str, object]]) -> None:
    assert parse_html(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        pytest.param("a < b", 'Unsupported start tag "" at byte offset 2', id="a lone less-than"),
        pytest.param("é<table>x", 'Unsupported start tag "table" at byte offset 2', id="a tag Telegram has not"),
        pytest.param("<br/>", 'Unsupported start tag "br/" at byte offset 0', id="a line break"),
        pytest.param("<b>x", 'Can\'t find end tag corresponding to start tag "b"', id="never closed"),
        pytest.param("x</b>", "Unexpected end tag at byte offset 1", id="never opened"),
        pytest.param(
            "<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"', id="crossed"
        ),
        pytest.param("<b", "Unclosed start tag at byte offset 0", id="broken off in the name"),
        pytest.param("<a href='x", "Unclosed start tag at byte offset 0", id="broken off in a value"),
        pytest.param("<b>x</b", "Unclosed end tag at byte offset 4", id="broken off in the end tag"),
        pytest.param(
            "<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0', id="span of nothing"
        ),
        pytest.param(
            "<a href>x</a>",
            'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
            id="an attribute without a value",
        ),
        pytest.param("<tg-time unix='soon'>x</tg-time>", "Invalid date specified at byte offset 22", id="no moment"),
        pytest.param(
            "<tg-time unix='1' format='Z'>x</tg-time>",
            "Invalid date format specified at byte offset 30",
            id="no format",
        ),
    ],
)
def test_refuses_what_telegram_refuses(source: str, words: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {words}"


@given(st.text())
def test_whatever_is_escaped_comes_out_as_it_went_in(text: str) -> None:
    read, entities = parse_html(str(escape(text)))
    assert (read, entities) == (clean(text), [])


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1))
def test_an_entity_spans_what_it_encloses(text: str) -> None:
    read, entities = parse_html(f"x<b>{escape(text)}</b>")
    length = units(read) - 1
    assert entities == ([{"type": "bold", "offset": 1, "length": length}] if length else [])
