"""`focalpoint group`: making working groups, listing them, and the codes that bind chats to them."""

from typing import TYPE_CHECKING

import click

from bot.terminal import do, settings_of

if TYPE_CHECKING:
    from bot.operating.groups import LinkCode


@click.group()
def group() -> None:
    """Make working groups and bind Telegram groups to them."""


@group.command()
@click.argument("name", required=False)
@click.option("--template", metavar="KEY", help="The [[group]] of the configuration to make it from.")
@click.pass_context
def add(context: click.Context, name: str | None, template: str | None) -> None:
    """Make a working group called NAME (without one: as its template is called) and say what to do next."""
    from bot.operating import groups

    settings = settings_of(context)
    made = do(lambda: groups.add(settings, name=name, template=template))
    click.echo(f'The working group "{made.group}" is made. What to do next:')
    click.echo("1. Bring the bot into your Telegram group.")
    click.echo("2. Write there, as a message of its own:")
    _show(made)
    click.echo("3. Invite whoever coordinates:")
    click.echo(f'   focalpoint coordinator add "{made.group}"')


@group.command("list")
@click.pass_context
def list_groups(context: click.Context) -> None:
    """List the working groups: number, name, sides, how many chats and coordinators."""
    from bot.operating import groups

    settings = settings_of(context)
    for line in do(lambda: groups.listed(settings)) or ["There is no working group yet. Write: focalpoint group add"]:
        click.echo(line)


@group.command()
@click.argument("name")
@click.pass_context
def code(context: click.Context, name: str) -> None:
    """Print a new code that binds a chat, or one topic of it, to the working group NAME (or its number)."""
    from bot.operating import groups

    settings = settings_of(context)
    made = do(lambda: groups.code(settings, name))
    click.echo(f'To bind a chat, or a topic, to "{made.group}", write in it:')
    _show(made)


def _show(made: "LinkCode") -> None:
    click.echo(f"   /link {made.code}")
    click.echo(f"   (works once, until {made.until:%d %B %Y, %H:%M} UTC)")
