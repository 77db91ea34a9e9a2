"""The named places of the source at which the process can be killed, read from the source itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "handlers", "storage")
ONCE_A_LIFE = frozenset({"starting", "stopping"})
"""Families whose places are reached once in a life of the bot."""
IN_FLIGHT = ("delivery.sent", "delivery.marking", "delivery.marked")
"""Places between a call that was made and the commit that marks it: whoever dies there says it again."""
BY_COMMAND = frozenset({"migration", "backup", "restore", "moving"})
"""Families whose places are reached by commands of the operator."""
AGAIN = frozenset({"migration.stepped", "moving.portion"})
"""Those of them that one command comes by more than once: a step each, a table each; by the others it comes once."""


def found() -> list[str]:
    """Every name in a call `point("...")`, in the order of the files."""
    files = (file for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py")))
    return [name for file in files for name in _in(file)]


def _in(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "point":
            [name] = node.args
            assert isinstance(name, ast.Constant), f"{file}:{node.lineno}: a place has a plain name"
            yield str(name.value)


def family(name: str) -> str:
    """What stands before the dot."""
    return name.partition(".")[0]


def of_the_road() -> list[str]:
    """The places that messages, presses and ticks come by."""
    return [name for name in found() if family(name) not in ONCE_A_LIFE | BY_COMMAND]


def of(*families: str) -> list[str]:
    """The places of these families."""
    return [name for name in found() if family(name) in families]


def deaths(*families: str) -> list[str]:
    """Every visit of these places that a test can die at, as CRASH_AT takes them: "place:hit"."""
    return [f"{name}:{hit}" for name in of(*families) for hit in range(1, 3 if name in AGAIN else 2)]


def beyond(*families: str) -> list[str]:
    """The second visit of each place that a command comes by once: nobody ever dies there."""
    return [f"{name}:2" for name in of(*families) if name not in AGAIN]
