"""What every command needs: its settings, its asynchronous half run, and an end in plain lines."""

import asyncio
import os
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from bot.exits import Exit, Refused

if TYPE_CHECKING:
    from bot.settings import Settings

DEFAULT_FILE = Path("config.toml")

Result = TypeVar("Result")


def give_up(exit_code: Exit, *lines: str) -> NoReturn:
    """End with plain lines on the error stream."""
    for line in lines:
        click.echo(line, err=True)
    sys.exit(exit_code)


@contextmanager
def plain_ends() -> Iterator[None]:
    """What is known to go wrong ends the command with one plain line and its exit code."""
    try:
        yield
    except Refused as refusal:
        give_up(Exit.WRONG, str(refusal))
    except Exception as error:
        from bot.endings import ending

        known = ending(error)
        if known is None:
            raise
        give_up(known[0], known[1])


def do(work: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
    """Run the asynchronous half of a command; see `plain_ends`."""
    with plain_ends():
        return asyncio.run(work())


def config_file(context: click.Context) -> Path | None:
    """The configuration file of this call; None when there is none and the environment alone speaks."""
    given: Path | None = context.find_root().obj
    return given or (DEFAULT_FILE if DEFAULT_FILE.exists() else None)


def settings_of(context: click.Context) -> "Settings":
    """The settings the command was called with; ends with the lines to write when they are not sound."""
    from bot.settings_faults import SettingsError
    from bot.settings_file import load

    try:
        return load(config_file(context), os.environ)
    except SettingsError as error:
        give_up(Exit.CONFIGURATION, *error.lines)
