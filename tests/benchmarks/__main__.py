"""`python -m tests.benchmarks`: every row, the bare bot and ours taking turns; `--write` keeps them in the docs."""

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks import groups, inside, jobs, longest, many, postgres
from tests.benchmarks.processes import BARE, ROOT, Answered, Bot, answering, resting, starting

PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- measured -->", "<!-- /measured -->"
OURS = "tests.benchmarks.ours"
REMINDERS = 1000
Row = tuple[str, str, str, str]
"""What, what we ask for at least, what we aim at, what was measured."""


def commands(asked: argparse.Namespace) -> Iterator[Row]:
    """A real `/task`, HTTP in to HTTP out, against a bare bot that says it back."""
    titles = {
        "sqlite": ("`/task` on SQLite, FULL", "1.5 ×", "3 ×"),
        "one": ("`/task` on PostgreSQL, one worker", "0.8 ×", "1.5 ×"),
        "four": ("`/task` on PostgreSQL, four workers", "1.5 ×", "2.5 ×"),
    }
    yield from _against_bare(asked, "bare bot that says a command back", titles)


def presses(asked: argparse.Namespace) -> Iterator[Row]:
    """A press on a card's button, until its toast; the bare bot's press has a toast and nothing else."""
    titles = {
        "sqlite": ("a press on a card's button, SQLite, FULL", "1.5 ×", "3 ×"),
        "one": ("the same on PostgreSQL, one worker", "", ""),
    }
    yield from _against_bare(asked, "bare bot that answers a press", titles, "--presses")


def _against_bare(
    asked: argparse.Namespace, bare: str, titles: Mapping[str, tuple[str, str, str]], *how: str
) -> Iterator[Row]:
    """The bare bot and ours take turns."""
    kinds: dict[str, Callable[[], Answered]] = {
        "bare": lambda: answering([BARE], asked.count, asked.chats, *how),
        "sqlite": lambda: _on_sqlite(asked, *how),
        "one": lambda: _on_postgres(asked, 1, *how),
        "four": lambda: _on_postgres(asked, 4, *how),
    }
    found: dict[str, list[Answered]] = {name: [] for name in ("bare", *titles)}
    for _ in range(asked.rounds):
        for name, measured in found.items():
            measured.append(kinds[name]())
    unit = _rate(found["bare"])
    yield (bare, "", "", f"{unit:.0f}/s, {_cpu(found['bare']):.1f} ms CPU each")
    for name, (title, least, aim) in titles.items():
        rate = _rate(found[name])
        yield title, least, aim, f"{rate / unit:.3f} × ({rate:.0f}/s, {_cpu(found[name]):.1f} ms CPU each)"


def _rate(found: list[Answered]) -> float:
    return statistics.median(each.a_second for each in found)


def _cpu(found: list[Answered]) -> float:
    return statistics.median(each.cpu_ms for each in found)


def _on_sqlite(asked: argparse.Namespace, *how: str) -> Answered:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.sqlite3"
        return _by_workers(url, 1, asked, how)


def _on_postgres(asked: argparse.Namespace, workers: int, *how: str) -> Answered:
    with postgres.database() as url:
        return _by_workers(url, workers, asked, how)


def _by_workers(url: str, workers: int, asked: argparse.Namespace, how: Sequence[str]) -> Answered:
    asyncio.run(groups.make(url, asked.chats, cards=asked.count + 2 * asked.chats if how else 0))
    return answering([(OURS, url)] * workers, asked.count, asked.chats, *how)


def processes(asked: argparse.Namespace) -> Iterator[Row]:
    """Memory at rest and the time to the first poll, over a bare bot."""
    with tempfile.TemporaryDirectory(dir=many.FOLDER) as folder:
        ours: Bot = (OURS, many.copy(asked.tasks, Path(folder)))
        memory = [resting(ours) - resting(BARE) for _ in range(asked.rounds)]
        starting(ours)  # compiles what is not compiled yet
        starts = [(starting(BARE), starting(ours)) for _ in range(asked.rounds)]
    more = statistics.median(memory)
    yield f"memory at rest, {asked.tasks:,} tasks", "+ 40 MB", "+ 20 MB", f"+ {more:.0f} MB"
    bare, mine = (statistics.median(each) for each in zip(*starts, strict=True))
    yield "cold start to the first poll", "1.8 ×", "1.3 ×", f"{mine / bare:.1f} × ({mine:.2f} s and {bare:.2f} s)"


def amounts(asked: argparse.Namespace) -> Iterator[Row]:
    """What one process does with many rows, and how it grows."""
    sizes = [size for size in (1_000, 10_000, 100_000, 1_000_000) if size <= asked.tasks]
    for size in sizes:
        last = size == sizes[-1]
        planned, name = inside.planning(size), f"of {size:,} tasks in {many.groups_for(size):,} groups"
        told = f"{planned.seconds:.1f} s for {planned.bundles:,} bundles; held at most {planned.longest:.2f} s"
        yield f"nudges due {name}", "5 s" if last else "", "2 s" if last else "", told
        if last:
            yield _against_jobs(planned)
        status, summary = inside.status(size) * 1000, inside.summary(size) * 1000
        yield (
            f"`/status` of the large group {name}",
            "30 ms" if last else "",
            "5 ms" if last else "",
            f"{status:.0f} ms",
        )
        yield f"summary {name}", "200 ms" if last else "", "30 ms" if last else "", f"{summary:.0f} ms"


def texts(_asked: argparse.Namespace) -> Iterator[Row]:
    """The longest messages there can be, made to be slow."""
    taken, which = longest.slowest()
    yield "the slowest of the longest messages there can be", "100 ms", "", f"{taken:.0f} ms CPU (`{which}`)"


def _against_jobs(planned: inside.Planned) -> Row:
    """The same reminders as jobs of their own, fewer of them: each costs the same."""
    other, ours = jobs.one_each(REMINDERS), planned.seconds / planned.bundles
    each = (other.planned + other.fired) / REMINDERS
    told = f"{other.planned / REMINDERS * 1000:.1f} ms to plan and {other.fired / REMINDERS * 1000:.1f} ms to fire"
    told = f"{each / ours:.0f} × (a job of APScheduler takes {told}, a bundle {ours * 1000:.1f} ms)"
    return f"nudges, against {REMINDERS:,} APScheduler jobs, one for each reminder", "50 ×", "", told


PARTS = {"commands": commands, "presses": presses, "start": processes, "inside": amounts, "texts": texts}


def main(asked: argparse.Namespace) -> None:
    """Measure and show; a table in Markdown."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed bot is compiled
    many.FOLDER.mkdir(parents=True, exist_ok=True)
    lines = ["| what | at least | aim | measured |", "|---|---|---|---|"]
    for name, part in PARTS.items():
        for row in part(asked) if asked.only in (None, name) else ():
            lines.append("| " + " | ".join(row) + " |")
            sys.stdout.write(lines[-1] + "\n")
            sys.stdout.flush()
    if asked.write:
        _keep(lines, asked)


def _keep(lines: list[str], asked: argparse.Namespace) -> None:
    """Put the table between the marks of the page."""
    before, rest = PAGE.read_text().split(BEGIN)
    _, after = rest.split(END)
    sizes = f"{asked.rounds} round(s) with {asked.count} commands in {asked.chats} chats"
    when = f"Medians over {sizes}, {datetime.now(UTC):%d %B %Y}."
    PAGE.write_text("\n".join([before + BEGIN, when, "", *lines, END + after]))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--chats", type=int, default=30)
    parser.add_argument("--tasks", type=int, default=1_000_000)
    parser.add_argument("--only", choices=PARTS, help="measure one part alone")
    parser.add_argument("--write", action="store_true", help="keep the table in docs/performance.md")
    arguments = parser.parse_args()
    if arguments.write and arguments.only:
        parser.error("what is kept is measured in one run, without --only")
    main(arguments)
