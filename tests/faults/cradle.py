"""Lives of a story's bot and of commands, by fork, each of which dies at its place: `python -m tests.faults.cradle`.

Like `tests/faults/nursery.py`, but a life is told by a line of JSON: {"crash": "place:hit", "log": …} and one of
- {"words": what the operator types};
- {"file": …, "folder": …, "hours": those at which a running bot copies its database};
- {"config": …, "at": …, "plant": the name of a bug, "port": where the story waits}, for the bot of the rehearsal.
"""

import json
import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

from storage import crashing

due: Callable[[str], None] = crashing._bound("")
"""What every place does in this life."""


def place(name: str) -> None:
    """In the place of `point`, which is bound before it is known where a life has to die."""
    due(name)


def live(told: str) -> None:
    """The life itself; never comes back."""
    global due
    order, code = json.loads(told), 1
    due = crashing._bound(order["crash"])
    try:
        next(kind for name, kind in KINDS.items() if name in order)(order)
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    except Exception:
        traceback.print_exc()  # into its log
    finally:
        sys.stdout.flush()
        os._exit(code)


def _command(order: dict[str, Any]) -> None:
    import bot.cli

    _streams(os.open(os.devnull, os.O_RDONLY), _log(order), _log(order))
    bot.cli.main(order["words"])


def _copies(order: dict[str, Any]) -> None:
    from bot import backups

    _streams(os.open(os.devnull, os.O_RDONLY), _log(order), _log(order))
    for hour in order["hours"]:
        backups.make(Path(order["file"]), Path(order["folder"]), datetime(2026, 4, 1, hour, tzinfo=UTC))


def _story(order: dict[str, Any]) -> None:
    from bot.rehearsal import child
    from tests.faults import plants

    line = socket.create_connection(("127.0.0.1", order["port"])).detach()
    _streams(line, line, _log(order))
    if order["plant"]:
        plants.plant(order["plant"])
    child.main(order["config"], order["at"])


KINDS = {"words": _command, "hours": _copies, "port": _story}


def _log(order: dict[str, Any]) -> int:
    return os.open(order["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)


def _streams(*theirs: int) -> None:
    """What stands behind the standard input, the output and the errors from here on."""
    for number, stream in enumerate(theirs):
        os.dup2(stream, number)


def main() -> None:
    """Bind every place to this module's before the program is read."""
    crashing.point = place
    import alembic.command
    import alembic.config  # noqa: F401 - read here, or by each life that forks

    import bot
    import tests.faults.plants  # noqa: F401
    from tests.faults import nursery

    for module in walk_packages(bot.__path__, "bot."):
        if not module.name.endswith("__main__"):
            __import__(module.name)
    nursery.serve(live)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    main()
