"""The command line, `focalpoint`. Heavy parts are imported where they are used, so every command starts at once."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli_calendars import calendar
from bot.cli_coordinators import coordinator
from bot.cli_database import backup, backups, migrate, move, restore
from bot.cli_groups import group
from bot.cli_held import held
from bot.cli_soundness import check, health
from bot.terminal import do, settings_of
from bot.version import VERSION

if TYPE_CHECKING:
    from bot.exits import Exit
    from bot.settings import Settings


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="FOCALPOINT_CONFIG",
    help="The configuration file. Without one: config.toml here, or the environment alone.",
)
@click.version_option(VERSION, prog_name="focalpoint")
@click.pass_context
def main(context: click.Context, path: Path | None) -> None:
    """Focalpoint: a Telegram bot for working groups of two institutions in two countries.

    It needs one thing to start: the bot's token, in the file or in FOCALPOINT_TOKEN. `focalpoint rehearse` needs
    nothing and shows everything.
    """
    context.obj = path


@main.command()
@click.pass_context
def run(context: click.Context) -> None:
    """Run the bot until it is told to stop (Ctrl-C or SIGTERM).

    The database is made, or brought up to date, first. Ends with 0 when it was told to stop, 75 when the bot runs
    already, 78 when the configuration, the token or the database does not let it start.
    """
    settings = settings_of(context)
    sys.exit(do(lambda: _run(settings)))


async def _run(settings: "Settings") -> "Exit":
    from bot.first_question import while_loading

    first, running = await while_loading(settings, "bot.running")
    found: Exit = await running.run(settings, first)
    return found


@main.command()
@click.option("--keep", is_flag=True, help="Leave the server and the bot running and say how to talk to them.")
@click.option(
    "--files",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("build/rehearsal"),
    show_default=True,
    help="The folder for what the bot makes: minutes, reports, calendar files and pictures.",
)
def rehearse(keep: bool, files: Path) -> None:
    """Play a working group's first quarter without a token, over real HTTP."""
    from bot.rehearsal.story import rehearse as play

    sys.exit(do(lambda: play(keep=keep, files=files, colour=sys.stdout.isatty(), echo=click.echo)))


for command in (group, coordinator, calendar, check, health, backup, backups, restore, held, migrate, move):
    main.add_command(command)
