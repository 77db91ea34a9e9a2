"""The command line. Heavy parts are imported where they are used, so that every command starts at once."""

import asyncio
import os
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from bot.exits import Exit
from bot.settings import Settings, load
from bot.settings_faults import SettingsError

DEFAULT_FILE = Path("config.toml")

Result = TypeVar("Result")


def give_up(exit_code: Exit, *lines: str) -> NoReturn:
    """End with plain lines on the error stream."""
    for line in lines:
        click.echo(line, err=True)
    sys.exit(exit_code)


def do(work: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
    """Run the asynchronous half of a command."""
    return asyncio.run(work())


def settings_of(context: click.Context) -> Settings:
    """The settings the command was called with; ends with the lines to write when they are not sound."""
    given: Path | None = context.obj
    path = given or (DEFAULT_FILE if DEFAULT_FILE.exists() else None)
    try:
        return load(path, os.environ)
    except SettingsError as error:
        give_up(Exit.CONFIGURATION, *error.lines)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="FOCALPOINT_CONFIG",
    help="The configuration file. Without one: config.toml here, or the environment alone.",
)
@click.version_option(package_name="focalpoint", prog_name="focalpoint")
@click.pass_context
def main(context: click.Context, path: Path | None) -> None:
    """Focalpoint: a Telegram bot for working groups of two institutions in two countries."""
    context.obj = path


@main.command()
@click.pass_context
def run(context: click.Context) -> None:
    """Run the bot until it is told to stop."""
    from bot.running import run_bot

    sys.exit(run_bot(settings_of(context)))


@main.command()
@click.option("--keep", is_flag=True, help="Leave the server and the bot running and say how to talk to them.")
def rehearse(keep: bool) -> None:
    """Play a working group's first weeks without a token, over real HTTP."""
    from bot.rehearsal.story import rehearse as play

    sys.exit(do(lambda: play(keep=keep, colour=sys.stdout.isatty(), echo=click.echo)))
