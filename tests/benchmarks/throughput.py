"""Commands a second, HTTP in to HTTP out: a bare bot and ours, taking turns in one run."""

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks import groups

ROOT = Path(__file__).parents[2]


def measure(bot: Sequence[str], count: int, chats: int) -> float:
    """Commands a second that a bot answers; it is started with the server's port as its first argument."""
    server = _start(["-m", "tests.benchmarks.telegram", "--count", str(count), "--chats", str(chats)])
    assert server.stdout is not None
    port = json.loads(server.stdout.readline())["port"]
    under_test = _start([bot[0], bot[1], str(port), *bot[2:]])
    try:
        return count / json.loads(server.stdout.readline())["seconds"]
    finally:
        for process in (under_test, server):
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()


def _start(arguments: list[str]) -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def ours(count: int, chats: int) -> float:
    """Our bot on a fresh SQLite file."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.sqlite3"
        asyncio.run(groups.make(url, chats))
        return measure(("-m", "tests.benchmarks.ours", url), count, chats)


def main(arguments: argparse.Namespace) -> None:
    """Print both rates and their ratio."""
    rates: dict[str, list[float]] = {"bare": [], "ours": []}
    for _ in range(arguments.rounds):
        rates["bare"].append(measure(("-m", "tests.benchmarks.bare"), arguments.count, arguments.chats))
        rates["ours"].append(ours(arguments.count, arguments.chats))
    bare, mine = (statistics.median(rates[name]) for name in ("bare", "ours"))
    print(f"bare {bare:.0f}/s  ours {mine:.0f}/s  ratio {mine / bare:.2f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--chats", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    main(parser.parse_args())
