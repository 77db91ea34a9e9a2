"""`focalpoint calendar`: the countries' days off, loaded, listed, imported."""

from pathlib import Path

import click

from bot.terminal import do, settings_of


@click.group()
def calendar() -> None:
    """Fill and read the calendars of the countries. Laos and China come with the program."""


@calendar.command()
@click.argument("country")
@click.argument("year", type=int)
@click.pass_context
def load(context: click.Context, country: str, year: int) -> None:
    """Fill YEAR of COUNTRY (two letters, such as TH) from the library `holidays`.

    The days count at once, marked as not confirmed; a coordinator confirms them with /calendar.
    """
    from bot.operating import calendars

    settings = settings_of(context)
    loaded = do(lambda: calendars.load(settings, country, year))
    for line in loaded.lines:
        click.echo(line)
    click.echo(f"{loaded.changed} days are new or gone. Not confirmed yet: a coordinator does that with /calendar.")


@calendar.command("list")
@click.argument("country", required=False)
@click.argument("year", type=int, required=False)
@click.pass_context
def list_calendars(context: click.Context, country: str | None, year: int | None) -> None:
    """List the years there are, of COUNTRY if named; with YEAR, its days."""
    from bot.operating import calendars

    settings = settings_of(context)
    for line in do(lambda: calendars.listed(settings, country, year)) or ["There are no days."]:
        click.echo(line)


@calendar.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--write", is_flag=True, help="Do it; without this the changes are only shown.")
@click.pass_context
def import_calendar(context: click.Context, file: Path, write: bool) -> None:
    """Show what FILE (CSV) would change, and with --write change it.

    Columns: country, date, kind (off, on, observance, remove), name_en, name_local, name_zh, name_lo, status.
    """
    from bot.operating import calendars

    settings = settings_of(context)
    imported = do(lambda: calendars.import_file(settings, file, write=write))
    for line in imported.lines:
        click.echo(line)
    changed, same = len(imported.lines), imported.same
    if write:
        click.echo(f"{changed} days were changed; {same} were known already.")
    else:
        click.echo(f"{changed} days would be changed; {same} are known already. Nothing was written: add --write.")
