"""No sentence reaches people but through the catalogues: the code is read for words that were left in it."""

import ast
import re

import pytest

from tests.handlers.sentences import called, calls, says, trees

WORD = re.compile(r"[^\W\d_]{2,}")
MARKUP = re.compile(r"<[^<>]*>|\{[^{}]*\}|&\w+;")


def words(node: ast.AST) -> list[str]:
    """The words that are written as they are: of a text, or of the fixed parts of an f-string."""
    fixed = node.values if isinstance(node, ast.JoinedStr) else [node]
    parts = [part for part in fixed if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    return [word for part in parts for word in WORD.findall(MARKUP.sub(" ", part.value))]


def shown(node: ast.Call) -> list[ast.expr]:
    """What a call shows to people as it is given."""
    by_name = {keyword.arg: keyword.value for keyword in node.keywords}
    if called(node) == "Button":
        return [*node.args[:1], *(by_name[name] for name in ("label",) if name in by_name)]
    if called(node) == "Page":
        return [*node.args[:1], *(by_name[name] for name in ("text", "ask") if name in by_name)]
    return []


def literal(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant | ast.JoinedStr)


def test_only_whole_sentences_are_said():
    wrong = [
        f"{name}:{node.lineno}"
        for name, node in calls()
        if says(node)
        for text in node.args[: 2 if ast.unparse(node.func) == "say.n" else 1]
        if not (isinstance(text, ast.Constant) and isinstance(text.value, str))
    ]
    assert wrong == []


def test_no_button_and_no_page_has_words_of_its_own():
    wrong = [f"{name}:{node.lineno}" for name, node in calls() for part in shown(node) if literal(part) and words(part)]
    assert wrong == []


def test_markup_holds_no_words():
    wrong = [
        f"{name}:{node.lineno}"
        for name, node in calls()
        if called(node) == "Markup" and node.args and literal(node.args[0]) and words(node.args[0])
    ]
    assert wrong == []


@pytest.mark.parametrize("name", [name for name in trees() if name.startswith("views/")])
def test_no_view_puts_words_into_its_values(name):
    """A value of a sentence is data: a name, a number, a date, another sentence."""
    wrong = [
        node.lineno
        for node in ast.walk(trees()[name])
        if says(node)
        for value in node.keywords
        if literal(value.value) and words(value.value)
    ]
    assert wrong == []


@pytest.mark.parametrize("name", [name for name in trees() if name.startswith("views/")])
def test_no_view_builds_words_by_itself(name):
    wrong = [node.lineno for node in ast.walk(trees()[name]) if isinstance(node, ast.JoinedStr) and words(node)]
    assert wrong == []


@pytest.mark.parametrize("name", [name for name in trees() if name.startswith("views/")])
def test_no_view_joins_a_list_by_a_comma_of_its_own(name):
    """Chinese has another one: `say.listed` and `say.all_of` know it."""
    commas = ("', '.join", "Markup(', ').join")
    wrong = [node.lineno for node in ast.walk(trees()[name]) if ast.unparse(node).startswith(commas)]
    assert wrong == []
