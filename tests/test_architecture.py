"""The page that walks newcomers through names only what exists."""

import importlib
import re
from pathlib import Path

import pytest

from storage.columns import METADATA

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
NAMES = sorted(set(re.findall(r"`((?:bot|handlers|storage)(?:\.\w+)+)`", PAGE)))
FILES = sorted(set(re.findall(r"`((?:bot|handlers|storage|tests|docs)/[\w/.]*)`", PAGE)))
CONSTRAINTS = sorted(set(re.findall(r"`(one_\w+)`", PAGE)))


def resolve(name: str) -> object:
    """The module, class, function or method behind a dotted name."""
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:end]))
        except ModuleNotFoundError:
            continue
        for part in parts[end:]:
            found = getattr(found, part)
        return found
    raise LookupError(name)


def test_the_page_names_enough_to_be_worth_checking():
    assert len(NAMES) > 25
    assert len(CONSTRAINTS) >= 7


@pytest.mark.parametrize("name", NAMES)
def test_every_name_exists(name):
    assert resolve(name) is not None


@pytest.mark.parametrize("file", FILES)
def test_every_file_exists(file):
    assert (ROOT / file).exists()


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_every_constraint_exists(constraint):
    kept = {each.name for table in METADATA.tables.values() for each in (*table.constraints, *table.indexes)}
    assert constraint in kept
