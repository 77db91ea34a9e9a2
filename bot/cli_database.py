"""`focalpoint migrate`, `backup` and `restore`: the database as a whole."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.terminal import do, plain_ends, settings_of

if TYPE_CHECKING:
    from bot.operating.database import Restored

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.pass_context
def migrate(context: click.Context) -> None:
    """Make the database, or bring it to this version's schema. Stop the bot first; `run` does the same by itself."""
    from bot.operating import database

    settings = settings_of(context)
    changed, revision = do(lambda: database.migrate(settings))
    click.echo(f"The database was brought to {revision}." if changed else f"Nothing to do: it stands at {revision}.")


@click.command()
@click.argument("file", type=FILE)
@click.pass_context
def backup(context: click.Context, file: Path) -> None:
    """Copy the database into the new file FILE, also while the bot runs, and check the copy."""
    from bot.operating import database

    settings = settings_of(context)
    with plain_ends():
        size = database.backup(settings, file)
    click.echo(f"{file} holds everything up to this moment ({size:,} bytes, checked). Keep it to yourself.")


@click.command()
@click.pass_context
def backups(context: click.Context) -> None:
    """Show the copies that the running bot made, oldest first."""
    from bot import backups as copies

    folder = settings_of(context).backup_dir
    found = copies.listed(folder)
    for each in found:
        click.echo(f"{each.at:%Y-%m-%d %H:%M} UTC  {each.size:>14,} bytes  {each.file}")
    if not found:
        click.echo(f"There are no copies in {folder} yet.")


@click.command()
@click.argument("file", type=FILE)
@click.pass_context
def restore(context: click.Context, file: Path) -> None:
    """Put the backup FILE in the place of the database; the old one stays beside it. Stop the bot first.

    Messages that the backup still had to send are held back: they may have been sent since it was made.
    """
    from bot.operating import database

    settings = settings_of(context)
    with plain_ends():
        done = database.restore(settings, file)
    click.echo(f"{done.file} is what {file} was.")
    if done.before is not None:
        click.echo(f"The database before it is kept: {done.before}")
    if done.held:
        click.echo(f"Messages held back: {done.held}. Write: focalpoint held list")
    if done.forgotten:
        click.echo(f"People who asked to be forgotten since then, forgotten again: {done.forgotten}")
    click.echo(_lost(done))


def _lost(done: "Restored") -> str:
    since = "its making" if done.since is None else f"{done.since:%Y-%m-%d %H:%M} UTC"
    told = "The groups are told at the next start."
    if done.lost is None:
        return f"What people wrote since {since} may be lost; how much cannot be known. {told}"
    return f"Since {since} the bot had heard {done.lost} updates that are lost with the database before it. {told}"


@click.command()
@click.argument("source", metavar="SOURCE_URL")
@click.argument("target", metavar="TARGET_URL")
def move(source: str, target: str) -> None:
    """Copy every record from one database into another, empty one: from a file to a server, or back.

    Addresses are those of `url` under [database]. Stop the bot first. The source stays as it is; nothing is kept in
    the target unless every table agrees with its original, so a move that was broken off can be done again.
    """
    from bot.operating import moving

    rows = do(lambda: moving.move(source, target, _told))
    click.echo(f"{sum(rows.values()):,} rows of {len(rows)} tables were copied and compared.")
    click.echo("Write the new address as url under [database], start the bot, and put the old database away.")


def _told(table: str, done: int, whole: int) -> None:
    click.echo(f"{table}: {done:,} of {whole:,}")
