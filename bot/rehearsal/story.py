"""The rehearsal: a group's first quarter, April to June 2026, played against the real bot, which ends by itself."""

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import click

from bot.clock import StoryClock
from bot.rehearsal import keeping, opening
from bot.rehearsal.acts import (
    beginning,
    crash,
    decisions,
    ending,
    giving,
    june,
    leave,
    may,
    new_year,
    plan,
    quarter,
    support,
    workshop,
)
from bot.rehearsal.cast import CAST, vientiane
from bot.rehearsal.expectations import Expectations, StoryBroken
from bot.rehearsal.messages import NoSuchButton
from bot.rehearsal.paper import Paper
from bot.rehearsal.people import NotPossible
from bot.rehearsal.process import BotEnded, BotProcess
from bot.rehearsal.server import BotApiServer
from bot.rehearsal.stage import Stage
from bot.rehearsal.transcript import Transcript

Act = Callable[[Stage], Awaitable[None]]
FILES = Path("build/rehearsal")
START = vientiane(4, 1, 9)
CHAPTERS = (beginning, decisions, giving, new_year, crash, leave, may, june, plan, workshop, support, quarter, ending)
ACTS: tuple[Act, ...] = tuple(act.play for act in CHAPTERS)
BREAKS = (StoryBroken, NoSuchButton, NotPossible, BotEnded, TimeoutError)
"""What ends a story before its end."""


async def rehearse(
    *,
    keep: bool,
    colour: bool,
    echo: Callable[[str], None],
    files: Path = FILES,
    acts: Sequence[Act] = ACTS,
) -> int:
    """Play the story; 0 when everything that had to happen happened, else 1. `keep` leaves all running afterwards.

    What the bot made for people to open stays in the folder `files`.
    """
    with tempfile.TemporaryDirectory(prefix="focalpoint-rehearsal-") as name:
        folder, clock = Path(name), StoryClock(START)
        server = BotApiServer(token=opening.TOKEN, now=clock.now, clock=lambda: clock.now().timestamp())
        async with server:
            stage = await _set_up(server, clock, (folder, files), Paper(echo, colour=colour))
            try:
                await stage.bot.start(START)
                await _play(stage, acts)
                if keep:
                    await keeping.stay_open(stage)
            finally:
                await stage.bot.stop()
            return stage.expectations.exit_code


async def _set_up(server: BotApiServer, clock: StoryClock, folders: tuple[Path, Path], paper: Paper) -> Stage:
    """Everything in place on the first morning; the bot does not run yet."""
    folder, files = folders
    config = opening.configure(folder, server.url)
    cast = {
        part.key: server.world.user(part.name, username=part.username, language_code=part.language) for part in CAST
    }
    return Stage(
        server=server,
        bot=BotProcess(config, folder),
        clock=clock,
        transcript=Transcript(server.world, paper),
        expectations=Expectations(paper),
        cast=cast,
        codes=await opening.found(config, START),
        folder=folder,
        files=files,
    )


async def _play(stage: Stage, acts: Sequence[Act]) -> None:
    try:
        for act in acts:
            await act(stage)
    except BREAKS as error:
        stage.show()
        stage.expect(False, f"the story goes on to its end ({error})")
    stage.expectations.summary()


def main() -> None:
    """Play it from the command line."""
    sys.exit(asyncio.run(rehearse(keep="--keep" in sys.argv, colour=sys.stdout.isatty(), echo=click.echo)))


if __name__ == "__main__":
    main()
