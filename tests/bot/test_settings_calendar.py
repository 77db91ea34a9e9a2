"""The days of the year on which coordinators are asked about calendars, as the file has them."""

import pytest

from bot.settings_faults import SettingsError
from bot.settings_file import load
from handlers.rules.calendar_asking import ASKS, AskOn

ENV = {"FOCALPOINT_TOKEN": "700001:" + "A" * 35}


def test_without_a_key_the_program_s_own_days_count():
    assert load(None, ENV).calendar.asks == ASKS


def test_a_country_named_in_the_file_has_its_own_day(tmp_path):
    file = tmp_path / "config.toml"
    file.write_text('[calendar]\nask_on = ["CN 12-01", "TH 10-20"]\n', encoding="utf-8")
    asks = load(file, ENV).calendar.asks
    assert asks == {"CN": AskOn(12, 1), "LA": ASKS["LA"], "TH": AskOn(10, 20)}


@pytest.mark.parametrize("line", ["China 11-15", "CN 15 November", "CN", "XX 11-15", "CN 02-29"])
def test_what_is_no_country_and_day_is_one_plain_line(tmp_path, line):
    file = tmp_path / "config.toml"
    file.write_text(f'[calendar]\nask_on = ["{line}"]\n', encoding="utf-8")
    with pytest.raises(SettingsError) as refused:
        load(file, ENV)
    assert len(refused.value.lines) == 1
    assert 'Write: ask_on = ["CN 11-15", "LA 03-25"]' in refused.value.lines[0]
