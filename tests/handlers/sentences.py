"""What the code says to people, found by reading it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import handlers

SOURCE = Path(handlers.__file__).parent


@cache
def trees() -> dict[str, ast.Module]:
    """Every module of the handlers by its path below them."""
    paths = sorted(SOURCE.rglob("*.py"))
    return {str(path.relative_to(SOURCE)): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def calls() -> Iterator[tuple[str, ast.Call]]:
    for name, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield name, node


def called(node: ast.AST) -> str:
    """The last name of what is called: "say", "n", "Button"."""
    if not isinstance(node, ast.Call):
        return ""
    return ast.unparse(node.func).rpartition(".")[2]


def says(node: ast.AST) -> bool:
    """Whether a call says a sentence: say(…) or say.n(…)."""
    return isinstance(node, ast.Call) and ast.unparse(node.func) in ("say", "say.n")


def button_sentences() -> set[str]:
    """The sentences without values that stand on buttons as they are."""
    found = set()
    for _, node in calls():
        if called(node) in ("Button", "button") and node.args:
            for part in ast.walk(node.args[0]):
                if says(part) and not part.keywords and ast.unparse(part.func) == "say":
                    found.add(part.args[0].value)
    return found
