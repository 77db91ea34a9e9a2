"""Where a file of settings is, and what is said about one that is wrong."""

from pathlib import Path

import pytest

from bot.settings_faults import SettingsError
from bot.settings_file import load
from tests.bot.settings_files import Lines


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where config.toml is, seen from the folder in which the program starts."""
    monkeypatch.chdir(tmp_path)
    return Path("config.toml")


@pytest.fixture
def lines(file: Path) -> Lines:
    """What is said about a file with this text."""

    def read(text: str, **env: str) -> list[str]:
        file.write_text(text, encoding="utf-8")
        with pytest.raises(SettingsError) as refusal:
            load(file, env)
        return refusal.value.lines

    return read
