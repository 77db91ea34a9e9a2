"""`focalpoint coordinator`: the one way to make somebody a coordinator, and to end it."""

from typing import TYPE_CHECKING

import click

from bot.exits import Exit
from bot.terminal import do, give_up, settings_of

if TYPE_CHECKING:
    from bot.operating.coordinators import Invitation
    from bot.settings import Settings


@click.group()
def coordinator() -> None:
    """Make, list and remove coordinators. Nobody becomes one in any other way."""


@coordinator.command()
@click.argument("group")
@click.option("--name", default="", help="Whom it is for.")
@click.option("--telegram-id", type=click.IntRange(min=1), help="Make this account one at once; needs --name.")
@click.pass_context
def add(context: click.Context, group: str, name: str, telegram_id: int | None) -> None:
    """Print an invitation that makes whoever opens it a coordinator of the working group GROUP (name or number)."""
    settings = settings_of(context)
    if telegram_id is not None:
        _make(settings, group, telegram_id, name)
        return
    from bot.operating import coordinators

    for line in _lines(do(lambda: coordinators.invite(settings, group, name))):
        click.echo(line)


def _make(settings: "Settings", group: str, telegram_id: int, name: str) -> None:
    from bot.operating import coordinators

    if not name:
        give_up(Exit.WRONG, "--telegram-id needs --name as well: what the person is called.")
    made = do(lambda: coordinators.make(settings, group, telegram_id=telegram_id, name=name))
    click.echo(f'{name} is a coordinator of "{made}" and hears from the bot once he or she has sent it /start.')


def _lines(made: "Invitation") -> list[str]:
    until = f"It works once, until {made.until:%d %B %Y, %H:%M} UTC."
    makes = f'is a coordinator of "{made.group}":'
    if made.bot is None:
        missing = "Telegram did not say what the bot is called, so this is no link."
        return [f"Whoever sends this to the bot in private {makes}", f"   /start {made.code}", until, missing]
    return [f"Whoever opens this link {makes}", f"   https://t.me/{made.bot}?start={made.code}", until]


@coordinator.command("list")
@click.argument("group", required=False)
@click.pass_context
def list_coordinators(context: click.Context, group: str | None) -> None:
    """List the coordinators of the working group GROUP, or of all: number, name, username, group."""
    from bot.operating import coordinators

    settings = settings_of(context)
    for line in do(lambda: coordinators.listed(settings, group)) or ["There is no coordinator yet."]:
        click.echo(line)


@coordinator.command()
@click.argument("group")
@click.argument("who")
@click.pass_context
def remove(context: click.Context, group: str, who: str) -> None:
    """End what WHO (the number in the list, or @username) is in the working group GROUP."""
    from bot.operating import coordinators

    settings = settings_of(context)
    removed = do(lambda: coordinators.remove(settings, group, who))
    click.echo(f'{removed.person} is no coordinator of "{removed.group}" any more.')
    if removed.left == 0:
        click.echo(f'It has no coordinator now. Invite one: focalpoint coordinator add "{removed.group}"')
