"""`focalpoint calendar` as an operator uses it, on a database of its own."""

import sys

import pytest
from click.testing import CliRunner

from bot.cli import main

TOKEN = "700001:" + "A" * 35
HEADER = "country,date,kind,name_en,name_lo\n"


@pytest.fixture
def call(tmp_path, monkeypatch):
    """Call focalpoint with these words; its result, with what it printed."""
    config = tmp_path / "config.toml"
    config.write_text(f'[telegram]\napi_url = "http://127.0.0.1:1"\n\n[database]\ndata_dir = "{tmp_path}"\n')
    monkeypatch.setenv("FOCALPOINT_TOKEN", TOKEN)
    # Commands open a loop of their own, so they run beside the one of the test.
    return lambda *words: CliRunner().invoke(main, ["--config", str(config), *words])


@pytest.fixture
def file(tmp_path):
    """Write a file of days; its path."""

    def written(text, encoding="utf-8"):
        path = tmp_path / "days.csv"
        path.write_bytes(text.encode(encoding))
        return str(path)

    return written


def test_a_country_that_nobody_shipped_is_filled_and_listed(call):
    loaded = call("calendar", "load", "th", "2027")
    assert loaded.exit_code == 0, loaded.output
    assert "Not confirmed yet" in loaded.output
    assert "TH 2027: provisional" in call("calendar", "list").output
    days = call("calendar", "list", "TH", "2027").output
    assert "2027-04-13" in days
    assert "Songkran" in days


def test_loading_again_changes_nothing(call):
    call("calendar", "load", "TH", "2027")
    assert "0 days are new or gone" in call("calendar", "load", "TH", "2027").output


def test_a_confirmed_year_is_left_alone(call):
    refused = call("calendar", "load", "LA", "2026")
    assert refused.exit_code == 1
    assert "confirmed" in refused.output


@pytest.mark.parametrize(("country", "year"), [("XX", "2027"), ("laos", "2027"), ("LA", "1066")])
def test_what_is_no_country_or_year_is_one_plain_line(call, country, year):
    refused = call("calendar", "load", country, year)
    assert refused.exit_code == 1
    assert "Traceback" not in refused.output


def test_a_file_is_only_shown_before_it_is_written(call, file):
    path = file(
        HEADER + "CN,2027-02-13,on,Make-up working day,\nCN,2027-02-10,remove,,\nCN,2027-01-01,off,New Year's Day,\n"
    )
    shown = call("calendar", "import", path)
    assert "+ CN 2027-02-13 Sat  on  Make-up working day" in shown.output
    assert "- CN 2027-02-10" in shown.output
    assert "2 days would be changed; 1 are known already" in shown.output
    assert "2027-02-13" not in call("calendar", "list", "CN", "2027").output
    assert "2 days were changed" in call("calendar", "import", path, "--write").output
    days = call("calendar", "list", "CN", "2027").output
    assert "2027-02-13" in days
    assert "2027-02-10" not in days


def test_every_line_that_cannot_be_read_is_named_and_nothing_is_written(call, file):
    path = file(
        HEADER + "CN,2027-02-30,on,Day,\nCN,2027-02-13,free,Day,\nLA,2027-02-14,off,,\nLA,2027-07-01,off,Day,\n"
    )
    refused = call("calendar", "import", path, "--write")
    assert refused.exit_code == 1
    named = [line.partition(":")[0] for line in refused.output.splitlines() if line.startswith("line")]
    assert named == ["line 2", "line 3", "line 4"]
    assert "2027-07-01" not in call("calendar", "list", "LA", "2027").output


def test_what_a_chinese_spreadsheet_wrote_is_read(call, file):
    path = file("country;date;kind;name_zh\nCN;2027/2/13;on;调休上班\n", encoding="gb18030")
    assert "1 days would be changed" in call("calendar", "import", path).output


def test_the_library_is_not_imported_before_it_is_needed(call):
    # Other tests may have loaded it in this process, so its absence is made.
    for name in [name for name in sys.modules if name.partition(".")[0] == "holidays"]:
        del sys.modules[name]
    call("calendar", "list")
    assert "holidays" not in sys.modules
