"""The one visible table of routes: which handler answers which command, press and typed answer."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import Flag, auto

from handlers.reply import Reply
from handlers.request import Request

Handler = Callable[[Request], Awaitable[Reply]]


class Where(Flag):
    """Where a command makes sense, and in which menus it stands."""

    GROUP = auto()
    PRIVATE = auto()
    BOTH = GROUP | PRIVATE


NOWHERE = Where(0)


@dataclass(frozen=True)
class Command:
    """One command. `menu` says where Telegram's menu shows it; `needs_group` that it is about a working group;
    `members` that only members of that group get past the door."""

    name: str
    handler: Handler
    where: Where = Where.BOTH
    menu: Where = NOWHERE
    needs_group: bool = True
    members: bool = True


COMMANDS: tuple[Command, ...] = (
    # starting, people
    # decisions
    # tasks
    # status, finding, mechanism
)

NUMBERED: Mapping[str, Handler] = {  # /d3, /t17, /t17a
}

PRESSES: Mapping[str, Handler] = {
    # starting, people
    # decisions
    # tasks
    # nudges
    # status, finding, mechanism
}

DIALOGUES: Mapping[str, Handler] = {
    # starting, people
    # decisions
    # tasks
    # nudges
    # status, finding, mechanism
}
