"""Reading a call's parameters as strictly as the documentation words them."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from bot.rehearsal.records import Json
from bot.rehearsal.refusals import bad
from bot.rehearsal.spec import METHODS, Kind, Parameter

_TRUTHS = {"true": True, "1": True, "false": False, "0": False}
_PYTHON_TYPES: dict[Kind, type | tuple[type, ...]] = {
    Kind.WHOLE: int,
    Kind.WORDS: str,
    Kind.TRUTH: bool,
    Kind.CHAT: (int, str),
    Kind.LIST: list,
    Kind.OBJECT: dict,
    Kind.FILE: str,
}


@dataclass(frozen=True)
class Upload:
    """A file that came with the call."""

    name: str
    content_type: str
    content: bytes


async def read(request: web.Request) -> Json:
    """Every parameter of a request as it was sent: query string, form, multipart or JSON; later ones win."""
    raw: Json = dict(request.query)
    if request.content_type == "application/json":
        raw |= _json_object(await request.text())
    elif request.can_read_body:
        form = await request.post()
        for name, value in form.items():
            raw[name] = _upload(value) if isinstance(value, FileField) else value
    return raw


def _json_object(body: str) -> Json:
    try:
        parsed = json.loads(body or "{}")
    except json.JSONDecodeError:
        raise bad("can't parse request body as JSON object") from None
    if not isinstance(parsed, dict):
        raise bad("expected an Object")
    return parsed


def _upload(field: FileField) -> Upload:
    return Upload(field.filename, field.content_type, field.file.read())


def typed(method: str, raw: Mapping[str, Any]) -> Json:
    """The parameters in their documented types; unknown, missing and mistyped ones are refused by name."""
    table = METHODS[method]
    attached = _attached(raw)
    parameters = {}
    for name, value in raw.items():
        if name in attached or value is None:
            continue
        if name not in table:
            raise bad(f"unknown parameter {name}")
        parameters[name] = _one(name, value, table[name], raw)
    for name, parameter in table.items():
        if parameter.required and name not in parameters:
            raise bad(f"parameter {name} is required")
    return parameters


def _attached(raw: Mapping[str, Any]) -> set[str]:
    """Names of files that other parameters point to with attach://name."""
    values = [value for value in raw.values() if isinstance(value, str)]
    return {name for value in values for name in re.findall(r"attach://([^\s\"]+)", value) if name in raw}


def _one(name: str, value: Any, parameter: Parameter, raw: Mapping[str, Any]) -> Any:
    if parameter.kind is Kind.FILE:
        return _file(name, value, raw)
    if isinstance(value, Upload):
        raise bad(f"parameter {name} is no file")
    if isinstance(value, str):
        value = _from_words(name, value, parameter.kind)
    expected = _PYTHON_TYPES[parameter.kind]
    if not isinstance(value, expected) or (isinstance(value, bool) and parameter.kind is not Kind.TRUTH):
        raise bad(f"wrong type of the parameter {name}: expected {parameter.kind}")
    return value


def _file(name: str, value: Any, raw: Mapping[str, Any]) -> Upload | str:
    if isinstance(value, str) and value.startswith("attach://"):
        value = raw.get(value.removeprefix("attach://"))
    if not isinstance(value, Upload | str) or not value:
        raise bad(f"wrong type of the parameter {name}: expected file")
    return value


def _from_words(name: str, value: str, kind: Kind) -> Any:
    """Forms carry everything as words; numbers, truths and JSON are read out of them."""
    _check_encoding(value)
    if kind is Kind.TRUTH:
        return _TRUTHS.get(value.lower(), value)
    if kind is Kind.WHOLE or (kind is Kind.CHAT and not value.startswith("@")):
        return int(value) if re.fullmatch(r"-?\d{1,19}", value) else _mistyped(name, kind)
    if kind in {Kind.LIST, Kind.OBJECT}:
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            raise bad(f"can't parse {name}: expected {kind}") from None
    return value


def _mistyped(name: str, kind: Kind) -> Any:
    raise bad(f"wrong type of the parameter {name}: expected {kind}")


def _check_encoding(value: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise bad("strings must be encoded in UTF-8") from None


def check_object(name: str, value: Json, keys: Mapping[str, Any]) -> None:
    """Refuse an object that carries an undocumented key or a value of another type."""
    for key, inside in value.items():
        if key not in keys:
            raise bad(f"unknown field {key} in {name}")
        if not isinstance(inside, keys[key]) or (isinstance(inside, bool) and keys[key] is not bool):
            raise bad(f"wrong type of the field {key} in {name}")
