"""What is wrong with the settings, one plain line each, with the line to write."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

Sections = Mapping[str, type[BaseModel]]
Tables = Mapping[str, Any]

_SHAPES = {
    "string_type": "a text in double quotes",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list in square brackets",
}
_FROM_BOTFATHER = " (from @BotFather)"


class SettingsError(Exception):
    """The settings do not let the program start; `lines` say why, each with what to write."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


@dataclass
class Origin:
    """Where settings came from: the file's name, None without one, and the variables that spoke instead."""

    file: str | None
    variables: dict[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Spot:
    """One place in the file: a section, which of several (from 1), a key; each may be missing."""

    section: str
    number: int | None = None
    key: str | None = None

    @classmethod
    def of(cls, loc: tuple[int | str, ...]) -> "Spot":
        """The place that a validation error names."""
        section, *rest = loc
        number = next((place + 1 for place in rest[:1] if isinstance(place, int)), None)
        key = next((name for name in rest if isinstance(name, str)), None)
        return cls(str(section), number, key)

    def __str__(self) -> str:
        section = f"[{self.section}]" if self.number is None else f"[[{self.section}]] number {self.number}"
        return f"{section} {self.key}" if self.key else section


def plain_lines(error: ValidationError, sections: Sections, origin: Origin) -> list[str]:
    """One line for each thing that the settings' types refused; no value that was read stands in them."""
    first: dict[Spot, str] = {}
    for details in error.errors(include_url=False):
        # A list whose entry is wrong is refused twice; one line for each place is enough.
        first.setdefault(Spot.of(details["loc"]), _line(details, sections, origin))
    return list(first.values())


def _line(details: ErrorDetails, sections: Sections, origin: Origin) -> str:
    spot = Spot.of(details["loc"])
    if spot.key is None:
        return _about_section(spot, details["type"], sections, origin)
    model = sections[spot.section]
    if details["type"] == "extra_forbidden":
        return _at(origin, spot, f"is not a key. {_meant(spot.key, model.model_fields)}")
    if details["type"] == "missing" and spot.key == "token" and origin.file is None:
        return f'The bot\'s token is missing. Write: export FOCALPOINT_TOKEN="123456:ABC..."{_FROM_BOTFATHER}'
    entry = "has an entry that " if isinstance(details["loc"][-1], int) else ""
    return _at(origin, spot, f"{entry}{_sentence(details)}. Write: {_example(model, spot, origin)}")


def _about_section(spot: Spot, kind: str, sections: Sections, origin: Origin) -> str:
    if kind != "extra_forbidden":
        brackets = f"[[{spot.section}]]" if kind == "tuple_type" or spot.number else f"[{spot.section}]"
        return _in_file(origin, f"{spot.section} must be a section. Write: {brackets}")
    for name, model in sections.items():
        if spot.section in model.model_fields:
            return _in_file(origin, f"{spot.section} stands outside its section. Write it below [{name}]")
    known = {f"[{name}]": model for name, model in sections.items()}
    return _in_file(origin, f"{spot} is not a section. {_meant(f'[{spot.section}]', known)}")


def _meant(word: str, known: Mapping[str, object]) -> str:
    close = get_close_matches(word.lower(), known, n=1)
    return f"Did you mean {close[0]}?" if close else f"There are: {', '.join(known)}"


def _sentence(details: ErrorDetails) -> str:
    kind, context = details["type"], details.get("ctx", {})
    match kind:
        case "missing":
            return "is missing"
        case "value_error":
            return str(context["error"])
        case "literal_error":
            return "must be one of " + str(context["expected"]).replace("'", '"')
        case "greater_than_equal":
            return f"must be at least {context['ge']}"
        case "less_than_equal":
            return f"must be at most {context['le']}"
        case "too_short" | "too_long":
            return "has too few entries" if kind == "too_short" else "has too many entries"
    return f"must be {_SHAPES.get(kind, 'of another kind')}"


def _example(model: type[BaseModel], spot: Spot, origin: Origin) -> str:
    key = spot.key or ""
    examples = model.model_fields[key].examples or [""]
    variable = origin.variables.get((spot.section, key))
    name, equals = (f"export {variable}", "=") if variable else (key, " = ")
    return f"{name}{equals}{json.dumps(examples[0])}" + (_FROM_BOTFATHER if key == "token" else "")


def _at(origin: Origin, spot: Spot, sentence: str) -> str:
    if variable := origin.variables.get((spot.section, spot.key or "")):
        return f"{variable} {sentence}"
    return _in_file(origin, f"{spot} {sentence}")


def _in_file(origin: Origin, sentence: str) -> str:
    return f"{origin.file}: {sentence}" if origin.file else sentence


def contradictions(tables: Tables, origin: Origin) -> Iterator[str]:
    """Settings that are each right and do not go together."""
    telegram = tables["telegram"]
    if telegram.get("mode") == "webhook":
        if "webhook_url" not in telegram:
            yield _at(
                origin,
                Spot("telegram", key="webhook_url"),
                'is missing, mode = "webhook" needs it. Write: webhook_url = "https://bot.example.org/telegram"',
            )
        if "webhook_secret" not in telegram:
            yield _at(
                origin,
                Spot("telegram", key="webhook_secret"),
                'is missing, mode = "webhook" needs it. Write: webhook_secret = "..." with what this prints: '
                'python3 -c "import secrets; print(secrets.token_urlsafe(32))"',
            )


def missing_references(tables: Tables, origin: Origin) -> Iterator[str]:
    """Templates that stand twice, and groups whose sides or organisation nobody describes."""
    keys = {name: [row["key"] for row in tables.get(name, ())] for name in ("side", "organisation", "group")}
    for name, found in keys.items():
        for number, key in enumerate(found, 1):
            if key in found[: number - 1]:
                yield _at(origin, Spot(name, number, "key"), f'"{key}" stands twice. Give it another key')
    for number, group in enumerate(tables.get("group", ()), 1):
        yield from (_at(origin, Spot("group", number, key), text) for key, text in _wrong_in(group, keys))


def _wrong_in(group: Mapping[str, Any], keys: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    for side in dict.fromkeys(group["sides"]):
        if side not in keys["side"]:
            yield "sides", f'"{side}" has no section. Write: [[side]] and below it key = "{side}"'
    if len(set(group["sides"])) < 2:
        yield "sides", 'names the same side twice. Write: sides = ["north", "south"]'
    organisation = group.get("organisation")
    if organisation is not None and organisation not in keys["organisation"]:
        yield (
            "organisation",
            (f'"{organisation}" has no section. Write: [[organisation]] and below it key = "{organisation}"'),
        )
    tags = [area.rpartition("#")[2].lower() for area in group["areas"]]
    if len(set(tags)) < len(tags):
        yield "areas", "gives the same tag to two areas. Write another word behind one #"
