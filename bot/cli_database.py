"""`focalpoint migrate`, `backup` and `restore`: the database as a whole."""

from pathlib import Path

import click

from bot.terminal import do, plain_ends, settings_of

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
@click.argument("file", type=FILE)
@click.pass_context
def restore(context: click.Context, file: Path) -> None:
    """Put the backup FILE in the place of the database; the old one stays beside it. Stop the bot first.

    Messages that the backup still had to send are not sent: they may have been sent since it was made.
    """
    from bot.operating import database

    settings = settings_of(context)
    with plain_ends():
        done = database.restore(settings, file)
    click.echo(f"{done.file} is what {file} was.")
    if done.before is not None:
        click.echo(f"The database before it is kept: {done.before}")
    if done.withdrawn:
        click.echo(f"Messages not sent again: {done.withdrawn}")
