"""Lives of the bot by fork: the program is read once, and each life begins where reading has ended.

A process of its own: `python -m tests.faults.nursery`. A line with the path of a configuration begins a life, a line
is answered with its process id, and with its exit status when it has ended. A life is a process that runs `focalpoint
run` like any other, and dies like any other; what it saves is a second of imports.
"""

import gc
import os
import signal
import sys
from collections.abc import Callable
from pkgutil import walk_packages

import bot.cli
import handlers
import storage


def read_everything() -> None:
    """Import what the bot imports sooner or later."""
    for package in (handlers, storage):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if "migrations" not in module.name:
                __import__(module.name)
    __import__("bot.dispatch")
    __import__("bot.program")


def live(config: str) -> None:
    """The life itself; never comes back."""
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
    code = 1
    try:
        bot.cli.main(["--config", config, "run"])
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        os._exit(code)


def serve(begun: Callable[[str], None]) -> None:
    """One life after another, as long as lines come; `begun` lives it and never comes back."""
    read_everything()
    gc.freeze()  # what was read lives as long as any life: no collector of theirs goes through it
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            begun(line.strip())
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()
        _, status = os.waitpid(pid, 0)
        code = os.waitstatus_to_exitcode(status)
        sys.stdout.write(f"{code}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serve(live)
