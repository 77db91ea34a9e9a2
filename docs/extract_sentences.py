"""Reads every sentence out of the code into a template for the catalogues: what is said by `say(…)` and `say.n(…)`.

Babel's own reader takes `say.n(…, due=words(say))` for a sentence without a plural, so this one reads the syntax tree.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

ROOT = Path(__file__).parents[1]
Sentence = str | tuple[str, str]


def sentences() -> Iterator[tuple[str, Sentence]]:
    """(file, sentence) in the order of the code; a sentence with a plural is a pair."""
    for path in sorted((ROOT / "handlers").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
            found = _said(call)
            if found:
                yield path.relative_to(ROOT).as_posix(), found


def _said(call: ast.Call) -> Sentence | None:
    texts = [part.value for part in call.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    match ast.unparse(call.func), texts:
        case "say", [sentence, *_]:
            return sentence
        case "say.n", [one, many, *_]:
            return one, many
    return None


def template() -> Catalog:
    """The sentences as a catalogue without translations."""
    made = Catalog(project="Focalpoint", charset="utf-8")
    for name, sentence in sentences():
        made.add(sentence, locations=[(name, None)])
    return made


if __name__ == "__main__":
    with Path(sys.argv[1]).open("wb") as file:
        write_po(file, template(), width=None)
