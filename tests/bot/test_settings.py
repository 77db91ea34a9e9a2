"""Settings: a token alone is enough, and whatever is wrong is one plain line."""

import re
import tomllib
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import SECTIONS, Settings
from bot.settings_faults import SettingsError
from bot.settings_file import ENVIRONMENT, load
from handlers.rules.ladder import Ladder
from handlers.rules.moments import Quiet
from handlers.rules.working_time import parse_week

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"
TOKEN = "123456789:AAE-a_token_that_was_never_given_out1"
TELEGRAM = f'[telegram]\ntoken = "{TOKEN}"\n'
SIDES = """
[[side]]
key = "north"
name = "North"
institution = "The northern college"
country = "PE"
city = "Lima"
zone = "America/Lima"
[[side]]
key = "south"
name = "South"
institution = "The southern school"
country = "KE"
city = "Nairobi"
zone = "Africa/Nairobi"
"""
GROUP = '[[group]]\nkey = "g"\nname = "Two"\nsides = ["north", "south"]\nareas = ["Training of trainers #training"]\n'

Lines = Callable[..., list[str]]


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


def settings(file: Path, text: str, **env: str) -> Settings:
    file.write_text(text, encoding="utf-8")
    return load(file, env)


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


WRONG = [
    pytest.param(
        "", 'config.toml: [telegram] token is missing. Write: token = "123456:ABC..." (from @BotFather)', id="no token"
    ),
    pytest.param(
        TELEGRAM + 'tokn = "x"', "config.toml: [telegram] tokn is not a key. Did you mean token?", id="a misspelt key"
    ),
    pytest.param(
        TELEGRAM + "colour = 1",
        "config.toml: [telegram] colour is not a key. There are: token, api_url, proxy, mode, webhook_url, "
        "webhook_listen, webhook_secret",
        id="a key like no other",
    ),
    pytest.param(
        TELEGRAM + "[telegrm]",
        "config.toml: [telegrm] is not a section. Did you mean [telegram]?",
        id="a misspelt section",
    ),
    pytest.param(
        'quiet = ""\n' + TELEGRAM,
        "config.toml: quiet stands outside its section. Write it below [defaults]",
        id="a key above its section",
    ),
    pytest.param(
        'telegram = "x"', "config.toml: telegram must be a section. Write: [telegram]", id="a key for a section"
    ),
    pytest.param(
        TELEGRAM + '[side]\nkey = "a"', "config.toml: side must be a section. Write: [[side]]", id="single brackets"
    ),
    pytest.param(
        '[telegram]\ntoken = "123456:your-token-here"',
        'config.toml: [telegram] token is still the placeholder. Write: token = "123456:ABC..." (from @BotFather)',
        id="a placeholder",
    ),
    pytest.param(
        "[telegram]\ntoken = 123456",
        "config.toml: [telegram] token must be a text in double quotes. "
        'Write: token = "123456:ABC..." (from @BotFather)',
        id="a token without quotes",
    ),
    pytest.param(
        TELEGRAM + 'mode = "push"',
        'config.toml: [telegram] mode must be one of "polling" or "webhook". Write: mode = "polling"',
        id="an unknown mode",
    ),
    pytest.param(
        TELEGRAM + 'mode = "webhook"\nwebhook_secret = "w0rd"',
        'config.toml: [telegram] webhook_url is missing, mode = "webhook" needs it. '
        'Write: webhook_url = "https://bot.example.org/telegram"',
        id="a webhook without an address",
    ),
    pytest.param(
        TELEGRAM + 'webhook_url = "http://bot.example.org"',
        "config.toml: [telegram] webhook_url must begin with https://, Telegram posts to nothing else. "
        'Write: webhook_url = "https://bot.example.org/telegram"',
        id="a webhook without https",
    ),
    pytest.param(
        TELEGRAM + 'webhook_listen = "8443"',
        'config.toml: [telegram] webhook_listen is not a host and a port. Write: webhook_listen = "127.0.0.1:8443"',
        id="a port without a host",
    ),
    pytest.param(
        TELEGRAM + 'proxy = "ftp://h:1"',
        "config.toml: [telegram] proxy is not an address that begins with http:// or https:// or socks5://. "
        'Write: proxy = "socks5://127.0.0.1:1080"',
        id="a proxy of no known kind",
    ),
    pytest.param(
        TELEGRAM + '[database]\nurl = "mysql://h/d"',
        "config.toml: [database] url is not the address of an SQLite file or of a PostgreSQL database. "
        'Write: url = "sqlite:////var/lib/focalpoint/focalpoint.sqlite3"',
        id="another database",
    ),
    pytest.param(
        TELEGRAM + '[defaults]\nanswer_days = "5"',
        "config.toml: [defaults] answer_days must be a whole number. Write: answer_days = 5",
        id="a number in quotes",
    ),
    pytest.param(
        TELEGRAM + "[defaults]\nanswer_days = 0",
        "config.toml: [defaults] answer_days must be at least 1. Write: answer_days = 5",
        id="a number too small",
    ),
    pytest.param(
        TELEGRAM + '[defaults]\nlanguages = "en"',
        'config.toml: [defaults] languages must be a list in square brackets. Write: languages = ["en"]',
        id="a text for a list",
    ),
    pytest.param(
        TELEGRAM + '[defaults]\nlanguages = ["xx"]',
        "config.toml: [defaults] languages has an entry that is not a language of the bot (en, lo, zh). "
        'Write: languages = ["en"]',
        id="an unknown language is told once",
    ),
    pytest.param(
        TELEGRAM + '[defaults]\nweek = "Mon-Fry 08:00-12:00"',
        'config.toml: [defaults] week cannot be read: "Fry" is not a day of the week. '
        'Write: week = "Mon-Fri 08:00-12:00 13:00-16:00"',
        id="a week with a day that is none",
    ),
    pytest.param(
        TELEGRAM + '[defaults]\nladder = "+2 boss"',
        'config.toml: [defaults] ladder cannot be read: "+2 boss" does not say who hears: end it with person, '
        'focal or coordinator. Write: ladder = "-5 -1 0 +1 person; +2 focal; +5 coordinator"',
        id="a ladder to nobody",
    ),
    pytest.param(
        TELEGRAM + '[defaults]\nquiet = "25:00-07:00"',
        'config.toml: [defaults] quiet cannot be read: "25:00-07:00" are not quiet hours. Write: quiet = "20:00-07:00"',
        id="an hour that no clock has",
    ),
    pytest.param(
        TELEGRAM + '[defaults]\ndigest_hour = "9"',
        'config.toml: [defaults] digest_hour is not a time of day from 00:00 to 23:59. Write: digest_hour = "09:00"',
        id="half an hour of day",
    ),
    pytest.param(
        TELEGRAM + SIDES.replace("America/Lima", "Lima"),
        'config.toml: [[side]] number 1 zone is not a time zone of the IANA list. Write: zone = "Asia/Vientiane"',
        id="a zone that is none",
    ),
    pytest.param(
        TELEGRAM + SIDES.replace('"KE"', '"KEN"'),
        'config.toml: [[side]] number 2 country is not a country in two capital letters. Write: country = "LA"',
        id="a country in three letters",
    ),
    pytest.param(
        TELEGRAM + SIDES + GROUP.replace('"south"', '"east"'),
        'config.toml: [[group]] number 1 sides "east" has no section. Write: [[side]] and below it key = "east"',
        id="a side nobody describes",
    ),
    pytest.param(
        TELEGRAM + SIDES + GROUP.replace('"south"', '"north"'),
        'config.toml: [[group]] number 1 sides names the same side twice. Write: sides = ["north", "south"]',
        id="one side twice",
    ),
    pytest.param(
        TELEGRAM + SIDES.replace('"south"', '"north"'),
        'config.toml: [[side]] number 2 key "north" stands twice. Give it another key',
        id="two sides of one key",
    ),
    pytest.param(
        TELEGRAM + SIDES + GROUP + 'organisation = "none"',
        'config.toml: [[group]] number 1 organisation "none" has no section. '
        'Write: [[organisation]] and below it key = "none"',
        id="an organisation nobody describes",
    ),
    pytest.param(
        TELEGRAM + SIDES + GROUP.replace(" #training", ""),
        "config.toml: [[group]] number 1 areas has an entry that must be a name, then # and one word. "
        'Write: areas = ["Curriculum development #curriculum"]',
        id="an area without its word",
    ),
]


@pytest.mark.parametrize(("text", "line"), WRONG)
def test_what_is_wrong_is_one_plain_line(lines: Lines, text: str, line: str) -> None:
    assert lines(text) == [line]


def test_everything_wrong_is_told_at_once(lines: Lines) -> None:
    assert len(lines('[telegram]\nmode = "x"\n[log]\nlevel = "loud"\n')) == 3


def test_a_slip_in_the_writing_names_its_line(lines: Lines) -> None:
    (line,) = lines(TELEGRAM + "mode = polling\n")
    assert line.startswith("config.toml is not written as TOML: ")
    assert "(at line 3, column" in line


def test_without_a_file_the_environment_is_what_to_write() -> None:
    with pytest.raises(SettingsError) as refusal:
        load(None, {})
    assert refusal.value.lines == [
        'The bot\'s token is missing. Write: export FOCALPOINT_TOKEN="123456:ABC..." (from @BotFather)'
    ]


def test_a_wrong_variable_is_called_by_its_name(lines: Lines) -> None:
    (line,) = lines(TELEGRAM, FOCALPOINT_DATABASE_URL="nonsense")
    wanted = "is not the address of an SQLite file or of a PostgreSQL database. Write: export FOCALPOINT"
    assert line.startswith(f"FOCALPOINT_DATABASE_URL {wanted}")


def test_a_file_that_is_not_there_can_be_made(file: Path) -> None:
    with pytest.raises(
        SettingsError, match=r"config\.toml is not there\. Write: cp config\.example\.toml config\.toml"
    ):
        load(file, {})


def test_a_file_of_another_encoding_is_told(file: Path) -> None:
    file.write_bytes("name = 'ü'".encode("latin-1"))
    with pytest.raises(SettingsError, match="not in UTF-8"):
        load(file, {})


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('[telegram]\ntoken = "hush hush"', id="token"),
        pytest.param(TELEGRAM + 'proxy = "hush://hush:hush@h"', id="proxy"),
        pytest.param(TELEGRAM + 'webhook_secret = "hush hush"', id="webhook secret"),
        pytest.param(TELEGRAM + '[database]\nurl = "hush://u:hush@h/d"', id="database"),
    ],
)
def test_a_refused_secret_is_not_repeated(lines: Lines, text: str) -> None:
    assert "hush" not in "\n".join(lines(text))
