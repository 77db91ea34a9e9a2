"""`focalpoint held`: messages that a restore kept back."""

from collections.abc import Callable, Coroutine
from typing import Any

import click

from bot.terminal import do, settings_of

NUMBERS = click.argument("numbers", metavar="[NUMBER]...", nargs=-1, type=click.IntRange(min=1))
ALL = click.option("--all", "everything", is_flag=True, help="All that are held back.")


@click.group()
def held() -> None:
    """Messages that a restored database still had to send: they may have been sent since the backup was made."""


@held.command("list")
@click.pass_context
def list_held(context: click.Context) -> None:
    """Show every message that is held back, with its number."""
    from bot.operating import held as messages

    settings = settings_of(context)
    found = do(lambda: messages.listed(settings))
    for each in found:
        click.echo(f"{each.number}: {each.since:%Y-%m-%d %H:%M} UTC, to {each.reader}: {each.words}")
    if not found:
        click.echo("No message is held back.")


@held.command()
@NUMBERS
@ALL
@click.pass_context
def release(context: click.Context, numbers: tuple[int, ...], everything: bool) -> None:
    """Send these messages after all. What is no longer wanted, such as a reminder that was answered, is not sent."""
    from bot.operating import held as messages

    number = _decide(context, numbers, everything, messages.release)
    click.echo(f"Released: {number}. The running bot sends them within a minute.")


@held.command()
@NUMBERS
@ALL
@click.pass_context
def drop(context: click.Context, numbers: tuple[int, ...], everything: bool) -> None:
    """Never send these messages. The records they were about stay."""
    from bot.operating import held as messages

    number = _decide(context, numbers, everything, messages.drop)
    click.echo(f"Dropped: {number}.")


def _decide(
    context: click.Context,
    numbers: tuple[int, ...],
    everything: bool,
    decide: Callable[..., Coroutine[Any, Any, int]],
) -> int:
    if bool(numbers) is everything:
        raise click.UsageError("Name the messages by their numbers, or write --all.")
    settings = settings_of(context)
    return do(lambda: decide(settings, numbers))
