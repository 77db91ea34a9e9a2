"""`focalpoint check` and `health`: is the installation sound, and is the running bot well?"""

import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from bot.terminal import config_file, do, settings_of

if TYPE_CHECKING:
    from bot.operating.findings import Finding

MAX_AGE = 120


@click.command()
@click.option("--offline", is_flag=True, help="Leave Telegram out.")
@click.pass_context
def check(context: click.Context, offline: bool) -> None:
    """Look over configuration, database, journal, calendar, rights, connection and clock.

    Each line begins with `ok:`, `look:` or `wrong:`. Ends with 1 when something is wrong.
    """
    from bot.operating import checking

    settings, path = settings_of(context), config_file(context)
    _report(do(lambda: checking.findings(settings, path, offline=offline)))


@click.command()
@click.option("--max-age", metavar="SECONDS", type=click.IntRange(min=1), default=MAX_AGE, show_default=True)
@click.pass_context
def health(context: click.Context, max_age: int) -> None:
    """Say from the database alone whether the running bot is well; nothing may wait longer than SECONDS.

    Ends with 1 when it is not, so that a supervisor can ask.
    """
    from bot.operating import health as states

    settings = settings_of(context)
    _report(do(lambda: states.findings(settings, timedelta(seconds=max_age))))


def _report(findings: "list[Finding]") -> None:
    from bot.operating.findings import exit_code

    for finding in findings:
        click.echo(str(finding))
    sys.exit(exit_code(findings))
