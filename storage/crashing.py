"""Named places at which a test may kill the process: nothing at all unless CRASH_AT=name:n is in the environment."""

import os
import signal
from collections.abc import Callable


def _nothing(_name: str) -> None:
    """What every place does outside of such a test."""


def _kill_at(wanted: str, hit: int) -> Callable[[str], None]:
    left = hit

    def kill(name: str) -> None:
        nonlocal left
        left -= name == wanted
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    return kill


def _bound(order: str) -> Callable[[str], None]:
    """What `point` is for an order such as "delivery.sent:2": SIGKILL at the second time this place is reached."""
    name, _, hit = order.partition(":")
    return _kill_at(name, int(hit or 1)) if name else _nothing


point = _bound(os.environ.get("CRASH_AT", ""))
"""`point("intake.kept")` names a place; bound once, at import, so that it costs a call that does nothing."""
