"""Whatever is wrong in the settings is one plain line."""

from pathlib import Path

import pytest

from bot.settings_faults import SettingsError
from bot.settings_file import load
from tests.bot.settings_files import GROUP, SIDES, TELEGRAM, Lines

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
