"""Settings: a token alone is enough."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings_file import ENVIRONMENT, load
from handlers.rules.ladder import Ladder
from handlers.rules.moments import Quiet
from handlers.rules.working_time import parse_week
from tests.bot.settings_files import GROUP, SIDES, TELEGRAM, TOKEN, settings


def test_a_token_in_the_environment_is_all_it_takes() -> None:
    found = load(None, {"FOCALPOINT_TOKEN": TOKEN})
    assert found.telegram.token.get_secret_value() == TOKEN
    assert found.telegram.base_url == "https://api.telegram.org/bot"
    assert found.telegram.base_file_url == "https://api.telegram.org/file/bot"
    assert found.telegram.mode == "polling"
    assert found.database_url == f"sqlite:///{found.data_dir}/focalpoint.sqlite3"


def test_a_token_in_the_file_is_all_it_takes(file: Path) -> None:
    assert settings(file, TELEGRAM).telegram.token.get_secret_value() == TOKEN


def test_defaults_are_what_the_rules_read() -> None:
    defaults = load(None, {"FOCALPOINT_TOKEN": TOKEN}).defaults
    assert sorted(parse_week(defaults.week)) == [0, 1, 2, 3, 4]
    assert [rung.offset for rung in Ladder.parse(defaults.ladder).rungs] == [-5, -1, 0, 1, 2, 5]
    assert Quiet.parse(defaults.quiet).format() == "20:00-07:00"
    assert (defaults.digest_day, defaults.digest_hour) == (0, "09:00")
    assert (defaults.answer_days, defaults.catch_up_days) == (5, 7)


def test_settings_cannot_be_changed() -> None:
    found = load(None, {"FOCALPOINT_TOKEN": TOKEN})
    with pytest.raises(ValidationError):
        found.telegram.mode = "webhook"  # type: ignore[misc] # the refusal is what is tested


def test_secrets_are_told_to_nobody(file: Path) -> None:
    text = TELEGRAM + 'proxy = "socks5://name:pr0xy-pass@127.0.0.1:1080"\nwebhook_secret = "quiet-word"\n'
    found = settings(file, text)
    for secret in (TOKEN, "pr0xy-pass", "quiet-word"):
        assert secret not in repr(found)
        assert secret not in str(found)
    assert set(found.secrets) == {TOKEN, "pr0xy-pass", "quiet-word"}


@pytest.mark.parametrize(("variable", "place"), [(name, place) for name, place in ENVIRONMENT.items()])
def test_the_environment_wins_over_the_file(file: Path, variable: str, place: tuple[str, str]) -> None:
    values = {
        "FOCALPOINT_TOKEN": "42:other",
        "FOCALPOINT_WEBHOOK_SECRET": "other-word",
        "FOCALPOINT_DATABASE_URL": "sqlite:////srv/other.sqlite3",
    }
    text = TELEGRAM + 'webhook_secret = "a-word"\n[database]\nurl = "sqlite:////srv/one.sqlite3"\n'
    found = settings(file, text, **{variable: values[variable]})
    section, key = place
    assert getattr(getattr(found, section), key).get_secret_value() == values[variable]


def test_an_empty_variable_says_nothing(file: Path) -> None:
    assert settings(file, TELEGRAM, FOCALPOINT_TOKEN="").telegram.token.get_secret_value() == TOKEN


@pytest.mark.parametrize("written", ["http://127.0.0.1:8081", "http://127.0.0.1:8081/", "http://127.0.0.1:8081/bot"])
def test_a_server_may_be_written_as_its_root_or_with_bot(file: Path, written: str) -> None:
    telegram = settings(file, TELEGRAM + f'api_url = "{written}"').telegram
    assert telegram.base_url == "http://127.0.0.1:8081/bot"
    assert telegram.base_file_url == "http://127.0.0.1:8081/file/bot"


def test_a_relative_data_folder_lies_beside_the_file(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    assert settings(path, TELEGRAM + '[database]\ndata_dir = "d"').data_dir == tmp_path / "d"


def test_a_webhook_has_an_address_a_secret_and_a_place_to_listen(file: Path) -> None:
    text = TELEGRAM + 'mode = "webhook"\nwebhook_url = "https://b.example.org/t"\nwebhook_secret = "w0rd"\n'
    assert settings(file, text).telegram.listen == ("127.0.0.1", 8443)


def test_the_model_case_comes_with_the_program() -> None:
    found = load(None, {"FOCALPOINT_TOKEN": TOKEN})
    assert [(side.key, side.country, side.zone) for side in found.side] == [
        ("vientiane", "LA", "Asia/Vientiane"),
        ("kunming", "CN", "Asia/Shanghai"),
    ]
    (group,) = found.group
    assert (group.sides, group.organisation) == (("vientiane", "kunming"), "project")
    assert group.area_tags[1] == ("Training of trainers", "training")


def test_templates_of_ones_own_take_the_place_of_the_built_in_ones(file: Path) -> None:
    found = settings(file, TELEGRAM + SIDES + GROUP)
    assert [side.city for side in found.side] == ["Lima", "Nairobi"]
    assert [group.key for group in found.group] == ["g"]
    assert found.organisation == ()
