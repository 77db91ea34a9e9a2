"""Lives of a story's bot by fork, each of which dies at its own place: `python -m tests.faults.cradle`.

Like `tests/faults/nursery.py`, but a life is the bot of the rehearsal, which takes orders from its story. It is told by
a line of JSON: {"config": …, "at": …, "crash": "place:hit", "plant": the name of a bug, "log": …, "port": where the
story waits for it}.
"""

import json
import os
import signal
import socket
import traceback
from collections.abc import Callable

from storage import crashing

due: Callable[[str], None] = crashing._bound("")
"""What every place does in this life."""


def place(name: str) -> None:
    """In the place of `point`, which is bound before it is known where a life has to die."""
    due(name)


def live(told: str) -> None:
    """The life itself; never comes back."""
    global due
    order = json.loads(told)
    due = crashing._bound(order["crash"])
    line = socket.create_connection(("127.0.0.1", order["port"]))
    log = os.open(order["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for number, stream in enumerate((line.fileno(), line.fileno(), log)):
        os.dup2(stream, number)
    from bot.rehearsal import child
    from tests.faults import plants

    code = 1
    try:
        if order["plant"]:
            plants.plant(order["plant"])
        child.main(order["config"], order["at"])
        code = 0
    except Exception:
        traceback.print_exc()  # into its log
    finally:
        os._exit(code)


def main() -> None:
    """Bind every place to this module's before the program is read."""
    crashing.point = place
    import bot.rehearsal.child  # noqa: F401 - read by each life that forks
    import tests.faults.plants  # noqa: F401
    from tests.faults import nursery

    nursery.serve(live)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    main()
