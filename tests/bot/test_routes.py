"""What the table of routes promises: every command and its help, every button and question a handler, every handler
a right."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from inspect import iscoroutinefunction
from operator import attrgetter
from pathlib import Path

import pytest

from bot.makers import MAKERS
from bot.presses import PRESSES
from bot.routes import COMMANDS, DIALOGUES, EDITED, NUMBERED, Where
from handlers.rules.rights import Act, matrix
from handlers.views.help import topic
from handlers.views.help_topics import HELP
from handlers.voice import Say

SOURCE = Path(__file__).parents[2] / "handlers"
END_TO_END = Path(__file__).parents[1] / "e2e"
PROMISED = {
    "start",
    "help",
    "cancel",
    "privacy",
    "link",
    "unlink",
    "join",
    "people",
    "focal",
    "alternate",
    "decide",
    "decisions",
    "supersede",
    "text",
    "review",
    "task",
    "tasks",
    "mine",
    "done",
    "progress",
    "blocked",
    "waiting",
    "due",
    "assign",
    "reword",
    "drop",
    "reopen",
    "step",
    "after",
    "repeat",
    "plan",
    "meet",
    "meetings",
    "agenda",
    "open",
    "next",
    "note",
    "agreed",
    "close",
    "photo",
    "playbook",
    "import",
    "away",
    "back",
    "share",
    "shelf",
    "support",
    "status",
    "overdue",
    "report",
    "find",
    "mechanism",
    "language",
    "term",
    "calendar",
    "when",
    "travel",
    "mydata",
    "forgetme",
}
GROUP_ONLY = {"link", "unlink", "decide", "supersede", "meet", "open", "next", "agreed", "close"}
NEEDS_NO_RIGHT = {
    "start": "opens a private chat; an invitation behind it is checked by its code",
    "cancel": "ends a question that the same person was asked",
    "language": "in which language somebody reads",
    "language.choose": "in which language somebody reads, whether he belongs to a group yet or not",
    "group.choose": "which of his own groups a member's private chat is about",
    "privacy.keep": "somebody decides not to be forgotten: nothing happens",
    "calendar.still": "a heading or a past day in a calendar: nothing happens",
    "nudge.more": "another page of a message that only its reader has",
    "nudge.back": "another page of a message that only its reader has",
}
NAME = re.compile(r"[a-z]+\.[a-z_]+")
FILES = (".tsv", ".typ", ".png", ".json", ".docx", ".xlsx", ".csv", ".pdf", ".ics")
"""Endings of names that look like presses and are files."""


@cache
def module(name: str) -> ast.Module:
    path = SOURCE.parent.joinpath(*name.split("."))
    return ast.parse((path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text(encoding="utf-8"))


def modules() -> list[str]:
    return sorted(".".join(path.relative_to(SOURCE.parent).with_suffix("").parts) for path in SOURCE.rglob("*.py"))


def names_written() -> set[str]:
    """Every text in the handlers that has the form of a press or a question."""
    nodes = (node for name in modules() for node in ast.walk(module(name.removesuffix(".__init__"))))
    texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {text for text in texts if NAME.fullmatch(text) and not text.endswith(FILES)}


def buttons() -> Iterator[tuple[str, ast.Call]]:
    for name in modules():
        for node in ast.walk(module(name.removesuffix(".__init__"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Button":
                yield name, node


def questions() -> set[str]:
    """The kinds of the questions that wait for a typed answer, as the handlers write them."""
    kinds = set()
    for name in modules():
        for node in ast.walk(module(name.removesuffix(".__init__"))):
            asks = isinstance(node, ast.Call) and ast.unparse(node.func) in ("ask", "dialogues.ask")
            given = [key.value for key in node.keywords if key.arg == "kind"] if asks else []
            kinds |= {each.value for each in given if isinstance(each, ast.Constant)}
    return kinds


@cache
def imported(name: str) -> dict[str, str]:
    """What the names of a module stand for: `may` for "handlers.permission.may"."""
    found = {}
    for node in ast.walk(module(name)):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {each.asname or each.name: f"{node.module}.{each.name}" for each in node.names}
    return found


def uses(function: str) -> set[str]:
    """The functions that a function of ours names in its body, by their full names."""
    name, _, own = function.rpartition(".")
    if not name.startswith("handlers") or not (SOURCE.parent / Path(*name.split("."))).with_suffix(".py").exists():
        return set()
    known = imported(name) | {node.name: f"{name}.{node.name}" for node in module(name).body if hasattr(node, "name")}
    found: set[str] = set()
    for node in module(name).body:
        if getattr(node, "name", None) == own or _assigns(node, own):
            parts = [each for each in ast.walk(node) if isinstance(each, ast.Name | ast.Attribute)]
            heads = [ast.unparse(each).partition(".") for each in parts]
            found |= {known[head] + (f".{rest}" if rest else "") for head, _, rest in heads if head in known}
    return found


def _assigns(node: ast.stmt, own: str) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return own in [target.id for target in targets if isinstance(target, ast.Name)]


def reaches(function: str, wanted: set[str]) -> bool:
    seen, ahead = set(), {function}
    while ahead:
        each = ahead.pop()
        seen.add(each)
        ahead |= uses(each) - seen
    return bool(seen & wanted)


EDITS = {f"{name}, edited": handler for name, handler in EDITED.items()}
ROUTES = {command.name: command.handler for command in COMMANDS} | NUMBERED | PRESSES | DIALOGUES | EDITS
MADE = [maker.gather for maker in MAKERS.values()]


def test_exactly_the_promised_commands_are_routed():
    assert [command.name for command in COMMANDS if [c.name for c in COMMANDS].count(command.name) > 1] == []
    assert {command.name for command in COMMANDS} == PROMISED
    assert set(NUMBERED) == {"a", "d", "f", "m", "s", "t"}


@pytest.mark.parametrize("name", [*sorted(PROMISED), "a4", "d3", "f6", "m2", "s5", "t17"])
def test_every_command_has_help(name):
    assert topic(f"/{name}") == name
    page = HELP[name](Say("en"))
    assert page.short
    assert f"/{name}" in page.usage


def test_only_what_makes_no_sense_in_private_is_for_groups_alone():
    assert {command.name for command in COMMANDS if Where.PRIVATE not in command.where} == GROUP_ONLY


def test_every_menu_offers_only_what_may_be_written_there():
    assert [command.name for command in COMMANDS if command.menu & ~command.where] == []
    assert all(any(where in command.menu for command in COMMANDS) for where in (Where.GROUP, Where.PRIVATE))


def test_every_button_and_question_has_a_route_and_the_reverse():
    assert names_written() == set(PRESSES) | set(DIALOGUES)


def test_every_button_that_is_no_link_names_its_press():
    pressed = [(name, call) for name, call in buttons() if not {key.arg for key in call.keywords} & {"url", "copy"}]
    assert len(pressed) > 50
    for name, call in pressed:
        press = call.args[1]
        assert not isinstance(press, ast.Constant) or press.value in PRESSES, f"{name}, line {call.lineno}"


def test_every_question_has_somebody_to_hear_its_answer():
    assert questions() <= set(DIALOGUES)
    assert set(DIALOGUES) <= names_written()


@pytest.mark.parametrize("name", sorted(set(ROUTES) - set(NEEDS_NO_RIGHT)))
def test_every_handler_asks_for_a_right(name):
    asked = {"handlers.permission.may", "handlers.permission.can"}
    assert reaches(".".join(ROUTES[name].args), asked), f"{name} asks for no right"


@pytest.mark.parametrize("module", sorted({module for module, _ in map(attrgetter("args"), [*ROUTES.values(), *MADE])}))
def test_what_is_loaded_on_first_use_is_there(module):
    names = {name for own, name in map(attrgetter("args"), [*ROUTES.values(), *MADE]) if own == module}
    assert {name for name in names if not iscoroutinefunction(getattr(import_module(module), name))} == set()


def test_the_exceptions_are_still_routes():
    assert set(NEEDS_NO_RIGHT) <= set(ROUTES)


def test_every_right_that_handlers_ask_for_has_a_row():
    asked = {
        node.attr
        for name in modules()
        for node in ast.walk(module(name.removesuffix(".__init__")))
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Act"
    }
    assert {Act[name] for name in asked} <= {act for act, _ in matrix()}


def test_the_search_for_rights_finds_one_that_is_missing():
    assert not reaches("handlers.starting.cancel", {"handlers.permission.may"})
    assert reaches("handlers.decisions.propose", {"handlers.permission.may"})


def test_every_command_is_written_by_somebody_in_an_end_to_end_test():
    """Of a record shown by its number, its first letter with any number."""
    tests = "\n".join(file.read_text(encoding="utf-8") for file in END_TO_END.glob("test_*.py"))
    written = {found.rstrip("0123456789") for found in re.findall(r"\"/([a-z]+\d*)", tests)}
    assert {command.name for command in COMMANDS} | set(NUMBERED) <= written
