"""The command line as an operator uses it, on a database of its own."""

import asyncio
import os
import re
import shlex
import signal
import sqlite3
import sys
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.rehearsal.faults import FaultKind
from storage.invariants import Violation

ROOT = Path(__file__).parent.parent.parent
TOKEN = "700001:" + "A" * 35
GROUP = "Working group Vientiane - Kunming"


@pytest.fixture
def call(tmp_path, monkeypatch):
    """Call focalpoint with these words; its result, with what it printed."""
    config = tmp_path / "config.toml"
    config.write_text(f'[telegram]\napi_url = "http://127.0.0.1:1"\n\n[database]\ndata_dir = "{tmp_path}"\n')
    monkeypatch.setenv("FOCALPOINT_TOKEN", TOKEN)
    # Commands open a loop of their own, so they run beside the one of the test.
    return lambda *words: CliRunner().invoke(main, ["--config", str(config), *words])


def test_a_group_is_made_listed_and_given_codes(call):
    made = call("group", "add", GROUP)
    assert made.exit_code == 0, made.output
    assert re.search(r"/link \S{20,}", made.output)
    assert GROUP in call("group", "list").output
    first, second = (re.search(r"/link (\S+)", call("group", "code", GROUP).output)[1] for _ in range(2))
    assert first != second


def test_a_group_of_that_name_is_made_once(call):
    assert call("group", "add", GROUP).exit_code == 0
    again = call("group", "add", GROUP)
    assert again.exit_code != 0
    assert "Traceback" not in again.output


def test_a_coordinator_is_made_listed_and_removed(call):
    call("group", "add", GROUP)
    made = call("coordinator", "add", GROUP, "--name", "Project coordinator", "--telegram-id", "4242")
    assert made.exit_code == 0, made.output
    assert "Project coordinator" in call("coordinator", "list").output
    number = re.search(r"\b(\d+)\b", call("coordinator", "list", GROUP).output.split("Project")[0])
    gone = call("coordinator", "remove", GROUP, number[1] if number else "1")
    assert gone.exit_code == 0, gone.output
    assert "Project coordinator" not in call("coordinator", "list").output


def test_an_invitation_is_printed_when_telegram_is_out_of_reach(call):
    call("group", "add", GROUP)
    invited = call("coordinator", "add", GROUP, "--name", "Project coordinator")
    assert invited.exit_code == 0, invited.output
    assert re.search(r"start[= ]\S{20,}", invited.output)


def test_an_unknown_group_is_one_plain_line(call):
    call("migrate")
    refused = call("group", "code", "Nobody's group")
    assert refused.exit_code != 0
    assert "Nobody's group" in refused.output


def test_a_backup_is_whole_private_and_comes_back(call, tmp_path):
    call("group", "add", GROUP)
    copy = tmp_path / "backup.db"
    assert call("backup", str(copy)).exit_code == 0
    assert copy.stat().st_mode & 0o077 == 0
    assert call("backup", str(copy)).exit_code != 0, "a backup is never written over"
    call("group", "add", "Another one")
    restored = call("restore", str(copy))
    assert restored.exit_code == 0, restored.output
    names = call("group", "list").output
    assert GROUP in names
    assert "Another one" not in names


def test_what_is_no_backup_is_refused(call, tmp_path):
    call("group", "add", GROUP)
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"this is no database" * 100)
    assert call("restore", str(broken)).exit_code != 0
    assert GROUP in call("group", "list").output


def test_check_finds_a_broken_journal(call, tmp_path):
    call("group", "add", GROUP)
    sound = call("check", "--offline")
    assert sound.exit_code == 0, sound.output
    connection = sqlite3.connect(tmp_path / "focalpoint.sqlite3")
    connection.execute("UPDATE journal SET change = 'never happened'")
    connection.commit()
    connection.close()
    broken = call("check", "--offline")
    assert broken.exit_code == 1
    assert "journal" in broken.output.lower()


def test_health_says_that_nobody_runs(call):
    call("migrate")
    assert call("health").exit_code == 1


@pytest.mark.parametrize("words", [[], ["run"], ["group", "add"], ["coordinator", "add"], ["restore"], ["check"]])
def test_every_command_explains_itself(call, words):
    shown = call(*words, "--help")
    assert shown.exit_code == 0
    assert "Usage" in shown.output


def test_a_missing_token_is_a_line_to_write(call, monkeypatch):
    monkeypatch.delenv("FOCALPOINT_TOKEN")
    refused = call("run")
    assert refused.exit_code == 78
    assert "token" in refused.output


def commands_of(page: str) -> list[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    lines = [line.strip() for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]
    return [re.sub(r"\s+#.*", "", line) for line in lines]


PAGES = ("README.md", "docs/operating.md")
OURS = [line for page in PAGES for line in commands_of(page) if re.match(r"(\S*/)?focalpoint ", line)]


@pytest.mark.parametrize("line", OURS)
def test_every_focalpoint_command_of_the_pages_exists(line, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "days.csv").touch()
    found: click.Command = main
    words = shlex.split(line.replace("--config /etc/focalpoint.toml ", ""))[1:]
    while isinstance(found, click.Group):
        found = found.commands[words.pop(0)]
    context = found.make_context("focalpoint", words)
    assert context.command is found


def test_the_plain_commands_of_the_readme_are_those_of_make():
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").replace("  (to test)", "").replace("#     ", "")
    plain = [line for line in commands_of("README.md") if line.startswith((".venv/bin/python", ".venv/bin/ruff"))]
    assert len(plain) == 5
    assert [line for line in plain if line not in recipe] == []


async def started(folder: Path, server_url: str, token: str = TOKEN) -> asyncio.subprocess.Process:
    config = folder / "config.toml"
    config.write_text(f'[telegram]\napi_url = "{server_url}"\n\n[database]\ndata_dir = "{folder}"\n')
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "--config",
        str(config),
        "run",
        env=os.environ | {"FOCALPOINT_TOKEN": token},
        stderr=asyncio.subprocess.PIPE,
    )


@pytest.fixture
async def server():
    from datetime import UTC, datetime

    from bot.rehearsal.server import BotApiServer

    async with BotApiServer(token=TOKEN, now=lambda: datetime(2026, 4, 1, 2, 0, tzinfo=UTC)) as opened:
        yield opened


async def test_it_runs_answers_and_stops_when_it_is_told_to(server, tmp_path):
    person = server.world.user("Trainer")
    process = await started(tmp_path, server.url)
    person.writes_private("/start")
    await server.wait_for_message(person, "Focalpoint", timeout=30)
    second = await started(tmp_path, server.url)
    _, said = await asyncio.wait_for(second.communicate(), 30)
    assert second.returncode == 75
    assert b"already" in said
    process.send_signal(signal.SIGTERM)
    _, log = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 0, log
    assert TOKEN.encode() not in log


async def test_a_token_that_telegram_does_not_know_ends_it(server, tmp_path):
    process = await started(tmp_path, server.url, token="700001:" + "B" * 35)
    _, said = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 78
    assert b"token" in said


async def test_a_token_revoked_while_it_runs_ends_it(server, tmp_path):
    process = await started(tmp_path, server.url)
    await server.wait_for(lambda: server.world.updates.polls, timeout=30)
    server.faults.add(FaultKind.UNAUTHORIZED, method="getUpdates", times=None)
    server.world.user("Trainer").writes_private("/start")
    await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 78


def test_health_turns_wrong_when_the_disk_is_nearly_full(call, monkeypatch):
    call("migrate")
    assert "wrong: The disk" not in call("health").output
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=100 * 1024 * 1024))
    assert "wrong: The disk has 100 MiB left." in call("health").output


def test_health_turns_wrong_when_the_records_contradict_each_other(call, monkeypatch):
    async def violated(_):
        return [Violation("a promise", (1, 2))]

    call("migrate")
    assert "ok: The records agree" in call("health").output
    monkeypatch.setattr("storage.invariants.violations", violated)
    assert "wrong: The records contradict each other: a promise (not so for 1, 2)." in call("health").output


def test_health_turns_wrong_when_the_schema_is_older(call, monkeypatch):
    async def older(_):
        return False

    call("migrate")
    monkeypatch.setattr("storage.migrating.is_newest", older)
    assert "wrong: The schema is older" in call("health").output
