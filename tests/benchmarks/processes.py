"""A bot in a process of its own beside the server it talks to: how fast it answers, what it costs, when it begins."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
BARE = ("tests.benchmarks.bare",)
AT_REST = 4.0
"""Seconds in which a bot that is at rest uses no more of the processor than `IDLE`."""
IDLE = 0.1
TICKS = os.sysconf("SC_CLK_TCK")
Bot = Sequence[str]
"""A module and what stands behind the port on its command line."""


@dataclass(frozen=True)
class Answered:
    """Commands a second, and the processor's milliseconds for each in all of the bot's processes."""

    a_second: float
    cpu_ms: float


def answering(bots: Sequence[Bot], count: int, chats: int, *how: str) -> Answered:
    """Commands, or presses ("--presses"), answered over HTTP by one bot, or by several workers of it."""
    warm = 2 * chats
    with _server(warm + count, chats, "--warm", str(warm), *how) as server, _bots(bots, server) as running:
        _told(server, "giving")
        before = sum(map(_cpu, running))
        seconds = _told(server, "seconds")
        return Answered(count / seconds, (sum(map(_cpu, running)) - before) / count * 1000)


def starting(bot: Bot) -> float:
    """Seconds from the start of the process to its first question for updates."""
    with _server(0, 1) as server:
        begun = time.monotonic()
        with _bots([bot], server):
            return _told(server, "asked_at") - begun


def resting(bot: Bot) -> float:
    """Megabytes of memory of its own that a bot holds while nothing happens."""
    with _server(0, 1) as server, _bots([bot], server) as (running,):
        _told(server, "asked_at")
        _until_at_rest(running)
        lines = Path(f"/proc/{running.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def _until_at_rest(process: "subprocess.Popen[str]") -> None:
    """A bot may ask before all of it is loaded, and what it has to look through at first depends on its records."""
    used, before = _cpu(process), -1.0
    while used - before > IDLE:
        time.sleep(AT_REST)
        used, before = _cpu(process), used


@contextmanager
def _server(count: int, chats: int, *how: str) -> "Iterator[subprocess.Popen[str]]":
    process = _start(["-m", "tests.benchmarks.telegram", "--count", str(count), "--chats", str(chats), *how])
    try:
        yield process
    finally:
        _end(process)


@contextmanager
def _bots(bots: Sequence[Bot], server: "subprocess.Popen[str]") -> "Iterator[list[subprocess.Popen[str]]]":
    port = str(int(_told(server, "port")))
    running = [_start(["-m", module, port, *rest]) for module, *rest in bots]
    try:
        yield running
    finally:
        for process in running:
            _end(process)


def _told(server: "subprocess.Popen[str]", name: str) -> float:
    """The next thing of that name the server says."""
    assert server.stdout is not None, "it is started with a pipe"
    for line in server.stdout:
        fact = json.loads(line)
        if name in fact:
            return float(fact[name])
    raise RuntimeError(f"The server ended without saying {name}")


def _start(arguments: list[str]) -> "subprocess.Popen[str]":
    folder = ROOT / "build" / "benchmarks"
    folder.mkdir(parents=True, exist_ok=True)
    log = (folder / "processes.log").open("a")
    return subprocess.Popen([sys.executable, *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True)


def _end(process: "subprocess.Popen[str]") -> None:
    process.kill()
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _cpu(process: "subprocess.Popen[str]") -> float:
    """Seconds of the processor that a process has used so far."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
