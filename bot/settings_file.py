"""Reading the settings: a TOML file, the environment on top of it, and plain lines for what is to put right."""

import tomllib
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.settings import SECTIONS, Settings
from bot.settings_faults import Origin, SettingsError, contradictions, missing_references, plain_lines

ENVIRONMENT = {
    "FOCALPOINT_TOKEN": ("telegram", "token"),
    "FOCALPOINT_WEBHOOK_SECRET": ("telegram", "webhook_secret"),
    "FOCALPOINT_DATABASE_URL": ("database", "url"),
}
TEMPLATES = ("side", "organisation", "group")


def load(path: Path | None, env: Mapping[str, str]) -> Settings:
    """The settings in the file at `path` (None: no file) and in the environment, which wins.

    Raises SettingsError with one plain line for each thing to put right. Templates come with the program
    unless the file has some of its own.
    """
    tables = _read(path) if path is not None else {}
    origin = Origin(str(path) if path is not None else None)
    _take_environment(tables, env, origin)
    if not any(name in tables for name in TEMPLATES):
        tables |= _built_in()
    if path is not None:
        _anchor(tables, path)
    try:
        settings = Settings.model_validate(tables)
    except ValidationError as error:
        raise SettingsError(plain_lines(error, SECTIONS, origin)) from None
    if lines := [*contradictions(tables, origin), *missing_references(tables, origin)]:
        raise SettingsError(lines)
    return settings


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise SettingsError([f"{path} is not there. Write: cp config.example.toml {path}"]) from None
    except UnicodeDecodeError:
        raise SettingsError([f"{path} is not in UTF-8. Save it as UTF-8 text."]) from None
    except OSError as error:
        raise SettingsError([f"{path} cannot be read: {error.strerror}."]) from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError([f"{path} is not written as TOML: {error}. Texts stand in double quotes."]) from None


def _built_in() -> dict[str, Any]:
    return tomllib.loads(resources.files("bot").joinpath("templates.toml").read_text(encoding="utf-8"))


def _take_environment(tables: dict[str, Any], env: Mapping[str, str], origin: Origin) -> None:
    for section in ("telegram", "database"):
        tables.setdefault(section, {})
    for variable, (section, key) in ENVIRONMENT.items():
        if (value := env.get(variable)) and isinstance(tables[section], dict):
            tables[section][key] = value
            origin.variables[section, key] = variable


def _anchor(tables: dict[str, Any], path: Path) -> None:
    """A relative folder lies beside the file that names it, from wherever the program is started."""
    for section, key in (("database", "data_dir"), ("operation", "backup_dir")):
        table = tables.get(section)
        if isinstance(table, dict) and isinstance(folder := table.get(key), str) and folder.strip():
            table[key] = str(path.absolute().parent / Path(folder).expanduser())
