"""What the help says of one command."""

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class Topic:
    """One command: `short` is at most 60 characters of plain text, `usage` and `more` may hold HTML."""

    short: Markup
    usage: Markup
    more: Markup
