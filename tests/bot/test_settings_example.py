"""The example of a file of settings: every key stands in it, and it says what counts without it."""

import re
import tomllib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from bot.settings import SECTIONS, Settings
from bot.settings_faults import SettingsError
from bot.settings_file import load
from tests.bot.settings_files import TOKEN, settings

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"


def test_the_example_has_the_built_in_templates() -> None:
    built_in = tomllib.loads(resources.files("bot").joinpath("templates.toml").read_text(encoding="utf-8"))
    example = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    assert {name: example[name] for name in built_in} == built_in


def test_the_example_is_stopped_by_its_placeholder() -> None:
    with pytest.raises(SettingsError) as refusal:
        load(EXAMPLE, {})
    (line,) = refusal.value.lines
    assert "[telegram] token is still the placeholder" in line


def example_keys() -> Iterator[tuple[str, str]]:
    """Every (section, key) of the example, with those behind a #."""
    section = ""
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        if head := re.fullmatch(r"\[+(\w+)\]+", line):
            section = head[1]
        elif key := re.match(r"(?:# )?(\w+) = ", line):
            yield section, key[1]


def test_every_key_stands_in_the_example_and_the_other_way_round() -> None:
    assert set(example_keys()) == {(name, key) for name, model in SECTIONS.items() for key in model.model_fields}
    assert set(SECTIONS) == set(Settings.model_fields)


def test_the_example_loads_with_every_key_taken_out_of_its_comment(file: Path) -> None:
    text = re.sub(r"(?m)^# (?=\w+ = )", "", EXAMPLE.read_text(encoding="utf-8"))
    found = settings(file, text.replace("123456:replace-with-the-token-from-BotFather", TOKEN))
    assert found.database_url == "sqlite:////var/lib/focalpoint/focalpoint.sqlite3"
    assert found.telegram.webhook_url is not None


def test_what_the_example_shows_is_what_counts_without_it(file: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8").replace("123456:replace-with-the-token-from-BotFather", TOKEN)
    assert settings(file, text) == load(None, {"FOCALPOINT_TOKEN": TOKEN})
